"""The producer's own score (form 02, part III) in the dossier: how far it is, what it comes to, what the next star needs.

It is filled in on the scoring page, with the keys of a ballot; here stands what came of it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.next_steps import NextCard
from ocop_desktop.ui.score_comparison import ComparisonCard
from ocop_desktop.ui.widgets import EmptyState, LinkLabel, Stars, button, clear, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.dossiers import DossierForm
    from ocop_desktop.actions.side_by_side import SideBySide
    from ocop_desktop.rules.answering import SoFar
    from ocop_desktop.rules.next_star import Advice
    from ocop_desktop.rules.rulebook import CriteriaSet
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

MOST_LINKS = 8  # missed conditions named one by one


class Totals(QWidget):
    """What answers come to: total, parts, rank by points, missed conditions, what is left; the button that opens the sheet."""

    opened = Signal(str)  # code of a criterion, or nothing: where one left off

    def __init__(self) -> None:
        super().__init__()
        px = theme.now().px
        self.total, self.of = label("", "strong"), label(_("/ 100 điểm"), "quiet")
        self.parts, self.left = label("", "quiet"), label("", "quiet")
        self.stars = Stars(0, words=True)
        self.by_points = label(_("Theo điểm"), "quiet")
        self.gates = label("", "bold", "warn")
        self.links = row(space=6)
        self.open = button("", lambda: self.opened.emit(""), icon="scoring")
        top = row(self.total, self.of, self.parts, 1, self.by_points, self.stars, space=8)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        box.addLayout(top)
        box.addLayout(row(self.gates, self.links, 1, space=8))
        box.addLayout(row(self.open, self.left, 1))

    def show_score(self, rules: CriteriaSet, found: SoFar, locked: bool) -> None:
        """Show what a sheet comes to."""
        self.total.setText(str(found.total))
        self.parts.setText("   ".join(f"{part} {points}/{rules.part_max[part]}" for part, points in found.parts.items()))
        answered = len(rules.criteria) - len(found.open)
        self.left.setText(_("còn {count} tiêu chí", count=len(found.open)) if found.open else _("đã chấm đủ"))
        self.open.setText(_("Xem bảng chấm") if locked else _("Bắt đầu chấm") if not answered
                          else _("Chấm tiếp") if found.open else _("Xem và sửa bảng chấm"))
        self.stars.set_stars(found.stars)
        for part in (self.by_points, self.stars):
            part.setVisible(bool(answered))
        clear(self.links)
        codes = list(found.missed)
        self.gates.setVisible(bool(codes))
        self.gates.setText(_("Điều kiện {stars} sao còn thiếu:", stars=found.aim))
        for code in codes[:MOST_LINKS]:
            link = LinkLabel(code, partial(self.opened.emit, code))
            link.setAccessibleName(f"{code} {rules.by_code[code].name.said(text.language())}")
            link.setToolTip(rules.by_code[code].name.said(text.language()))
            self.links.addWidget(link)
        if len(codes) > MOST_LINKS:
            self.links.addWidget(label(_("và {count} tiêu chí nữa", count=len(codes) - MOST_LINKS), "quiet"))


class SelfScoreTab(QWidget):
    """State and total, the way to the scoring page, what the next star needs, and the three scores side by side."""

    score_wanted = Signal(str, str)  # sheet ("self", "advisory"), code or nothing
    set_wanted = Signal()

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        px = theme.now().px
        self.totals, self.next, self.comparison = Totals(), NextCard(work, shell), ComparisonCard()
        self.hint = label(_("Chấm bằng bàn phím như phiếu của Hội đồng; minh chứng ghi dưới từng tiêu chí (phím N)."), "quiet",
                          wrap=True)
        self.empty = EmptyState("scoring", _("Chọn bộ sản phẩm để biết các tiêu chí"), _("Chọn bộ sản phẩm"),
                                self.set_wanted.emit)
        self.rows = QWidget()
        inside = QVBoxLayout(self.rows)
        inside.setContentsMargins(px(18), px(14), px(18), px(16))
        inside.setSpacing(px(14))
        for part in (self.totals, self.hint, self.next, self.comparison):
            inside.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.empty)
        box.addWidget(self.rows)
        box.addStretch(1)
        self.totals.opened.connect(lambda code: self.score_wanted.emit("self", code))
        self.comparison.opened.connect(lambda code: self.score_wanted.emit("self", code))

    def show_form(self, form: DossierForm, saved: str = "") -> None:
        """Show how far a dossier's self-score is."""
        rules, counted = form.self_score.rules, form.self_score.so_far
        self.empty.setVisible(rules is None)
        self.rows.setVisible(rules is not None)
        if rules is None or counted is None:
            self.empty.sentence.setText(_("Chọn bộ sản phẩm để biết các tiêu chí") if form.product.set_no is None else
                                        _("Hồ sơ này theo quyết định cũ; chương trình không giữ bộ tiêu chí của quyết định đó"))
            return
        self.totals.show_score(rules, counted, form.self_score_fixed)
        self.hint.setVisible(not form.self_score_fixed)

    def show_scores(self, form: DossierForm, advice: Advice | None, found: SideBySide) -> None:
        """Show what the next star needs by the self-score (until the council has spoken), and the three scores."""
        self.next.show_advice(None if found.council is not None else advice, form.product.name, form.producer.name,
                              dossier_id=form.id)
        self.comparison.show_scores(found)
