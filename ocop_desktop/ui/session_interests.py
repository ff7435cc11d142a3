"""Hints that a member may have an interest in a producer: each answered by "does not score" or put aside for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.parts import PushButton
from ocop_desktop.ui.widgets import Card, button, clear, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.attendance import Interest

NARROWEST = 120  # pixels at 100 % a suggested reason may be squeezed to
SHOWN = 3  # at once; answering one brings up the next
SHARED = {"name": N_("cùng tên người đại diện"), "phone": N_("cùng số điện thoại {shared}"), "address": N_("cùng địa chỉ"),
          "organisation": N_("cùng tổ chức")}
REASONS = (N_("Có lợi ích liên quan đến chủ thể"), N_("Có người thân ở chủ thể"), N_("Cùng tổ chức với chủ thể"))


class InterestsCard(Card):
    """Shown while there are hints nobody answered."""

    recusal_wanted = Signal(object)  # Interest
    dismissed = Signal(object)  # Interest

    def __init__(self) -> None:
        super().__init__(" ")
        self.list = QVBoxLayout()
        self.list.setSpacing(theme.now().px(8))
        self.body.addLayout(self.list)
        self.found: tuple[Interest, ...] = ()
        self.hide()

    def set_interests(self, found: Sequence[Interest]) -> None:
        """Show hints; hidden when there are none."""
        self.found = tuple(found)
        clear(self.list)
        self.heading.setText(_("Có thể không nên chấm ({count})", count=len(found)))
        for one in found[:SHOWN]:
            self.list.addWidget(self._line(one))
        if len(found) > SHOWN:
            self.list.addWidget(label(_("và {count} gợi ý nữa", count=len(found) - SHOWN), "quiet"))
        self.setVisible(bool(found))

    def _line(self, one: Interest) -> QWidget:
        made = QWidget()
        words = _("{member} ({agency}) và {producer}: {what}", member=one.member, agency=one.agency, producer=one.producer,
                  what=_(SHARED[one.kind], shared=one.shared) if one.kind == "phone" else _(SHARED[one.kind]))
        told = label(words, wrap=True)
        yes = button(_("Ghi không chấm…"), lambda: self.recusal_wanted.emit(one), small=True)
        no = button(_("Bỏ qua gợi ý"), lambda: self.dismissed.emit(one), "quiet", small=True)
        inside = row(told, yes, no, space=8)
        inside.setStretch(0, 1)
        inside.setContentsMargins(0, 0, 0, 0)
        made.setLayout(inside)
        return made


class _Suggestion(PushButton):
    """A reason as a button whose words take as many lines as they need. (Qt's own button cuts them off.)"""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setProperty("kind", "quiet")
        self.setProperty("size", "small")
        self.setAccessibleName(words)
        fit = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # a button's own is never narrower
        fit.setHeightForWidth(True)
        self.setSizePolicy(fit)
        self.words = label(words, wrap=True)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(theme.now().px(10), theme.now().px(4), theme.now().px(10), theme.now().px(4))
        self._inside.addWidget(self.words)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = self._inside.contentsMargins()
        return self.words.heightForWidth(width - room.left() - room.right()) + room.top() + room.bottom()

    def sizeHint(self) -> QSize:
        room = self._inside.contentsMargins()
        wide = self.words.fontMetrics().horizontalAdvance(self.words.text()) + room.left() + room.right() + theme.now().px(4)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        wide = min(theme.now().px(NARROWEST), self.sizeHint().width())
        return QSize(wide, self.heightForWidth(self.sizeHint().width()))


class Suggestions(QWidget):
    """Reasons often given; pressing one writes it into the line."""

    chosen = Signal(str)

    def __init__(self, words: Sequence[str] = ()) -> None:
        super().__init__()
        self._flow = Flow(space=6)
        self.setLayout(self._flow)
        self._fill(words)  # shown by whoever puts it in a place: without one it would be a window

    def offer(self, words: Sequence[str]) -> None:
        """Offer other reasons; hidden without any."""
        self._fill(words)
        self.setVisible(bool(words))

    def _fill(self, words: Sequence[str]) -> None:
        clear(self._flow)
        for one in words:
            made = _Suggestion(one)
            made.clicked.connect(lambda _on=False, one=one: self.chosen.emit(one))
            self._flow.addWidget(made)
