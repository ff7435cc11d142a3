"""The list of dossiers: search while typing, filters, order, export of what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy

from ocop_desktop import text
from ocop_desktop.rules.terms import APPLICATION_KINDS, DOSSIER_STATES, PRODUCER_KINDS
from ocop_desktop.text import N_, _
from ocop_desktop.ui import states, theme
from ocop_desktop.ui.demo_opening import open_demo
from ocop_desktop.ui.dossier_words import said
from ocop_desktop.ui.elided_box import ElidedBox
from ocop_desktop.ui.export_menu import ExportMenu, ask_place
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.search_line import SearchLine
from ocop_desktop.ui.table import Column, PagedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import EmptyState, LinkLabel, Page, button, label

if TYPE_CHECKING:
    from ocop_desktop.actions.dossiers import FilterChoices
    from ocop_desktop.actions.dossiers import Page as Found
    from ocop_desktop.rules.rulebook import SetHead
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

SEARCH, FILTER, WIDEST = 216, 118, 220  # pixels at 100 % the search and a filter begin with; a filter has at most
FOLDS_UNDER = 820  # of the page: the filters stand behind a button, so that the list keeps its rows
STAR_CHOICES = (5, 4, 3, 2, 1)
FILTERS = ("round", "commune_id", "set_no", "producer_kind", "status", "stars", "batch_id")


class StateColumn(Column):
    """A dossier's state as a pill; those of earlier years, most of a long list, as quiet words."""

    def value(self, row: Any) -> Any:
        words, tone = states.dossier(row.status, row.stars)
        return words, "" if row.status == "history" else tone


@dataclass(frozen=True)
class WordsColumn(Column):
    """An entry of a fixed list, in words."""

    list_of: Any = None

    def words(self, row: Any) -> str:
        return said(self.list_of, getattr(row, self.key))


COLUMNS = (
    Column("product", N_("Sản phẩm"), 240, stretch=True, least=196),
    Column("code", N_("Mã sản phẩm"), 176, look="figures", aside=3),
    Column("producer", N_("Chủ thể"), 222, aside=1),
    Column("commune", N_("Xã, phường"), 140, aside=2),
    Column("set_no", N_("Bộ"), 52, align="right", aside=5),
    WordsColumn("kind", N_("Loại đăng ký"), 108, hidden=True, list_of=APPLICATION_KINDS, aside=4),
    Column("round", N_("Đợt"), 80, aside=4),
    StateColumn("status", N_("Trạng thái"), 190, look="pill"),
    Column("stars", N_("Sao"), 100, look="stars"),
    WordsColumn("producer_kind", N_("Loại hình"), 150, hidden=True, sortable=False, list_of=PRODUCER_KINDS),
    Column("filed_on", N_("Ngày nộp"), 104, look="figures", hidden=True),
)


class FilterBox(ElidedBox):
    """One filter: its name while it is open, else what is chosen.

    Args:
        name: what it says while it is open.
    """

    picked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(ElidedBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaximumWidth(theme.now().px(WIDEST))
        self.setMaxVisibleItems(16)
        self.addItem(name, None)
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.activated.connect(lambda _place: self.picked.emit())

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer ``choices``; what is chosen stays, where it is still there."""
        kept = self.currentData()
        while self.count() > 1:
            self.removeItem(1)
        for value, words in choices:
            self.addItem(words, value)
        widest = max((self.fontMetrics().horizontalAdvance(words) for _value, words in choices), default=0)
        self.view().setMinimumWidth(min(widest + theme.now().px(40), theme.now().px(460)))
        self.choose(kept)

    def choose(self, value: Any) -> None:
        """Choose a value without announcing it; one that is not offered opens the filter."""
        found = next((i for i in range(self.count()) if self.itemData(i) == value), 0)
        self.setCurrentIndex(found)


class DossierList(Page):
    """The list. It keeps its search, order, place and selection while a dossier is open."""

    opened = Signal(int)
    new_wanted = Signal()

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(_("Hồ sơ"))
        self._work, self._shell = work, shell
        self._order, self._descending, self._count = "product", False, 0
        self._shown: tuple[Any, ...] = ()
        self._unfolded = False  # the filters of a narrow window are open
        self._going_on = False  # from the search to the list, when it has come
        self._wanted: int | None = None  # the dossier to be selected when its page comes
        self._build_head()
        self._build_filters()
        self._build_table()
        for keys in (QKeySequence.StandardKey.Find, QKeySequence("/")):
            QShortcut(keys, self, self.search.setFocus, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- parts --------------------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        self.export = button(_("Xuất bảng"), icon="export")
        self.export_menu = ExportMenu(self.export, self._work, self._shell, self._ask_where, ("applications", "producers"))
        self.add = button(_("Thêm hồ sơ"), self.new_wanted.emit, "primary", "plus")
        self.add_action(self.export)
        self.add_action(self.add)

    def _build_filters(self) -> None:
        self.search = SearchLine(_("Tìm sản phẩm, chủ thể, xã, mã…"), _("Tìm hồ sơ"))
        self.search.textChanged.connect(self._look)
        self.search.gone_on.connect(self._go_on)
        names = {"round": _("Đợt"), "commune_id": _("Xã, phường"),
                 "set_no": _("Bộ sản phẩm"), "producer_kind": _("Loại hình"),
                 "status": _("Trạng thái"), "stars": _("Hạng sao"), "batch_id": _("Lần nhập")}
        self.filters = {key: FilterBox(names[key]) for key in FILTERS}
        self.clear = LinkLabel(_("Xóa lọc"), self.clear_filters)
        self.fold = button("", self._turn_fold, icon="filter")
        self.fold.hide()
        bar = Flow(space=8)
        bar.add(self.search, 2, SEARCH)
        bar.add(self.fold)
        for box in self.filters.values():
            bar.add(box, 1, FILTER)
            box.picked.connect(self._look)
        bar.add(self.clear)
        self.clear.hide()
        self.filters["producer_kind"].offer([(key, said(PRODUCER_KINDS, key)) for key in PRODUCER_KINDS])
        self.filters["status"].offer([(key, said(DOSSIER_STATES, key)) for key in DOSSIER_STATES])
        stars = [(count, _("{count} sao", count=count)) for count in STAR_CHOICES]
        self.filters["stars"].offer([*stars, (0, _("Chưa có sao"))])
        self.body.addLayout(bar)
        self.body.setSpacing(theme.now().px(12))

    def _build_table(self) -> None:
        self.model = PagedTable(COLUMNS)
        self.table = TableView(self.model, "dossiers", self._shell.table_store)
        self.table.opened.connect(lambda found: self.opened.emit(found.id))
        self.model.page_wanted.connect(self._fetch)
        self.model.sort_wanted.connect(self._sort)
        self.body.addWidget(self.table, 1)
        self.hint = label(_("Bấm đúp hoặc Enter để mở hồ sơ · ↓ từ ô tìm xuống danh sách · Ctrl+C chép dòng đã chọn"), "small")
        self.body.addWidget(self.hint)
        self._nothing = EmptyState("dossier", _("Hồ sơ của các sản phẩm đăng ký OCOP sẽ đứng ở đây"), _("Thêm hồ sơ đầu tiên"),
                                   self.new_wanted.emit, lambda: open_demo(self._work, self._shell),
                                   _("Hoặc nhập cả danh sách của xã ở mục Nhập bảng tính."), filled=False)
        self._none = EmptyState("search", _("Không có hồ sơ nào khớp"), _("Xóa tìm và lọc"), self.clear_all, filled=False)
        for part in (self._nothing, self._none):  # without a parent they would be windows of their own
            part.setParent(self.table.viewport())
            part.hide()

    # -- reading ------------------------------------------------------------------------------------------------------

    def _asked(self) -> tuple[Any, ...]:
        return (self.search.text(), tuple(box.currentData() for box in self.filters.values()), self._order, self._descending)

    def _question(self) -> Callable[[Any], tuple[str, Any, Any]]:
        """What is looked for, as the action takes it; built in the background, where the actions are read."""
        words, values, order, descending = self._asked()

        def question(dossiers: Any) -> tuple[str, Any, Any]:
            return words, dossiers.Filters(*values), dossiers.Sort(order, descending)

        return question

    def refresh(self) -> None:
        """Read the filters' choices and the list again; place and selection are kept."""

        def choices(session: Any) -> tuple[Any, Any]:
            from ocop_desktop.actions import dossiers, rulebooks

            return dossiers.filter_choices(session), rulebooks.current().heads

        self._work.read(self, choices, self._offer, key="choices")
        self._look()

    def narrow(self, **where: Any) -> None:
        """Show exactly what ``where`` names: query, and the filters by name."""
        self.search.blockSignals(True)
        self.search.setText(str(where.get("query", "")))
        self.search.blockSignals(False)
        for key, box in self.filters.items():
            value = where.get(key)
            box.choose(value)
            if value is not None and box.currentData() != value:  # not offered yet: the choices come later
                box.addItem(str(value), value)
                box.choose(value)
        self._look()

    @Slot()
    def _look(self) -> None:
        asked, question, size = self._asked(), self._question(), self.model.page_size
        self._show_filters()

        def find(session: Any) -> Found:
            from ocop_desktop.actions import dossiers

            return dossiers.find(session, *question(dossiers), page_size=size)

        self._work.read(self, find, lambda page: self._show(asked, page), key="list")

    def _show(self, asked: tuple[Any, ...], page: Found) -> None:
        same = asked == self._shown
        current, bar = self.table.current(), self.table.verticalScrollBar()
        place = bar.value() if same else 0
        if current is not None:
            self._wanted = current.id
        self._shown, self._count = asked, page.count or 0
        self.model.set_count(self._count, page.rows)
        narrowed = bool(asked[0].strip()) or any(value is not None for value in asked[1])
        (self._nothing if narrowed else self._none).hide()
        self.table.set_empty(self._none if narrowed else self._nothing)
        bar.setValue(place)
        self._select(page.rows, 0)
        self.export.setEnabled(self._count > 0)
        if self._going_on:
            self._go_on()
        count = text.number(self._count)
        self.set_title(_("Hồ sơ"), _("{count} hồ sơ khớp", count=count) if narrowed else _("{count} hồ sơ", count=count))

    def _fetch(self, page: int) -> None:
        asked, question, size, count = self._shown, self._question(), self.model.page_size, self._count

        def find(session: Any) -> Found:
            from ocop_desktop.actions import dossiers

            return dossiers.find(session, *question(dossiers), page=page, page_size=size, count=count)

        self._work.read(self, find, lambda found: self._feed(asked, page, found))

    def _feed(self, asked: tuple[Any, ...], page: int, found: Found) -> None:
        if asked == self._shown:
            self.model.set_page(page, found.rows)
            self._select(found.rows, page * self.model.page_size)

    def _select(self, rows: Sequence[Any], first: int) -> None:
        """Select the dossier that was selected, when its row is here."""
        if self._wanted is None or self.table.selectionModel().hasSelection():
            return
        for place, found in enumerate(rows, first):
            if found.id == self._wanted:
                bar = self.table.verticalScrollBar()
                kept = bar.value()
                self.table.selectRow(place)
                bar.setValue(kept)

    def _offer(self, found: tuple[FilterChoices, tuple[SetHead, ...]]) -> None:
        choices, heads = found
        said_in = text.language()
        self.filters["round"].offer([(name, name) for name in choices.rounds])
        several = len({province for _id, _name, province in choices.communes}) > 1
        self.filters["commune_id"].offer([
            (number, f"{name} · {province}" if several else name) for number, name, province in choices.communes])
        self.filters["batch_id"].offer(choices.imports)
        self.filters["set_no"].offer([(head.number, f"{head.number} · {head.name.said(said_in)}") for head in heads])

    @Slot()
    def _go_on(self) -> None:
        """From the search down to what it found, once that is here."""
        self._going_on = self._asked() != self._shown
        if not self._going_on and self._count:
            if not self.table.selectionModel().hasSelection():
                self.table.selectRow(0)
            self.table.setFocus()

    # -- what the person does -----------------------------------------------------------------------------------------

    @Slot(str, bool)
    def _sort(self, key: str, descending: bool) -> None:
        if (key, descending) != (self._order, self._descending):
            self._order, self._descending = key, descending
            self._look()

    def _turn_fold(self) -> None:
        self._unfolded = not self._unfolded
        self._show_filters()
        if self._unfolded:
            next(iter(self.filters.values())).setFocus()

    def _show_filters(self) -> None:
        """All filters, or the button that opens them; how many are in use always stands on it."""
        narrow = self.width() < theme.now().px(FOLDS_UNDER)
        used = sum(box.currentData() is not None for box in self.filters.values())
        self.fold.setVisible(narrow)
        self.hint.setVisible(not narrow)
        self.fold.setText(_("Lọc ({count})", count=used) if used else _("Lọc"))
        for key, box in self.filters.items():  # one import is looked at from the imports; here it is only opened again
            box.setVisible((not narrow or self._unfolded) and (key != "batch_id" or box.currentData() is not None))
        self.clear.setVisible(used > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_filters()

    def clear_filters(self) -> None:
        """Open every filter; the search stays."""
        for box in self.filters.values():
            box.choose(None)
        self._look()

    def clear_all(self) -> None:
        """Open every filter and empty the search."""
        self.narrow()
        self.search.setFocus()

    def focus(self) -> None:
        """Put the keyboard where one goes on: the selected row, else the search."""
        (self.table if self.table.selectionModel().hasSelection() else self.search).setFocus()

    def _ask_where(self) -> None:
        ask_place(self._shell, self, _("Xuất bảng"), _("ho-so-ocop"), self.export_to)

    def export_to(self, path: Path) -> None:
        """Write everything that matches, in the columns on show, into ``path``."""
        question, columns = self._question(), [column.key for column in self.table.columns_shown()]

        def write(session: Any, progress: Callable[[int, int, str], None]) -> int:
            from ocop_desktop.actions import dossier_export, dossiers

            return dossier_export.export(session, path, *question(dossiers), columns, progress)

        self._work.long(self, write, lambda count: self._shell.say.ok(
            _("Đã ghi {count} hồ sơ vào {file}", count=text.number(count), file=str(path))), keeps=False)


