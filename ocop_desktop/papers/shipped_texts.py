"""The shipped texts of papers as Word files with fields, for an office to write its own from.

They are set by the same ``state_word`` as the papers themselves, from the same blocks, so that styles and layout are the same.
Fields are those of ``actions.paper_fields``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ocop_desktop.papers.blocks import (
    Block,
    Column,
    Grid,
    Letterhead,
    Paper,
    Para,
    Signature,
    Signatures,
    Title,
    Turn,
)

END, NEXT = "{%p endfor %}", "{%p if not loop.last %}"
SIGNED = Signature(("{{ quyen_han }}",), "{{ nguoi_ky }}")


def word_file(kind: str) -> bytes:
    """The shipped text of a kind of paper as a Word file.

    Args:
        kind: one of ``TEXTS``.
    """
    from ocop_desktop.papers.state_word import render

    name, make = TEXTS[kind]
    return render((Paper(name, tuple(make())),), name, several=True)


def _head(letter: str = "", about: str = "", above: bool = True, dated: bool = True) -> Letterhead:
    return Letterhead("{{ co_quan_cap_tren }}" if above else "", "{{ co_quan }}", f"Số: {{{{ {letter}so_van_ban }}}}", about,
                      when=f"{{{{ {letter}noi_ngay }}}}" if dated else "")


def _letters(blocks: Iterator[Block]) -> Iterator[Block]:
    """What is repeated for every letter of a batch, each on pages of its own."""
    yield Para("{%p for thu in cac_thu %}")
    yield from blocks
    yield Para(NEXT)
    yield Turn(fresh=True)
    yield Para("{%p endif %}")
    yield Para(END)


def _invitation() -> Iterator[Block]:
    yield _head()
    yield Title("Giấy mời", ("{{ viec }} đánh giá, phân hạng sản phẩm OCOP", "{{ phien }}"))
    yield Para("{{ thu.ho_ten }}{% if thu.chuc_vu %}, {{ thu.chuc_vu }}{% endif %} – {{ thu.vai_tro }} Hội đồng", "address",
               lead="Kính mời: Ông (Bà)")
    yield Para("{%p if han_gui_phieu %}")
    yield Para("Chấm điểm và cho ý kiến bằng văn bản về {{ so_ho_so }} hồ sơ theo chương trình kèm theo.", lead="Nội dung:")
    yield Para("trước hết {{ han_gui_phieu }}.", lead="Thời hạn gửi phiếu:")
    yield Para("{%p else %}")
    yield Para("Họp {{ hoi_dong }}: đánh giá, phân hạng {{ so_ho_so }} hồ sơ theo chương trình kèm theo.", lead="Tới dự:")
    yield Para("{{ chu_tri }}.", lead="Chủ trì:")
    yield Para("……… giờ ………, {{ ngay_hop }}.", lead="Thời gian:")
    yield Para("{{ dia_diem }}.", lead="Địa điểm:")
    yield Para("{%p endif %}")
    yield Para("Phiếu đánh giá được phát cho từng hồ sơ. Thành viên có lợi ích hoặc quan hệ với chủ thể của hồ sơ nào thì báo "
               "Thư ký trước khi chấm và không chấm hồ sơ đó./.")
    yield Signatures(SIGNED, recipients=("Như trên;", "Lưu: VT."))
    yield Turn()
    yield Title("Chương trình", ("Danh sách hồ sơ đánh giá, phân hạng", "{{ phien }}"), ruled=False)
    yield _rows("hs in ho_so", (("TT", 9, "hs.stt"), ("Mã sản phẩm", 36, "hs.ma"), ("Sản phẩm", 38, "hs.san_pham"),
                                ("Chủ thể", 36, "hs.chu_the"), ("Bộ sản phẩm", 44, "hs.bo_san_pham"),
                                ("Loại hồ sơ", 20, "hs.loai_ho_so")))


def _rows(loop: str, columns: tuple[tuple[str, float, str], ...], size: float = 10.5) -> Grid:
    """A table with a row for every entry of a list; a column's third is its field."""
    cells = tuple(f"{{{{ {name} }}}}" for _head, _share, name in columns)
    return Grid(tuple(Column(head, share) for head, share, _name in columns),
                ((f"{{%tr for {loop} %}}",), cells, ("{%tr endfor %}",)), size)


ABOUT = "V/v thông báo kết quả đánh giá, phân hạng sản phẩm OCOP"
TOLD = ("Căn cứ {% if quyet_dinh %}{{ quyet_dinh }}, {% endif %}kết quả họp {{ hoi_dong }} {{ ngay_hop }} ({{ phien }}), "
        "{{ co_quan }} thông báo kết quả như sau:")


def _communes() -> Iterator[Block]:
    yield _head("thu.", ABOUT)
    yield Para("Ủy ban nhân dân {{ thu.xa }}", "address", lead="Kính gửi:")
    yield Para(TOLD)
    yield _rows("sp in thu.san_pham", (("TT", 9, "sp.stt"), ("Mã", 30, "sp.ma"), ("Sản phẩm", 36, "sp.ten"),
                                       ("Chủ thể", 34, "sp.chu_the"), ("Điểm", 14, "sp.diem"), ("Kết quả", 18, "sp.ket_qua"),
                                       ("Còn thiếu cho hạng sao tiếp theo", 40, "sp.con_thieu")))
    yield Para("Đề nghị Ủy ban nhân dân {{ thu.xa }} thông báo đến các chủ thể, hướng dẫn hoàn thiện những nội dung còn thiếu để "
               "đăng ký nâng hạng ở đợt sau./.")
    yield Signatures(SIGNED, recipients=("Như trên;", "Lưu: VT, hồ sơ sản phẩm."))


def _producers() -> Iterator[Block]:
    yield _head("thu.", ABOUT)
    yield Para("{{ thu.chu_the }}{% if thu.nguoi_dai_dien %} (người đại diện: {{ thu.nguoi_dai_dien }}){% endif %}"
               "{% if thu.dia_chi %}, {{ thu.dia_chi }}{% endif %}", "address", lead="Kính gửi:")
    yield Para(TOLD)
    yield Para("{%p for sp in thu.san_pham %}")
    yield Para("{{ sp.stt }}. Sản phẩm: {{ sp.ten }}", "heading")
    yield Para("{{ sp.ma }}", lead="Mã sản phẩm:")
    yield Para("{{ sp.diem }} điểm, {{ sp.ket_qua }}.", lead="Kết quả:")
    yield Para("{%p if sp.ly_do_loai %}")
    yield Para("{{ sp.ly_do_loai }}.", lead="Lý do bị loại:")
    yield Para("{%p endif %}")
    yield Para("{% for phan in sp.diem_phan %}{{ phan.ten }}: {{ phan.diem }}/{{ phan.toi_da }}; {% endfor %}",
               lead="Điểm từng phần:")
    yield Para("{%p if sp.con_thieu %}")
    yield Para("{{ sp.con_thieu }}", lead="Hạng tiếp theo:")
    yield _rows("viec in sp.can_lam", (("Tiêu chí", 55, "viec.tieu_chi"), ("Mức cần đạt", 90, "viec.muc"),
                                       ("Tăng", 20, "viec.tang")), 11)
    yield Para("{%p endif %}")
    yield Para(END)
    yield Para("Nội dung cần hoàn thiện được tính từ phiếu chấm của Hội đồng; việc nâng hạng do Hội đồng đánh giá lại khi chủ "
               "thể đăng ký, theo hồ sơ và minh chứng tại thời điểm đó./.")
    yield Signatures(SIGNED, recipients=("Như trên;", "Lưu: VT, hồ sơ sản phẩm."))


def _decision() -> Iterator[Block]:
    yield _head(above=False)
    yield Title("Quyết định", ("Về việc công nhận kết quả đánh giá, phân hạng sản phẩm OCOP, {{ phien }}",))
    yield Para("{{ THAM_QUYEN }}", "order")
    yield Para("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", "basis")
    yield Para("Căn cứ Quyết định số {{ luat }} của Thủ tướng Chính phủ ban hành Bộ tiêu chí và quy trình đánh giá, phân hạng "
               "sản phẩm Chương trình mỗi xã một sản phẩm;", "basis")
    yield Para("Căn cứ Biên bản họp {{ hoi_dong }} {{ ngay_hop }};", "basis")
    yield Para("Theo đề nghị của {{ co_quan_de_nghi }} tại Tờ trình số ……/TTr ngày …… tháng …… năm ……", "basis")
    yield Para("QUYẾT ĐỊNH:", "order")
    yield Para("Công nhận kết quả đánh giá, phân hạng {{ so_san_pham }} sản phẩm OCOP ({{ chia_hang }}), {{ phien }} (danh sách "
               "kèm theo). Kết quả có giá trị {{ so_thang }} tháng kể từ ngày cấp Giấy chứng nhận.", lead="Điều 1.")
    yield Para("Giao {{ co_quan_de_nghi }} hướng dẫn các chủ thể thực hiện{% if tiem_nang %}; hoàn thiện hồ sơ "
               "{{ tiem_nang | length }} sản phẩm tiềm năng 5 sao, trình Bộ Nông nghiệp và Môi trường đánh giá, phân hạng"
               "{% endif %}.", lead="Điều 2.")
    yield Para("Quyết định này có hiệu lực từ ngày ký. Chánh Văn phòng Ủy ban nhân dân, Thủ trưởng các sở, ngành, Chủ tịch Ủy "
               "ban nhân dân các xã, phường, các chủ thể và cá nhân, tổ chức có liên quan chịu trách nhiệm thi hành Quyết định "
               "này./.", lead="Điều 3.")
    yield Signatures(SIGNED, recipients=("Như Điều 3;", "Bộ Nông nghiệp và Môi trường (để báo cáo);", "Lưu: VT."))
    yield Turn(wide=True)
    yield Title("Phụ lục", ("Danh sách sản phẩm",), ruled=False)
    yield Para("(Kèm theo Quyết định số {{ so_van_ban }} của {{ tham_quyen }})", "centre")
    yield _rows("sp in san_pham", _RECOGNISED, 11)
    yield Para("{%p if tiem_nang %}")
    yield Para("Sản phẩm tiềm năng 5 sao", "heading")
    yield _rows("sp in tiem_nang", _RECOGNISED, 11)
    yield Para("{%p endif %}")


_RECOGNISED = (("TT", 10, "sp.stt"), ("Mã sản phẩm", 38, "sp.ma"), ("Tên sản phẩm", 66, "sp.ten"), ("Chủ thể", 60, "sp.chu_the"),
               ("Địa chỉ", 54, "sp.dia_chi"), ("Điểm", 15, "sp.diem"), ("Phân hạng", 20, "sp.ket_qua"))


def _minutes() -> Iterator[Block]:
    yield _head(dated=False)
    yield Title("Biên bản", ("{{ viec }} đánh giá, phân hạng sản phẩm OCOP", "{{ phien }}"))
    yield Para("Căn cứ Quyết định số {{ luat }} của Thủ tướng Chính phủ ban hành Bộ tiêu chí và quy trình đánh giá, phân hạng "
               "sản phẩm Chương trình mỗi xã một sản phẩm;", "basis")
    yield Para("{%p if thanh_lap %}")
    yield Para("Căn cứ Quyết định số {{ thanh_lap }} về việc thành lập {{ hoi_dong }};", "basis")
    yield Para("{%p endif %}")
    yield Para("I. THỜI GIAN, ĐỊA ĐIỂM", "heading")
    yield Para("{{ ngay_hop }}.", lead="Thời gian:")
    yield Para("{{ dia_diem }}.", lead="Địa điểm:")
    yield Para("II. THÀNH PHẦN", "heading")
    yield Para("{{ chu_tri }}.", lead="Chủ tọa:")
    yield Para("{{ thu_ky }}.", lead="Thư ký:")
    yield _rows("tv in thanh_vien", (("TT", 9, "tv.stt"), ("Họ và tên", 38, "tv.ho_ten"), ("Cơ quan, chức vụ", 62, "tv.co_quan"),
                                     ("Vai trò", 24, "tv.vai_tro"), ("Có mặt", 32, "tv.co_mat")), 11)
    yield Para("{{ so_luong_co_mat }}")
    yield from _lines("dong in khong_cham", "Thành viên không chấm:", "khong_cham")
    yield Para("III. QUY CHẾ LÀM VIỆC ĐÃ ÁP DỤNG", "heading")
    yield _rows("muc in quy_che", (("Nội dung", 70, "muc.ten"), ("Mức áp dụng", 95, "muc.gia_tri")), 11)
    yield from _lines("dong in thay_doi_quy_che", "Thay đổi quy chế sau khi đã có phiếu:", "thay_doi_quy_che")
    yield Para("IV. KẾT QUẢ ĐÁNH GIÁ, PHÂN HẠNG", "heading")
    yield Para("Hội đồng đã chốt kết quả {{ ket_qua | length }} hồ sơ ({{ tong_hop }}).")
    yield _rows("kq in ket_qua", (("TT", 9, "kq.stt"), ("Mã sản phẩm", 34, "kq.ma"), ("Sản phẩm", 30, "kq.san_pham"),
                                  ("Chủ thể", 30, "kq.chu_the"), ("Điểm từng thành viên", 44, "kq.diem_thanh_vien"),
                                  ("Điểm trung bình", 16, "kq.diem"), ("Kết quả", 17, "kq.ket_qua")))
    yield from _lines("dong in rut_khoi_phien", "Hồ sơ rút khỏi phiên:", "rut_khoi_phien")
    yield from _lines("dong in chua_chot", "Hồ sơ chưa chốt kết quả khi lập biên bản:", "chua_chot")
    yield Para("V. THẢO LUẬN, KẾT LUẬN, Ý KIẾN", "heading")
    yield Para("{%p for viec in thao_luan %}")
    yield Para("{{ viec.ho_so }}", "subheading")
    yield Para("{%p for dong in viec.noi_dung %}")
    yield Para("- {{ dong }}", "item")
    yield Para(END)
    yield Para(END)
    yield Para("VI. DẤU CỦA NHẬT KÝ DỮ LIỆU", "heading")
    yield Para("{{ dau_nhat_ky }}", "seal")
    yield Para("{{ ket_thuc }} kết thúc vào …… giờ ……, ngày …… tháng …… năm ……. Biên bản đã được thông qua, lập thành …… bản "
               "có giá trị như nhau./.")
    yield Signatures(Signature(("CHỦ TỌA",), "{{ chu_tri }}", "(Ký, ghi rõ họ tên)"),
                     Signature(("THƯ KÝ",), "{{ thu_ky }}", "(Ký, ghi rõ họ tên)"),
                     ("Thành viên Hội đồng;", "Lưu: VT, hồ sơ phiên."))


def _lines(loop: str, heading: str, name: str) -> Iterator[Block]:
    """A heading and a line for every sentence; nothing where there is none."""
    yield Para(f"{{%p if {name} %}}")
    yield Para(heading)
    yield Para(f"{{%p for {loop} %}}")
    yield Para("- {{ dong }}", "item")
    yield Para(END)
    yield Para("{%p endif %}")


TEXTS: dict[str, tuple[str, Callable[[], Iterator[Block]]]] = {
    "minutes": ("Biên bản họp Hội đồng", _minutes),
    "invitation": ("Giấy mời", lambda: _letters(_invitation())),
    "decision": ("Dự thảo quyết định công nhận", _decision),
    "notice-communes": ("Thông báo cho các xã", lambda: _letters(_communes())),
    "notice-producers": ("Thông báo cho chủ thể", lambda: _letters(_producers())),
}
