"""Ballots too far apart: who stands apart in one sentence, every pair, and the card with the highest and the lowest total."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui.widgets import Card, Pill, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.result_view import MatterView, ResultView
    from ocop_desktop.rules.spread import Pair

GAPS = 3  # criteria named


class SpreadCard(Card):
    """Highest and lowest total, and whether that is within the limit."""

    def __init__(self) -> None:
        super().__init__(_("Chênh lệch"))
        self.said, self.pill = label("", wrap=True), Pill()
        self.body.addWidget(self.said)
        self.body.addLayout(row(self.pill, 1))
        self.first = label("", "quiet", wrap=True)
        self.body.addWidget(self.first)

    def set_view(self, view: ResultView) -> None:
        """Show the spread of a result, and what totals were before a second score."""
        self.first.setText(_first_scores(view))
        self.first.setVisible(bool(self.first.text()))
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


def spread_sentences(found: MatterView, view: ResultView) -> list[tuple[str, tuple[str, ...]]]:
    """Who stands apart, in one sentence; where it is no single ballot, the pair furthest apart."""
    told = [_outlier(found, view) or pair_sentence(found.pairs[0], view)] if found.pairs else []
    if not found.may_conclude:
        told.append((_("Trao đổi rồi chấm lại; phiếu đầu vẫn được giữ."), ()))
    return told


def _outlier(found: MatterView, view: ResultView) -> tuple[str, tuple[str, ...]] | None:
    """The one ballot below, or above, all others that are too far apart; None where there is none such, or one pair only."""
    lows, highs = {pair.low for pair in found.pairs}, {pair.high for pair in found.pairs}
    if len(found.pairs) < 2 or min(len(lows), len(highs)) > 1:
        return None
    weight: Counter[str] = Counter()
    for pair in found.pairs:
        weight.update({gap.code: gap.points for gap in pair.gaps})
    codes = tuple(code for code, _points in weight.most_common(GAPS))
    far = [pair.points for pair in found.pairs]
    below = len(lows) == 1
    places = {"count": len(far), "points": f"{min(far)}–{max(far)}" if min(far) < max(far) else f"{far[0]}",
              "member": _short(found.pairs[0].low if below else found.pairs[0].high, view), "codes": ", ".join(codes)}
    return (_("{member} thấp hơn {count} phiếu khác {points} điểm, nhất là ở {codes}.", **places) if below else
            _("{member} cao hơn {count} phiếu khác {points} điểm, nhất là ở {codes}.", **places)), codes


def pair_sentence(pair: Pair, view: ResultView) -> tuple[str, tuple[str, ...]]:
    """One pair with the criteria that separate it."""
    codes = tuple(gap.code for gap in pair.gaps[:GAPS])
    gaps = ", ".join(f"+{gap.points}" for gap in pair.gaps[:GAPS])
    return _("{high} hơn {low} {points} điểm, nhất là ở {codes} ({gaps}).", high=_short(pair.high, view),
             low=_short(pair.low, view), points=pair.points, codes=", ".join(codes), gaps=gaps), codes


def _short(name: str, view: ResultView) -> str:
    return next(vote.short for vote in view.votes if vote.label == name)


def _first_scores(view: ResultView) -> str:
    """Totals before a second score, with the reason for it; empty when nobody scored again."""
    again = [v for v in view.votes if v.earlier]
    if not again or view.outcome is None:
        return ""
    totals = ", ".join(_("{member} {earlier} thành {now}", member=v.short, earlier=", ".join(map(str, v.earlier)),
                         now=view.outcome.totals[v.label]) for v in again)
    reasons = "; ".join(dict.fromkeys(v.reopened_why for v in again if v.reopened_why))
    return _("Chấm lại: {totals}. Lý do: {reason}.", totals=totals, reason=reasons.rstrip("."))
