"""The shipped texts of letters and reports as Word files with fields: of dossiers, of the council, around certificates.

Set and filled as ``shipped_texts`` says; fields are those of ``actions.letter_fields``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ocop_desktop.papers.blocks import Block, Dots, Para, Signature, Signatures, Title, Turn
from ocop_desktop.papers.certificate_handover import COLUMNS as HANDED_OVER
from ocop_desktop.papers.certificate_handover import ROOM
from ocop_desktop.papers.commune_report import BOX, LINES
from ocop_desktop.papers.ministry_request import PAPERS, SAMPLES
from ocop_desktop.papers.revocation_draft import RECIPIENTS
from ocop_desktop.papers.template_blocks import END, SIGNED, YES, across, head, lines, listed

_PRODUCTS = (("TT", 9, "sp.stt"), ("Sản phẩm, mã", 42, "{{ sp.ten }}{% if sp.ma %} ({{ sp.ma }}){% endif %}"))
_WHO = ("Chủ thể, địa chỉ", 42, "{{ sp.chu_the }}{% if sp.dia_chi %}, {{ sp.dia_chi }}{% endif %}")
_SIGNED_BY_HAND = Signature(("{{ quyen_han }}",), "{{ nguoi_ky }}", "(Ký, ghi rõ họ tên, đóng dấu)")


def commune_request() -> Iterator[Block]:
    """A commune's letter."""
    yield head("thu.", "V/v đề nghị đánh giá, phân hạng sản phẩm OCOP", own="thu.CO_QUAN", above=False)
    yield Para("{{ kinh_gui }}", "address", lead="Kính gửi:")
    yield Para("{{ can_cu }}, {{ thu.co_quan }} đề nghị đánh giá, phân hạng {{ thu.so_san_pham }} sản phẩm của các chủ thể trên "
               "địa bàn{% if thu.dot %}, {{ thu.dot }}{% endif %}:")
    yield listed("sp in thu.san_pham", (*_PRODUCTS, _WHO, ("Bộ sản phẩm", 30, "sp.bo_san_pham"),
                                        ("Loại đăng ký", 19, "sp.loai_dang_ky"), ("Mẫu", 14, "sp.so_mau"),
                                        ("Ngày xã nhận", 24, "sp.ngay_nhan")))
    yield Para("Hồ sơ của mỗi sản phẩm gửi kèm gồm: phiếu đăng ký (Mẫu số 01), báo cáo tự đánh giá và giấy tờ minh chứng của chủ "
               "thể (Mẫu số 02), báo cáo đánh giá của cấp xã (Mẫu số 03){% if thu.co_mau %}, mẫu sản phẩm theo số ghi trong bảng"
               "{% endif %}.")
    yield Para("{{ thu.co_quan }} đề nghị {{ kinh_gui }} xem xét, tổ chức đánh giá, phân hạng theo quy định./.")
    yield Signatures(_SIGNED_BY_HAND, recipients=("Như trên;", "Các chủ thể có sản phẩm;", "Lưu: VT."))


def commune_report() -> Iterator[Block]:
    """Form 03; what the commune finds is written by hand."""
    yield Para("Mẫu số 03", "note")
    yield head("ban.", own="ban.CO_QUAN", above=False)
    yield Title("Báo cáo", ("Đánh giá của cấp xã về sản phẩm đăng ký đánh giá, phân hạng OCOP", "Sản phẩm: {{ ban.san_pham }}"))
    yield Para("{{ kinh_gui }}", "address", lead="Kính gửi:")
    yield Para("{{ can_cu }}; xem xét hồ sơ của {{ ban.chu_the }} nhận {{ ban.ngay_nhan }}, {{ ban.co_quan }} báo cáo như sau:")
    yield Para("I. CHỦ THỂ VÀ SẢN PHẨM", "heading")
    yield listed("dong in ban.thong_tin", (("Nội dung", 50, "dong.ten"), ("Thông tin", 115, "dong.gia_tri")), 11.5)
    yield Para("{{ ban.giay_to }}", lead="Giấy tờ chủ thể đã nộp:")
    yield Para("II. ĐÁNH GIÁ CỦA CẤP XÃ", "heading")
    yield Para("{%p for nd in ban.noi_dung %}")
    yield Para("{{ nd.stt }}. {{ nd.ten }}", "subheading")
    yield Para("{%p for dong in nd.tu_cham %}")
    yield Para("{{ dong }}", "item", lead="Chủ thể tự đánh giá –")
    yield Para(END)
    yield Dots(LINES, "Nhận xét của cấp xã:")
    yield Para(END)
    yield Para("III. KẾT LUẬN, ĐỀ NGHỊ", "heading")
    yield Para("", "item", lead=f"{BOX} Hồ sơ đủ điều kiện, đề nghị đánh giá, phân hạng.")
    yield Dots(2, f"{BOX} Chủ thể cần bổ sung, hoàn thiện:")
    yield Para("{{ ban.co_quan }} chịu trách nhiệm về nội dung báo cáo./.")
    yield Signatures(_SIGNED_BY_HAND, recipients=("Như trên;", "{{ ban.chu_the }};", "Lưu: VT, hồ sơ sản phẩm."))


def advisory() -> Iterator[Block]:
    """The advisory team's report."""
    yield head()
    yield Title("Báo cáo", ("Kết quả tư vấn, đánh giá hồ sơ sản phẩm OCOP", "{{ phien }}"))
    yield Para("{{ kinh_gui }}", "address", lead="Kính gửi:")
    yield Para("Tổ tư vấn đã xem xét hồ sơ theo Bộ tiêu chí ban hành kèm theo Quyết định số {{ luat }} của Thủ tướng Chính phủ, "
               "báo cáo như sau:")
    yield Para("I. KẾT QUẢ CHUNG", "heading")
    yield Para("{{ so_ho_so }} hồ sơ, đã chấm xong {{ so_da_cham }} hồ sơ. Đề nghị của Tổ tư vấn: {{ de_nghi_chung }}.")
    yield listed("sp in ho_so", (*_PRODUCTS, ("Chủ thể", 36, "sp.chu_the"), ("Điểm của Tổ", 20, "sp.diem"),
                                 ("Hạng theo điểm", 20, "sp.hang"), ("Đề nghị", 30, "sp.de_nghi")))
    yield Para("Điểm của Tổ tư vấn để Hội đồng tham khảo, không tính vào điểm đánh giá của Hội đồng.", "note")
    yield Para("II. Ý KIẾN VỀ TỪNG HỒ SƠ", "heading")
    yield Para("{%p for sp in y_kien %}")
    yield Para("Hồ sơ số {{ sp.stt }}: {{ sp.ten }}", "subheading")
    yield Para("{%p for dong in sp.noi_dung %}")
    yield Para("- {{ dong }}", "item")
    yield Para(END)
    yield Para(END)
    yield Para("{%p if not y_kien %}")
    yield Para("Tổ tư vấn không ghi ý kiến riêng về hồ sơ nào.")
    yield Para(YES)
    yield Para("Tổ tư vấn báo cáo để {{ kinh_gui }} xem xét, quyết định./.")
    yield Signatures(SIGNED, recipients=("Như trên;", "Thành viên Tổ tư vấn;", "Lưu: VT, hồ sơ phiên."))


def attendance() -> Iterator[Block]:
    """The list that is signed at the door, with lines for guests."""
    yield head(numbered=False, dated=False)
    yield Title("Danh sách thành viên dự họp", ("{{ hoi_dong }}", "{{ phien }}"))
    yield Para("{{ ngay_hop | capitalize }}.", lead="Thời gian:")
    yield Para("{{ dia_diem }}.", lead="Địa điểm:")
    guest = ("", "", "Khách mời", "", "", "")
    yield listed("tv in thanh_vien", (
        ("TT", 9, "tv.stt"), ("Họ và tên", 36, "tv.ho_ten"), ("Chức vụ, cơ quan", 46, "tv.co_quan"),
        ("Vai trò", 27, "tv.vai_tro"), ("Ký tên", 28, ""), ("Giờ đến, ghi chú", 22, "")), 11, 30, (guest, guest))
    yield Para("Tổng số thành viên có mặt: ……/……. Người vắng ghi lý do ở cột cuối.")
    yield Signatures(Signature(("THƯ KÝ HỘI ĐỒNG",), "{{ thu_ky }}", "(Ký, ghi rõ họ tên)"))


def council_report() -> Iterator[Block]:
    """The council's report, its points as an annex across."""
    yield head()
    yield Title("Báo cáo", ("Kết quả đánh giá, phân hạng sản phẩm OCOP", "{{ phien }}"))
    yield Para("{{ kinh_gui }}", "address", lead="Kính gửi:")
    yield Para("{%p for dong in can_cu %}")
    yield Para("{{ dong }};", "basis")
    yield Para(END)
    yield Para("{{ hoi_dong }} báo cáo kết quả như sau:")
    yield Para("I. TỔ CHỨC ĐÁNH GIÁ", "heading")
    yield Para("Hội đồng {{ cach_hop }}. {{ so_luong_co_mat }}")
    yield Para("II. KẾT QUẢ", "heading")
    yield Para("Hội đồng đã chốt kết quả {{ so_ho_so }} hồ sơ ({{ tong_hop }}).")
    yield listed("dong in thong_ke", (("Phân theo", 36, "dong.nhom"), ("Nội dung", 60, "dong.ten"),
                                      ("Phân hạng", 54, "dong.chi_tiet"), ("Cộng", 15, "dong.cong")), 11)
    for name, heading, reason in (("cong_nhan", "Sản phẩm đạt 3 và 4 sao", False),
                                  ("tiem_nang", "Sản phẩm tiềm năng 5 sao", False),
                                  ("chua_dat", "Sản phẩm chưa đạt 3 sao hoặc bị loại", True)):
        yield Para(f"{{%p if {name} %}}")
        yield Para(heading, "subheading")
        why = (("Lý do, nội dung còn thiếu", 44, "sp.ly_do"),) if reason else ()
        yield listed(f"sp in {name}", (*_PRODUCTS, _WHO, ("Điểm", 14, "sp.diem"), ("Phân hạng", 20, "sp.ket_qua"), *why))
        yield Para(YES)
    yield from lines("rut_khoi_phien", "Hồ sơ rút khỏi phiên:")
    yield from lines("chua_chot", "Hồ sơ chưa chốt kết quả khi lập báo cáo:")
    yield Para("III. ĐỀ NGHỊ", "heading")
    yield Para("{{ hoi_dong }} đề nghị {{ kinh_gui }}:")
    yield Para("{%p for dong in de_nghi %}")
    yield Para("{{ loop.index }}. {{ dong }}", "item")
    yield Para(END)
    yield Para("Điểm của từng thành viên ở Phụ lục kèm theo. Hội đồng trân trọng báo cáo./.")
    yield Signatures(SIGNED, recipients=("Như trên;", "Thành viên Hội đồng;", "Lưu: VT, hồ sơ phiên."))
    yield Turn(wide=True)
    yield Title("Phụ lục", ("Kết quả chấm điểm của thành viên Hội đồng, {{ phien }}",), ruled=False)
    yield listed("kq in ket_qua", (("TT", 9, "kq.stt"), ("Mã sản phẩm", 36, "kq.ma"), ("Sản phẩm", 42, "kq.san_pham"),
                                   ("Chủ thể", 44, "kq.chu_the"), ("Điểm từng thành viên", 88, "kq.diem_thanh_vien"),
                                   ("Điểm đánh giá", 18, "kq.diem"), ("Phân hạng", 26, "kq.ket_qua")))


_BOTH = Signatures(Signature(("CHỦ TỊCH HỘI ĐỒNG",), "{{ chu_tri }}", "(Ký, ghi rõ họ tên)"),
                   Signature(("THƯ KÝ",), "{{ thu_ky }}", "(Ký, ghi rõ họ tên)"))


def results() -> Iterator[Block]:
    """The result table, across, a column for each agency."""
    yield Turn(wide=True)
    yield head(dated=False)
    yield Title("Bảng tổng hợp kết quả", ("Đánh giá, phân hạng sản phẩm OCOP", "{{ phien }}, {{ ngay_hop }}"))
    yield Para("{{ chu_thich }}.", "note", lead="Cột điểm:")
    yield Para("{{ ghi_chu }}", "note")
    yield listed("kq in ket_qua", (
        ("TT", 8, "kq.stt"), ("Mã sản phẩm", 30, "kq.ma"), ("Tên sản phẩm", 40, "kq.san_pham"), ("Chủ thể", 36, "kq.chu_the"),
        ("Địa chỉ", 36, "kq.dia_chi"), *across("cot_diem", "kq.diem_cot", 16), ("Điểm đánh giá", 16, "kq.diem"),
        ("Phân hạng", 20, "kq.ket_qua")), 9)
    yield _BOTH


def score_sheet() -> Iterator[Block]:
    """A product's score sheet, across, a column for each member."""
    yield head("ban.", dated=False)
    yield Title("Bảng tổng hợp điểm", ("{{ ban.san_pham }}", "{{ phien }}, {{ ngay_hop }}"))
    yield Para("số {{ ban.ho_so_so }}{% if ban.ma %}; mã sản phẩm {{ ban.ma }}{% endif %}; chủ thể {{ ban.chu_the }}. "
               "{{ ban.bo_san_pham }} (Quyết định số {{ ban.luat }}).", "note", lead="Hồ sơ:")
    yield Para("{{ ban.chu_thich }}.", "note", lead="Cột điểm:")
    table = listed("dong in ban.dong", (
        ("Mã", 12, "dong.ma"), ("Tiêu chí", 90, "dong.tieu_chi"), ("Tối đa", 11, "dong.toi_da"),
        *across("ban.cot_diem", "dong.diem_cot", 12), ("Trung bình", 14, "dong.trung_binh"),
        ("Điều kiện hạng sao", 44, "dong.dieu_kien")), 9)
    loop, row, end = table.rows
    yield replace(table, rows=(loop, ("{%tr if dong.phan %}",), ("{{ dong.phan }}",), ("{%tr else %}",), row,
                               ("{%tr endif %}",), end))
    yield Para("{%p for dong in ban.dieu_kien %}")
    yield Para("{{ dong }}", "note")
    yield Para(END)
    yield Para("{{ ban.ket_qua }}", lead="Kết quả:")
    yield _BOTH


def ministry() -> Iterator[Block]:
    """The letter to the Ministry, its list as an annex across."""
    yield head(about="V/v đề nghị đánh giá, phân hạng sản phẩm OCOP tiềm năng 5 sao", above=False)
    yield Para("{{ kinh_gui }}", "address", lead="Kính gửi:")
    yield Para("{{ can_cu }}; kết quả họp {{ hoi_dong }} {{ ngay_hop }} ({{ phien }}){% if quyet_dinh %}; {{ quyet_dinh }}"
               "{% endif %}, {{ co_quan }} đề nghị {{ kinh_gui }} đánh giá, phân hạng {{ san_pham | length }} sản phẩm được Hội "
               "đồng cấp tỉnh chấm từ {{ diem_toi_thieu }} điểm trở lên và đạt các điều kiện của hạng 5 sao:")
    yield Para("{%p for sp in san_pham %}")
    yield Para("{{ sp.stt }}. {{ sp.ten }}{% if sp.ma %} ({{ sp.ma }}){% endif %}, {{ sp.chu_the }}: {{ sp.diem }} điểm;", "item")
    yield Para(END)
    yield Para("Danh sách chi tiết ở Phụ lục. Hồ sơ của mỗi sản phẩm gửi kèm gồm:")
    for words in (*PAPERS, SAMPLES):
        yield Para(f"- {words}", "item")
    yield Para("{{ co_quan }} kính đề nghị {{ kinh_gui }} xem xét, tổ chức đánh giá, phân hạng theo quy định./.")
    yield Signatures(SIGNED, recipients=("Như trên;", "Ủy ban nhân dân các xã, phường có sản phẩm;", "Các chủ thể có sản phẩm;",
                                         "Lưu: VT."))
    yield Turn(wide=True)
    yield Title("Phụ lục", ("Danh sách {{ san_pham | length }} sản phẩm OCOP tiềm năng 5 sao",), ruled=False)
    yield Para("(Kèm theo Công văn số {{ so_van_ban }} của {{ co_quan }})", "centre")
    yield listed("sp in san_pham", (
        ("TT", 9, "sp.stt"), ("Sản phẩm", 36, "sp.ten"), ("Mã", 34, "sp.ma"), ("Chủ thể", 34, "sp.chu_the"),
        ("Người đại diện", 26, "sp.nguoi_dai_dien"), ("Điện thoại", 22, "sp.dien_thoai"), ("Địa chỉ", 34, "sp.dia_chi"),
        ("Bộ sản phẩm", 26, "sp.bo_san_pham"), ("Điểm từng phần", 24, "sp.diem_phan"), ("Điểm", 14, "sp.diem"),
        ("Giấy tờ trong hồ sơ", 36, "sp.giay_to")), 9.5)


def handover() -> Iterator[Block]:
    """The hand-over list, across; each decision with its certificates."""
    yield Turn(wide=True)
    yield head(numbered=False)
    yield Title("Danh sách giao nhận giấy chứng nhận sản phẩm OCOP")
    yield Para("{%p for qd in cac_quyet_dinh %}")
    yield Para("{{ qd.ten }}: {{ qd.giay | length }} giấy chứng nhận", "subheading")
    names = ("giay.stt", "giay.so_giay", "giay.ten", "giay.chu_the", "giay.dia_chi", "giay.hang", "", "", "")
    yield listed("giay in qd.giay", tuple((c.head, c.share, name) for c, name in zip(HANDED_OVER, names, strict=True)), 11, ROOM)
    yield Para(END)
    yield Para("Danh sách có {{ so_giay }} giấy chứng nhận ({{ chia_hang }}). Người nhận kiểm tra tên sản phẩm, tên chủ thể, "
               "hạng sao trên giấy trước khi ký nhận.", "note")
    yield Signatures(Signature(("THỦ TRƯỞNG CƠ QUAN",), hint="(Ký, ghi rõ họ tên)"),
                     Signature(("NGƯỜI GIAO",), hint="(Ký, ghi rõ họ tên)"))


def renewal() -> Iterator[Block]:
    """A letter to a commune about certificates that fall due."""
    yield head("thu.", "V/v đánh giá lại sản phẩm OCOP đến kỳ")
    yield Para("Ủy ban nhân dân {{ thu.xa }}", "address", lead="Kính gửi:")
    yield Para("Theo Điều 8 Quyết định số 26/2026/QĐ-TTg, hồ sơ đánh giá lại nộp từ 180 đến 120 ngày trước khi giấy chứng nhận "
               "hết hiệu lực. Tính đến ngày {{ ngay }}, {{ thu.xa }} có {{ thu.so_san_pham }} sản phẩm sau đây đến kỳ hoặc đã "
               "quá kỳ nộp:")
    yield listed("sp in thu.san_pham", (
        ("TT", 9, "sp.stt"), ("Sản phẩm", 36, "sp.ten"), ("Chủ thể", 36, "sp.chu_the"), ("Điện thoại", 25, "sp.dien_thoai"),
        ("Hạng", 14, "sp.hang"), ("Nhận hồ sơ từ – đến", 25, "{{ sp.nhan_tu }} – {{ sp.nhan_den }} {{ sp.qua_han }}"),
        ("Hết hiệu lực", 23, "sp.het_hieu_luc")))
    yield Para("{%p if thu.co_qua_han %}")
    yield Para("(*) Đã quá kỳ nộp: giấy chứng nhận chỉ được gia hạn, không quá 180 ngày, khi hồ sơ đánh giá lại đang được xử lý.",
               "note")
    yield Para(YES)
    yield Para("Đề nghị Ủy ban nhân dân thông báo cho các chủ thể, hướng dẫn hoàn thiện và chuyển hồ sơ đúng thời hạn; sản phẩm "
               "không đề nghị đánh giá lại thì báo rõ lý do./.")
    yield Signatures(SIGNED, recipients=("Như trên;", "Lưu: VT."))


def revocation() -> Iterator[Block]:
    """A draft of a revocation decision."""
    yield head("ban.", above=False)
    yield Title("Quyết định", ("Về việc thu hồi Giấy chứng nhận sản phẩm OCOP",))
    yield Para("{{ ban.THAM_QUYEN }}", "order")
    yield Para("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", "basis")
    yield Para("Căn cứ Điều 9 Quyết định số {{ ban.luat }} của Thủ tướng Chính phủ ban hành Bộ tiêu chí và quy trình đánh giá, "
               "phân hạng sản phẩm Chương trình mỗi xã một sản phẩm;", "basis")
    yield Para("{%p if ban.cong_nhan %}")
    yield Para("Căn cứ {{ ban.cong_nhan }};", "basis")
    yield Para(YES)
    yield Para("Căn cứ {{ ban.ket_luan }};", "basis")
    yield Para("Theo đề nghị của {{ ban.co_quan_de_nghi }} tại Tờ trình số ……/TTr ngày …… tháng …… năm {{ ban.nam }}.", "basis")
    yield Para("QUYẾT ĐỊNH:", "order")
    yield Para("Thu hồi Giấy chứng nhận{% if ban.so_giay %} số {{ ban.so_giay }}{% endif %}, cấp {{ ban.ngay_cap }} cho sản phẩm "
               "“{{ ban.san_pham }}”{% if ban.ma %} (mã sản phẩm {{ ban.ma }}){% endif %}, hạng {{ ban.hang }}, của "
               "{{ ban.chu_the }}{% if ban.dia_chi %}, địa chỉ: {{ ban.dia_chi }}{% endif %}.", lead="Điều 1.")
    yield Para("Lý do thu hồi: {{ ban.ly_do }}.", lead="Điều 2.")
    yield Para("Giấy chứng nhận nêu tại Điều 1 hết giá trị kể từ ngày Quyết định này có hiệu lực. {{ ban.chu_the }} nộp lại bản "
               "gốc cho {{ ban.co_quan_de_nghi }}, ngừng dùng nhãn hiệu OCOP và hạng sao trên sản phẩm, bao bì, tài liệu quảng "
               "cáo.", lead="Điều 3.")
    yield Para("Quyết định này có hiệu lực từ ngày ký. Chánh Văn phòng Ủy ban nhân dân, Thủ trưởng các sở, ngành có liên quan, "
               "Chủ tịch Ủy ban nhân dân xã, phường nơi có chủ thể và {{ ban.chu_the }} chịu trách nhiệm thi hành Quyết định "
               "này./.", lead="Điều 4.")
    yield Signatures(SIGNED, recipients=RECIPIENTS)
