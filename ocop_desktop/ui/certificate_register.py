"""Sổ giấy chứng nhận: every recognition with its 36 months, search, states; reprint, revoke, export what is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.terms import CERTIFICATE_STATES
from ocop_desktop.text import N_, _
from ocop_desktop.ui import figures, theme
from ocop_desktop.ui.cells import CellDelegate, Index, RowRole
from ocop_desktop.ui.certificate_again import Again
from ocop_desktop.ui.certificate_papers import PapersMenu
from ocop_desktop.ui.certificate_preview import Preview
from ocop_desktop.ui.certificate_print import Press
from ocop_desktop.ui.certificate_revoke import RevokeDialog
from ocop_desktop.ui.demo_opening import open_demo
from ocop_desktop.ui.export_menu import ExportMenu, ask_place
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.search_line import SearchLine
from ocop_desktop.ui.table import Column, PagedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import Chips, EmptyState, LinkLabel, button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.register import Register, RegisterLine
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

TONES = {"valid": "ok", "due": "warn", "late": "bad", "extended": "warn", "expired": "quiet", "revoked": "quiet"}
IN_FORCE = ("valid", "due", "late", "extended")
PARTS = ("due", "late", "extended")  # of those in force
# (key, words, tone) of the chips; words without a key stand between them
CHIPS = (("in_force", N_("Giấy còn hiệu lực"), "ok"), ("", N_("trong đó:"), ""), ("due", N_("đến kỳ"), "warn"),
         ("late", N_("quá kỳ nộp"), "bad"), ("extended", N_("được gia hạn"), "warn"),
         ("expired", N_("Giấy hết hiệu lực"), "quiet"), ("revoked", N_("Giấy đã thu hồi"), "quiet"))
ALWAYS = ("in_force", "", "due", "late")  # shown at nought too
NARROW = 1040  # pixels under which the page has no room beside the list
LIST, PAGE = 7, 4  # shares of the width


class StateColumn(Column):
    """A certificate's state as a pill."""

    def value(self, row: Any) -> Any:
        return CERTIFICATE_STATES[row.state].said(text.language()), TONES[row.state]


class ProductColumn(Column):
    """Product over the certificate's number, which is never cut, and the producer."""

    def value(self, row: Any) -> Any:
        return row.product, " · ".join(filter(None, (row.number, row.producer)))


class LifeDelegate(CellDelegate):
    """The last day, and under it the 36 months as a thin bar with today's mark."""

    def paint_inside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool = False) -> None:
        line, look, today = index.data(RowRole), theme.now(), dt.date.today()
        half, last = rect.height() // 2, line.extended_until or line.expires_on
        figures.draw(painter, QRect(rect.left(), rect.top() + look.px(3), rect.width(), half), text.date(last),
                     Qt.AlignmentFlag.AlignLeft)
        bar = QRectF(rect.left(), rect.top() + half + look.px(9), rect.width(), look.px(5))
        whole = max((last - line.issued_on).days, 1)
        gone = min(max((today - line.issued_on).days / whole, 0.0), 1.0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("line"))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        tone = {"valid": "main", "due": "gold", "late": "bad", "extended": "gold"}.get(line.state, "edge")
        painter.setBrush(look.color(tone))
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(bar.width() * gone, bar.height()), bar.height()), 2.5, 2.5)
        if line.issued_on <= today <= last and line.state != "revoked":
            painter.setBrush(look.color("ink"))
            beyond = look.px(4)
            painter.drawRect(QRectF(bar.left() + bar.width() * gone - 1, bar.top() - beyond, 2, bar.height() + 2 * beyond))
        painter.restore()


def columns() -> tuple[Column, ...]:
    """The columns; the delegate is made with them."""
    return (
        Column("number", N_("Số giấy"), 160, look="figures", hidden=True, format=lambda number: number or "–"),
        ProductColumn("product", N_("Sản phẩm, chủ thể"), 210, look="two", stretch=True),
        Column("commune", N_("Xã, phường"), 120, hidden=True, sortable=False),
        Column("stars", N_("Hạng"), 112, look="stars", aside=1),
        Column("issued_on", N_("Ngày cấp"), 96, look="figures", hidden=True),
        Column("expires_on", N_("Hiệu lực đến"), 118, look=LifeDelegate()),
        Column("decision_number", N_("Quyết định"), 130, hidden=True, sortable=False),
        StateColumn("state", N_("Tình trạng"), 198, look="pill", sortable=False))


class RegisterPage(QWidget):
    """The register. It keeps its search, order and place."""

    history_wanted = Signal(int)  # the certificate whose product is to be shown over the years

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.today = dt.date.today  # the day states are told for
        self._stars: int | None = None
        self._year: int | None = None
        self._order, self._descending = "issued_on", True
        self._pressed: tuple[str, ...] = ()
        self._shown: tuple[Any, ...] = ()
        self.dialog: RevokeDialog | None = None
        self.press = Press(self, work, shell)
        self.search = SearchLine(_("Tìm sản phẩm, chủ thể, số giấy…"), _("Tìm giấy chứng nhận"))
        self.chips = Chips()
        self.narrowed = LinkLabel("", self.clear)
        self.model = PagedTable(columns())
        self.table = TableView(self.model, "certificates_register", shell.table_store, row_height=52)
        self.preview = Preview(work)
        self.head, self.facts = label("", "strong", wrap=True), label("", "quiet", wrap=True)
        self.print = button(_("In lại…"), lambda: self.press.preview(self._ids()), icon="print")
        self.sign = button(_("Ký số…"), lambda: self.press.ask_sign(self._ids()), icon="key")
        self.primary = button(_("Lưu PDF…"), self._save, "primary")
        self.revoke = button(_("Thu hồi…"), self._ask_revoke, "danger")
        self.renew = button(_("Lập hồ sơ đánh giá lại"), self._renew, icon="plus")
        self.history = button(_("Các năm, kiểm tra…"), self._ask_history, icon="history")
        self.papers = button(_("Giấy tờ"), icon="paper")
        self.papers_menu = PapersMenu(self.papers, work, shell, lambda: [line.id for line in self.table.chosen()])
        self.again = Again(work, shell, self.press, self, lambda: self.table.current(), self._ids)
        self.export = button(_("Xuất bảng"), icon="export")
        self.export_menu = ExportMenu(self.export, work, shell, self._ask_export, ("register", "national"))
        self._build()

    def _build(self) -> None:
        px = theme.now().px
        self.search.setMinimumWidth(px(260))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        self._finding = row(self.search, row(self.chips, self.narrowed, space=12), space=12)
        self._finding.setStretch(0, 1)
        box.addLayout(self._finding)
        self.table.setMinimumHeight(px(200))
        self._across = row(space=16)
        self._across.addWidget(self.table, LIST)
        self.side = QWidget()
        side = column(self.head, self.facts, space=8)
        side.addWidget(self.preview)
        side.addLayout(Flow(self.renew, self.history, self.papers, self.print, self.again.button, self.sign, self.revoke))
        side.addStretch(1)
        self.side.setLayout(side)
        self._across.addWidget(self.side, PAGE)
        box.addLayout(self._across, 1)
        self.narrowed.hide()
        self._nothing = EmptyState(
            "certificate", _("Mọi giấy chứng nhận đã cấp sẽ đứng ở đây"), _("Nhập sổ công nhận những năm trước"),
            lambda: self._shell.go("importing"), lambda: open_demo(self._work, self._shell),
            _("Giấy cấp từ phiên đánh giá tự vào sổ."))
        self._none = EmptyState("search", _("Không có giấy chứng nhận nào khớp"), _("Xóa tìm và lọc"), self.clear)
        self._none.hide()
        self.search.textChanged.connect(self._look)
        self.search.gone_on.connect(self.table.setFocus)
        self.chips.chosen.connect(self._choose)
        self.model.page_wanted.connect(self._fetch)
        self.model.sort_wanted.connect(self._sort)
        self.table.current_changed.connect(lambda _line: self._show_current())
        self.table.opened.connect(lambda _line: self._ask_history())
        self.table.selectionModel().selectionChanged.connect(lambda *_changed: self._show_current())
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._show_current()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the list where there is room for both, else the list alone with its buttons below."""
        super().resizeEvent(event)
        wide = self.width() >= theme.now().px(NARROW)
        for part in (self._across, self._finding):
            part.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._across.setStretch(0, LIST if wide else 1)
        self._across.setStretch(1, PAGE if wide else 0)
        self.preview.setVisible(wide)

    # -- reading ------------------------------------------------------------------------------------------------------

    def narrow(self, state: str = "", stars: int | None = None, year: int | None = None) -> None:
        """Show exactly these: a state ("in_force": all that count), stars, year of issue."""
        self._stars, self._year = stars, year
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._offer(dict.fromkeys(CERTIFICATE_STATES, 0))
        self.chips.choose(*((state,) if state else ()))

    def clear(self) -> None:
        """Take search and filters away."""
        self.narrow()

    def refresh(self) -> None:
        """Read the register again."""
        self.preview.forget()
        self._look()

    @Slot(tuple)
    def _choose(self, keys: tuple[str, ...]) -> None:
        """Look for what is chosen; all in force and a part of them leave each other, the one pressed last stays."""
        new, self._pressed = set(keys) - set(self._pressed), keys
        leave = PARTS if "in_force" in new else ("in_force",) if new.intersection(PARTS) else ()
        if set(keys).intersection(leave):
            self.chips.choose(*(key for key in keys if key not in leave))
        else:
            self._look()

    def _question(self) -> dict[str, Any]:
        chosen = self.chips.keys()
        states = tuple(state for key in chosen for state in (IN_FORCE if key == "in_force" else (key,)))
        return {"words": self.search.text(), "states": states, "stars": self._stars, "year": self._year}

    @Slot()
    def _look(self) -> None:
        asked, sort, descending = self._question(), self._order, self._descending

        def find(session: Any) -> Register:
            from ocop_desktop.actions import certificates

            return certificates.register(session, self.today(), **asked, size=self.model.page_size, sort=sort,
                                         descending=descending)

        self._work.read(self, find, lambda found: self._show((asked, sort, descending), found), key="register")

    def _show(self, asked: tuple[Any, ...], found: Register) -> None:
        bar = self.table.verticalScrollBar()
        place = bar.value() if asked == self._shown else 0
        current = self.table.currentIndex().row() if asked == self._shown else 0
        held = self.table.current() if asked == self._shown else None
        if held is not None:  # the same certificate, where another one has come before it
            current = next((at for at, line in enumerate(found.lines) if line.id == held.id), current)
        self._shown = asked
        self._offer(found.states)
        self.model.set_count(found.count, found.lines)
        question = asked[0]
        narrowed = bool(question["words"].strip() or question["states"] or self._stars or self._year)
        if not found.count:
            self._none.setVisible(narrowed)
            self._nothing.setVisible(not narrowed)
            self.table.set_empty(self._none if narrowed else self._nothing)
        said = ", ".join(filter(None, (_("{count} sao", count=self._stars) if self._stars else "",
                                       _("năm {year}", year=self._year) if self._year else "")))
        self.narrowed.setText(_("Bỏ lọc {what}", what=said))
        self.narrowed.setVisible(bool(said))
        self.export.setEnabled(found.count > 0)
        self.chips.setVisible(narrowed or found.count > 0)
        bar.setValue(place)
        if found.count:
            self.table.selectRow(min(max(current, 0), found.count - 1))
        self._show_current()

    def _offer(self, counts: Mapping[Any, int]) -> None:
        chosen, empty = self.chips.keys(), not any(counts.values())
        found = {**counts, "in_force": sum(counts.get(state, 0) for state in IN_FORCE)}
        self.chips.set_chips([(key, _(words), tone, found.get(key, 0)) for key, words, tone in CHIPS
                              if empty or found.get(key) or key in chosen or key in ALWAYS])

    def _fetch(self, page: int) -> None:
        asked, sort, descending = self._shown

        def find(session: Any) -> Register:
            from ocop_desktop.actions import certificates

            return certificates.register(session, self.today(), **asked, page=page, size=self.model.page_size, sort=sort,
                                         descending=descending)

        self._work.read(self, find, lambda found: self._feed((asked, sort, descending), page, found))

    def _feed(self, asked: tuple[Any, ...], page: int, found: Register) -> None:
        if asked == self._shown:
            self.model.set_page(page, found.lines)

    @Slot(str, bool)
    def _sort(self, key: str, descending: bool) -> None:
        if (key, descending) != (self._order, self._descending):
            self._order, self._descending = key, descending
            self._look()

    # -- one certificate ----------------------------------------------------------------------------------------------

    def _show_current(self) -> None:
        line: RegisterLine | None = self.table.current()
        self.side.setVisible(line is not None)
        chosen = [x for x in self.table.chosen() if x.printable]
        self.primary.setText(_("Lưu PDF {count} giấy…", count=len(chosen)) if chosen else _("Lưu PDF…"))
        self.primary.setEnabled(bool(chosen))
        for part in (self.print, self.again.button, self.sign):
            part.setEnabled(bool(chosen))
        self.again.reissue.setEnabled(line is not None and line.printable)
        if line is None:
            return
        self.head.setText(line.product)
        self.facts.setText(" · ".join(filter(None, (line.number, line.producer, line.commune, self._decided(line),
                                                   _("được lưu hành đến {date}", date=text.date(line.extended_until))
                                                   if line.extended_until else ""))))
        self.papers_menu.offer(self.table.chosen())
        self.revoke.setEnabled(line.revoked_on is None)
        self.renew.setVisible(line.state in ("due", "late", "extended"))
        self.preview.show_page((line.id, line.number, line.state, line.product),
                               lambda session, dpi: _picture(session, line.id, dpi))

    @Slot()
    def _renew(self) -> None:
        line, who, today = self.table.current(), self._shell.settings.user, self.today()

        def start(session: Any) -> int:
            from ocop_desktop.actions import certificate_fate

            return certificate_fate.start_reevaluation(session, line.id, who, today)

        def started(dossier_id: int) -> None:
            self._shell.say.ok(_("Đã lập hồ sơ đánh giá lại từ hồ sơ trước; hãy cập nhật những gì đã thay đổi."))
            self._shell.go("dossiers", dossier_id=dossier_id)

        self._work.save(self, start, started)

    @Slot()
    def _ask_history(self) -> None:
        line = self.table.current()
        if line is not None:
            self.history_wanted.emit(line.id)

    def _decided(self, line: RegisterLine) -> str:
        if line.revoked_on is not None:
            return _("thu hồi {date}: {reason}", date=text.date(line.revoked_on), reason=line.revoked_why)
        if not line.decision_number:
            return _("chưa có số quyết định nên chưa in được giấy")
        if not line.number:
            return _("QĐ {number} ngày {date}; công nhận trước đây, không có số giấy nên không in được",
                     number=line.decision_number, date=text.date(line.decision_date))
        return _("QĐ {number} ngày {date}", number=line.decision_number, date=text.date(line.decision_date))

    def _ids(self) -> list[int]:
        return [line.id for line in self.table.chosen() if line.printable]

    @Slot()
    def _save(self) -> None:
        self.press.ask_file(self._ids(), _("giay-chung-nhan.pdf"))

    @Slot()
    def _ask_revoke(self) -> None:
        line = self.table.current()
        if line is None:
            return
        self.dialog = RevokeDialog(line.product, line.number, line.issued_on, self, self.today())
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.confirmed.connect(lambda made: self._revoke(line, made))
        self.dialog.open()

    def _revoke(self, line: RegisterLine, made: dict[str, Any]) -> None:
        who = self._shell.settings.user

        def revoke(session: Any) -> None:
            from ocop_desktop.actions import certificates

            certificates.revoke(session, line.id, certificates.Revocation(**made), who)

        self._work.save(self, revoke, lambda _none: self._shell.say.ok(
            _("Đã thu hồi giấy chứng nhận của “{product}”", product=line.product)))

    # -- export -------------------------------------------------------------------------------------------------------

    @Slot()
    def _ask_export(self) -> None:
        ask_place(self._shell, self, _("Xuất bảng"), _("so-giay-chung-nhan"), self.export_to)

    def export_to(self, path: Path) -> None:
        """Write what is shown into ``path``."""
        asked = self._question()

        def write(session: Any, progress: Callable[[int, int, str], None]) -> int:
            from ocop_desktop.actions import summary

            words = _("Đang ghi sổ")
            return summary.write_register(session, path, self.today(), **asked,
                                          progress=lambda done, total, _what: progress(done, total, words))

        self._work.long(self, write, lambda count: self._shell.say.ok(
            _("Đã ghi {count} giấy chứng nhận vào {file}", count=text.number(count), file=path.name)), keeps=False)


def _picture(session: Any, certificate_id: int, dpi: float) -> Any:
    from ocop_desktop.actions import certificate_preview

    return certificate_preview.picture_of_certificate(session, certificate_id, dpi)
