"""Báo cáo: the programme of a period beside the one before; every figure opens its list; saved as Word, PDF or Excel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QMenu, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import N_, _
from ocop_desktop.ui import file_dialogs, theme
from ocop_desktop.ui.export_menu import ask_place, write_layout
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.form import DateField, Form
from ocop_desktop.ui.painted import PillButton
from ocop_desktop.ui.printing import PaperRoad, Printout
from ocop_desktop.ui.programme_lights import OpenMeasure, target_grid
from ocop_desktop.ui.widgets import Card, LinkLabel, button, clear, label

if TYPE_CHECKING:
    from ocop_desktop.actions.programme_figures import Compared, Figure, Part
    from ocop_desktop.actions.programme_report import PeriodState
    from ocop_desktop.errors import UserError
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

OpenFigure = Callable[[str, "Figure", Any], object]  # title, figure, span
FORMS = {"docx": (N_("Word (.docx)…"), N_("Văn bản Word (*.docx)")), "pdf": (N_("PDF…"), N_("Tệp PDF (*.pdf)")),
         "xlsx": (N_("Excel (.xlsx)…"), N_("Bảng tính Excel (*.xlsx)"))}


class ReportsPage(QWidget):
    """The days, the figures in cards, the targets."""

    def __init__(self, work: Work, shell: Shell, open_figure: OpenFigure, open_measure: OpenMeasure) -> None:
        super().__init__()
        self._work, self._shell, self._open, self._open_measure = work, shell, open_figure, open_measure
        self.today: Callable[[], dt.date] = dt.date.today
        self.shown: Compared | None = None
        self.numbers: dict[tuple[str, str, str], LinkLabel] = {}  # (source, name, "now" or "before") -> its first number
        self._periods: tuple[tuple[str, dt.date, dt.date], ...] = ()
        self.pills = QButtonGroup(self)
        self.choices = Flow(space=8)
        self.form = Form(3)
        for key, words in (("first", _("Từ ngày")), ("last", _("Đến ngày")), ("day", _("Số liệu tính đến"))):
            self.form.add(key, DateField(words))
        self.wrong, self.compared = label("", "error", wrap=True), label("", "quiet", wrap=True)
        self.primary = button(_("Lưu báo cáo…"), None, "primary", icon="export")
        self.menu = QMenu(self.primary)
        self.ways = {}
        for ending, (words, _kind) in FORMS.items():
            self.ways[ending] = self.menu.addAction(_(words), partial(self._ask_file, ending))
        self.menu.addSeparator()
        self.ways["print"] = self.menu.addAction(_("Xem và in…"), self._preview)
        self.menu.addSeparator()
        self.ways["national"] = self.menu.addAction(_("Lớp dữ liệu quốc gia…"), self._ask_national)
        self.primary.setMenu(self.menu)
        self.cards = QVBoxLayout()
        self.press = PaperRoad(self, work, shell)
        self._build()

    def _build(self) -> None:
        px = theme.now().px
        self.cards.setSpacing(px(12))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addLayout(self.choices)
        for part in (self.form, self.wrong, self.compared):
            box.addWidget(part)
        box.addLayout(self.cards)
        box.addStretch(1)
        self.wrong.hide()
        self.form.on_edited(lambda _key, _value: self._typed())
        self.pills.idClicked.connect(self._take)

    def refresh(self) -> None:
        """Read the periods and count again."""
        today = self.today()

        def find(session: Any) -> tuple[tuple[str, dt.date, dt.date], ...]:
            from ocop_desktop.actions import targets

            return targets.spans(session)

        self._work.read(self, find, lambda found: self._offer(found, today), key="report periods")

    def _offer(self, found: tuple[tuple[str, dt.date, dt.date], ...], today: dt.date) -> None:
        years = [(_("Năm {year}", year=y), dt.date(y, 1, 1), dt.date(y, 12, 31)) for y in (today.year, today.year - 1)]
        self._periods = (*found, *years)
        checked = self.pills.checkedId()
        clear(self.choices)
        for old in self.pills.buttons():
            self.pills.removeButton(old)
        for place, (name, _first, _last) in enumerate(self._periods):
            pill = PillButton(name, "info")
            self.pills.addButton(pill, place)
            self.choices.add(pill)
        if self.form.field("first").value() is None:
            now = next((n for n, (_name, first, last) in enumerate(self._periods) if first <= today <= last), len(found))
            self.pills.button(now).setChecked(True)
            self._take(now)
        else:
            if 0 <= checked < len(self._periods):
                self.pills.button(checked).setChecked(True)
            self._count()

    def _take(self, place: int) -> None:
        _name, first, last = self._periods[place]
        self.form.set_values({"first": first, "last": last, "day": min(self.today(), last) if first <= self.today() else last})
        self._count()

    def _typed(self) -> None:
        """Days of one's own: no period is chosen any more."""
        self.pills.setExclusive(False)
        for pill in self.pills.buttons():
            pill.setChecked(False)
        self.pills.setExclusive(True)
        self._count()

    def _count(self) -> None:
        values = self.form.values()
        if not self.form.require("first", "last", "day"):
            return

        def count(session: Any) -> Compared:
            from ocop_desktop.actions import programme_figures

            return programme_figures.compare(session, values["first"], values["last"], values["day"])

        self._work.read(self, count, self._show, self._refused, key="report")

    def _refused(self, error: UserError) -> None:
        self.wrong.setText(text.say(error))
        self.wrong.show()
        self.primary.setEnabled(False)

    def _show(self, made: Compared) -> None:
        self.shown = made
        self.wrong.hide()
        self.primary.setEnabled(True)
        before = made.before.span
        self.compared.setText(_("Mỗi số mở danh sách của nó. Kỳ trước: {first} đến {last}, số liệu ngày {day}.",
                                first=text.date(before.first), last=text.date(before.last), day=text.date(before.day)))
        clear(self.cards)
        self.numbers = {}
        for part in reversed(made.parts):  # products first: what a meeting asks for
            self.cards.addWidget(self._card(part))
        for period in made.now.periods:
            if period.targets:
                self.cards.addWidget(self._targets(period))

    # -- cards --------------------------------------------------------------------------------------------------------

    def _card(self, part: Part) -> Card:
        said, card, grid = text.language(), Card(part.words.said(text.language())), self._grid()
        for place, words in enumerate((_("Trong kỳ"), _("Kỳ trước"), _("Tăng, giảm")), 1):
            grid.addWidget(label(words, "quiet"), 0, place, Qt.AlignmentFlag.AlignRight)
        for line, figure in enumerate(part.figures, 1):
            name = label(figure.words.said(said), "quiet" if figure.inside else "", wrap=True)
            name.setContentsMargins(theme.now().px(18) if figure.inside else 0, 0, 0, 0)
            grid.addWidget(name, line, 0)
            for place, which in ((1, "now"), (2, "before")):
                grid.addWidget(self._number(figure, which), line, place, Qt.AlignmentFlag.AlignRight)
            change = figure.value - figure.before
            grid.addWidget(label(f"+{text.number(change)}" if change > 0 else text.number(change) if change else "–", "quiet"),
                           line, 3, Qt.AlignmentFlag.AlignRight)
        card.body.addLayout(grid)
        return card

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.now().px(16))
        grid.setVerticalSpacing(theme.now().px(4))
        for place, share in enumerate((6, 2, 2, 2)):
            grid.setColumnStretch(place, share)
        return grid

    def _number(self, figure: Figure, which: str) -> LinkLabel:
        value = figure.value if which == "now" else figure.before
        made = LinkLabel(text.number(value), partial(self._open_list, figure, which))
        made.setAccessibleName(f"{figure.words.said(text.language())}: {text.number(value)}")
        self.numbers.setdefault((figure.source, figure.name, which), made)
        return made

    def _open_list(self, figure: Figure, which: str) -> None:
        if self.shown is not None:
            report = self.shown.now if which == "now" else self.shown.before
            span = report.span
            title = _("{what}, từ {first} đến {last}", what=figure.words.said(text.language()), first=text.date(span.first),
                      last=text.date(span.last))
            self._open(title, figure, span)

    def _targets(self, period: PeriodState) -> Card:
        assert self.shown is not None
        card, numbers = Card(_("Chỉ tiêu: {period}", period=period.name)), dict[str, LinkLabel]()
        card.body.addLayout(target_grid(period, self.shown.now.span.day, self._open_measure, numbers))
        self.numbers |= {("measure", measure, "now"): number for measure, number in numbers.items()}
        return card

    # -- files --------------------------------------------------------------------------------------------------------

    def _preview(self) -> None:
        made = self.shown
        if made is None:
            return

        def make(session: Any) -> Any:
            from ocop_desktop.actions import paper_pages, programme_paper

            return paper_pages.made_of(programme_paper.report_pdf(session, made))

        self.press.preview(Printout("programme-report", _("Báo cáo chương trình"), make, f"{self._file_name()}.pdf"))

    def _file_name(self) -> str:
        assert self.shown is not None
        span = self.shown.now.span
        return _("bao-cao-ocop-{first}-{last}", first=span.first.year, last=span.last.year)

    def _ask_national(self) -> None:
        ask_place(self._shell, self, _("Lớp dữ liệu quốc gia"), _("lop-quoc-gia"),
                  lambda path: write_layout(self, self._work, self._shell, "national", path))

    def _ask_file(self, ending: str) -> None:
        if self.shown is None:
            return
        file_dialogs.to_save(self._shell, self, _("Lưu báo cáo"),
                             f"{self._file_name()}.{ending}", _(FORMS[ending][1]), self.write_report)

    def write_report(self, path: Path) -> None:
        """Write the report on show; the ending of ``path`` says in which form."""
        made = self.shown

        def write(session: Any) -> None:
            from ocop_desktop.actions import programme_paper

            assert made is not None
            programme_paper.write_report(session, made, path)

        self._work.read(self, write, lambda _none: self._shell.say.ok(
            _("Đã lưu báo cáo vào {file}", file=path.name), _("Mở"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))), self._shell.say.error)
