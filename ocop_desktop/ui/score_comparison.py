"""Self-score, advisory team and council beside each other: totals first, then the criteria that differ most."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from ocop_desktop import text
from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import Card, LinkLabel, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.side_by_side import SideBySide, SideLine

COLUMNS = (
    Column("code", N_("Mã"), 62, sortable=False),
    Column("name", N_("Khác nhau nhiều nhất trước"), 200, sortable=False, stretch=True),
    Column("own", N_("Tự chấm"), 92, "right", look="figures", sortable=False),
    Column("advisory", N_("Tổ tư vấn"), 124, "right", look="figures", sortable=False),
    Column("council", N_("Hội đồng"), 92, "right", look="figures", sortable=False),
    Column("comment", N_("Nhận xét của Tổ tư vấn"), 190, sortable=False),
)
PLACES = {column.key: place for place, column in enumerate(COLUMNS)}
NARROW = 740  # pixels at 100 % under which comments give way


class ComparisonCard(Card):
    """The table with the line that says how much is folded away. Pressed, a criterion is opened."""

    opened = Signal(str)  # code

    def __init__(self) -> None:
        super().__init__(" ", flush=True)  # headed by the columns it shows
        px = theme.now().px
        self.model = FedTable(COLUMNS, sorts_itself=False)
        self.model.tint = lambda line, key: "warn" if key in line["odd"] else None
        self.table = TableView(self.model, compact=True)
        self.table.setStyleSheet("QTableView { border: none; }")  # the card around it has one
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.opened.connect(lambda line: self.opened.emit(line["code"]) if line["code"] else None)
        self.rest = label("", "quiet", wrap=True)
        self.more = LinkLabel("", self._turn)
        self.body.addWidget(self.table)
        foot = row(self.rest, self.more, space=8)
        foot.setStretch(0, 1)
        foot.setContentsMargins(px(18), px(8), px(14), px(10))
        self.body.addLayout(foot)
        self._found: SideBySide | None = None
        self._all = False

    def show_scores(self, found: SideBySide) -> None:
        """Show another comparison; hidden where nobody has scored."""
        self._found = found
        self.setVisible(found.any)
        if found.any:
            self._feed(found)

    def _feed(self, found: SideBySide) -> None:
        lines = found.lines if self._all else tuple(line for line in found.lines if line.apart > 0)
        total = {"code": "", "name": _("Tổng điểm"), "own": _points(found.own, found.digits), "comment": "", "odd": (),
                 "advisory": _points(found.advisory, found.digits), "council": _points(found.council, found.digits)}
        self.model.set_rows([total, *(self._line(line, found.digits) for line in lines)])
        shown = [key for key in ("own", "advisory", "council") if getattr(found, key) is not None]
        for key in ("own", "advisory", "council"):
            self.table.setColumnHidden(PLACES[key], key not in shown)
        self.heading.setText(", ".join(_(COLUMNS[PLACES[key]].title) for key in shown))
        self.table.setAccessibleName(self.heading.text())
        self._fit()
        left = len(found.lines) - len(lines)
        words = [] if found.council is not None else [_("Điểm của Hội đồng hiện sau khi chốt kết quả.")]
        words += [_folded(found, left, len(lines))] if left else []
        self.rest.setText(" ".join(words))
        self.more.setText(_("Chỉ hiện chỗ khác nhau") if self._all else _("Hiện tất cả"))
        self.more.setVisible(self._all or bool(left))

    def _line(self, line: SideLine, digits: int) -> dict[str, object]:
        return {"code": line.code, "name": line.name.said(text.language()), "own": _points(line.own, digits),
                "advisory": _points(line.advisory, digits), "council": _points(line.council, digits),
                "comment": " ".join(line.comment.split()), "odd": _odd(line)}

    def _fit(self) -> None:
        comments = self._found is not None and any(line.comment for line in self._found.lines)
        self.table.setColumnHidden(PLACES["comment"], not comments or self.width() < theme.now().px(NARROW))
        high = self.table.horizontalHeader().sizeHint().height() + self.table.verticalHeader().length() + 2
        self.table.setFixedHeight(high)  # the page scrolls, not the table in it

    def _turn(self) -> None:
        self._all = not self._all
        if self._found is not None:
            self._feed(self._found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the comments out where the table is narrow."""
        super().resizeEvent(event)
        self._fit()


def _folded(found: SideBySide, left: int, shown: int) -> str:
    if sum(total is not None for total in (found.own, found.advisory, found.council)) < 2:
        return _("Mới một bên chấm nên chưa so sánh được.")
    return _("{count} tiêu chí còn lại giống nhau.", count=left) if shown else _("Cả {count} tiêu chí giống nhau.", count=left)


def _odd(line: SideLine) -> tuple[str, ...]:
    """Whose points are at least 1 away from the council's; without the council's, both where they differ."""
    if line.council is None:
        return ("own", "advisory") if line.apart >= 1 else ()
    given = {"own": line.own, "advisory": line.advisory}
    return tuple(key for key, points in given.items() if points is not None and abs(points - line.council) >= 1)


def _points(value: int | Fraction | None, digits: int) -> str:
    return "–" if value is None else text.points(Fraction(value), digits)
