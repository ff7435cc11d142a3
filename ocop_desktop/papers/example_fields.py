"""Every field of the papers an office may write its own text for, with an example: what a template is tried with.

Names are those of ``actions.paper_fields``; a test holds both together.
"""

from __future__ import annotations

from typing import Any

_OFFICE = {
    "co_quan_cap_tren": "Ủy ban nhân dân tỉnh Lạng Sơn", "co_quan": "Sở Nông nghiệp và Môi trường",
    "CO_QUAN_CAP_TREN": "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN", "CO_QUAN": "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
    "so_van_ban": "05/TB-SNNMT", "noi_ngay": "Lạng Sơn, ngày 05 tháng 02 năm 2026",
    "quyen_han": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "nguoi_ky": "Nguyễn Văn An",
}
_COMMON = _OFFICE | {
    "hoi_dong": "Hội đồng đánh giá, phân hạng sản phẩm OCOP tỉnh Lạng Sơn", "phien": "Đợt 1 năm 2026",
    "ngay_hop": "ngày 20 tháng 01 năm 2026", "dia_diem": "Hội trường số 1", "chu_tri": "Trần Thị Bình",
    "thu_ky": "Lê Văn Cường", "luat": "26/2026/QĐ-TTg", "viec": "Họp",
}
_LETTER = {"so_van_ban": "05/TB-SNNMT", "noi_ngay": "Lạng Sơn, ngày 05 tháng 02 năm 2026"}
_TOLD = {"stt": "1", "ma": "20-06040-03-2026", "ten": "Chè Shan tuyết Mẫu Sơn", "diem": "69,9", "ket_qua": "3 sao"}
_RECOGNISED = [_TOLD | {"chu_the": "Hợp tác xã Mẫu Sơn", "dia_chi": "Xã Mẫu Sơn, tỉnh Lạng Sơn"}]

_BASIS = "Căn cứ Quyết định số 26/2026/QĐ-TTg của Thủ tướng Chính phủ"
_COMMUNE = _LETTER | {"so_van_ban": "05/UBND", "co_quan": "Ủy ban nhân dân xã Mẫu Sơn", "CO_QUAN": "ỦY BAN NHÂN DÂN\nXÃ MẪU SƠN"}
_NAMED = {"ten": "Chè Shan tuyết Mẫu Sơn", "ma": "20-06040-03-2026", "chu_the": "Hợp tác xã Mẫu Sơn"}
_WHERE = {"dia_chi": "Xã Mẫu Sơn, tỉnh Lạng Sơn", "bo_san_pham": "Chè tươi, chè chế biến"}
_REPORTED = [_TOLD | {"chu_the": "Hợp tác xã Mẫu Sơn", "dia_chi": "Xã Mẫu Sơn, tỉnh Lạng Sơn",
                      "ly_do": "Còn thiếu 0,1 điểm để đạt 4 sao."}]
_RESULT = {"stt": "1", "ma": "20-06040-03-2026", "san_pham": "Chè Shan tuyết Mẫu Sơn", "chu_the": "Hợp tác xã Mẫu Sơn",
           "dia_chi": "Xã Mẫu Sơn, tỉnh Lạng Sơn", "diem_thanh_vien": "UBND: 70; SNN: 69,8", "diem": "69,9", "ket_qua": "3 sao"}

_LETTERS: dict[str, dict[str, Any]] = {
    "commune-request": _OFFICE | {
        "kinh_gui": "Sở Nông nghiệp và Môi trường", "can_cu": _BASIS,
        "cac_thu": [_COMMUNE | {"xa": "xã Mẫu Sơn", "dot": "đợt 1", "so_san_pham": "1", "co_mau": "có", "san_pham": [
            {"stt": "1"} | _NAMED | _WHERE | {"loai_dang_ky": "Lần đầu", "so_mau": "5", "ngay_nhan": "05/02/2026"}]}],
    },
    "form-03": _OFFICE | {
        "kinh_gui": "Sở Nông nghiệp và Môi trường", "can_cu": _BASIS,
        "cac_ban": [_COMMUNE | {
            "san_pham": "Chè Shan tuyết Mẫu Sơn", "chu_the": "Hợp tác xã Mẫu Sơn", "ngay_nhan": "ngày 05 tháng 02 năm 2026",
            "thong_tin": [{"ten": "Người đại diện, chức vụ", "gia_tri": "Triệu Thị Hoa, Giám đốc"}],
            "giay_to": "Giấy chứng nhận đăng ký kinh doanh", "noi_dung": [{
                "stt": "1", "ten": "Nguồn nguyên liệu địa phương",
                "tu_cham": ["tiêu chí 1.1 Nguồn nguyên liệu: trên 75% trong tỉnh."]}]}],
    },
    "advisory": _OFFICE | {
        "kinh_gui": "Hội đồng đánh giá, phân hạng sản phẩm OCOP cấp tỉnh", "luat": "26/2026/QĐ-TTg", "phien": "Đợt 1 năm 2026",
        "so_ho_so": "1", "so_da_cham": "1", "de_nghi_chung": "trình Hội đồng: 1",
        "ho_so": [{"stt": "1"} | _NAMED | {"diem": "70", "hang": "4 sao", "de_nghi": "Trình Hội đồng"}],
        "y_kien": [{"stt": "1", "ten": "Chè Shan tuyết Mẫu Sơn", "noi_dung": ["Giấy tờ còn thiếu: mã vùng trồng."]}],
    },
    "attendance": _COMMON | {"thanh_vien": [{"stt": "1", "ho_ten": "Trần Thị Bình", "co_quan": "Phó Giám đốc, Sở Công Thương",
                                             "vai_tro": "Thành viên"}]},
    "results": _COMMON | {
        "cot_diem": ["UBND", "SNN"], "chu_thich": "UBND: Ủy ban nhân dân tỉnh (Trần Thị Bình)", "ghi_chu": "KC: không chấm.",
        "ket_qua": [_RESULT | {"diem_cot": ["70", "69,8"]}],
    },
    "score-sheets": _COMMON | {
        "cac_ban": [_LETTER | {
            "ho_so_so": "1", "ma": "20-06040-03-2026", "san_pham": "Chè Shan tuyết Mẫu Sơn", "chu_the": "Hợp tác xã Mẫu Sơn",
            "bo_san_pham": "Bộ 4. Chè tươi, chè chế biến", "luat": "26/2026/QĐ-TTg",
            "cot_diem": ["UBND", "SNN"], "chu_thich": "UBND: Ủy ban nhân dân tỉnh (Trần Thị Bình)",
            "dong": [{"phan": "PHẦN A. SẢN PHẨM VÀ SỨC MẠNH CỘNG ĐỒNG (/40)", "ma": "1.1", "tieu_chi": "Nguồn nguyên liệu",
                      "toi_da": "3", "trung_binh": "2,5", "dieu_kien": "3 sao đạt", "diem_cot": ["3", "2"]}],
            "dieu_kien": ["Điều kiện hạng 3 sao: đạt 4/4 tiêu chí."],
            "ket_qua": "69,9 điểm; hạng theo điểm: 3 sao; phân hạng: 3 sao."}],
    },
    "council-report": _COMMON | {
        "kinh_gui": "Ủy ban nhân dân tỉnh Lạng Sơn", "can_cu": [_BASIS],
        "cach_hop": "họp ngày 20 tháng 01 năm 2026 tại Hội trường số 1",
        "so_luong_co_mat": "Hội đồng có 9 người, trong đó 8 người chấm điểm.", "so_ho_so": "1", "tong_hop": "3 sao: 1",
        "thong_ke": [{"nhom": "Theo ngành", "ten": "Sản phẩm đồ uống", "chi_tiet": "3 sao: 1", "cong": "1"}],
        "cong_nhan": _REPORTED, "tiem_nang": _REPORTED, "chua_dat": _REPORTED, "rut_khoi_phien": ["Miến dong Vạn Linh."],
        "chua_chot": ["Na Chi Lăng."], "de_nghi": ["Xem xét, công nhận kết quả đánh giá, phân hạng 1 sản phẩm."],
        "ket_qua": [_RESULT],
    },
    "ministry": _COMMON | {
        "kinh_gui": "Bộ Nông nghiệp và Môi trường", "can_cu": _BASIS, "diem_toi_thieu": "90",
        "quyet_dinh": "Quyết định số 118/QĐ-UBND ngày 01 tháng 02 năm 2026",
        "san_pham": [{"stt": "1"} | _NAMED | _WHERE | {
            "nguoi_dai_dien": "Triệu Thị Hoa", "dien_thoai": "0912345678", "diem": "92", "diem_phan": "A /40: 37; B /25: 23; C "
            "/35: 32", "giay_to": "Giấy chứng nhận đăng ký kinh doanh"}],
    },
    "handover": _OFFICE | {
        "so_giay": "1", "chia_hang": "1 giấy hạng 3 sao",
        "cac_quyet_dinh": [{"ten": "Quyết định số 118/QĐ-UBND ngày 01 tháng 02 năm 2026", "giay": [{
            "stt": "1", "so_giay": "01-2026/GCN-OCOP", "ten": "Chè Shan tuyết Mẫu Sơn", "chu_the": "Hợp tác xã Mẫu Sơn",
            "dia_chi": "Xã Mẫu Sơn, tỉnh Lạng Sơn", "hang": "3 sao"}]}],
    },
    "renewal-letters": _OFFICE | {
        "ngay": "05/02/2026", "cac_thu": [_LETTER | {"xa": "xã Mẫu Sơn", "so_san_pham": "1", "co_qua_han": "có", "san_pham": [{
            "stt": "1", "ten": "Chè Shan tuyết Mẫu Sơn", "chu_the": "Hợp tác xã Mẫu Sơn", "dien_thoai": "0912345678",
            "hang": "3 sao", "nhan_tu": "01/01/2026", "nhan_den": "02/03/2026", "het_hieu_luc": "30/06/2026",
            "qua_han": "(*)"}]}],
    },
    "revocation": _OFFICE | {
        "cac_ban": [_LETTER | {
            "tham_quyen": "Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn", "THAM_QUYEN": "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
            "co_quan_de_nghi": "Sở Nông nghiệp và Môi trường", "luat": "26/2026/QĐ-TTg", "nam": "2026",
            "cong_nhan": "Quyết định số 118/QĐ-UBND ngày 01 tháng 02 năm 2026 về công nhận kết quả",
            "ket_luan": "Kết luận thanh tra số 45/KL-SYT của Sở Y tế", "so_giay": "01-2026/GCN-OCOP",
            "ngay_cap": "ngày 05 tháng 02 năm 2026", "san_pham": "Chè Shan tuyết Mẫu Sơn", "ma": "20-06040-03-2026",
            "hang": "3 sao", "chu_the": "Hợp tác xã Mẫu Sơn", "dia_chi": "Xã Mẫu Sơn, tỉnh Lạng Sơn",
            "ly_do": "vi phạm pháp luật về chất lượng"}],
    },
}

EXAMPLES: dict[str, dict[str, Any]] = {
    "minutes": _COMMON | {
        "thanh_lap": "1253/QĐ-UBND ngày 12 tháng 6 năm 2026",
        "so_luong_co_mat": "Hội đồng có 9 người, trong đó 8 người chấm điểm.",
        "thanh_vien": [{"stt": "1", "ho_ten": "Trần Thị Bình", "co_quan": "Phó Chủ tịch, UBND tỉnh", "vai_tro": "Chủ tịch",
                        "co_mat": "Mọi hồ sơ"}],
        "khong_cham": ["Lý Thị Dung (Sở Công Thương) không chấm hồ sơ “Chè Shan tuyết Mẫu Sơn”: có vốn góp."],
        "quy_che": [{"ten": "Số lượng có mặt", "gia_tri": "từ 3/4 thành viên"}], "thay_doi_quy_che": ["Chưa có."],
        "ket_qua": [{"stt": "1", "ma": "20-06040-03-2026", "san_pham": "Chè Shan tuyết Mẫu Sơn", "chu_the": "Hợp tác xã Mẫu Sơn",
                     "diem_thanh_vien": "UBND: 70; SNN: 69,8", "diem": "69,9", "ket_qua": "3 sao"}],
        "tong_hop": "3 sao: 1", "rut_khoi_phien": ["Miến dong Vạn Linh."], "chua_chot": ["Na Chi Lăng."],
        "thao_luan": [{"ho_so": "Hồ sơ số 1: Chè Shan tuyết Mẫu Sơn", "noi_dung": ["Chênh lệch quá giới hạn 10 điểm."]}],
        "dau_nhat_ky": "120:3f2a0000", "ket_thuc": "Cuộc họp",
    },
    "invitation": _COMMON | {
        "han_gui_phieu": "ngày 25 tháng 01 năm 2026", "so_ho_so": "1",
        "cac_thu": [{"ho_ten": "Trần Thị Bình", "chuc_vu": "Phó Giám đốc, Sở Công Thương", "vai_tro": "Thành viên"}],
        "ho_so": [{"stt": "1", "ma": "20-06040-03-2026", "san_pham": "Chè Shan tuyết Mẫu Sơn", "chu_the": "Hợp tác xã Mẫu Sơn",
                   "bo_san_pham": "Chè tươi, chè chế biến", "loai_ho_so": "Lần đầu"}],
    },
    "decision": _COMMON | {
        "tham_quyen": "Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn", "THAM_QUYEN": "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
        "co_quan_de_nghi": "Sở Nông nghiệp và Môi trường", "so_san_pham": "1", "chia_hang": "1 sản phẩm hạng 3 sao",
        "so_thang": "36", "san_pham": _RECOGNISED, "tiem_nang": _RECOGNISED,
    },
    "notice-communes": _COMMON | {
        "quyet_dinh": "Quyết định số 118/QĐ-UBND ngày 01 tháng 02 năm 2026",
        "cac_thu": [_LETTER | {"xa": "xã Mẫu Sơn", "san_pham": [
            _TOLD | {"chu_the": "Hợp tác xã Mẫu Sơn", "con_thieu": "Còn thiếu 0,1 điểm để đạt 4 sao."}]}],
    },
    "notice-producers": _COMMON | {
        "quyet_dinh": "Quyết định số 118/QĐ-UBND ngày 01 tháng 02 năm 2026",
        "cac_thu": [_LETTER | {"chu_the": "Hợp tác xã Mẫu Sơn", "nguoi_dai_dien": "Triệu Thị Hoa",
                               "dia_chi": "Xã Mẫu Sơn, tỉnh Lạng Sơn", "san_pham": [
            _TOLD | {"ly_do_loai": "Hồ sơ không trung thực", "con_thieu": "Còn thiếu 0,1 điểm để đạt 4 sao.",
                     "diem_phan": [{"ten": "A Sản phẩm và sức mạnh của cộng đồng", "diem": "31", "toi_da": "40"}],
                     "can_lam": [{"tieu_chi": "2.3 Bao bì", "muc": "Có bao bì phù hợp", "tang": "+1"}]}]}],
    },
} | _LETTERS


def names(kind: str) -> tuple[tuple[str, str], ...]:
    """Fields of a paper with an example each; those within a list as "ho_so: ma"."""
    return tuple(_names("", EXAMPLES[kind]))


def _names(before: str, fields: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in fields.items():
        if isinstance(value, list) and isinstance(value[0], dict):
            found += _names(f"{before}{name} › ", value[0])
        else:
            found.append((before + name, value[0] if isinstance(value, list) else value.replace("\n", " / ")))
    return found
