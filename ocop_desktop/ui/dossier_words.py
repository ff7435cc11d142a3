"""What the parts of a dossier are called on the screens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ocop_desktop import text
from ocop_desktop.rules.rulebook import Words
from ocop_desktop.rules.terms import APPLICATION_KINDS, DOSSIER_STATES, LEGAL_PAPERS, PRODUCER_KINDS
from ocop_desktop.text import N_, _

if TYPE_CHECKING:
    from ocop_desktop.actions.dossier_form import RegistrationPart

SEXES: dict[str, Words] = {"Nữ": Words("Nữ", "Female"), "Nam": Words("Nam", "Male")}
TABS = (("producer", N_("Chủ thể")), ("product", N_("Sản phẩm")), ("registration", N_("Đăng ký")), ("papers", N_("Giấy tờ")),
        ("self_score", N_("Tự chấm điểm")), ("advisory", N_("Tổ tư vấn")), ("history", N_("Lịch sử")))
FIELDS = {
    "producer.name": N_("Tên chủ thể"), "producer.kind": N_("Loại hình chủ thể"), "producer.tax_code": N_("Mã số thuế"),
    "producer.registration_number": N_("Số đăng ký kinh doanh"), "producer.founded": N_("Ngày thành lập"),
    "producer.representative": N_("Người đại diện"), "producer.position": N_("Chức vụ"), "producer.sex": N_("Giới tính"),
    "producer.ethnicity": N_("Dân tộc"), "producer.commune_id": N_("Xã, phường"), "producer.address": N_("Địa chỉ"),
    "producer.phone": N_("Điện thoại"), "producer.email": N_("Thư điện tử"), "product.name": N_("Tên sản phẩm"),
    "product.set_no": N_("Bộ sản phẩm"), "product.category": N_("Phân nhóm, quy cách"),
    "product.description": N_("Mô tả sản phẩm"),
    "product.producer_id": N_("Chủ thể"), "registration.kind": N_("Loại đăng ký"), "registration.round": N_("Đợt đánh giá"),
    "registration.code": N_("Mã sản phẩm"), "registration.filed_on": N_("Ngày nộp hồ sơ"),
    "registration.commune_received_on": N_("Ngày xã nhận"), "registration.province_received_on": N_("Ngày tỉnh nhận"),
    "registration.samples": N_("Số mẫu sản phẩm"), "registration.note": N_("Ghi chú"), "registration.status": N_("Trạng thái"),
    "registration.rulebook": N_("Quyết định áp dụng"),
    "advisory.missing_papers": N_("Giấy tờ còn thiếu"),
    "advisory.visit_needed": N_("Kiểm tra thực địa"), "advisory.visited_on": N_("Ngày đi thực địa"),
    "advisory.finding": N_("Kết quả thực địa"), "advisory.opinion": N_("Ý kiến về hồ sơ"), "advisory.proposal": N_("Đề nghị"),
    "advisory.proposed_on": N_("Ngày đề nghị"), "advisory.proposed_by": N_("Người đề nghị"),
}
ADVISORY = {  # states of the advisory round: words, tone
    "": (N_("Chưa xem xét"), "quiet"), "scoring": (N_("Đang chấm"), "info"), "scored": (N_("Đã chấm"), "info"),
    "council": (N_("Đề nghị trình Hội đồng"), "ok"), "supplement": (N_("Đề nghị bổ sung"), "warn"),
    "return": (N_("Đề nghị trả lại"), "bad"),
}
PAPER_COLUMNS = {"number": N_("Số"), "issuer": N_("Nơi cấp"), "issued_on": N_("Ngày cấp"), "expires_on": N_("Hết hạn")}
DONE = {"created": N_("Thêm mới"), "restored": N_("Lấy lại sau khi xóa"), "deleted": N_("Xóa"), "undone": N_("Hoàn tác"),
        "field": N_("Sửa"), "advisory": N_("Tổ tư vấn ghi"), "advisory_finished": N_("Tổ tư vấn chấm xong"),
        "advisory_reopened": N_("Tổ tư vấn mở lại phần chấm"), "advisory_proposed": N_("Tổ tư vấn đề nghị"),
        "photo": N_("Đổi ảnh sản phẩm"), "photo_removed": N_("Xóa ảnh sản phẩm"), "in_session": N_("Đưa vào phiên"),
        "ready": N_("Rút khỏi phiên"), "draft": N_("Rút khỏi phiên"), "closed": N_("Chốt kết quả"),
        "reopened": N_("Mở lại kết quả"), "correction": N_("Đính chính, đánh giá lại"), "recognised": N_("Được công nhận")}
KINDS: dict[str, Mapping[str, Words]] = {
    "producer.kind": PRODUCER_KINDS, "registration.kind": APPLICATION_KINDS, "producer.sex": SEXES,
    "registration.status": DOSSIER_STATES,
}


def said(words: Mapping[str, Words], key: str) -> str:
    """Words of a fixed list's entry; the key itself where it is unknown, nothing for an empty one."""
    return words[key].said(text.language()) if key in words else key


def advisory_state(state: str) -> tuple[str, str]:
    """How far the advisory round is, as a pill: (words, tone)."""
    words, tone = ADVISORY.get(state, ADVISORY[""])
    return _(words), tone


def field_words(field: str) -> str:
    """What a field is called."""
    part, _dot, name = field.partition(".")
    if part == "paper":
        kind, _dot, column = name.partition(".")
        paper = said(LEGAL_PAPERS, kind)
        return paper if column == "ticked" else f"{paper} · {_(PAPER_COLUMNS[column])}"
    if part == "self":
        return _("Tự chấm tiêu chí {code}", code=name)
    if part == "evidence":
        return _("Minh chứng tiêu chí {code}", code=name)
    return _(FIELDS[field]) if field in FIELDS else field


def value_words(field: str, value: Any) -> str:
    """What a value kept in the history says."""
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if field in KINDS:
        return said(KINDS[field], str(value))
    if field.endswith(("_on", "founded")):
        return text.date(dt.date.fromisoformat(str(value)))
    return " ".join(str(value).split())


def tab_of(field: str) -> str:
    """The tab a field stands on."""
    part = field.split(".")[0]
    return {"paper": "papers", "self": "self_score", "evidence": "self_score"}.get(part, part)


def goes_on(registration: RegistrationPart) -> str:
    """Which recognition an upgrade or a re-evaluation goes on from; empty for the first application."""
    if registration.kind == "first":
        return ""
    kind = APPLICATION_KINDS[registration.kind].said(text.language())
    before = registration.before
    if before is None:
        return kind
    paper = _("giấy {number}", number=before.number) if before.number else (
        _("QĐ {number}", number=before.decision) if before.decision else "")
    return _("{kind} {paper} ({date})", kind=kind, paper=paper, date=text.date(before.issued_on))
