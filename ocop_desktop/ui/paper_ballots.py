"""Nhập phiếu giấy: the sheets of one dossier after the other, typed by one person and checked blind by another."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu

from ocop_desktop import text
from ocop_desktop.errors import UserError
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.paper_grid import FIRST, PaperView
from ocop_desktop.ui.paper_reading import CHECKING, beside, paper, wanted
from ocop_desktop.ui.paper_scan import PaperScans
from ocop_desktop.ui.paper_side import PaperSide
from ocop_desktop.ui.paper_state import SheetState
from ocop_desktop.ui.scoring_parts import KeyHints, Strip
from ocop_desktop.ui.widgets import Chips, LinkLabel, Page, button, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.paper_ballots import Difference, Grid
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

TYPING = 1
SIDE_WIDE, LOW_UNDER = 340, 480  # pixels at 100 %


class PaperPage(Page):
    """Types (or checks) the paper ballots of a session; nothing typed counts before both persons agree."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.session_id, self._typing = 0, TYPING
        self._members: frozenset[int] | None = None  # who hands in paper; None: not said yet
        self._who = {TYPING: "", CHECKING: ""}
        self.grid: Grid | None = None
        self.view, self.side, self.strip = PaperView(), PaperSide(), Strip()
        self.modes, self.who = Chips(several=False), QLineEdit()
        self.members = button(_("Ai nộp phiếu giấy"))
        self.members_menu = QMenu(self.members)
        self.members.setMenu(self.members_menu)
        self.members.setProperty("opens", "menu")
        self.before, self.after = button("‹", lambda: self._turn(-1)), button("›", lambda: self._turn(1))
        self.keys = KeyHints(None, ("0-9", _("ô đã đánh dấu")), ("Enter Tab", _("xuống")), ("← →", _("phiếu khác")),
                             ("G", _("ô còn trống")), ("Del", _("xóa")), ("L", _("đề nghị loại")), ("Y", _("ý kiến")),
                             ("PgUp PgDn", _("hồ sơ khác")))
        self.scans = PaperScans(self, work, shell, self._scan_place, lambda: self._read(self.grid.item_id if self.grid else 0, 0))
        self.back = LinkLabel(_("‹ Về phiên"), self._go_back)
        self._build()
        self._connect()

    def _build(self) -> None:
        px = theme.now().px
        self.who.setMaximumWidth(px(190))
        self.who.setAccessibleName(_("Người nhập"))
        self.before.setAccessibleName(_("Hồ sơ trước"))
        self.after.setAccessibleName(_("Hồ sơ sau"))
        self.named = label(_("Người nhập"), "quiet")
        self.named.setBuddy(self.who)
        for part in (self.members, self.before, self.after, button(_("Xong phiếu này"), self.side.hand_in, "primary")):
            self.add_action(part)
        top = row(self.modes, space=12)
        top.setStretch(0, 1)
        top.addWidget(self.named)
        top.addWidget(self.who)
        self.body.setSpacing(px(10))
        self.body.addLayout(top)
        self.body.addWidget(self.strip)
        across = QHBoxLayout()
        across.setSpacing(px(16))
        across.addWidget(self.view, 1)
        across.addWidget(self.side)
        self.body.addLayout(across, 1)
        foot = row(self.back, space=16)
        foot.addWidget(self.keys, 1)
        foot.addStretch(0)
        self.body.addLayout(foot)
        self.setFocusProxy(self.view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room: the grid keeps the larger part; hints step aside where the window is low for its letters."""
        super().resizeEvent(event)
        look = theme.now()
        self.side.setFixedWidth(min(look.px(SIDE_WIDE), self.width() * 2 // 5))
        tall = self.height() >= look.px(LOW_UNDER)
        for part in (self.keys, self.subtitle, self.named):
            part.setVisible(tall)

    def _connect(self) -> None:
        self.view.typed.connect(self._keep_answer)
        self.view.ended.connect(lambda _column: self._end_column())
        self.view.moved.connect(self._show_place)
        self.view.exclusion_wanted.connect(lambda: self.side.ask_words(self.side.exclusion))
        self.view.opinion_wanted.connect(lambda: self.side.ask_words(self.side.opinion))
        self.side.total_typed.connect(self._hand_in)
        self.side.words_kept.connect(self._keep_words)
        self.side.left.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self.side.scan_wanted.connect(self.scans.ask)
        self.side.scan_asked.connect(self.scans.open)
        self.side.again_wanted.connect(self._type_again)
        self.modes.chosen.connect(self._change_mode)
        self.who.editingFinished.connect(self._keep_who)
        self.who.returnPressed.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, slot in (("PgDown", lambda: self._turn(1)), ("PgUp", lambda: self._turn(-1))):
            QShortcut(QKeySequence(keys), self, slot, context=inside)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_session(self, session_id: int, typing: int = TYPING, item_id: int | None = None) -> None:
        """Show a session's sheets: those of one dossier, or of the first that has some to type (or to check)."""
        if session_id != self.session_id:
            self._members = None
        self._keep_who()
        self.session_id, self._typing = session_id, typing
        signed_in = self._shell.person.name if not self._shell.person.alone else ""
        self.who.setText(signed_in or self._who[typing] or (self._shell.settings.user if typing == TYPING else ""))
        self.who.setReadOnly(bool(signed_in))  # with a PIN the name is known
        self._read(item_id or 0, 0)

    def refresh(self) -> None:
        """Read the same dossier again, unless something is being typed."""
        busy = self._work.unsaved() or self.side.isAncestorOf(self.focusWidget() or self) or any(
            s.settled for s in self.view.paper.sheets)
        if self.grid is not None and not busy:
            self._read(self.grid.item_id, 0)

    def leave(self) -> bool:
        """Take the sheets away: nothing of them stays on show."""
        self.grid = None
        self.view.paper.clear()
        self.side.forget()
        return True

    def _read(self, item_id: int, after: int) -> None:
        """Read a dossier; without one the next after ``after`` that has something to type."""
        where = (self.session_id, self._typing, self._members, item_id, after)
        self._work.read(self, lambda session: wanted(session, *where), self._show, key="grid")

    def _show(self, read: tuple[Grid, bool]) -> None:
        grid, nothing_left = read
        same = self.grid is not None and self.grid.item_id == grid.item_id and self.grid.typing == grid.typing
        column, code = self.view.place() if same else (-1, "")
        self.grid = grid
        if self._members is None:
            self._members = grid.paper
        self._shell.set_crumbs(self, _("Phiên đánh giá"), grid.session_name, _("Phiếu giấy"))
        place = _("Hồ sơ {position} trên {items}", position=grid.position, items=grid.items)
        self.title.setText(grid.product)
        self.subtitle.setText(" · ".join(part for part in (place, grid.dossier_code, grid.producer) if part))
        self.modes.set_chips([("1", _("Nhập lần đầu"), "info", None), ("2", _("Nhập kiểm tra"), "warn", grid.to_check)])
        for mode in (TYPING, CHECKING):
            self.modes.chip(str(mode)).setChecked(mode == grid.typing)
        self.strip.hide()
        self.view.paper.set_sheets(grid.rules, [SheetState(c, grid.rules) for c in grid.columns])
        self._hide_columns()
        self._fill_members()
        if nothing_left:
            self._say_nothing_left(grid.to_check)
        if same and column >= 0 and code and self.view.paper.sheets[column].open:
            self.view.go(column, code)
        else:
            self._begin(0)

    def _say_nothing_left(self, to_check: int) -> None:
        """Say that everything is typed (or checked), and what comes next."""
        back = (_("Về phiên"), self._go_back)
        if self._typing == TYPING and to_check:
            self.strip.say("ok", "ok", _("Đã nhập hết phiếu giấy; mời người thứ hai kiểm tra."),
                           (_("Nhập kiểm tra"), lambda: self._change_mode(("2",))), back)
        else:
            self.strip.say("ok", "ok", _("Không còn phiếu nào chờ kiểm tra.") if self._typing == CHECKING
                           else _("Không còn phiếu giấy phải nhập."), back)

    def _hide_columns(self) -> None:
        for place, sheet in enumerate(self.view.paper.sheets):
            paper = self._members is None or sheet.column.member_id in self._members
            shown = sheet.column.state != "untyped" if self._typing == CHECKING else paper
            self.view.setColumnHidden(place + FIRST, not shown)
        self.view.dress()

    def _fill_members(self) -> None:
        self.members_menu.clear()
        self.members.setVisible(self._typing == TYPING)
        for sheet in self.view.paper.sheets:
            action = QAction(sheet.column.name.replace("&", "&&"), self.members_menu)
            action.setCheckable(True)
            action.setChecked(self._members is None or sheet.column.member_id in self._members)
            action.triggered.connect(lambda on, member=sheet.column.member_id: self._choose_member(member, on))
            self.members_menu.addAction(action)

    def _choose_member(self, member_id: int, on: bool) -> None:
        every = frozenset(s.column.member_id for s in self.view.paper.sheets)
        kept = every if self._members is None else self._members
        self._members = kept | {member_id} if on else kept - {member_id}
        self._hide_columns()
        self._begin(0)

    def _begin(self, column: int) -> None:
        """Put the cursor on the first sheet from ``column`` on that can be typed, where it is to go on."""
        sheets = self.view.paper.sheets
        places = [n for n, s in enumerate(sheets) if s.open and not self.view.isColumnHidden(n + FIRST)]
        found = next((n for n in places if n >= column), places[0] if places else None)
        if found is None:
            self._say_nothing_here()
            return
        sheet = sheets[found]
        asked = sheet.asked or list(sheet.stops()) or list(sheet.rules.by_code)
        self.view.go(found, asked[0])
        if self._typing == CHECKING and not self.who.text().strip():
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not sheet.asked:
            self._end_column()

    def _say_nothing_here(self) -> None:
        """Say why nothing can be typed in this dossier, unless something better is said already."""
        self.side.forget()
        if self.strip.isVisible():
            return
        locked = next((s.column.why for s in self.view.paper.sheets if s.column.state == "locked" and s.column.why), None)
        words = (_("Hồ sơ này không còn phiếu nào chờ kiểm tra.") if self._typing == CHECKING
                 else _("Hồ sơ này không còn phiếu giấy nào phải nhập."))
        self.strip.say("info", "info", text.say(locked) if locked else words,
                       (_("Hồ sơ tiếp theo"), lambda: self._read(0, self.grid.item_id if self.grid else 0)))

    def _show_place(self, column: int, code: str) -> None:
        self.side.show_sheet(self.view.paper.sheets[column], code, self.who.text().strip())

    # -- typing -------------------------------------------------------------------------------------------------------

    def _now(self) -> tuple[int, SheetState] | None:
        column, _code = self.view.place()
        return (column, self.view.paper.sheets[column]) if 0 <= column < len(self.view.paper.sheets) else None

    def _save(self, action: Callable[[Any, ModuleType, int, int, int, str], Any], done: Callable[[Any], object] | None = None,
              failed: Callable[[UserError], object] | None = None) -> None:
        """Save something of the sheet under the cursor; ``action`` gets session, actions, item, member, typing, person."""
        found, grid, who = self._now(), self.grid, self.who.text().strip()
        if found is None or grid is None:
            return
        place = (grid.item_id, found[1].column.member_id, grid.typing)
        self._work.save(self, lambda session: action(session, paper(), *place, who), done, failed or self._refused, quiet=True)

    def _refused(self, error: UserError) -> None:
        """Say why, and show what the file holds."""
        self._shell.say.error(error)
        if self.grid is not None:
            self._read(self.grid.item_id, 0)

    def _keep_answer(self, column: int, code: str, choice: str | None) -> None:
        sheet = self.view.paper.sheets[column]
        if sheet.put(code, choice):
            self._save(lambda s, do, item, member, typing, who: do.answer(s, item, member, typing, code, choice, who))
        self.view.paper.show_column(column)
        self.side.show_sum()
        if not sheet.settling:
            self.side.say("")
        elif not sheet.unsettled:
            self._settle(sheet)

    def _keep_words(self, name: str, words: str) -> None:
        found = self._now()
        if found is None:
            return
        sheet = found[1]
        setattr(sheet, name, words)
        if sheet.settling:
            if name in sheet.differences:
                sheet.settled[name] = words
                if not sheet.unsettled:
                    self._settle(sheet)
            return
        opinion, exclusion = sheet.opinion, sheet.exclusion
        self._save(lambda s, do, item, member, typing, who: do.words(s, item, member, typing, opinion, exclusion, who))

    def _end_column(self) -> None:
        """At the end of a column: to the total, or to what is still to be settled."""
        found = self._now()
        if found is not None and found[1].settling:
            self._ask_settling(found[1])
        elif found is not None:
            self.side.ask_total()

    def _hand_in(self, points: int) -> None:
        """The sheet's own total was typed: the sheet is finished where it agrees, or where it is typed once more."""
        found = self._now()
        if found is None or found[1].settling:
            return
        column, sheet = found
        if not self.who.text().strip():
            self.side.say(_("Hãy ghi tên người nhập ở góc trên bên phải."))
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if sheet.asked:
            self.side.say(_("Còn {count} ô trống: {codes}. Phiếu thiếu câu không tính được.", count=len(sheet.asked),
                            codes=", ".join(sheet.asked[:6])))
            self.view.go(column, sheet.asked[0])
            return
        insisted = points != sheet.points and sheet.refused_total == points
        if points != sheet.points and not insisted:
            sheet.refused_total = points
            self.side.say(_("Phiếu ghi {hand}, các ô đã nhập cộng lại {counted}: lệch {gap}. Soát lại cột này; nếu tờ phiếu "
                            "đúng là như vậy, gõ lại {hand} rồi Enter.", hand=points, counted=sheet.points,
                            gap=abs(points - sheet.points)))
            self.side.ask_total()
            return
        self.side.say("")
        if self._typing == TYPING:  # the same was checked here: the next sheet does not wait for the disk
            self._save(lambda s, do, item, member, _t, who: do.hand_over(s, item, member, points, who, insisted))
            self._finished(column, "typed")
        elif not sheet.sent:
            sheet.sent = True
            self._save(lambda s, do, item, member, _t, who: do.check(s, item, member, points, who, insisted),
                       lambda found: self._checked(column, found), self._refused_check)

    def _refused_check(self, error: UserError) -> None:
        found = self._now()
        if found is not None:
            found[1].sent = False
        self.side.say(text.say(error), "bad")
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)
        self.who.selectAll()

    def _checked(self, column: int, found: tuple[Difference, ...]) -> None:
        if not found:
            self._finished(column, "done")
            return
        self.view.paper.sheets[column].show_differences(found)
        self.view.paper.show_column(column)
        self._ask_settling(self.view.paper.sheets[column])

    def _ask_settling(self, sheet: SheetState) -> None:
        """Show only where both typings differ, and go there."""
        self.side.say(_("Hai lần nhập khác nhau ở {count} chỗ (lần đầu ≠ lần này). Xem tờ phiếu rồi gõ ô đúng.",
                        count=len(sheet.unsettled)))
        column, _code = self.view.place()
        if sheet.asked:
            self.view.go(column, sheet.asked[0])
            return
        for code in sheet.unsettled:
            edit = self.side.exclusion if code == "exclusion" else self.side.opinion
            found = sheet.differences[code]
            edit.setText(found.first or found.second)
            what = _("đề nghị loại") if code == "exclusion" else _("ý kiến")
            self.side.say(_("Một lần nhập có {what}, lần kia không. Xem tờ phiếu: giữ hoặc xóa chữ, rồi Enter.", what=what))
            self.side.ask_words(edit)
            return

    def _settle(self, sheet: SheetState) -> None:
        settled, column = dict(sheet.settled), self.view.place()[0]
        self._save(lambda s, do, item, member, _t, who: do.settle(s, item, member, settled, who),
                   lambda _done: self._finished(column, "done"))

    def _finished(self, column: int, state: Literal["typed", "done"]) -> None:
        """A sheet is done: the next one of this dossier, or the next dossier, opens by itself."""
        grid = self.grid
        if grid is None:
            return
        self.view.paper.sheets[column].close(state)
        self.view.paper.show_column(column)
        if any(s.open and not self.view.isColumnHidden(n + FIRST) for n, s in enumerate(self.view.paper.sheets)):
            self._begin(column + 1)
        else:
            self._shell.say.ok(_("Xong phiếu của {product}.", product=grid.product))
            self._read(0, grid.item_id)

    # -- beside the typing --------------------------------------------------------------------------------------------

    def _type_again(self) -> None:
        self._save(lambda s, do, item, member, typing, who: do.type_again(s, item, member, typing, who),
                   lambda _done: self._read(self.grid.item_id if self.grid else 0, 0))

    def _scan_place(self) -> tuple[int, int, str] | None:
        found, grid = self._now(), self.grid
        return (grid.item_id, found[1].column.member_id, self.who.text().strip()) if found and grid else None

    def _change_mode(self, keys: tuple[str, ...]) -> None:
        self.show_session(self.session_id, int(keys[0]) if keys else self._typing)

    def _keep_who(self) -> None:
        self._who[self._typing] = self.who.text().strip()

    def _turn(self, by: int) -> None:
        """Show the dossier before or after, whatever is to be typed in it."""
        if self.grid is not None:
            session_id, item_id, typing = self.session_id, self.grid.item_id, self._typing
            self._work.read(self, lambda s: beside(s, session_id, item_id, typing, by), self._show, key="grid")

    def _go_back(self) -> None:
        item_id = self.grid.item_id if self.grid is not None else None
        self.leave()
        self._shell.go("sessions", session_id=self.session_id, item_id=item_id)
