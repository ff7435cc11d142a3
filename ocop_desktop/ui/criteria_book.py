"""What a decision says besides its sets: rank lines, parts, validity; for those kept as history this is all there is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.rulebook import Rulebook
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.criteria_wording import attached_words
from ocop_desktop.ui.widgets import Card, LinkLabel, Stars, clear, column, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.rulebook_packs import Line
    from ocop_desktop.actions.wording import Attached


class BookCard(Card):
    """One decision on a sheet that scrolls."""

    compare_wanted = Signal(str, str)  # ids of two versions, the earlier one first
    detach_wanted = Signal()  # the law's own words are to be taken away

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.versions: QVBoxLayout = column(space=8)
        self.attached: Attached | None = None  # the law's document, for the next ``show_book``
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

    def show_book(self, book: Rulebook, current: bool) -> None:
        """Show a decision; ``current``: new dossiers are scored by it."""
        clear(self.inside)
        name = _("Quyết định {law}, bản {version}", law=book.decision, version=book.version) if book.version > 1 else \
            _("Quyết định {law}", law=book.decision)
        self.inside.addWidget(label(name, "strong", wrap=True))
        if not book.heads:
            words = _("Giữ làm lịch sử của hồ sơ và giấy chứng nhận đã cấp: có mức điểm, các phần và thời hạn, không có bộ "
                      "tiêu chí để đọc hay để chấm.")
            self.inside.addWidget(label(words, "quiet", wrap=True))
        elif current:
            self.inside.addWidget(label(_("Hồ sơ mới được chấm theo quyết định này."), "", "main", wrap=True))
        if self.attached is not None:
            across = row(label(attached_words(self.attached), wrap=True), LinkLabel(_("Gỡ"), self.detach_wanted.emit), space=16)
            across.setStretch(0, 1)
            self.inside.addLayout(across)
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
        self.versions = column(space=8)
        self.inside.addLayout(self.versions)
        self.inside.addStretch(1)

    def show_versions(self, lines: Sequence[Line]) -> None:
        """Show the versions of the decision on show: when, who, why; each compared with the one before."""
        clear(self.versions)
        if len(lines) < 2:
            return
        self.versions.addWidget(line())
        self.versions.addWidget(label(_("Các bản"), "bold"))
        for before, one in zip((None, *lines), lines, strict=False):
            words = label(_version_words(one), wrap=True)
            link = LinkLabel(_("So với bản trước"), partial(self.compare_wanted.emit, before.id, one.id)) if before else None
            across = row(words, link, space=16)
            across.setStretch(0, 1)
            self.versions.addLayout(across)

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


def _version_words(one: Line) -> str:
    if one.made_at is None:
        return _("Bản {version}: như đã công bố, có hiệu lực từ {day}", version=one.version, day=text.date(one.in_force))
    said = _("Bản {version}: {reason} · {who} lưu ngày {day}, {count} chỗ khác bản trước", version=one.version, reason=one.reason,
             who=one.made_by or "–", day=text.date(one.made_at.date()), count=text.number(one.differences))
    if one.accepted:
        return said + "\n" + _("Nhận kèm {count} lỗi: {why}", count=text.number(one.accepted), why=one.accepted_why)
    return said


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
