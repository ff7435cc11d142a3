"""The shipped texts of papers as Word files with fields, for an office to write its own from.

They are set by the same ``state_word`` as the papers themselves, from the same blocks, so that styles and layout are the same.
Fields are those of ``actions.paper_fields``; letters and reports are in ``letter_texts``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ocop_desktop.papers import letter_texts
from ocop_desktop.papers.blocks import Block, Paper, Para, Signature, Signatures, Title, Turn
from ocop_desktop.papers.template_blocks import END, SIGNED, YES, head, lines, listed, repeated

LETTERS, COPIES = "thu in cac_thu", "ban in cac_ban"


def word_file(kind: str) -> bytes:
    """The shipped text of a kind of paper as a Word file.

    Args:
        kind: one of ``TEXTS``.
    """
    from ocop_desktop.papers.state_word import render

    name, make = TEXTS[kind]
    return render((Paper(name, tuple(make())),), name, several=True)


def _invitation() -> Iterator[Block]:
    yield head()
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
    yield Para(YES)
    yield Para("Phiếu đánh giá được phát cho từng hồ sơ. Thành viên có lợi ích hoặc quan hệ với chủ thể của hồ sơ nào thì báo "
               "Thư ký trước khi chấm và không chấm hồ sơ đó./.")
    yield Signatures(SIGNED, recipients=("Như trên;", "Lưu: VT."))
    yield Turn()
    yield Title("Chương trình", ("Danh sách hồ sơ đánh giá, phân hạng", "{{ phien }}"), ruled=False)
    yield listed("hs in ho_so", (("TT", 9, "hs.stt"), ("Mã sản phẩm", 36, "hs.ma"), ("Sản phẩm", 38, "hs.san_pham"),
                                ("Chủ thể", 36, "hs.chu_the"), ("Bộ sản phẩm", 44, "hs.bo_san_pham"),
                                ("Loại hồ sơ", 20, "hs.loai_ho_so")))


ABOUT = "V/v thông báo kết quả đánh giá, phân hạng sản phẩm OCOP"
TOLD = ("Căn cứ {% if quyet_dinh %}{{ quyet_dinh }}, {% endif %}kết quả họp {{ hoi_dong }} {{ ngay_hop }} ({{ phien }}), "
        "{{ co_quan }} thông báo kết quả như sau:")


def _communes() -> Iterator[Block]:
    yield head("thu.", ABOUT)
    yield Para("Ủy ban nhân dân {{ thu.xa }}", "address", lead="Kính gửi:")
    yield Para(TOLD)
    yield listed("sp in thu.san_pham", (("TT", 9, "sp.stt"), ("Mã", 30, "sp.ma"), ("Sản phẩm", 36, "sp.ten"),
                                       ("Chủ thể", 34, "sp.chu_the"), ("Điểm", 14, "sp.diem"), ("Kết quả", 18, "sp.ket_qua"),
                                       ("Còn thiếu cho hạng sao tiếp theo", 40, "sp.con_thieu")))
    yield Para("Đề nghị Ủy ban nhân dân {{ thu.xa }} thông báo đến các chủ thể, hướng dẫn hoàn thiện những nội dung còn thiếu để "
               "đăng ký nâng hạng ở đợt sau./.")
    yield Signatures(SIGNED, recipients=("Như trên;", "Lưu: VT, hồ sơ sản phẩm."))


def _producers() -> Iterator[Block]:
    yield head("thu.", ABOUT)
    yield Para("{{ thu.chu_the }}{% if thu.nguoi_dai_dien %} (người đại diện: {{ thu.nguoi_dai_dien }}){% endif %}"
               "{% if thu.dia_chi %}, {{ thu.dia_chi }}{% endif %}", "address", lead="Kính gửi:")
    yield Para(TOLD)
    yield Para("{%p for sp in thu.san_pham %}")
    yield Para("{{ sp.stt }}. Sản phẩm: {{ sp.ten }}", "heading")
    yield Para("{{ sp.ma }}", lead="Mã sản phẩm:")
    yield Para("{{ sp.diem }} điểm, {{ sp.ket_qua }}.", lead="Kết quả:")
    yield Para("{%p if sp.ly_do_loai %}")
    yield Para("{{ sp.ly_do_loai }}.", lead="Lý do bị loại:")
    yield Para(YES)
    yield Para("{% for phan in sp.diem_phan %}{{ phan.ten }}: {{ phan.diem }}/{{ phan.toi_da }}; {% endfor %}",
               lead="Điểm từng phần:")
    yield Para("{%p if sp.con_thieu %}")
    yield Para("{{ sp.con_thieu }}", lead="Hạng tiếp theo:")
    yield listed("viec in sp.can_lam", (("Tiêu chí", 55, "viec.tieu_chi"), ("Mức cần đạt", 90, "viec.muc"),
                                       ("Tăng", 20, "viec.tang")), 11)
    yield Para(YES)
    yield Para(END)
    yield Para("Nội dung cần hoàn thiện được tính từ phiếu chấm của Hội đồng; việc nâng hạng do Hội đồng đánh giá lại khi chủ "
               "thể đăng ký, theo hồ sơ và minh chứng tại thời điểm đó./.")
    yield Signatures(SIGNED, recipients=("Như trên;", "Lưu: VT, hồ sơ sản phẩm."))


def _decision() -> Iterator[Block]:
    yield head(above=False)
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
    yield listed("sp in san_pham", _RECOGNISED, 11)
    yield Para("{%p if tiem_nang %}")
    yield Para("Sản phẩm tiềm năng 5 sao", "heading")
    yield listed("sp in tiem_nang", _RECOGNISED, 11)
    yield Para(YES)


_RECOGNISED = (("TT", 10, "sp.stt"), ("Mã sản phẩm", 38, "sp.ma"), ("Tên sản phẩm", 66, "sp.ten"), ("Chủ thể", 60, "sp.chu_the"),
               ("Địa chỉ", 54, "sp.dia_chi"), ("Điểm", 15, "sp.diem"), ("Phân hạng", 20, "sp.ket_qua"))


def _minutes() -> Iterator[Block]:
    yield head(dated=False)
    yield Title("Biên bản", ("{{ viec }} đánh giá, phân hạng sản phẩm OCOP", "{{ phien }}"))
    yield Para("Căn cứ Quyết định số {{ luat }} của Thủ tướng Chính phủ ban hành Bộ tiêu chí và quy trình đánh giá, phân hạng "
               "sản phẩm Chương trình mỗi xã một sản phẩm;", "basis")
    yield Para("{%p if thanh_lap %}")
    yield Para("Căn cứ Quyết định số {{ thanh_lap }} về việc thành lập {{ hoi_dong }};", "basis")
    yield Para(YES)
    yield Para("I. THỜI GIAN, ĐỊA ĐIỂM", "heading")
    yield Para("{{ ngay_hop }}.", lead="Thời gian:")
    yield Para("{{ dia_diem }}.", lead="Địa điểm:")
    yield Para("II. THÀNH PHẦN", "heading")
    yield Para("{{ chu_tri }}.", lead="Chủ tọa:")
    yield Para("{{ thu_ky }}.", lead="Thư ký:")
    yield listed("tv in thanh_vien", (("TT", 9, "tv.stt"), ("Họ và tên", 38, "tv.ho_ten"), ("Cơ quan, chức vụ", 62, "tv.co_quan"),
                                     ("Vai trò", 24, "tv.vai_tro"), ("Có mặt", 32, "tv.co_mat")), 11)
    yield Para("{{ so_luong_co_mat }}")
    yield from lines("khong_cham", "Thành viên không chấm:")
    yield Para("III. QUY CHẾ LÀM VIỆC ĐÃ ÁP DỤNG", "heading")
    yield listed("muc in quy_che", (("Nội dung", 70, "muc.ten"), ("Mức áp dụng", 95, "muc.gia_tri")), 11)
    yield from lines("thay_doi_quy_che", "Thay đổi quy chế sau khi đã có phiếu:")
    yield Para("IV. KẾT QUẢ ĐÁNH GIÁ, PHÂN HẠNG", "heading")
    yield Para("Hội đồng đã chốt kết quả {{ ket_qua | length }} hồ sơ ({{ tong_hop }}).")
    yield listed("kq in ket_qua", (("TT", 9, "kq.stt"), ("Mã sản phẩm", 34, "kq.ma"), ("Sản phẩm", 30, "kq.san_pham"),
                                  ("Chủ thể", 30, "kq.chu_the"), ("Điểm từng thành viên", 44, "kq.diem_thanh_vien"),
                                  ("Điểm trung bình", 16, "kq.diem"), ("Kết quả", 17, "kq.ket_qua")))
    yield from lines("rut_khoi_phien", "Hồ sơ rút khỏi phiên:")
    yield from lines("chua_chot", "Hồ sơ chưa chốt kết quả khi lập biên bản:")
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


TEXTS: dict[str, tuple[str, Callable[[], Iterator[Block]]]] = {
    "commune-request": ("Công văn đề nghị của cấp xã", lambda: repeated(LETTERS, letter_texts.commune_request())),
    "form-03": ("Mẫu 03: báo cáo của cấp xã", lambda: repeated(COPIES, letter_texts.commune_report())),
    "advisory": ("Báo cáo của Tổ tư vấn", letter_texts.advisory),
    "invitation": ("Giấy mời", lambda: repeated(LETTERS, _invitation())),
    "attendance": ("Danh sách dự họp", letter_texts.attendance),
    "minutes": ("Biên bản họp Hội đồng", _minutes),
    "results": ("Bảng tổng hợp kết quả", letter_texts.results),
    "score-sheets": ("Bảng tổng hợp điểm từng sản phẩm", lambda: repeated(COPIES, letter_texts.score_sheet(), wide=True)),
    "council-report": ("Báo cáo kết quả của Hội đồng", letter_texts.council_report),
    "decision": ("Dự thảo quyết định công nhận", _decision),
    "ministry": ("Đề nghị Bộ đánh giá tiềm năng 5 sao", letter_texts.ministry),
    "notice-communes": ("Thông báo cho các xã", lambda: repeated(LETTERS, _communes())),
    "notice-producers": ("Thông báo cho chủ thể", lambda: repeated(LETTERS, _producers())),
    "handover": ("Danh sách giao nhận giấy chứng nhận", letter_texts.handover),
    "renewal-letters": ("Thư nhắc đánh giá lại", lambda: repeated(LETTERS, letter_texts.renewal())),
    "revocation": ("Dự thảo quyết định thu hồi", lambda: repeated(COPIES, letter_texts.revocation())),
}
