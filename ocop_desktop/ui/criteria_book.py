"""What a decision says besides its sets: rank lines, parts, validity; for those kept as history this is all there is."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.rulebook import Rulebook
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.widgets import Card, Stars, clear, column, label, line, row


class BookCard(Card):
    """One decision on a sheet that scrolls."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        px = theme.now().px
        inner = QWidget()
        inner.setProperty("kind", "page")
        self.inside = QVBoxLayout(inner)
        self.inside.setContentsMargins(px(18), px(12), px(18), px(16))
        self.inside.setSpacing(px(10))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setAccessibleName(_("Mức điểm và hiệu lực"))
        self.body.addWidget(area)

    def show_book(self, book: Rulebook, name: str, current: bool) -> None:
        """Show a decision; ``current``: new dossiers are scored by it."""
        clear(self.inside)
        self.inside.addWidget(label(name, "strong", wrap=True))
        if not book.heads:
            words = _("Giữ làm lịch sử của hồ sơ và giấy chứng nhận đã cấp: có mức điểm, các phần và thời hạn, không có bộ "
                      "tiêu chí để đọc hay để chấm.")
            self.inside.addWidget(label(words, "quiet", wrap=True))
        elif current:
            self.inside.addWidget(label(_("Hồ sơ mới được chấm theo quyết định này."), "", "main", wrap=True))
        self.inside.addWidget(line())
        self.inside.addLayout(self._facts(book))
        self.inside.addWidget(line())
        self.inside.addWidget(label(_("Điểm trung bình tối thiểu của từng hạng"), "bold", wrap=True))
        self.inside.addLayout(self._lines(book))
        self.inside.addWidget(line())
        self.inside.addWidget(label(_("Các phần"), "bold"))
        self.inside.addLayout(self._parts(book))
        if book.transition and book.transition.note:
            self.inside.addWidget(line())
            self.inside.addWidget(label(_("Chuyển tiếp từ Quyết định {law}", law=book.transition.previous), "bold", wrap=True))
            self.inside.addWidget(label(book.transition.note.said(language()), wrap=True))
        self.inside.addStretch(1)

    def _facts(self, book: Rulebook) -> QGridLayout:
        facts = [(_("Ngày ký"), text.date(book.signed)), (_("Có hiệu lực từ"), text.date(book.in_force)),
                 (_("Sửa đổi bởi"), ", ".join(book.amended_by)),
                 (_("Giấy chứng nhận có giá trị"), _("{count} tháng kể từ ngày cấp", count=book.certificate_months)),
                 (_("Bộ sản phẩm"), str(len(book.heads)) if book.heads else "")]
        return _pairs([(label(words, "quiet"), label(value, wrap=True)) for words, value in facts if value])

    def _lines(self, book: Rulebook) -> QGridLayout:
        return _pairs([(Stars(stars), label(_("từ {points} điểm", points=least) if least else _("dưới {points} điểm",
                                                                                               points=book.lines[stars + 1])))
                       for stars, least in sorted(book.lines.items(), reverse=True)])

    def _parts(self, book: Rulebook) -> QGridLayout:
        said = language()
        return _pairs([(label(_("{count} điểm", count=book.part_max[code])), label(f"{code} · {name.said(said)}", wrap=True))
                       for code, name in book.parts.items()])


def _pairs(pairs: list[tuple[QWidget, QWidget]]) -> QGridLayout:
    px = theme.now().px
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(24))
    grid.setVerticalSpacing(px(6))
    grid.setColumnStretch(1, 1)
    for place, (first, second) in enumerate(pairs):
        grid.addLayout(row(first, 1), place, 0)
        grid.addWidget(second, place, 1)
    return grid


class SetHeadPart(QWidget):
    """The head of the reading: name of the set, where it belongs, what it asks for."""

    def __init__(self) -> None:
        super().__init__()
        px = theme.now().px
        self.name, self.facts = label("", "strong", wrap=True), label("", "quiet", wrap=True)
        inside = column(self.name, self.facts, space=2)
        inside.setContentsMargins(px(16), px(10), px(16), px(10))
        self.setLayout(inside)
