"""What is missing for the next star (``rules.next_star``), in sentences of the language in force."""

from __future__ import annotations

from collections.abc import Iterator

from ocop_desktop import text
from ocop_desktop.rules.next_star import Advice, Step
from ocop_desktop.text import _


def sentence(step: Step, digits: int = 2) -> str:
    """One step: criterion, what to reach, what it brings."""
    spoken = text.language()
    places = {"code": step.criterion.code, "name": step.criterion.name.said(spoken), "option": step.option.label.said(spoken),
              "gain": text.points(step.gain, digits)}
    if step.gate:
        return _("{code} {name}: {option} (+{gain}, điều kiện)", **places)
    return _("{code} {name}: {option} (+{gain})", **places)


def summary(advice: Advice, digits: int = 2) -> str:
    """What is missing in one sentence."""
    places = {"stars": advice.stars, "points": text.points(advice.points_short, digits), "count": len(advice.gates)}
    if not advice.gates:
        return _("Để đạt {stars} sao còn thiếu {points} điểm.", **places)
    if not advice.points_short:
        return _("Để đạt {stars} sao đã đủ điểm, còn thiếu {count} điều kiện.", **places)
    return _("Để đạt {stars} sao còn thiếu {points} điểm và {count} điều kiện.", **places)


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
