"""The right of the results page: what the council has to conclude, each with its buttons and its reason in place."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.scoring import shortage_shown
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.code_words import CodeWords
from ocop_desktop.ui.widgets import Card, LinkLabel, Pill, button, clear, column, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.result_view import MatterView, ResultView
    from ocop_desktop.rules.council import Value


class MatterBox(QWidget):
    """One matter: what it is, what the ballots say, buttons; where a reason is needed its line opens below."""

    concluded = Signal(str, str, object, str)  # kind, code, value, reason
    taken_back = Signal(str, str)
    reopen_wanted = Signal(str)  # reason: the members of the pairs score again
    code_wanted = Signal(str)

    def __init__(self, found: MatterView, view: ResultView) -> None:
        super().__init__()
        self.found, self._view = found, view
        self._value: Value | None = None
        self._reopening = False
        self.buttons: dict[Value, QPushButton] = {}
        self.reason, self.save = QLineEdit(), button(_("Lưu kết luận"), self._save, small=True)
        self.reason.setPlaceholderText(_("Lý do (ghi vào biên bản)"))
        self.reason.setAccessibleName(_("Lý do"))
        self.reason.textChanged.connect(self._allow)
        self.reason.returnPressed.connect(self._save)
        self.box = column(space=6)
        self.setLayout(self.box)
        self._head()
        if found.conclusion is not None:
            self._show_conclusion()
        elif view.stage == "open" and view.session_status == "open":
            self._offer()

    @property
    def key(self) -> tuple[str, str]:
        """Which matter it is."""
        return self.found.matter.kind, self.found.matter.code

    @property
    def item_id(self) -> int:
        """Whose matter it is."""
        return self._view.item_id

    def typed(self) -> tuple[Value | None, bool, str] | None:
        """A reason begun but not saved, to be taken over when the page is read again."""
        return (self._value, self._reopening, self.reason.text()) if self.reason.isVisible() else None

    def take_over(self, typed: tuple[Value | None, bool, str] | None) -> None:
        """Go on with a reason begun before the page was read again, where it can still be given."""
        if typed is None or self.found.conclusion is not None or not (self.buttons or typed[1]):
            return
        self._value, self._reopening = typed[0], typed[1]
        self.reason.setText(typed[2])
        self._ask(_("Mở lại phiếu") if self._reopening else _("Lưu kết luận"))

    def _head(self) -> None:
        words, tone = _kind(self.found)
        head = row(Pill(words, tone), 1)
        self.box.addLayout(head)
        for words, codes in _sentences(self.found, self._view):
            sentence = CodeWords(words, codes)
            sentence.wanted.connect(self.code_wanted)
            self.box.addWidget(sentence)

    def _offer(self) -> None:
        many = len(self.found.matter.values) > 2
        choices = column(space=6) if many else row(space=8)
        if self.found.matter.kind == "spread" and not self.found.may_conclude:
            self.again = button(_("Chấm lại…"), self._reopen, small=True)
            choices.addWidget(self.again)
        else:
            for value in self.found.matter.values:
                made = button(_value_words(self.found, value), small=True)
                made.clicked.connect(lambda _on=False, value=value: self._choose(value))
                self.buttons[value] = made
                choices.addWidget(made)
        if not many:
            choices.addStretch(1)
        self.box.addLayout(choices)
        self.box.addWidget(self.reason)
        self.box.addLayout(row(self.save, 1))
        self.reason.hide()
        self.save.hide()

    def _show_conclusion(self) -> None:
        made = self.found.conclusion
        if made is None:
            return
        said = _("Đã kết luận: {value}.", value=_value_words(self.found, made.value))
        self.box.addWidget(label(said, "bold", "main", wrap=True))
        if made.reason:
            self.box.addWidget(label(made.reason, "quiet", wrap=True))
        if self._view.stage == "open" and self._view.session_status == "open":
            matter = self.found.matter
            self.box.addWidget(LinkLabel(_("Kết luận lại"), lambda: self.taken_back.emit(matter.kind, matter.code)))

    def _choose(self, value: Value) -> None:
        matter = self.found.matter
        if matter.proposed is not None and value == matter.proposed:
            self.concluded.emit(matter.kind, matter.code, value, "")
            return
        self._value, self._reopening = value, False
        self._ask(_("Lưu kết luận"))

    def _reopen(self) -> None:
        self._reopening = True
        self._ask(_("Mở lại phiếu"))

    def _ask(self, verb: str) -> None:
        self.save.setText(verb)
        self._allow()
        self.reason.show()
        self.save.show()
        self.reason.setFocus()

    @Slot()
    def _allow(self) -> None:
        self.save.setEnabled(bool(self.reason.text().strip()))

    @Slot()
    def _save(self) -> None:
        reason, matter = self.reason.text().strip(), self.found.matter
        if not reason:
            return
        if self._reopening:
            self.reopen_wanted.emit(reason)
        elif self._value is not None:
            self.concluded.emit(matter.kind, matter.code, self._value, reason)


class MattersCard(Card):
    """All matters of a dossier, with how many are left."""

    concluded = Signal(str, str, object, str)
    taken_back = Signal(str, str)
    reopen_wanted = Signal(str)
    code_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(" ")
        self.list = QVBoxLayout()
        self.list.setSpacing(theme.now().px(12))
        self.body.addLayout(self.list)
        self.boxes: list[MatterBox] = []

    def set_view(self, view: ResultView) -> None:
        """Show a result's matters; hidden where there are none."""
        self.setVisible(bool(view.matters))
        left = len(view.open_matters)
        shown = _now_due(view)
        waits = view.stage == "open" and left
        self.heading.setText(_("Cần kết luận ({count})", count=left) if waits else _("Kết luận của Hội đồng"))
        typed = {b.key: b.typed() for b in self.boxes if b.item_id == view.item_id}
        clear(self.list)
        self.boxes = []
        for place, found in enumerate(shown):
            if place:
                self.list.addWidget(line())
            box = MatterBox(found, view)
            box.concluded.connect(self.concluded)
            box.taken_back.connect(self.taken_back)
            box.reopen_wanted.connect(self.reopen_wanted)
            box.code_wanted.connect(self.code_wanted)
            box.take_over(typed.get(box.key))
            self.boxes.append(box)
            self.list.addWidget(box)
        self._offer_all(view, shown)
        if len(shown) < len(view.matters):
            later = len(view.matters) - len(shown)
            self.list.addWidget(label(_("{count} việc khác kết luận sau khi hết chênh lệch.", count=later), "quiet", wrap=True))

    def _offer_all(self, view: ResultView, shown: Sequence[MatterView]) -> None:
        """One button for several gates that the working rules decide already."""
        due = [m for m in shown if m.matter.kind == "gate" and m.conclusion is None and m.matter.proposed is not None]
        self.all = button(_("Theo quy chế cả {count} mức", count=len(due)), lambda: self._conclude_all(due), small=True)
        if len(due) > 1 and view.stage == "open" and view.session_status == "open":
            self.list.addWidget(line())
            self.list.addWidget(self.all)

    def _conclude_all(self, due: Sequence[MatterView]) -> None:
        for found in due:
            self.concluded.emit("gate", found.matter.code, found.matter.proposed, "")


def _now_due(view: ResultView) -> tuple[MatterView, ...]:
    """Matters to show: while a spread is open only it and an exclusion, for a second score makes other conclusions void."""
    if any(m.matter.kind == "spread" and m.conclusion is None for m in view.matters):
        return tuple(m for m in view.matters if m.matter.kind in ("spread", "exclusion"))
    return view.matters


class SpreadCard(Card):
    """Highest and lowest total, and whether that is within the limit."""

    def __init__(self) -> None:
        super().__init__(_("Chênh lệch"))
        self.said, self.pill = label("", wrap=True), Pill()
        self.body.addWidget(self.said)
        self.body.addLayout(row(self.pill, 1))

    def set_view(self, view: ResultView) -> None:
        """Show the spread of a result."""
        self.setVisible(view.outcome is not None)
        if view.outcome is None:
            return
        totals = view.outcome.totals.values()
        self.said.setText(_("Cao nhất {high}, thấp nhất {low}: {points} điểm", high=max(totals), low=min(totals),
                            points=view.outcome.spread_max))
        limit = text.points(view.working.spread)
        over = bool(view.outcome.spread_over)
        self.pill.set(_("vượt giới hạn {limit}", limit=limit) if over else _("trong giới hạn {limit}", limit=limit),
                      "warn" if over else "ok")


def _kind(found: MatterView) -> tuple[str, str]:
    match found.matter.kind:
        case "exclusion":
            return _("Đề nghị loại hồ sơ"), "bad"
        case "spread":
            return _("Chênh lệch {points} điểm", points=found.matter.points), "warn"
        case "gate":
            stars = [str(v) for v in found.matter.values[:-1]]
            return _("Mức tối thiểu {stars} sao", stars=", ".join(reversed(stars))), "warn"
    return _("Gần ngưỡng"), "warn"


def _sentences(found: MatterView, view: ResultView) -> list[tuple[str, tuple[str, ...]]]:
    """What is to be known of a matter, each sentence with the codes of criteria in it."""
    matter = found.matter
    if matter.kind == "exclusion":
        told = [_("{count} trên {all} phiếu nêu lý do loại:", count=found.support.get(True, 0), all=found.ballots)]
        told += [_("{member}: {reason}", member=e.member, reason=e.reason) for e in found.raised]
        return [(words, ()) for words in told]
    if matter.kind == "spread":
        return _spread_sentences(found, view)
    if matter.kind == "gate":
        name = found.name.said(text.language()) if found.name else ""
        told = [_("{stars} sao: {yes} phiếu đạt, {no} phiếu chưa đạt.", stars=value, yes=found.support[value],
                  no=found.ballots - found.support[value]) for value in matter.values[:-1]]
        return [(f"{matter.code} {name}", (matter.code,)), *((words, ()) for words in told)]
    return [(_near_line(found, view), ())]


def _spread_sentences(found: MatterView, view: ResultView) -> list[tuple[str, tuple[str, ...]]]:
    short = {v.label: v.short for v in view.votes}
    told: list[tuple[str, tuple[str, ...]]] = [
        (_("{a} và {b}: {points} điểm", a=short[a], b=short[b], points=points), ()) for a, b, points in found.pairs[:3]]
    if len(found.pairs) > 3:
        told.append((_("và {count} cặp nữa", count=len(found.pairs) - 3), ()))
    if found.apart:
        told.append((_("Khác nhau nhất ở {codes}.", codes=", ".join(found.apart)), tuple(found.apart)))
    if not found.may_conclude:
        told.append((_("Trao đổi rồi chấm lại; phiếu đầu vẫn được giữ."), ()))
    return told


def _near_line(found: MatterView, view: ResultView) -> str:
    if view.outcome is None:
        return ""
    line, mean, digits = found.matter.line, view.outcome.mean, view.working.digits
    if mean < line:
        short = text.points(Fraction(shortage_shown(line, mean, digits)), digits)
        return _("Thiếu {points} điểm so với {line}. Hội đồng đã xem lại?", points=short, line=line)
    if mean == line:
        return _("Vừa đúng {line} điểm. Hội đồng đã xem lại?", line=line)
    return _("Hơn {line} chỉ {points} điểm. Hội đồng đã xem lại?", points=text.points(mean - line, digits), line=line)


def _value_words(found: MatterView, value: Value) -> str:
    matter = found.matter
    match matter.kind:
        case "exclusion":
            return _("Loại") if value is True else _("Không loại")
        case "spread":
            return _("Giữ nguyên điểm")
        case "near_line":
            return _("Đã xem, giữ nguyên")
    if value == matter.values[-1]:
        return _("Chưa đạt")
    return _("Đạt") if len(matter.values) == 2 else _("Đạt {stars} sao", stars=value)
