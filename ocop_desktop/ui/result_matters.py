"""The right of the results page: what the council has to conclude, each with its buttons and its reason in place."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.council import reason_needed
from ocop_desktop.rules.scoring import shortage_shown
from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.code_words import CodeWords
from ocop_desktop.ui.parts import tip
from ocop_desktop.ui.result_spread import pair_sentence, spread_sentences
from ocop_desktop.ui.session_interests import Suggestions
from ocop_desktop.ui.widgets import Card, LinkLabel, Pill, button, clear, column, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.result_view import MatterView, ResultView
    from ocop_desktop.rules.council import Value


# Reasons often given, offered beside the line; the chair's own words do as well.
REASONS = {
    "gate": (N_("Minh chứng trong hồ sơ đầy đủ"), N_("Minh chứng trong hồ sơ chưa đủ"),
             N_("Hội đồng thống nhất theo đa số phiếu")),
    "exclusion": (N_("Đã xác minh, có căn cứ loại"), N_("Đã xác minh, không có căn cứ loại")),
    "spread": (N_("Đã trao đổi, chấm lại, Hội đồng thống nhất giữ điểm"),),
}


class MatterBox(QWidget):
    """One matter: what it is, what the ballots say, buttons; where a reason is needed its line opens below."""

    concluded = Signal(str, str, object, str)  # kind, code, value, reason
    taken_back = Signal(str, str)
    reopen_wanted = Signal(object, str)  # members who score again, reason
    code_wanted = Signal(str)
    asked = Signal(QWidget)  # a reason is asked for; the button that ends it must be seen

    def __init__(self, found: MatterView, view: ResultView) -> None:
        super().__init__()
        self.found, self._view = found, view
        self._value: Value | None = None
        self._reopening = False
        self.buttons: dict[Value, QPushButton] = {}
        self.members: dict[int, QCheckBox] = {}
        self.who = QWidget(self)
        self.who.hide()
        self.suggestions = Suggestions([_(words) for words in REASONS.get(found.matter.kind, ())])
        self.suggestions.hide()
        self.reason, self.save = QLineEdit(), button(_("Lưu kết luận"), self._save, small=True)
        self.reason.setPlaceholderText(_("Lý do (ghi vào biên bản)"))
        self.reason.setAccessibleName(_("Lý do"))
        self.reason.textChanged.connect(self._allow)
        self.reason.returnPressed.connect(self._save)
        self.suggestions.chosen.connect(self.reason.setText)
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
            self._tell(self.box, words, codes)
        if len(self.found.pairs) > 1:
            self._fold_pairs()

    def _tell(self, box: QBoxLayout, words: str, codes: tuple[str, ...]) -> None:
        sentence = CodeWords(words, codes)
        sentence.wanted.connect(self.code_wanted)
        box.addWidget(sentence)

    def _fold_pairs(self) -> None:
        """Every pair too far apart, one press away."""
        self.pairs, inside = QWidget(self), column(space=6)
        for pair in self.found.pairs:
            self._tell(inside, *pair_sentence(pair, self._view))
        self.pairs.setLayout(inside)
        self.pairs.hide()
        self.unfold = LinkLabel(_("Xem cả {count} cặp phiếu", count=len(self.found.pairs)), self._turn_pairs)
        self.box.addWidget(self.unfold)
        self.box.addWidget(self.pairs)

    def _turn_pairs(self) -> None:
        self.pairs.setVisible(self.pairs.isHidden())
        self.unfold.setText(_("Xem cả {count} cặp phiếu", count=len(self.found.pairs)) if self.pairs.isHidden()
                            else _("Thu các cặp phiếu lại"))

    def _choose_members(self) -> QWidget:
        """Ticks for whose ballots are opened again: those of the pairs at first, all with one press."""
        named = {name for pair in self.found.pairs for name in (pair.low, pair.high)}
        apart = {v.label for v in self._view.votes if v.label in named and v.version == 1} or named
        who = QWidget()
        inside = column(space=2)
        inside.setContentsMargins(0, 0, 0, 0)
        for vote in self._view.votes:
            tick = QCheckBox(vote.short.replace("&", "&&"))
            tick.setToolTip(tip(vote.label))
            tick.setChecked(vote.label in apart)
            tick.toggled.connect(self._allow)
            self.members[vote.member_id] = tick
            inside.addWidget(tick)
        inside.addWidget(LinkLabel(_("Mọi thành viên"), self._tick_all))
        who.setLayout(inside)
        return who

    def _tick_all(self) -> None:
        for tick in self.members.values():
            tick.setChecked(True)

    def _offer(self) -> None:
        if self.found.matter.kind == "spread":
            self.who = self._choose_members()
            self.who.hide()
        many = len(self.found.matter.values) > 2
        choices = column(space=6) if many else row(space=8)
        if self.found.matter.kind == "spread" and not self.found.may_conclude:
            self._add_again(choices)
        else:
            if self.found.matter.kind == "spread":
                self._add_again(choices)
            for value in self.found.matter.values:
                made = button(_value_words(self.found, value), small=True)
                made.clicked.connect(lambda _on=False, value=value: self._choose(value))
                self.buttons[value] = made
                choices.addWidget(made)
        if not many:
            choices.addStretch(1)
        self.box.addLayout(choices)
        self.box.addWidget(self.who)
        self.box.addWidget(self.reason)
        self.box.addWidget(self.suggestions)
        self.box.addLayout(row(self.save, 1))
        self.reason.hide()
        self.save.hide()

    def _add_again(self, choices: QBoxLayout) -> None:
        self.again = button(_("Chấm lại…"), self._reopen, small=True)
        choices.addWidget(self.again)

    def _show_conclusion(self) -> None:
        made = self.found.conclusion
        if made is None:
            return
        said = _("Đã kết luận: {value}.", value=_value_words(self.found, made.value))
        self.box.addWidget(label(said, "bold", "main", wrap=True))
        said = " ".join(part for part in (made.reason, _("(chủ trì: {chair})", chair=made.chair) if made.chair else "") if part)
        if said:
            self.box.addWidget(label(said, "quiet", wrap=True))
        if self._view.stage == "open" and self._view.session_status == "open":
            matter = self.found.matter
            self.box.addWidget(LinkLabel(_("Kết luận lại"), lambda: self.taken_back.emit(matter.kind, matter.code)))

    def _choose(self, value: Value) -> None:
        matter = self.found.matter
        if not reason_needed(matter, value):
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
        for part in (self.reason, self.save):
            part.show()
        self.who.setVisible(self._reopening)
        self.suggestions.setVisible(not self._reopening and self.found.matter.kind in REASONS)
        self.reason.setFocus()
        self.asked.emit(self.save)

    @Slot()
    def _allow(self) -> None:
        named = not self._reopening or any(tick.isChecked() for tick in self.members.values())
        self.save.setEnabled(bool(self.reason.text().strip()) and named)

    @Slot()
    def _save(self) -> None:
        reason, matter = self.reason.text().strip(), self.found.matter
        if not reason or not self.save.isEnabled():
            return
        if self._reopening:
            self.reopen_wanted.emit(tuple(m for m, tick in self.members.items() if tick.isChecked()), reason)
        elif self._value is not None:
            self.concluded.emit(matter.kind, matter.code, self._value, reason)


class MattersCard(Card):
    """All matters of a dossier, with how many are left."""

    concluded = Signal(str, str, object, str)
    taken_back = Signal(str, str)
    reopen_wanted = Signal(object, str)
    code_wanted = Signal(str)
    asked = Signal(QWidget)  # a reason is asked for; the button that ends it must be seen

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
            box.asked.connect(self.asked)
            box.take_over(typed.get(box.key))
            self.boxes.append(box)
            self.list.addWidget(box)
        if len(shown) < len(view.matters):
            later = len(view.matters) - len(shown)
            self.list.addWidget(label(_("{count} việc khác kết luận sau khi hết chênh lệch.", count=later), "quiet", wrap=True))


def _now_due(view: ResultView) -> tuple[MatterView, ...]:
    """Matters to show: while a spread is open only it and an exclusion, for a second score makes other conclusions void."""
    if any(m.matter.kind == "spread" and m.conclusion is None for m in view.matters):
        return tuple(m for m in view.matters if m.matter.kind in ("spread", "exclusion"))
    return view.matters


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
        return spread_sentences(found, view)
    if matter.kind == "gate":
        name = found.name.said(text.language()) if found.name else ""
        told = [_("{stars} sao: {yes} phiếu đạt, {no} phiếu chưa đạt.", stars=value, yes=found.support[value],
                  no=found.ballots - found.support[value]) for value in matter.values[:-1]]
        return [(f"{matter.code} {name}", (matter.code,)), *((words, ()) for words in told)]
    return [(_near_line(found, view), ())]


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
