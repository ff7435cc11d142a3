"""Before a ballot is on show: who scores, and which dossier. One list, two steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ocop_desktop.rules.terms import COUNCIL_ROLES
from ocop_desktop.text import _, date, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.elided_box import ElidedBox
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.painted import paint_ring
from ocop_desktop.ui.widgets import EmptyState, SkeletonRows, button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.scoring import AgendaLine, OpenSession, Seat

Index = QModelIndex | QPersistentModelIndex
ROLE = int(Qt.ItemDataRole.UserRole)
HIGH, WIDE = 54, 760


@dataclass(frozen=True)
class Choice:
    """One row: what it is, a quiet line, how far it is (total 0: no ring), a word on the right."""

    key: int
    words: str
    quiet: str
    right: str = ""
    done: int = 0
    total: int = 0
    closed: bool = False  # shown quieter; it can still be looked at


class ChoiceModel(QAbstractListModel):
    """Rows to choose from; fed."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()

    def set_choices(self, choices: tuple[Choice, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._choices = choices
        self.endResetModel()

    def choices(self) -> tuple[Choice, ...]:
        """The rows on show."""
        return self._choices

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(words for words in (choice.words, choice.quiet, choice.right) if words)
        return choice if role == ROLE else None


class _Delegate(QStyledItemDelegate):
    """Paints a row of two lines with a ring before and a word after it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, theme.now().px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice: Choice = index.data(ROLE)
        look, rect, state = theme.now(), option.rect, option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("main_soft"))
            painter.fillRect(QRect(rect.topLeft(), QSize(look.px(3), rect.height())), look.color("main"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("hover"))
        if index.row():
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, look.color("line"))
        inner = rect.adjusted(look.px(18), 0, -look.px(18), 0)
        side = look.px(20)
        if choice.total:
            paint_ring(painter, QRectF(inner.left(), inner.center().y() - side / 2, side, side), choice.done, choice.total)
        inner.adjust(look.px(34), 0, 0, 0)
        self._paint_words(painter, inner, choice)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, choice: Choice) -> None:
        look, half = theme.now(), rect.height() // 2
        painter.setFont(theme.font())
        painter.setPen(look.color("quiet"))
        most = rect.width() // 2
        right = painter.fontMetrics().elidedText(choice.right, Qt.TextElideMode.ElideRight, most)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), right)
        left = rect.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(right) - look.px(16), 0)
        for words, font, token, place in (
            (choice.words, theme.font(weight=QFont.Weight.DemiBold), "quiet" if choice.closed else "ink",
             QRect(left.left(), left.top() + look.px(6), left.width(), half - look.px(4))),
            (choice.quiet, theme.font(theme.SMALL), "quiet",
             QRect(left.left(), left.top() + half, left.width(), half - look.px(5))),
        ):
            painter.setFont(font)
            painter.setPen(look.color(token))
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class ChoiceList(QListView):
    """The list; a click or Enter takes a row."""

    taken = Signal(int)  # key

    def __init__(self) -> None:
        super().__init__()
        self.rows = ChoiceModel()
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.clicked.connect(self._take)

    def set_choices(self, choices: tuple[Choice, ...], current: int = 0) -> None:
        """Show other rows, the keyboard on the row of key ``current`` or the first."""
        self.rows.set_choices(choices)
        row = next((n for n, choice in enumerate(choices) if choice.key == current), 0)
        self.setCurrentIndex(self.rows.index(row))
        self._be_snug()

    def _be_snug(self) -> None:
        """No taller than its rows."""
        self.setMaximumHeight(len(self.rows.choices()) * theme.now().px(HIGH) + 2 * self.frameWidth())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows"):
            self._be_snug()

    def take_current(self) -> None:
        """Take the row the keyboard is on."""
        self._take(self.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.taken.emit(self.rows.choices()[index.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ChooserPage(QWidget):
    """Who scores, then which dossier."""

    session_chosen = Signal(int)
    member_chosen = Signal(int)
    item_chosen = Signal(int)
    sessions_wanted = Signal()

    def __init__(self, above: QWidget | None = None) -> None:
        super().__init__()
        px = theme.now().px
        self._step, self._next = "", 0
        self.signing_in: EmptyState | None = None
        self.title, self.quiet = label("", "title"), label("", "quiet", wrap=True)
        self.title.setWordWrap(True)
        self.sessions = ElidedBox()
        self.sessions.setAccessibleName(_("Phiên"))
        self.sessions.activated.connect(lambda place: self.session_chosen.emit(self.sessions.itemData(place)))
        self.list = ChoiceList()
        self.list.taken.connect(self._take)
        self.other_member = button(_("Đổi người chấm"), lambda: self.member_chosen.emit(0))
        self.go_on = button(_("Chấm tiếp"), self._go_on, "primary")
        self.skeleton = SkeletonRows()
        self.empty = EmptyState("session", _("Chưa có phiên nào đang mở để chấm"), _("Đến Phiên đánh giá"),
                                self.sessions_wanted.emit)
        self.empty.hint.setText(_("Thư ký tạo phiên, đưa hồ sơ vào rồi mở phiên; sau đó các thành viên chấm ở đây."))
        self.empty.hint.show()
        inner = QWidget()
        inner.setMaximumWidth(px(WIDE))
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(14))
        self._head = row(space=12)
        self._head.addLayout(column(self.title, self.quiet, space=2), 1)
        self._head.addLayout(Flow(self.sessions, self.other_member, self.go_on, right=True))
        inside.addLayout(self._head)
        if above is not None:
            inside.addWidget(above)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.skeleton)
        inside.addWidget(self.empty, 1)
        self._inside = inside
        inside.addStretch(0)
        outer = row(space=0)
        outer.setContentsMargins(px(24), px(18), px(24), px(20))
        outer.addStretch(1)
        outer.addWidget(inner, 100)
        outer.addStretch(1)
        self.setLayout(outer)
        self.show_waiting()

    def show_waiting(self) -> None:
        """Show that the list is being read."""
        self._show_parts(self.skeleton)
        self.title.setText(_("Chấm điểm"))
        self.quiet.setText("")

    def show_nothing(self) -> None:
        """Show that no session is open."""
        self._show_parts(self.empty)
        self.title.setText("")
        self.quiet.setText("")

    def show_signing_in(self, hand_on: Callable[[], object]) -> None:
        """Say that every member scores after signing in."""
        if self.signing_in is None:
            self.signing_in = EmptyState("scoring", _("Mỗi thành viên tự mở phiếu của mình"), _("Chuyển máy"), hand_on,
                                         hint=_("Mọi thành viên của phiên đã có mã PIN: người chấm chọn tên và gõ mã."))
            self._inside.addWidget(self.signing_in, 1)
        self._show_parts(self.signing_in, *((self.sessions,) if self.sessions.count() > 1 else ()))

    def show_members(self, sessions: tuple[OpenSession, ...], session_id: int) -> None:
        """Ask who scores in a session."""
        self._step = "member"
        chosen = next(s for s in sessions if s.id == session_id)
        self.title.setText(_("Ai chấm?"))
        self.quiet.setText(_("{session}, ngày {day}", session=chosen.name, day=date(chosen.held_on)))
        self.sessions.clear()
        for session in sessions:
            self.sessions.addItem(session.name, session.id)
        self.sessions.setCurrentIndex(self.sessions.findData(session_id))
        rows = tuple(_seat(seat) for seat in chosen.seats)
        self._show_parts(self.list, self.go_on, *((self.sessions,) if len(sessions) > 1 else ()))
        self.go_on.setText(_("Tiếp tục"))
        self.list.setAccessibleName(_("Thành viên"))
        self.list.set_choices(rows)
        self.list.setFocus()

    def show_dossiers(self, member: str, session: str, lines: tuple[AgendaLine, ...], next_item: int | None) -> None:
        """Ask which dossier ``member`` scores; the next open one stands ready."""
        self._step, self._next = "item", next_item or 0
        open_count = sum(line.to_do for line in lines)
        self.title.setText(_("Chấm hồ sơ nào?"))
        left = _("còn {count} hồ sơ", count=open_count) if open_count else _("đã chấm xong")
        self.quiet.setText(" · ".join((member, session, left)))
        self._show_parts(self.list, self.other_member, *((self.go_on,) if next_item else ()))
        self.go_on.setText(_("Chấm tiếp"))
        self.list.setAccessibleName(_("Hồ sơ của phiên"))
        self.list.set_choices(tuple(_choice(line) for line in lines), self._next)
        self.list.setFocus()

    def _show_parts(self, *parts: QWidget) -> None:
        for part in (self.list, self.skeleton, self.empty, self.sessions, self.other_member, self.go_on, self.signing_in):
            if part is not None:
                part.setVisible(part in parts)

    def _go_on(self) -> None:
        """The filled button: the next open dossier, or the member the keyboard is on."""
        if self._step == "item":
            self.item_chosen.emit(self._next)
        else:
            self.list.take_current()

    def _take(self, key: int) -> None:
        (self.member_chosen if self._step == "member" else self.item_chosen).emit(key)


def _seat(seat: Seat) -> Choice:
    role = COUNCIL_ROLES[seat.role].said(language()) if seat.role in COUNCIL_ROLES else ""
    quiet = " · ".join(words for words in (seat.agency, role) if words)
    right = _("{done}/{total} phiếu", done=seat.done, total=seat.total)
    return Choice(seat.member_id, seat.name, quiet, right, seat.done, seat.total, closed=0 < seat.total == seat.done)


def _choice(line: AgendaLine) -> Choice:
    number = _("Bộ {set}", set=line.set_number) if line.set_number else _("chưa có bộ tiêu chí")
    quiet = " · ".join(words for words in (line.dossier_code, line.producer, number) if words)
    if line.recused is not None:
        right = _("Không chấm: {reason}", reason=line.recused)
    elif line.finished_at is not None:
        right = _("Đã hoàn tất")
    elif line.closed:
        right = _("Đã chốt kết quả")
    elif line.answered:
        right = f"{line.answered} / {line.total}"
    else:
        right = _("Chưa chấm")
    done = line.total if line.finished_at else min(line.answered, line.total - 1)
    total = 0 if line.recused is not None else line.total
    return Choice(line.item_id, f"{line.position}. {line.product}", quiet, right, done, total, closed=not line.to_do)
