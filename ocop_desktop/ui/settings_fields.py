"""Fields only the settings page needs: a folder, points, the pattern of a certificate's number."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui.form import NumberField, TextField
from ocop_desktop.ui.widgets import button, row

_NUMBER = re.compile(r"\{number(?::(?:0(\d))?d?)?\}")
_YEAR = re.compile(r"\{year(?::[^}]*)?\}")
_NUMBER_WORDS = re.compile(r"\[(?:số|number)(?:[ ,]+([2-9])[^\]]*)?\]")
_YEAR_WORDS = re.compile(r"\[(?:năm|year)\]")


class FolderField(TextField):
    """A folder, typed or chosen."""

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__(title, hint)
        self.choose = button(_("Chọn thư mục…"), self._ask)
        box: Any = self.layout()
        place = box.indexOf(self.line)
        box.removeWidget(self.line)
        box.insertLayout(place, row(self.line, self.choose, space=8))

    def _ask(self) -> None:
        dialog = QFileDialog(self, _("Chọn thư mục"), self.value())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def take(self, folder: str) -> None:
        """Take a chosen folder."""
        self.line.setText(folder)
        self._keep()


class PointsField(NumberField):
    """Points, kept exact: "10", "0,5"."""

    def read(self, words: str) -> Any:
        if not re.fullmatch(r"\d{1,3}([.,]\d{1,2})?", words):
            raise ValueError(words)
        value = Fraction(words.replace(",", "."))
        if not self.lowest <= value <= self.highest:
            raise ValueError(words)
        return value

    def wrong(self) -> bool:
        return not self.line.text().strip() or super().wrong()

    def write(self, value: Fraction | int) -> str:
        whole = Fraction(value)
        return text.points(whole, 0 if whole.denominator == 1 else 2 if (whole * 10).denominator > 1 else 1)

    def complaint(self) -> str:
        return _("Cần một số điểm từ {lowest} đến {highest}, ví dụ 0,5", lowest=self.lowest, highest=self.highest)


class PatternField(TextField):
    """The pattern of a certificate's number, written with [số] and [năm], and an example that follows the typing.

    Args:
        year: the year of the example.
    """

    def __init__(self, title: str, year: int) -> None:
        self._year = year
        super().__init__(title)
        self.line.textChanged.connect(self._show_example)

    def value(self) -> str:
        return _stored(super().value())

    def wrong(self) -> bool:
        return bool(self.line.text().strip()) and not _NUMBER.search(self.value())

    def _show(self, value: Any) -> None:
        super()._show(_shown(value or ""))

    @Slot()
    def _show_example(self) -> None:
        self.set_error("")
        pattern = self.value()
        first, second = (_example(pattern, number, self._year) for number in (7, 8))
        self._hint = (_("Mẫu phải có [số] hoặc [số 2 chữ số]") if self.wrong()
                      else _("Ví dụ: {first}, rồi {second}", first=first, second=second))
        self.note.setText(self._hint)
        self.note.show()

    def _keep(self) -> None:
        super()._keep()
        if self.wrong():
            self.set_error(_("Mẫu phải có [số] hoặc [số 2 chữ số]; mẫu cũ vẫn được giữ"))


def _shown(pattern: str) -> str:
    """A stored pattern as people read it: "{number:02d}-{year}" -> "[số 2 chữ số]-[năm]"."""
    words = _NUMBER.sub(lambda m: _("[số {digits} chữ số]", digits=m[1]) if m[1] and m[1] != "1" else _("[số]"), pattern)
    return _YEAR.sub(_("[năm]"), words).replace("{{", "{").replace("}}", "}")


def _stored(words: str) -> str:
    """What is kept of a pattern as people write it; the words of both languages are understood."""
    pattern = words.replace("{", "{{").replace("}", "}}")
    pattern = _NUMBER_WORDS.sub(lambda m: f"{{number:0{m[1]}d}}" if m[1] else "{number}", pattern)
    return _YEAR_WORDS.sub("{year}", pattern)


def _example(pattern: str, number: int, year: int) -> str:
    words = _NUMBER.sub(lambda m: f"{number:0{m[1] or 1}d}", pattern)
    return _YEAR.sub(str(year), words).replace("{{", "{").replace("}}", "}")
