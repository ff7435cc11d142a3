"""The fields of forms. Each has ``value``, ``set_value``, ``set_error`` and announces ``edited`` when it is to be kept."""

from __future__ import annotations

import datetime as dt
import re
from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QListView, QPlainTextEdit

from ocop_desktop import text
from ocop_desktop.rules import money
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.elided_box import ElidedBox
from ocop_desktop.ui.field import Field, TextField

__all__ = [
    "TYPING_PAUSE", "CheckField", "ChoiceField", "DateField", "Field", "KnownField", "LongTextField", "MoneyField",
    "NumberField", "SearchField", "TextField",
]

TYPING_PAUSE = 120  # milliseconds of rest before suggestions are asked for


class LongTextField(Field):
    """Several lines of text, kept when left."""

    def __init__(self, title: str, hint: str = "", placeholder: str = "", lines: int = 4) -> None:
        self.area = QPlainTextEdit()
        super().__init__(title, self.area, hint)
        self._kept = ""
        self.area.setPlaceholderText(placeholder)
        self.area.setTabChangesFocus(True)
        self.area.setFixedHeight(theme.now().px(22 * lines + 16))
        self.area.installEventFilter(self)

    def value(self) -> str:
        return self.area.toPlainText().strip()

    def _show(self, value: Any) -> None:
        self.area.setPlainText(value or "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._keep()
        return super().eventFilter(watched, event)


class _Read(TextField):
    """A line of text read as something else; what cannot be read says so and is not announced."""

    sentence = ""

    def __init__(self, title: str, hint: str = "", placeholder: str = "") -> None:
        super().__init__(title, hint, placeholder)
        self._kept = None
        self.line.editingFinished.connect(self._judge)

    @abstractmethod
    def read(self, words: str) -> Any:
        """The value of ``words``; ValueError when they have none."""

    @abstractmethod
    def write(self, value: Any) -> str:
        """The words of a value."""

    @abstractmethod
    def complaint(self) -> str:
        """What to say of words that cannot be read."""

    def value(self) -> Any:
        words = self.line.text().strip()
        try:
            return self.read(words) if words else None
        except ValueError:
            return None

    def wrong(self) -> bool:
        words = self.line.text().strip()
        try:
            return bool(words) and self.read(words) is None
        except ValueError:
            return True

    def _show(self, value: Any) -> None:
        self.line.setText("" if value is None else self.write(value))
        self.line.setCursorPosition(0)

    @Slot()
    def _judge(self) -> None:
        if self.wrong():
            self.set_error(self.complaint())
        else:
            self.set_error("")
            self._show(self.value())


class DateField(_Read):
    """A date typed as dd/mm/yyyy (also 1.2.26, 01022026), or nothing.

    Args:
        earliest, latest: years outside are taken for slips of the hand.
    """

    def __init__(self, title: str, hint: str = "", earliest: int = 1900, latest: int = 2200) -> None:
        self._years = (earliest, latest)
        super().__init__(title, hint, _("ngày/tháng/năm"))

    def read(self, words: str) -> dt.date:
        parts = re.split(r"[/.\-\s]+", words)
        if len(parts) == 1 and re.fullmatch(r"\d{6}|\d{8}", words):
            parts = [words[:2], words[2:4], words[4:]]
        if len(parts) != 3 or not all(p.isascii() and p.isdigit() for p in parts):
            raise ValueError(words)
        if len(parts[0]) == 4:
            parts.reverse()
        day, month, year = (int(p) for p in parts)
        year = year + 2000 if len(parts[2]) == 2 else year
        if not self._years[0] <= year <= self._years[1]:
            raise ValueError(words)
        return dt.date(year, month, day)

    def write(self, value: dt.date) -> str:
        return text.date(value)

    def complaint(self) -> str:
        return _("Không đọc được ngày này; hãy gõ ngày/tháng/năm, ví dụ 05/02/2026")


class NumberField(_Read):
    """A whole number, or nothing.

    Args:
        lowest, highest: what is let in.
    """

    def __init__(self, title: str, hint: str = "", lowest: int = 0, highest: int = 10**12) -> None:
        self.lowest, self.highest = lowest, highest
        super().__init__(title, hint)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    def read(self, words: str) -> int:
        bare = re.sub(r"[\s\u00a0]", "", words)
        if re.fullmatch(r"-?\d{1,3}([.,]\d{3})+", bare):
            bare = re.sub(r"[.,]", "", bare)
        if not re.fullmatch(r"-?[0-9]+", bare) or not self.lowest <= int(bare) <= self.highest:
            raise ValueError(words)
        return int(bare)

    def write(self, value: int) -> str:
        return str(value) if abs(value) < 1000 else text.number(value)

    def complaint(self) -> str:
        return _("Cần một số nguyên từ {lowest} đến {highest}", lowest=self.write(self.lowest), highest=self.write(self.highest))


class YearField(NumberField):
    """A year, or the number of a paper: no dot between its digits."""

    def write(self, value: int) -> str:
        return str(value)


class MoneyField(NumberField):
    """Money in đồng, also typed with its unit: 17.500.000, 17,5 triệu."""

    def __init__(self, title: str, hint: str = "", unit: str = "") -> None:
        super().__init__(f"{title} ({unit or _('đồng')})", hint)

    def read(self, words: str) -> int:
        found = money.read(words)
        if found is None or found.unit is None:
            return super().read(words)
        whole = found.value * found.unit
        if (found.unit > 1 and found.unsure) or whole.denominator > 1:  # "1,250 tỷ" may be either
            raise ValueError(words)
        return super().read(str(whole.numerator))

    def complaint(self) -> str:
        return _("Cần số tiền đến 1.000 tỷ đồng, ví dụ 17.500.000.000 hoặc 17,5 tỷ")


class CheckField(Field):
    """A tick."""

    def __init__(self, title: str, hint: str = "") -> None:
        self.box = QCheckBox(title)
        super().__init__("", self.box, hint)
        self.box.setAccessibleName(title)
        self._kept = False
        self.box.clicked.connect(self._keep)

    def value(self) -> bool:
        return self.box.isChecked()

    def _show(self, value: Any) -> None:
        self.box.setChecked(bool(value))


class ChoiceField(Field):
    """One of a few: (value, words). With ``empty`` none of them may be chosen too."""

    def __init__(self, title: str, choices: Sequence[tuple[Any, str]] = (), hint: str = "", empty: bool = True) -> None:
        self.combo = ElidedBox()
        super().__init__(title, self.combo, hint)
        self._empty = empty
        self.combo.setMinimumContentsLength(8)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMaxVisibleItems(14)
        self.combo.activated.connect(self._keep)
        self.combo.installEventFilter(self)
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer ``choices``; what was chosen stays chosen where it still exists."""
        kept = self.value()
        self.combo.clear()
        if self._empty:
            self.combo.addItem("", None)
        for value, words in choices:
            self.combo.addItem(words, value)
        self._show(kept)

    def value(self) -> Any:
        return self.combo.currentData()

    def _show(self, value: Any) -> None:
        found = next((i for i in range(self.combo.count()) if self.combo.itemData(i) == value), -1)
        self.combo.setCurrentIndex(found if found >= 0 or not self._empty else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.combo.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class KnownField(Field):
    """A line with a list of what others wrote there; anything else may be typed, and is told to be new.

    Args:
        new: quiet words under a value nobody wrote before.
    """

    def __init__(self, title: str, placeholder: str = "", new: str = "") -> None:
        self.combo = QComboBox()
        super().__init__(title, self.combo)
        self._kept, self._known, self._new = "", tuple[str, ...](), new
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setMaxVisibleItems(14)
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.installEventFilter(self)
        self.line = QLineEdit()
        self.combo.setLineEdit(self.line)
        self.line.setPlaceholderText(placeholder)
        completer = QCompleter(self.combo.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.combo.setCompleter(completer)
        self.combo.activated.connect(self._keep)
        self.line.editingFinished.connect(self._keep)
        self.combo.editTextChanged.connect(self._tell_new)

    def offer(self, known: Sequence[str]) -> None:
        """Offer what stands elsewhere; what stands here stays."""
        if tuple(known) == self._known:
            return
        words, self._known = self.combo.currentText(), tuple(known)
        self.combo.clear()
        self.combo.addItems(self._known)
        self.combo.setCurrentIndex(self.combo.findText(words))
        self.combo.setEditText(words)
        self._tell_new()

    @Slot()
    def _tell_new(self) -> None:
        self.set_hint(self._new if self.value() and self.value() not in self._known else "")

    def value(self) -> str:
        return " ".join(self.combo.currentText().split())

    def _show(self, value: Any) -> None:
        self.combo.setCurrentIndex(self.combo.findText(value or ""))
        self.combo.setEditText(value or "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.combo.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class SearchField(TextField):
    """A line with suggestions fetched while typing; what is found need not be spelled with its accents.

    Args:
        search: ``search(words, found)`` looks in the background and calls ``found([(value, words, quiet words)])``.
        free: whether words that were not suggested are a value too (then the value is the words).
    """

    picked = Signal(object)  # value of the suggestion taken

    def __init__(self, title: str, search: Callable[[str, Callable[[Sequence[tuple[Any, str, str]]], None]], None],
                 hint: str = "", placeholder: str = "", free: bool = False) -> None:
        super().__init__(title, hint, placeholder)
        self._search, self._free = search, free
        self._value: Any = None
        self._asked = ""
        self._found: dict[str, tuple[Any, str]] = {}
        self._model = QStringListModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(10)
        self.completer.setWidget(self.line)
        self._popup = QListView()
        self.completer.setPopup(self._popup)
        self.completer.activated.connect(self._take)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._ask)
        self.line.textEdited.connect(self._typed)

    def value(self) -> Any:
        """The value of the suggestion taken; with ``free`` the words typed."""
        return super().value() if self._free else self._value

    def words(self) -> str:
        """What stands in the line."""
        return super().value()

    def set_found(self, value: Any, words: str) -> None:
        """Show a value with its words, without announcing it."""
        self._value = self._kept = value
        super()._show(words)
        self.set_error("")

    def _show(self, value: Any) -> None:
        self._value = value
        super()._show("" if value is None else str(value))

    def wrong(self) -> bool:
        return not self._free and self._value is None and bool(self.words())

    @Slot()
    def _typed(self) -> None:
        self._value = None
        self._pause.start(TYPING_PAUSE)

    @Slot()
    def _ask(self) -> None:
        self._asked = self.words()
        if self._asked:
            asked = self._asked
            self._search(asked, lambda found: self._suggest(asked, found))
        else:
            self._popup.hide()

    def _suggest(self, asked: str, found: Sequence[tuple[Any, str, str]]) -> None:
        if asked != self._asked or not self.line.hasFocus():
            return
        self._found = {f"{words}  ·  {quiet}" if quiet else words: (value, words) for value, words, quiet in found}
        self._model.setStringList(list(self._found))
        if found:
            self.completer.complete()
        else:
            self._popup.hide()

    @Slot(str)
    def _take(self, line: str) -> None:
        value, words = self._found[line]
        QTimer.singleShot(0, self, lambda: self._taken(value, words))

    def _taken(self, value: Any, words: str) -> None:
        self._value = value
        self.line.setText(words)
        self._keep()
        self.picked.emit(value)

    def _keep(self) -> None:
        if self._popup.isVisible():
            return
        if self.wrong():
            self.set_error(_("Hãy chọn một mục trong danh sách gợi ý"))
            return
        super()._keep()
