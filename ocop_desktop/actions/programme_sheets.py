"""The programme report as a workbook: figures with real numbers, targets, and a sheet for every list behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop import text
from ocop_desktop.actions import programme_report
from ocop_desktop.actions.files import unfinished
from ocop_desktop.actions.programme_figures import Compared, activities_of, money_of
from ocop_desktop.data.programme import ListedProduct
from ocop_desktop.rules.targets import LIGHTS, MEASURES
from ocop_desktop.rules.terms import ACTIVITY_KINDS, CERTIFICATE_STATES, FUNDING_SOURCES
from ocop_desktop.sheets.writing import Column, Sheet, Value, write_book
from ocop_desktop.text import N_, _

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

LISTS = {"registered": N_("Đăng ký"), "certified": N_("Được công nhận"), "valid": N_("Còn hiệu lực"),
         "expired": N_("Hết hiệu lực"), "revoked": N_("Đã thu hồi")}


def write_workbook(session: Session, made: Compared, path: Path) -> None:
    """Write the report of a period as .xlsx, whole or not at all, in the language in force.

    Raises:
        UserError: the file cannot be written.
    """
    sheets = [_figures(made), _targets(made), *_lists(session, made), _activities(session, made), _money(session, made)]
    with unfinished(path) as temporary:
        write_book(temporary, sheets, _("Báo cáo chương trình OCOP"))


def titles(made: Compared) -> tuple[str, str]:
    """The two lines that say which period, and which it is compared with."""
    span, before = made.now.span, made.before.span
    return (
        _("Chương trình OCOP từ {first} đến {last}, số liệu ngày {day}", first=text.date(span.first), last=text.date(span.last),
          day=text.date(span.day)),
        _("So với kỳ trước: từ {first} đến {last}, số liệu ngày {day}", first=text.date(before.first),
          last=text.date(before.last), day=text.date(before.day)))


def _figures(made: Compared) -> Sheet:
    said = text.language()

    def rows() -> Iterator[Sequence[Value]]:
        for part in made.parts:
            yield part.words.said(said), None, None, None
            for figure in part.figures:
                words = ("      " if figure.inside else "   ") + figure.words.said(said)
                yield words, figure.value, figure.before, figure.value - figure.before

    columns = (Column(_("Nội dung"), "wrapped", 56), Column(_("Trong kỳ"), "number", 20), Column(_("Kỳ trước"), "number", 20),
               Column(_("Tăng, giảm"), "number", 20))
    return Sheet(_("Báo cáo"), columns, rows(), titles(made))


def _targets(made: Compared) -> Sheet:
    said = text.language()

    def rows() -> Iterator[Sequence[Value]]:
        for period in made.now.periods:
            for target in period.targets:
                share = target.now.unit == "share"
                yield (period.name, MEASURES[target.measure].words.said(said), "%" if share else "", target.least,
                       _decimal(target.now.cut), target.now.part, target.now.whole if share else None,
                       _decimal(target.at_end.cut), LIGHTS[target.light].said(said))

    columns = (Column(_("Giai đoạn"), "wrapped", 24), Column(_("Chỉ tiêu"), "wrapped", 44), Column(_("Đơn vị"), "text", 8),
               Column(_("Mức đề ra"), "number", 12), Column(_("Kết quả"), "points", 12), Column(_("Số đếm được"), "number", 12),
               Column(_("Trên tổng"), "number", 12), Column(_("Dự báo cuối kỳ"), "points", 14), Column(_("Đánh giá"), "text", 16))
    return Sheet(_("Chỉ tiêu"), columns, rows(), titles(made)[:1])


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _lists(session: Session, made: Compared) -> Iterator[Sheet]:
    columns = (Column(_("TT"), "number", 6), Column(_("Sản phẩm"), "wrapped", 40), Column(_("Chủ thể"), "wrapped", 36),
               Column(_("Xã, phường"), "text", 24), Column(_("Điện thoại"), "text", 14), Column(_("Bộ"), "number", 8),
               Column(_("Hạng"), "stars", 10), Column(_("Ngày cấp"), "date", 12), Column(_("Hết 36 tháng"), "date", 12),
               Column(_("Tình trạng"), "text", 24))
    for name, words in LISTS.items():
        found = programme_report.behind(session, name, made.now.span)
        rows = (_product(number, one) for number, one in enumerate(found, 1) if isinstance(one, ListedProduct))
        yield Sheet(_(words), columns, rows, (_(words), titles(made)[0]))


def _product(number: int, one: ListedProduct) -> tuple[Value, ...]:
    state = CERTIFICATE_STATES[one.state].said(text.language()) if one.state else ""
    return (number, one.product, one.producer, one.commune, one.phone, one.set_no, one.stars, one.issued_on, one.expires_on,
            state)


def _activities(session: Session, made: Compared) -> Sheet:
    said = text.language()
    columns = (Column(_("Loại hoạt động"), "wrapped", 26), Column(_("Tên, nội dung"), "wrapped", 44),
               Column(_("Từ ngày"), "date", 12), Column(_("Đến ngày"), "date", 12), Column(_("Địa điểm"), "wrapped", 24),
               Column(_("Số cuộc"), "number", 10), Column(_("Số người dự"), "number", 12), Column(_("Trong đó nữ"), "number", 12),
               Column(_("Trong đó dân tộc thiểu số"), "number", 14), Column(_("Bộ tài liệu đã phát"), "number", 14),
               Column(_("Chi phí (đồng)"), "number", 18))
    rows = ((ACTIVITY_KINDS[a.kind].said(said), a.name, a.begins_on, a.ends_on, a.place, a.events, a.people, a.women,
             a.minorities, a.documents, a.cost_vnd) for a in activities_of(session, made.now.span))
    return Sheet(_("Hoạt động"), columns, rows, (_("Hoạt động"), titles(made)[0]))


def _money(session: Session, made: Compared) -> Sheet:
    said = text.language()
    columns = (Column(_("Năm"), "text", 8), Column(_("Nguồn kinh phí"), "wrapped", 32),
               Column(_("Số tiền (đồng)"), "number", 20), Column(_("Ghi chú"), "wrapped", 44))
    rows = ((str(f.year), FUNDING_SOURCES[f.source].said(said), f.amount_vnd, f.note) for f in money_of(session, made.now.span))
    return Sheet(_("Kinh phí"), columns, rows, (_("Kinh phí huy động (đồng)"), titles(made)[0]))
