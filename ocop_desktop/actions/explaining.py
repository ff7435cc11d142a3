"""Why a dossier has the stars it has, in sentences of the language in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ocop_desktop import text
from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.result_view import ResultView
from ocop_desktop.rules.scoring import Outcome, shortage_shown
from ocop_desktop.text import _


@dataclass(frozen=True)
class Sentence:
    """Words, and the codes of the criteria they name: each leads to its criterion."""

    words: str
    codes: tuple[str, ...] = ()


def explain(view: ResultView) -> tuple[Sentence, ...]:
    """Sentences on a result: what the points give, which conditions are not met, what waits for a conclusion (Articles 3-4)."""
    if view.outcome is None:
        return ()
    return tuple(_excluded(view) if view.excluded else _ranked(view, view.outcome))


def _excluded(view: ResultView) -> Iterator[Sentence]:
    matter = next(m for m in view.matters if m.matter.kind == "exclusion")
    raised = matter.support.get(True, 0)
    if matter.conclusion is None:
        yield Sentence(_("Quá nửa số phiếu đề nghị loại; chờ Hội đồng kết luận."))
    else:
        yield Sentence(_("Hồ sơ bị loại, không phân hạng."))
    yield Sentence(_("{count} trên {all} phiếu nêu lý do loại.", count=raised, all=len(view.votes)))


def _ranked(view: ResultView, outcome: Outcome) -> Iterator[Sentence]:
    lines = rulebooks.rulebook(view.rulebook).lines
    digits = view.working.digits
    if outcome.stars < outcome.stars_by_points:
        codes = tuple(outcome.unmet.get(outcome.stars + 1, ()))
        yield Sentence(_("{points} điểm đủ cho {by_points} sao, nhưng chưa đạt điều kiện {next} sao: {codes}.",
                         points=text.points(outcome.mean, digits), by_points=outcome.stars_by_points, next=outcome.stars + 1,
                         codes=", ".join(codes)), codes)
    elif outcome.next is None:
        yield Sentence(_("Từ {line} điểm và đạt mọi điều kiện.", line=lines[outcome.stars]))
    else:
        line = lines[outcome.stars + 1]
        short = Fraction(shortage_shown(line, outcome.mean, digits))
        yield Sentence(_("{stars} sao vì tổng điểm dưới {line} (thiếu {short}).", stars=outcome.stars, line=line,
                         short=text.points(short, digits)))
        if outcome.next.gates:
            codes = tuple(outcome.next.gates)
            yield Sentence(_("Điều kiện {next} sao chưa đạt: {codes}.", next=outcome.next.stars, codes=", ".join(codes)), codes)
    waiting = tuple(m.matter.code for m in view.open_matters if m.matter.kind == "gate")
    if waiting and view.stage == "open":
        yield Sentence(_("Mức tối thiểu ở {codes} chưa thống nhất, chờ kết luận.", codes=", ".join(waiting)), waiting)
    if outcome.stars == max(lines):
        yield Sentence(_("Tiềm năng 5 sao: tỉnh trình Trung ương đánh giá."))
    elif outcome.stars < 3:
        yield Sentence(_("Dưới 3 sao: không có quyết định công nhận và giấy chứng nhận."))
