"""What is missing for the next star (``rules.next_star``), in sentences of the language in force."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ocop_desktop import text
from ocop_desktop.rules.next_star import Advice, Step
from ocop_desktop.rules.scoring import shortage_shown
from ocop_desktop.text import N_, _


def sentence(step: Step, digits: int = 2) -> str:
    """One step: criterion, what to reach, what it brings."""
    spoken = text.language()
    places = {"code": step.criterion.code, "name": step.criterion.name.said(spoken), "option": step.option.label.said(spoken),
              "gain": text.points(step.gain, digits)}
    if step.gate:
        return _("{code} {name}: {option} (+{gain}, điều kiện)", **places)
    return _("{code} {name}: {option} (+{gain})", **places)


def missing(advice: Advice, digits: int) -> tuple[str, str]:
    """What is missing: a Vietnamese sentence with the places {stars}, {points}, {count}, and the points as shown ("0.1").

    Shown mean and shown points give the line.
    """
    short = shortage_shown(advice.line, advice.line - advice.points_short, digits)
    if not advice.gates:
        return N_("Để đạt {stars} sao còn thiếu {points} điểm."), short
    if not advice.points_short:
        return N_("Để đạt {stars} sao đã đủ điểm, còn thiếu {count} điều kiện."), short
    return N_("Để đạt {stars} sao còn thiếu {points} điểm và {count} điều kiện."), short


def summary(advice: Advice, digits: int = 2) -> str:
    """What is missing in one sentence."""
    message, short = missing(advice, digits)
    return _(message, stars=advice.stars, points=text.points(Fraction(short), digits), count=len(advice.gates))


def lines(advice: Advice, digits: int = 2) -> Iterator[str]:
    """The advice as numbered lines under their headings, for copying."""
    number = 0
    for heading, steps in ((_("Điều kiện phải đạt"), advice.gates), (_("Điểm cần thêm"), advice.points)):
        if steps:
            yield heading
        for step in steps:
            number += 1
            yield f"{number}. {sentence(step, digits)}"
    if not advice.enough:
        yield _("Các mức còn lại của bộ tiêu chí không đủ điểm.")


def as_text(advice: Advice, product: str, producer: str, digits: int = 2) -> str:
    """The whole advice as text a producer can be sent."""
    head = " · ".join(words for words in (product, producer) if words)
    return "\n".join((head, summary(advice, digits), *lines(advice, digits)))
