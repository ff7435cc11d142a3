"""Trao đổi: records cut out for another office, and another office's file taken in after a look at every difference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import N_, _
from ocop_desktop.ui import dossier_suggest, file_dialogs, theme
from ocop_desktop.ui.exchange_words import NEW, about, field_name, said_of, summary_of
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.form import CheckField, Form, KnownField, SearchField, YearField
from ocop_desktop.ui.say import FOOT
from ocop_desktop.ui.table import Column, FedTable
from ocop_desktop.ui.table_view import TableView
from ocop_desktop.ui.widgets import Card, Chips, EmptyState, button, label

if TYPE_CHECKING:
    from ocop_desktop.actions.importing import Batch
    from ocop_desktop.actions.slices import Counted, Cut, SlicePreview
    from ocop_desktop.errors import UserError
    from ocop_desktop.rules.merging import Difference
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

KIND = N_("Tệp trích dữ liệu OCOP (*.trich)")
STATES = {"added": (N_("Thêm mới"), "ok"), "filled": (N_("Điền chỗ trống"), "info"), "kept": (N_("Giữ dữ liệu đang có"), "quiet"),
          "taken": (N_("Lấy theo tệp"), "warn"), "locked": (N_("Không nhận"), "quiet")}


Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Line:
    """One thing the file brings; ``key``: of a field that contradicts, the only lines with a choice."""

    about: str
    what: str
    mine: str
    theirs: str
    state: str
    key: str = ""


class _What(Column):
    def value(self, row: Any) -> Any:
        return row.about, row.what


class _State(Column):
    def value(self, row: Any) -> Any:
        words, tone = STATES[row.state]
        return _(words), tone


COLUMNS = (_What("about", N_("Sản phẩm, chủ thể"), 220, look="two", stretch=True), Column("mine", N_("Đang có"), 190),
           Column("theirs", N_("Trong tệp"), 190), _State("state", N_("Sẽ làm"), 190, look="pill"))


class ExchangePage(QWidget):
    """The cut to send, or the file in hand."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.today: Callable[[], dt.date] = dt.date.today
        self.seen: SlicePreview | None = None
        self._taken: set[str] = set()  # keys of fields to take from the file
        self._rule = ""  # whose words stand where they differ
        self.primary = button(_("Nhận dữ liệu từ tệp…"), self._ask_file, "primary", icon="import")
        self.form = Form()
        self.commune = SearchField(_("Xã, phường"), dossier_suggest.communes(work, self), _("Để trống: mọi xã"),
                                   placeholder=_("Gõ tên xã, phường; không cần dấu"))
        self.form.add("commune", self.commune)
        self.form.add("year", YearField(_("Năm nộp hoặc công nhận"), _("Để trống: mọi năm"), 2000, 2100))
        self.round = KnownField(_("Đợt đánh giá"), _("Để trống: mọi đợt"), _("Chưa có hồ sơ nào ghi đợt này"))
        self.form.add("round", self.round)
        self.form.add("province", CheckField(_("Dữ liệu do cấp tỉnh lập"), _("Nơi nhận sẽ ưu tiên dữ liệu của tỉnh")))
        self.count = label("", "quiet", wrap=True)
        self.send = button(_("Lưu tệp để gửi…"), self._ask_place, icon="export")
        self.head, self.rule = label("", "strong", wrap=True), label("", "quiet", wrap=True)
        self.chips = Chips()
        self.model = FedTable(COLUMNS)
        self.table = TableView(self.model, "programme_exchange", shell.table_store, row_height=52)
        self.keep = button(_("Giữ dữ liệu đang có"), lambda: self._choose(take=False))
        self.take = button(_("Lấy theo tệp"), lambda: self._choose(take=True))
        self.accept = button(_("Nhận vào"), self._accept, "primary", icon="check")
        self.leave = button(_("Thôi"), self._leave, "quiet")
        self._build()

    def _build(self) -> None:
        px = theme.now().px
        self.sending = Card(_("Gửi dữ liệu cho cấp khác"))
        self.sending.body.addWidget(label(_("Tệp có chủ thể, sản phẩm và ảnh, hồ sơ, giấy tờ, điểm tự chấm, các lần công nhận, "
                                            "kiểm tra; hoạt động, kinh phí, chỉ tiêu của cả tỉnh khi không chọn xã và đợt. "
                                            "Không có phiếu chấm của Hội đồng."), "quiet", wrap=True))
        for part in (self.form, self.count):
            self.sending.body.addWidget(part)
        self.sending.body.addLayout(Flow(self.send))
        self.receiving = QWidget()
        self.table.setMinimumHeight(px(220))
        self.table.set_empty(EmptyState("ok", _("Tệp này không có gì khác dữ liệu đang có")))
        inside = QVBoxLayout(self.receiving)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(12))
        inside.addWidget(self.head)
        inside.addWidget(self.rule)
        inside.addWidget(self.chips)
        inside.addWidget(self.table, 1)
        self.keep.setObjectName(FOOT)
        inside.addLayout(Flow(self.keep, self.take, self.accept, self.leave))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.sending)
        box.addWidget(self.receiving, 1)
        box.addStretch(0)
        self.receiving.hide()
        self.form.field("province").set_value(True)
        self.form.on_edited(lambda _key, _value: self._count())
        self.commune.picked.connect(lambda _value: self._count())
        self.chips.chosen.connect(lambda _keys: self._narrow())
        self.table.selectionModel().selectionChanged.connect(lambda *_changed: self._allow())
        self.table.opened.connect(lambda line: self._choose(take=line.state == "kept") if line.key else None)

    def refresh(self) -> None:
        """Count the cut again; a file in hand stays as it was looked at."""
        def rounds(session: Any) -> tuple[str, ...]:
            from ocop_desktop.actions import dossiers

            return dossiers.known_rounds(session)

        self._work.read(self, rounds, self.round.offer, key="rounds")
        if self.seen is None:
            self._count()

    # -- sending ------------------------------------------------------------------------------------------------------

    def _cut(self, session: Any) -> Cut:
        from ocop_desktop.actions import slices

        return slices.cut_of(session, self.commune.value(), self.form.field("year").value(), self.round.value())

    def _count(self) -> None:
        def count(session: Any) -> Counted:
            from ocop_desktop.actions import slices

            return slices.count(session, self._cut(session))

        self._work.read(self, count, self._show_count, key="cut")

    def _show_count(self, found: Counted) -> None:
        more = ((N_("{count} lần kiểm tra"), found.inspections), (N_("{count} hoạt động"), found.activities),
                (N_("{count} khoản kinh phí"), found.funding), (N_("{count} chỉ tiêu"), found.targets))
        told = [_("{count} hồ sơ khớp", count=text.number(found.dossiers)),
                *(_(words, count=text.number(count)) for words, count in more if count)]
        self.count.setText(" · ".join(told))
        self.send.setEnabled(found.any)

    def _ask_place(self) -> None:
        name = _("trich-ocop-{day}", day=f"{self.today():%Y-%m-%d}")
        file_dialogs.to_save(self._shell, self, _("Lưu tệp để gửi"), f"{name}.trich", _(KIND), self.write_slice)

    def write_slice(self, path: Path) -> None:
        """Write the cut into ``path``."""
        province, today = self.form.field("province").value(), self.today()

        def write(session: Any, progress: Progress) -> int:
            from ocop_desktop.actions import slices

            return slices.export(session, self._cut(session), path, province, today, _said(progress))

        self._work.long(self, write, lambda count: self._shell.say.ok(
            _("Đã ghi {count} hồ sơ vào {file}", count=text.number(count), file=path.name)), self._shell.say.error,
            lambda: self._shell.say.info(_("Đã dừng; chưa có tệp nào được ghi.")), keeps=False)

    # -- receiving ----------------------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        file_dialogs.to_open(self._shell, self, _("Nhận dữ liệu từ tệp"), _(KIND), self.look_at)

    def look_at(self, path: Path) -> None:
        """Show what a file would bring; nothing is written."""

        def look(session: Any, progress: Progress) -> SlicePreview:
            from ocop_desktop.actions import slices

            return slices.preview(session, path, _said(progress))

        self._work.long(self, look, self._show, self._shell.say.error, keeps=False)

    def _show(self, seen: SlicePreview) -> None:
        self.seen, self._taken = seen, set(seen.proposed)
        self.head.setText(_("{file}: của {office}, lập ngày {day}", file=seen.path.name,
                            office=seen.content.office or _("nơi gửi chưa ghi tên"), day=text.date(seen.content.made_on)))
        self._rule = (_("Tệp của cấp tỉnh: chỗ khác nhau được đề nghị lấy theo tệp; chọn dòng để giữ dữ liệu đang có.")
                          if seen.theirs_first else
                          _("Chỗ khác nhau giữ dữ liệu đang có, trừ dòng được chọn lấy theo tệp."))
        self.sending.hide()
        self.receiving.show()
        self.primary.setEnabled(False)
        self.chips.choose()
        self._narrow()
        self.table.setFocus()

    def _lines(self) -> list[Line]:
        assert self.seen is not None
        merged = self.seen.merged
        conflicts = [_line(d, "taken" if d.key in self._taken else "kept", d.key) for d in merged.conflicts]
        added = [Line(about(a.entity, a.about), _(NEW[a.entity]), "", summary_of(a), "added") for a in merged.additions]
        return [*conflicts, *added, *(_line(d, "filled") for d in merged.fills), *(_line(d, "locked") for d in merged.locked)]

    def _narrow(self) -> None:
        if self.seen is None:
            return
        lines, chosen, place = self._lines(), self.chips.keys(), self.table.currentIndex().row()
        shown = [line for line in lines if not chosen or line.state in chosen]
        counts = {state: sum(line.state == state for line in lines) for state in STATES}
        self.chips.set_chips([(state, _(words), tone, counts[state]) for state, (words, tone) in STATES.items()
                              if counts[state] or state in chosen])
        self.model.set_rows([])
        self.model.set_rows(shown)
        if shown:
            self.table.selectRow(min(max(place, 0), len(shown) - 1))
        some = any(counts[state] for state in ("added", "filled", "taken"))
        self.accept.setEnabled(some)
        self.rule.setText(self._rule if some or not counts["kept"] else " ".join((self._rule, _(
            "Chưa có gì để nhận: chọn dòng, bấm Lấy theo tệp, rồi mới nhận được."))))
        self._allow()

    def _allow(self) -> None:
        choosable = {line.state for line in self.table.chosen() if line.key}
        self.keep.setEnabled("taken" in choosable)
        self.take.setEnabled("kept" in choosable)

    def _choose(self, take: bool) -> None:
        keys = {line.key for line in self.table.chosen() if line.key}
        self._taken = self._taken | keys if take else self._taken - keys
        self._narrow()
        self.table.setFocus()  # the button just pressed has nothing more to do; the next one would throw the file away

    def _accept(self) -> None:
        seen, taken = self.seen, frozenset(self._taken)

        def accept(session: Any, progress: Progress) -> Batch:
            from ocop_desktop.actions import backups, slices

            assert seen is not None
            backups.before_import(session)
            return slices.accept(session, seen, taken, _said(progress))

        def again(error: UserError | None = None) -> None:
            self.accept.setEnabled(True)
            if error is not None:
                self._shell.say.error(error)
            else:
                self._shell.say.info(_("Đã dừng; chưa có gì được nhận."))

        self.accept.setEnabled(False)
        self._work.long(self, accept, self._accepted, again, again)

    def _accepted(self, batch: Batch) -> None:
        self._leave()
        self._shell.say.ok(_("Đã nhận {file}: thêm {created} mục, sửa {updated} chỗ, giữ nguyên {kept} chỗ khác",
                             file=batch.file_name, created=text.number(batch.counts["created"]),
                             updated=text.number(batch.counts["updated"]), kept=text.number(batch.counts["rejected"])),
                           _("Hoàn tác"), lambda: self._undo(batch.id))

    def _undo(self, batch_id: int) -> None:
        def undo(session: Any) -> None:
            from ocop_desktop.actions import importing

            importing.undo(session, batch_id)

        self._work.save(self, undo, lambda _none: self._shell.say.ok(_("Đã hoàn tác")), self._shell.say.error)

    def _leave(self) -> None:
        self.seen = None
        self.receiving.hide()
        self.sending.show()
        self.primary.setEnabled(True)
        self.primary.setFocus()
        self._count()


def _line(one: Difference, state: str, key: str = "") -> Line:
    return Line(about(one.entity, one.about), field_name(one.entity, one.field), said_of(one.entity, one.field, one.mine),
                said_of(one.entity, one.field, one.theirs), state, key)


def _said(progress: Progress) -> Progress:
    """Progress whose words are translated."""
    return lambda done, total, what: progress(done, total, _(what))
