"""Minutes of a council session (biên bản họp Hội đồng), form 1.9 of annex III of Decree 30/2020/NĐ-CP, with two annexes across:
the result table (``result_table``) and who was there for which dossier (``presence_table``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ocop_desktop.papers.blocks import (
    Block,
    Column,
    Grid,
    Letterhead,
    Mark,
    Paper,
    Para,
    Signature,
    Signatures,
    Title,
    numbered,
)
from ocop_desktop.papers.presence_table import PresenceTable, presence_annex
from ocop_desktop.papers.result_table import ResultTable, result_annex
from ocop_desktop.papers.state_paper import long_date, short_date

TITLE = "Biên bản họp Hội đồng đánh giá, phân hạng sản phẩm OCOP"


@dataclass(frozen=True)
class MemberLine:
    """A member: name, position and agency, role, and in words for what part of the meeting present."""

    name: str
    agency: str
    role: str
    presence: str


@dataclass(frozen=True)
class ResultLine:
    """A closed dossier: place on the agenda, points as shown ("69,9"), stars by points, unmet conditions, rank in words."""

    place: int
    code: str
    product: str
    producer: str
    mean: str
    by_points: str
    unmet: str
    rank: str


@dataclass(frozen=True)
class MatterLine:
    """What was concluded on one matter of a product, by whom and why."""

    what: str
    said: str
    reason: str = ""
    chair: str = ""


@dataclass(frozen=True)
class Discussed:
    """What was talked about on one product. ``notes``: spreads, second scores, results opened again, as sentences."""

    title: str
    notes: tuple[str, ...] = ()
    matters: tuple[MatterLine, ...] = ()
    opinions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Minutes:
    """Everything the minutes say.

    Args:
        body, council: who stands at the head; session: its name; written: opinions were collected without a meeting.
        decision_number, decision_date: the decision that set the council up; law: the decision whose criteria were used.
        source: the working rules' own paper ("Quy chế số 45/QC-HĐ ngày 12/6/2026, Điều 5"), or empty.
        chair, secretary: names; members: every seat; quorum: a sentence.
        recusals: (member, agency, product, reason).
        rules: (name, value); rule_changes: sentences.
        results: closed dossiers in agenda order; removed, not_closed: products as sentences, without any score.
        decimals: digits points are shown with.
        head: of the audit chain; made_at: when the paper was made.
    """

    body: str
    council: str
    session: str
    held_on: dt.date
    place: str
    written: bool
    decision_number: str
    decision_date: dt.date | None
    law: str
    source: str
    chair: str
    secretary: str
    members: tuple[MemberLine, ...]
    quorum: str
    recusals: tuple[tuple[str, str, str, str], ...]
    rules: tuple[tuple[str, str], ...]
    rule_changes: tuple[str, ...]
    results: tuple[ResultLine, ...]
    counts: tuple[tuple[str, int], ...]
    discussed: tuple[Discussed, ...]
    removed: tuple[str, ...]
    not_closed: tuple[str, ...]
    table: ResultTable
    presence: PresenceTable
    head: str
    made_at: dt.datetime
    number: str = ""


def papers(minutes: Minutes) -> tuple[Paper, ...]:
    """The minutes with their annexes as one paper."""
    return (Paper(f"{TITLE} - {minutes.session}", tuple(_blocks(minutes))),)


def _blocks(m: Minutes) -> Iterator[Block]:
    yield Letterhead(m.body, m.council, f"Số: {m.number or '……'}/BB-HĐ")
    meeting = "lấy ý kiến bằng văn bản" if m.written else "họp Hội đồng"
    yield Title("Biên bản", (f"{meeting[0].upper()}{meeting[1:]} đánh giá, phân hạng sản phẩm OCOP", m.session))
    yield from _bases(m)
    yield from _time(m)
    yield from _attendance(m)
    yield from _rules(m)
    yield from _results(m)
    yield from _discussed(m)
    yield from _end(m)
    yield from result_annex(m.table, "Phụ lục I")
    yield from presence_annex(m.presence, "Phụ lục II")


def _bases(m: Minutes) -> Iterator[Block]:
    yield Para(f"Căn cứ Quyết định số {m.law} của Thủ tướng Chính phủ ban hành Bộ tiêu chí và quy trình đánh giá, phân hạng "
               "sản phẩm Chương trình mỗi xã một sản phẩm;", "basis")
    if m.decision_number:
        day = f" {long_date(m.decision_date)}" if m.decision_date else ""
        yield Para(f"Căn cứ Quyết định số {m.decision_number}{day} về việc thành lập {m.council};", "basis")
    if m.source:
        yield Para(f"Căn cứ {m.source},", "basis")


def _time(m: Minutes) -> Iterator[Block]:
    yield Mark("Thời gian, địa điểm")
    yield Para("I. THỜI GIAN, ĐỊA ĐIỂM", "heading")
    when = long_date(m.held_on)
    yield Para(f"{when[0].upper()}{when[1:]}." if m.written else f"Bắt đầu lúc …… giờ ……, {when}.", lead="Thời gian:")
    yield Para(f"{m.place or '…………………………………'}.", lead="Địa điểm:")


def _attendance(m: Minutes) -> Iterator[Block]:
    yield Mark("Thành phần")
    yield Para("II. THÀNH PHẦN", "heading")
    yield Para(f"{m.chair or '…………………………'}.", lead="Chủ tọa:")
    yield Para(f"{m.secretary or '…………………………'}.", lead="Thư ký:")
    yield Grid((Column("TT", 9, "centre"), Column("Họ và tên", 38), Column("Cơ quan, chức vụ", 62),
                Column("Vai trò", 24, "centre"), Column("Có mặt", 32, "centre")),
               numbered([(one.name, one.agency, one.role, one.presence) for one in m.members]))
    yield Para(m.quorum)
    if m.recusals:
        yield Para("Thành viên không chấm (có liên quan đến chủ thể hoặc lý do khác):")
        for name, agency, product, reason in m.recusals:
            yield Para(f"- {name} ({agency}) không chấm hồ sơ “{product}”: {reason}.", "item")
    else:
        yield Para("Không có thành viên nào phải đứng ngoài việc chấm điểm một hồ sơ.")
    yield Para("Có mặt theo từng hồ sơ: xem Phụ lục II kèm theo.")


def _rules(m: Minutes) -> Iterator[Block]:
    yield Mark("Quy chế làm việc")
    yield Para("III. QUY CHẾ LÀM VIỆC ĐÃ ÁP DỤNG", "heading")
    yield Para(f"{m.source}." if m.source else "Chưa ghi số quy chế; áp dụng các mức dưới đây.", lead="Nguồn:")
    yield Grid((Column("Nội dung", 70), Column("Mức áp dụng", 95)), m.rules)
    if m.rule_changes:
        yield Para("Thay đổi quy chế sau khi đã có phiếu:")
        for line in m.rule_changes:
            yield Para(f"- {line}", "item")


def _results(m: Minutes) -> Iterator[Block]:
    yield Mark("Kết quả")
    yield Para("IV. KẾT QUẢ ĐÁNH GIÁ, PHÂN HẠNG", "heading")
    if m.results:
        told = "; ".join(f"{name}: {count}" for name, count in m.counts)
        yield Para(f"Hội đồng đã chốt kết quả {len(m.results)} hồ sơ ({told}). Số thứ tự là số của hồ sơ "
                   "trong chương trình. Điểm của từng thành viên ở Phụ lục I kèm theo.")
        yield Grid((Column("TT", 9, "centre"), Column("Mã sản phẩm", 34, "centre"), Column("Sản phẩm, chủ thể", 48),
                    Column("Điểm trung bình", 16, "right"), Column("Hạng theo điểm", 15, "centre"),
                    Column("Điều kiện chưa đạt của hạng trên", 30), Column("Kết quả", 17, "centre")),
                   tuple((str(r.place), r.code, f"{r.product}\n{r.producer}", r.mean, r.by_points, r.unmet, r.rank)
                         for r in m.results), 10.5, bold=(6,))
    else:
        yield Para("Chưa có hồ sơ nào được chốt kết quả.")
    for heading, lines in (("Hồ sơ rút khỏi phiên:", m.removed), ("Hồ sơ chưa chốt kết quả khi lập biên bản:", m.not_closed)):
        if lines:
            yield Para(heading)
            for line in lines:
                yield Para(f"- {line}", "item")


def _discussed(m: Minutes) -> Iterator[Block]:
    yield Mark("Thảo luận, kết luận")
    yield Para("V. NHỮNG VIỆC HỘI ĐỒNG ĐÃ THẢO LUẬN, KẾT LUẬN", "heading")
    concluded = [one for one in m.discussed if one.notes or one.matters]
    if not concluded:
        yield Para("Không có việc phải kết luận riêng: các phiếu thống nhất về điều kiện hạng sao, không có phiếu đề nghị "
                   "loại, chênh lệch trong giới hạn.")
    elif m.chair:
        yield Para(f"Người chủ trì kết luận, trừ nơi ghi khác: {m.chair}.")
    for one in concluded:
        yield Para(one.title, "subheading")
        for note in one.notes:
            yield Para(f"- {note}", "item")
        for matter in one.matters:
            by = f" Chủ trì kết luận: {matter.chair}." if matter.chair not in ("", m.chair) else ""
            why = f" Lý do: {matter.reason}." if matter.reason else ""
            yield Para(f"{matter.said}.{why}{by}", "item", lead=f"- {matter.what}:")
    yield Mark("Ý kiến")
    yield Para("VI. Ý KIẾN CỦA THÀNH VIÊN GHI TRÊN PHIẾU", "heading")
    spoken = [one for one in m.discussed if one.opinions]
    if not spoken:
        yield Para("Các phiếu không ghi ý kiến.")
    for one in spoken:
        yield Para(one.title, "subheading")
        for who, words in one.opinions:
            yield Para(words, "item", lead=f"- {who}:")


def _end(m: Minutes) -> Iterator[Block]:
    yield Mark("Dấu của nhật ký")
    yield Para("VII. DẤU CỦA NHẬT KÝ DỮ LIỆU", "heading")
    seq, _colon, digits = m.head.partition(":")
    grouped = " ".join(digits[n:n + 8] for n in range(0, len(digits), 8))
    yield Para(f"Nhật ký của tệp dữ liệu đến mục số {seq}, lúc {m.made_at:%H} giờ {m.made_at:%M}, ngày "
               f"{short_date(m.made_at.date())}, có dấu dưới đây. Sửa bất kỳ mục nào trước đó thì dấu này không còn đúng.")
    yield Para(f"{seq}:{grouped}", "seal")
    ended = "Việc lấy ý kiến" if m.written else "Cuộc họp"
    yield Para(f"{ended} kết thúc vào …… giờ ……, ngày …… tháng …… năm {m.held_on.year}. Biên bản đã được thông qua, lập thành "
               "…… bản có giá trị như nhau./.")
    yield Signatures(Signature(("CHỦ TỌA",), m.chair, "(Ký, ghi rõ họ tên)"),
                     Signature(("THƯ KÝ",), m.secretary, "(Ký, ghi rõ họ tên)"),
                     ("Ủy ban nhân dân cấp tỉnh (để báo cáo);", "Thành viên Hội đồng;", "Lưu: VT, hồ sơ phiên."))
