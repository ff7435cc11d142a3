"""The lock page: over the whole window, nothing of the work behind it. Choose a name, type the PIN."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ocop_desktop.rules import pins
from ocop_desktop.rules.rights import ROLES
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.cells import Index
from ocop_desktop.ui.widgets import Card, LinkLabel, button, column, label, restyle, row

if TYPE_CHECKING:
    from ocop_desktop.actions.people import PersonLine

HIGH = 66
PAD_FROM = 500  # pixels of height at 100 %
LONGEST = 20  # of what is typed: a recovery code with its dashes
KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "⌫", "0", "↵")


class _Name(QStyledItemDelegate):
    """A large name, the role and agency under it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, theme.now().px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = theme.now(), option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("main_soft"))
            painter.fillRect(QRect(rect.topLeft(), QSize(look.px(4), rect.height())), look.color("main"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("hover"))
        inner = rect.adjusted(look.px(20), look.px(8), -look.px(12), -look.px(8))
        name, _newline, role = str(index.data()).partition("\n")
        for words, font, token, top in ((name, theme.font(14, QFont.Weight.DemiBold), "ink", True),
                                        (role, theme.font(), "quiet", False)):
            painter.setFont(font)
            painter.setPen(look.color(token))
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
            side = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | side), shown)


class Names(QListWidget):
    """The people who may sign in; Enter and a click take one."""

    taken = Signal(int)  # place

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Tên người đăng nhập"))
        self.setMouseTracking(True)
        self.setItemDelegate(_Name(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda item: self.taken.emit(self.row(item)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentRow() >= 0:
            self.taken.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


class LockPage(QFrame):
    """Names at the left, the PIN pad at the right. It asks; ``ui.lock`` answers."""

    entered = Signal(int, str)  # person, PIN
    chosen = Signal(int, str, str)  # person, the code that let in, the new PIN
    file_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.setAutoFillBackground(True)
        self._people: tuple[PersonLine, ...] = ()
        self._person: PersonLine | None = None
        self._code = self._first = ""
        self._step = "pin"  # pin; new: choose an own one; again: type it once more
        self._left = 0
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)
        self._build()
        self.hide()

    def _build(self) -> None:
        px = theme.now().px
        self.names = Names()
        self.names.taken.connect(self._take)
        self.title = label(_("Ai sẽ làm việc?"), "title")
        self.file = LinkLabel(_("Mở tệp khác…"), self.file_wanted.emit)
        self.who, self.asked = label("", "strong", wrap=True), label("", "quiet", wrap=True)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(LONGEST)
        self.line.setFont(theme.font(16))
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.returnPressed.connect(self._enter)
        self.line.textEdited.connect(lambda _words: self._say(""))
        self.words = label("", "error", wrap=True)
        self.words.setMinimumHeight(px(40))
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.enter = button("", self._enter, "primary")
        self.pad = QWidget()
        keys = QGridLayout(self.pad)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(px(6))
        self.keys: dict[str, QPushButton] = {}
        for place, key in enumerate(KEYS):
            keys.addWidget(self._key(key), place // 3, place % 3)
        side = Card()
        side.setFixedWidth(px(330))
        for part in (self.who, self.asked, self.line, self.words, self.pad, self.enter):
            side.body.addWidget(part)
        side.body.addStretch(1)
        self.side = side
        left = column(self.title, label(_("Chọn tên mình, rồi gõ mã PIN. Dữ liệu đã được lưu."), "quiet", wrap=True),
                      self.names, row(self.file, 1), space=12)
        whole = row(space=32)
        holder = QWidget()
        holder.setLayout(left)
        holder.setMaximumWidth(px(640))
        left.setContentsMargins(0, 0, 0, 0)
        left.setStretch(2, 1000)  # the names take what they need, and scroll only where the window is lower
        left.addStretch(1)
        whole.addStretch(1)
        whole.addWidget(holder, 8)
        whole.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
        whole.addStretch(1)
        whole.setContentsMargins(px(48), px(40), px(48), px(32))
        self.setLayout(whole)

    def _key(self, key: str) -> QPushButton:
        made = button(key, lambda: self._press(key))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cursor stays in the field: digits may be typed or pressed
        made.setMinimumHeight(theme.now().px(44))
        made.setAccessibleName({"⌫": _("Xóa một chữ số"), "↵": _("Vào")}.get(key, key))
        self.keys[key] = made
        return made

    # -- shown --------------------------------------------------------------------------------------------------------

    def show_people(self, people: Sequence[PersonLine]) -> None:
        """Name who may sign in, and wait for one to be chosen."""
        self._people, self._person = tuple(people), None
        self._tick.stop()
        self.names.clear()
        for person in people:
            role = ROLES[person.role].said(language())
            self.names.addItem("\n".join((person.name, " · ".join(part for part in (role, person.agency) if part))))
        self.names.setMaximumHeight(theme.now().px(HIGH) * len(self._people) + 2 * self.names.frameWidth() + theme.now().px(4))
        self.side.hide()
        self.names.setEnabled(True)
        self.names.setCurrentRow(0)
        self.show()
        self.raise_()
        self.names.setFocus()

    def show_wrong(self, wait: int) -> None:
        """Say that the PIN was wrong, and count down what has to be waited."""
        self._hold(False)
        self.line.clear()
        self._left = wait
        if wait:
            self._tick.start()
            self._say_wait()
        else:
            self._say(_("Mã PIN chưa đúng. Hãy gõ lại."))

    def show_choosing(self, code: str) -> None:
        """Ask for an own PIN in place of the code."""
        self._hold(False)
        self._tick.stop()
        self._left = 0
        self._code = code
        self._ask("new")

    def show_refused(self, words: str) -> None:
        """Say why a PIN was not accepted, and ask anew."""
        self._hold(False)
        self._ask("new" if self._step == "again" else self._step)
        self._say(words)

    # -- asked --------------------------------------------------------------------------------------------------------

    @Slot(int)
    def _take(self, place: int) -> None:
        self._person = self._people[place]
        self.names.setCurrentRow(place)
        self._tick.stop()
        self._left = 0
        self.who.setText(self._person.name)
        self.side.show()
        self._ask("pin")

    def _ask(self, step: str) -> None:
        self._step = step
        once = self._person is not None and self._person.pin == "once"
        self.asked.setText({
            "pin": _("Mã 6 chữ số thư ký đã cấp") if once else _("Mã PIN"),
            "new": _("Chọn mã PIN của riêng mình, từ {shortest} đến {longest} chữ số", shortest=pins.SHORTEST,
                     longest=pins.LONGEST),
            "again": _("Gõ lại mã PIN vừa chọn")}[step])
        self.line.setAccessibleName(self.asked.text())
        self.enter.setText(_("Vào") if step == "pin" else _("Tiếp tục"))
        self._say("")
        self.line.clear()
        self.line.setEnabled(True)
        self.line.setFocus()

    @Slot()
    def _enter(self) -> None:
        typed = self.line.text()
        if self._person is None or not typed or not self.line.isEnabled():
            return
        if self._left and pins.tidy(typed).isdigit():  # letters are the recovery code, which passes the wait
            self.line.selectAll()
            return
        if self._step == "pin":
            self._hold(True)
            self.entered.emit(self._person.person_id, typed)
        elif self._step == "new":
            self._first = typed
            self._ask("again")
        elif pins.tidy(typed) != pins.tidy(self._first):
            self._ask("new")
            self._say(_("Hai lần gõ khác nhau. Hãy chọn lại."))
        else:
            self._hold(True)
            self.chosen.emit(self._person.person_id, self._code, typed)

    def code(self) -> str:
        """What stands in the field."""
        return self.line.text()

    def _press(self, key: str) -> None:
        if key == "↵":
            self._enter()
        elif key == "⌫":
            self.line.backspace()
        elif self.line.isEnabled():
            self.line.insert(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where letters are large for the window the pad gives way: digits can be typed."""
        super().resizeEvent(event)
        px = theme.now().px
        self.pad.setVisible(self.height() >= px(PAD_FROM))
        self.side.setFixedWidth(min(px(330), self.width() * 2 // 5))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.names.isEnabled():
            self.show_people(self._people)
        else:
            super().keyPressEvent(event)

    def _hold(self, busy: bool) -> None:
        """Take no keys while a PIN is looked at."""
        self.names.setEnabled(not busy)
        self.line.setEnabled(not busy)
        self.enter.setEnabled(not busy)
        if not busy:
            self.line.setFocus()

    def _say(self, words: str) -> None:
        if words or not self._left:
            self.words.setText(words)
            restyle(self.line, wrong="true" if words else "false")

    @Slot()
    def _count_down(self) -> None:
        self._left = max(0, self._left - 1)
        if self._left:
            self._say_wait()
        else:
            self._tick.stop()
            self._say("")

    def _say_wait(self) -> None:
        self._say(_("Mã PIN chưa đúng. Thử lại sau {seconds} giây; quên mã thì nhờ thư ký cấp mã mới.", seconds=self._left))
