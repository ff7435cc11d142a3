"""The right side of a ballot: total, parts, stars by points; what is missing for the next rank; what is still open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.painted import paint_pill, paint_stars, pill_font, pill_size
from ocop_desktop.ui.scoring_state import BallotState
from ocop_desktop.ui.widgets import LinkLabel, Pill, column, label, line

LINKS = 6  # this many conditions are named; more are shown by their numbers alone


class Totals(QWidget):
    """Total, a thin bar per part, stars by points. Painted, so that a key press shows at once."""

    def __init__(self) -> None:
        super().__init__()
        self._total, self._stars = 0, 0
        self._parts: tuple[tuple[str, int, int], ...] = ()

    def set_state(self, state: BallotState) -> None:
        """Show what a ballot comes to."""
        sums = state.so_far
        self._total, self._stars = sums.total, sums.stars if state.choices else 0
        self._parts = tuple((part, sums.parts[part], most) for part, most in state.rules.part_max.items())
        self.setAccessibleName(_("Tổng tạm tính {total} điểm, theo điểm {stars} sao", total=self._total,
                                 stars=self._stars or "–"))
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.now()
        return QSize(look.px(180), look.px(72 + 42 * max(len(self._parts), 3) + 40))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().px(140), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter, wide = theme.now(), QPainter(self), self.width()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.color("quiet"))
        painter.drawText(QRect(0, 0, wide, look.px(22)), Qt.AlignmentFlag.AlignVCenter, _("Tổng tạm tính"))
        painter.setFont(theme.font(24, QFont.Weight.Bold))
        painter.setPen(look.color("ink"))
        painter.drawText(QRect(0, look.px(22), wide, look.px(44)), Qt.AlignmentFlag.AlignVCenter, str(self._total))
        top = look.px(72)
        for part, points, most in self._parts:
            self._paint_part(painter, QRect(0, top, wide, look.px(42)), part, points, most)
            top += look.px(42)
        painter.fillRect(0, top + look.px(4), wide, 1, look.color("line"))
        self._paint_stars(painter, QRect(0, top + look.px(10), wide, look.px(28)))

    def _paint_part(self, painter: QPainter, rect: QRect, part: str, points: int, most: int) -> None:
        look = theme.now()
        words, bar = rect.adjusted(0, 0, 0, -look.px(18)), QRectF(rect.left(), rect.top() + look.px(27), rect.width(), look.px(6))
        painter.setFont(theme.font())
        painter.setPen(look.color("ink"))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, part)
        painter.setPen(look.color("quiet"))
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(words, right, f"/ {most}")
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
        painter.setPen(look.color("ink"))
        painter.drawText(words.adjusted(0, 0, -look.px(38), 0), right, str(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("line"))
        painter.drawRoundedRect(bar, look.px(3), look.px(3))
        if points:
            bar.setWidth(bar.width() * points / most)
            painter.setBrush(look.color("main"))
            painter.drawRoundedRect(bar, look.px(3), look.px(3))

    def _paint_stars(self, painter: QPainter, rect: QRect) -> None:
        look, words = theme.now(), _("{count} sao", count=self._stars) if self._stars else "–"
        painter.setFont(theme.font())
        painter.setPen(look.color("ink"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, _("Theo điểm"))
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        if not self._stars:
            return
        right = rect.right() - painter.fontMetrics().horizontalAdvance(words) - look.px(6)
        room = right - rect.left() - painter.fontMetrics().horizontalAdvance(_("Theo điểm")) - look.px(4)
        side = min(look.px(12), room // self._stars - look.px(2))
        left = right - self._stars * (side + look.px(2))
        paint_stars(painter, left, rect.top() + rect.height() / 2, self._stars, side)


class GateLink(QAbstractButton):
    """A criterion whose minimum is missed, as a link to it; named or as its number alone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.code, self.words, self.column = "", "", 0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_gate(self, code: str, words: str) -> None:
        """Lead to ``code``; without ``words`` only its number is shown."""
        self.code, self.words = code, words
        self.setAccessibleName(f"{code} {words}".strip())
        self.setVisible(True)
        self.update()

    def pill_width(self) -> int:
        """Pixels the number takes."""
        return pill_size(self.code, pill_font()).width()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        wide = self.pill_width()
        paint_pill(painter, QRect(0, 0, wide, self.height()), self.code, "gold")
        if self.words:
            rest = self.rect().adjusted(max(wide, self.column) + look.px(10), 0, 0, 0)
            font = theme.font()
            font.setUnderline(self.underMouse() or self.hasFocus())
            painter.setFont(font)
            painter.setPen(look.color("info"))
            shown = QFontMetrics(font).elidedText(self.words, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, shown)
        elif self.hasFocus():
            painter.setPen(look.color("info"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class GateLinks(QWidget):
    """The criteria whose minimum is missed."""

    pressed = Signal(str)  # code

    def __init__(self) -> None:
        super().__init__()
        self._links: list[GateLink] = []
        self._gates: tuple[tuple[str, str], ...] = ()

    def set_gates(self, gates: tuple[tuple[str, str], ...]) -> None:
        """Show (code, name) of each."""
        if gates == self._gates:
            return
        self._gates = gates
        while len(self._links) < len(gates):
            made = GateLink(self)
            made.clicked.connect(lambda _on=False, made=made: self.pressed.emit(made.code))
            self._links.append(made)
        for link, (code, words) in zip(self._links, gates, strict=False):
            link.set_gate(code, words if len(gates) <= LINKS else "")
        for link in self._links[len(gates):]:
            link.hide()
        self._place()
        self.setFixedHeight(self._high)

    def links(self) -> tuple[GateLink, ...]:
        """The links on show."""
        return tuple(self._links[:len(self._gates)])

    def _place(self) -> None:
        look, high, gap = theme.now(), theme.now().px(24), theme.now().px(4)
        left = top = 0
        column = max((link.pill_width() for link in self.links()), default=0)
        for link in self.links():
            link.column = column
            wide = self.width() if link.words else link.pill_width()
            if left and left + wide > self.width():
                left, top = 0, top + high + gap
            link.setGeometry(left, top, wide, high)
            left += wide + look.px(6)
        self._high = top + high if self._gates else 0

    def resizeEvent(self, event: object) -> None:
        self._place()
        self.setFixedHeight(self._high)


class Side(QWidget):
    """What the ballot comes to so far; links lead to what is missing."""

    jumped = Signal(str)  # code
    next_open = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.totals, self.gates = Totals(), GateLinks()
        self.gates.pressed.connect(self.jumped)
        self.aim, self.missing = label("", "bold", wrap=True), label("", "quiet", wrap=True)
        self.open = label("", "quiet", wrap=True)
        self.go_open = LinkLabel(_("Đến câu chưa chấm (G)"), self.next_open.emit)
        self.exclusion = Pill(_("Đã đề nghị loại"), "bad")
        top, below = QFrame(), QFrame()
        for card, parts in ((top, (self.totals,)),
                            (below, (self.aim, self.missing, self.gates, self.exclusion, line(), self.open, self.go_open))):
            card.setProperty("kind", "card")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(12))
            inside.setSpacing(look.px(6))
            for part in parts:
                inside.addWidget(part)
        self.setLayout(column(top, below, 1, space=12))

    def set_state(self, state: BallotState) -> None:
        """Show another state of a ballot."""
        sums, said = state.so_far, language()
        self.totals.set_state(state)
        self.aim.setText(_("Điều kiện {stars} sao", stars=sums.aim))
        count, gated = len(sums.missed), any(True for _gate in state.rules.gates(sums.aim))
        if count:
            self.missing.setText(_("còn thiếu {count} mức tối thiểu", count=count))
        else:
            self.missing.setText(_("đủ ở các tiêu chí đã chấm") if gated else _("bộ này không có mức tối thiểu"))
        self.gates.set_gates(tuple((code, state.rules.by_code[code].name.said(said)) for code in sums.missed))
        self.exclusion.setVisible(state.exclusion is not None)
        rest = len(sums.open)
        self.open.setText(_("Còn {count} tiêu chí chưa chấm", count=rest) if rest else _("Đã chấm đủ các tiêu chí"))
        self.go_open.setVisible(rest > 0 and not state.locked)
