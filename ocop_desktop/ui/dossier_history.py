"""The history of a dossier: when, who, what, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.dossier_words import DONE, advisory_state, field_words, value_words
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import EmptyState, column, label

if TYPE_CHECKING:
    from ocop_desktop.actions.dossier_form import DossierForm, EarlierScore, HistoryLine, Source


@dataclass(frozen=True)
class Line:
    """One field of one change."""

    at: str
    who: str
    what: str
    before: str
    after: str


MOST = 4  # sources shown
OTHER = N_("Thay đổi khác")  # a line of a later edition of the program
BY_FIELD = {"field": "", "undone": "", "advisory": "advisory."}  # told field by field; what stands before a field's name
WHOSE = {
    ("dossier", "created"): N_("Hồ sơ lấy"),
    ("dossier", "updated"): N_("Hồ sơ sửa"),
    ("product", "created"): N_("Sản phẩm lấy"),
    ("product", "updated"): N_("Sản phẩm sửa"),
    ("producer", "created"): N_("Chủ thể lấy"),
    ("producer", "updated"): N_("Chủ thể sửa"),
}
COLUMNS = (
    Column("at", N_("Lúc"), 180, look="figures", sortable=False),
    Column("who", N_("Ai"), 150, sortable=False),
    Column("what", N_("Việc"), 220, sortable=False),
    Column("before", N_("Trước"), 150, sortable=False),
    Column("after", N_("Sau"), 150, sortable=False, stretch=True),
)


class HistoryTab(QWidget):
    """A table, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.model = FedTable(COLUMNS, sorts_itself=False)
        self.table = TableView(self.model, compact=True)
        self.table.setStyleSheet("QTableView { border: none; }")  # the card around it has one
        self.table.set_empty(EmptyState("history", _("Chưa có thay đổi nào")))
        self.sources, self.scores = label("", "quiet", wrap=True), label("", "quiet", wrap=True)
        for part in (self.sources, self.scores):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        px = theme.now().px
        told = column(self.sources, self.scores, space=4)
        told.setContentsMargins(px(16), px(10), px(16), px(8))
        self.told = QWidget()
        self.told.setLayout(told)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.told)
        box.addWidget(self.table, 1)

    def show_form(self, form: DossierForm, saved: str = "") -> None:
        """Show where a dossier comes from, and its history."""
        self.sources.setText("\n".join(_source(source) for source in form.sources[:MOST]))
        self.scores.setText("\n".join(_score(score) for score in form.earlier_scores))
        for part in (self.sources, self.scores):
            part.setVisible(bool(part.text()))
        self.told.setVisible(bool(form.sources or form.earlier_scores))
        self.model.set_rows([line for change in form.history for line in _lines(change)])


def _source(source: Source) -> str:
    """"Where does this come from?" in a line."""
    place = _("dòng {row}", row=source.row)
    if source.sheet:
        place = _("trang “{sheet}”, dòng {row}", sheet=source.sheet, row=source.row)
    done = _(WHOSE[source.entity, source.did]) if (source.entity, source.did) in WHOSE else ""
    return _("{what} từ tệp “{file}”, {place}, nhập {time} ngày {date} (mã tệp {hash})", what=done, file=source.file_name,
             place=place if source.row else source.sheet or "–", time=text.clock(source.imported_at),
             date=text.date(source.imported_at.date()), hash=source.sha256[:12])


def _score(score: EarlierScore) -> str:
    comma = "." if text.language() == "en" else ","
    points = ", ".join(f"{agency} {total.replace('.', comma)}" for agency, total in score.totals)
    stars = _("{count} sao", count=score.stars) if score.stars else _("chưa rõ sao")
    return _("Bảng điểm {session}: trung bình {mean}, {stars} ({points})", session=score.session, mean=text.points(score.mean),
             stars=stars, points=points)


def _lines(change: HistoryLine) -> list[Line]:
    at = f"{text.date(change.at.date())} {text.clock(change.at)}"
    who = change.who or _("Chương trình tự ghi")
    done = _("Sửa (đã hoàn tác)") if change.undone else _(DONE.get(change.what, OTHER))
    if change.what not in BY_FIELD:
        before, after = ({field: pair[side] for field, *pair in change.fields} for side in (0, 1))
        return [Line(at, who, done, _state(before), _state(after))]
    part = BY_FIELD[change.what]
    told = [(part + field, before, after) for field, before, after in change.fields]
    return [Line(at, who, f"{done}: {field_words(field)}", value_words(field, before), value_words(field, after))
            for field, before, after in told]


def _state(fields: dict[str, Any]) -> str:
    """How a dossier stood: its state, its stars, the reason given; of a new record its name."""
    stars, proposal = fields.get("stars"), fields.get("proposal")
    said = [value_words("registration.status", fields.get("status")) if fields.get("status") else "",
            _("{count} sao", count=stars) if stars else "", advisory_state(proposal)[0] if proposal else "",
            *(words for key in ("product", "name", "reason") if isinstance(words := fields.get(key), str))]
    return " · ".join(words for words in said if words) or "–"
