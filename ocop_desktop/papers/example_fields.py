"""Every field of the papers an office may write its own text for, with an example: what a template is tried with.

Names are those of ``actions.paper_fields``; a test holds both together.
"""

from __future__ import annotations

from typing import Any

_COMMON = {
    "co_quan_cap_tren": "Ủy ban nhân dân tỉnh Lạng Sơn", "co_quan": "Sở Nông nghiệp và Môi trường",
    "CO_QUAN_CAP_TREN": "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN", "CO_QUAN": "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
    "so_van_ban": "05/TB-SNNMT", "noi_ngay": "Lạng Sơn, ngày 05 tháng 02 năm 2026",
    "quyen_han": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "nguoi_ky": "Nguyễn Văn An", "hoi_dong": "Hội đồng đánh giá, phân hạng sản phẩm "
    "OCOP tỉnh Lạng Sơn", "phien": "Đợt 1 năm 2026", "ngay_hop": "ngày 20 tháng 01 năm 2026", "dia_diem": "Hội trường số 1",
    "chu_tri": "Trần Thị Bình", "thu_ky": "Lê Văn Cường", "luat": "26/2026/QĐ-TTg", "viec": "Họp",
}
_LETTER = {"so_van_ban": "05/TB-SNNMT", "noi_ngay": "Lạng Sơn, ngày 05 tháng 02 năm 2026"}
_TOLD = {"stt": "1", "ma": "20-06040-03-2026", "ten": "Chè Shan tuyết Mẫu Sơn", "diem": "69,9", "ket_qua": "3 sao"}
_RECOGNISED = [_TOLD | {"chu_the": "Hợp tác xã Mẫu Sơn", "dia_chi": "Xã Mẫu Sơn, tỉnh Lạng Sơn"}]

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
}


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
