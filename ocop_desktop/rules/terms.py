"""The field's fixed lists with their words: kinds of producers and applications, states, legal papers, council roles."""

from __future__ import annotations

from ocop_desktop.rules.rulebook import Words

# Article 2 and form 01, annex III of Decision 26/2026/QĐ-TTg; the last two only for tourism (set 26).
PRODUCER_KINDS: dict[str, Words] = {
    "cooperative": Words("Hợp tác xã", "Cooperative"),
    "cooperative_group": Words("Tổ hợp tác", "Cooperative group"),
    "company": Words("Doanh nghiệp nhỏ và vừa", "Small or medium enterprise"),
    "farm": Words("Trang trại", "Farm"),
    "household": Words("Hộ sản xuất, hộ kinh doanh", "Household business"),
    "association": Words("Hội, hiệp hội", "Association"),
    "operating_centre": Words("Trung tâm điều hành", "Operating centre"),
}

APPLICATION_KINDS: dict[str, Words] = {
    "first": Words("Lần đầu", "First time"),
    "upgrade": Words("Nâng hạng", "Upgrade"),
    "reevaluation": Words("Đánh giá lại", "Re-evaluation"),
}

# Where a dossier stands. "history" came in from an earlier register, without ballots.
DOSSIER_STATES: dict[str, Words] = {
    "draft": Words("Đang hoàn thiện", "In preparation"),
    "ready": Words("Đủ hồ sơ", "Complete"),
    "in_session": Words("Trong phiên", "In session"),
    "closed": Words("Đã chốt", "Closed"),
    "recognised": Words("Đã công nhận", "Recognised"),
    "history": Words("Đã công nhận trước đây", "Recognised earlier"),
}

# Tick list of form 02, part I.
LEGAL_PAPERS: dict[str, Words] = {
    "business_registration": Words("Đăng ký kinh doanh", "Business registration"),
    "quality_declaration": Words("Công bố chất lượng sản phẩm", "Quality declaration"),
    "food_safety": Words("Giấy chứng nhận đủ điều kiện an toàn thực phẩm", "Food-safety certificate"),
    "production_conditions": Words("Giấy đủ điều kiện sản xuất", "Production conditions"),
    "trademark": Words("Nhãn hiệu", "Trademark"),
    "protected_mark": Words(
        "Chỉ dẫn địa lý, nhãn hiệu tập thể, nhãn hiệu chứng nhận", "Geographical, collective or certification mark"
    ),
    "patent": Words("Sáng chế", "Patent"),
    "industrial_design": Words("Kiểu dáng công nghiệp", "Industrial design"),
    "copyright": Words("Quyền tác giả", "Copyright"),
    "other": Words("Giấy tờ khác", "Other papers"),
}

COUNCIL_ROLES: dict[str, Words] = {
    "chair": Words("Chủ tịch", "Chair"),
    "vice": Words("Phó chủ tịch", "Vice-chair"),
    "member": Words("Thành viên", "Member"),
    "secretary": Words("Thư ký", "Secretary"),
}

CERTIFICATE_STATES: dict[str, Words] = {
    "valid": Words("Còn hiệu lực", "Valid"),
    "due": Words("Đến kỳ đánh giá lại", "Due for renewal"),
    "late": Words("Quá kỳ nộp đánh giá lại", "Late for renewal"),
    "extended": Words("Được gia hạn chuyển tiếp", "Extended"),
    "expired": Words("Hết hiệu lực", "Expired"),
    "revoked": Words("Đã thu hồi", "Revoked"),
}

# What an activity of the programme is, and where its money comes from (domain: reports of the provinces).
ACTIVITY_KINDS: dict[str, Words] = {
    "conference": Words("Hội nghị tuyên truyền", "Awareness conference"),
    "training": Words("Tập huấn", "Training"),
    "media": Words("Truyền thông", "Media"),
    "fair": Words("Hội chợ, xúc tiến thương mại", "Fair or trade promotion"),
    "support": Words("Hỗ trợ chủ thể", "Support to producers"),
    "other": Words("Hoạt động khác", "Other activity"),
}

FUNDING_SOURCES: dict[str, Words] = {
    "central": Words("Ngân sách trung ương", "Central budget"),
    "provincial": Words("Ngân sách cấp tỉnh", "Provincial budget"),
    "commune": Words("Ngân sách cấp xã", "Commune budget"),
    "producers": Words("Vốn của chủ thể", "Producers' own money"),
    "other": Words("Nguồn khác", "Other source"),
}

# Why a certificate is revoked (Article 9 of Decision 26/2026/QĐ-TTg).
REVOCATION_GROUNDS: dict[str, Words] = {
    "untruthful": Words("Hồ sơ không trung thực", "Untruthful dossier"),
    "criteria": Words("Không còn đáp ứng tiêu chí", "Criteria no longer met"),
    "breach": Words(
        "Vi phạm pháp luật về chất lượng, an toàn thực phẩm, môi trường, sở hữu trí tuệ, nhãn hàng hóa",
        "Breach of the law on quality, food safety, environment, intellectual property or labelling",
    ),
    "misuse": Words("Sử dụng sai nhãn hiệu OCOP", "Misuse of the OCOP mark"),
    "stopped": Words("Ngừng sản xuất", "Production stopped"),
    "other": Words("Kết luận khác của cơ quan có thẩm quyền", "Other conclusion of an authority"),
}
