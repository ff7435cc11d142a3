"""Measures a province sets targets for, and how a target stands. Pure.

Source: programme plans of provinces under Decision 26/2026/QĐ-TTg and its forerunners (domain: "at least 50 more products ...").
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ocop_desktop.rules.rulebook import Words

Unit = Literal["count", "share"]
Light = Literal["reached", "at_risk", "behind"]

LIGHTS: dict[Light, Words] = {
    "reached": Words("Đạt", "Reached"), "at_risk": Words("Có nguy cơ", "At risk"), "behind": Words("Chưa đạt", "Behind")}


@dataclass(frozen=True)
class Measure:
    """Something the programme counts.

    Args:
        unit: "count", or "share" in per cent.
        standing: whether it is a state on a day, which expiry can lower, and not a sum of what happened.
        explained: how it is counted, for the reader of a report.
    """

    words: Words
    unit: Unit
    standing: bool
    explained: Words


MEASURES: dict[str, Measure] = {
    "new_products": Measure(
        Words("Sản phẩm mới đạt từ 3 sao", "New products with 3 stars or more"), "count", False,
        Words("Sản phẩm được công nhận lần đầu trong kỳ", "Products recognised for the first time in the period"),
    ),
    "tourism_villages": Measure(
        Words("Điểm du lịch cộng đồng được xếp hạng", "Community tourism places ranked"), "count", False,
        Words("Sản phẩm bộ 26 được công nhận trong kỳ", "Products of set 26 recognised in the period"),
    ),
    "renewed": Measure(
        Words("Sản phẩm được củng cố, nâng hạng", "Products consolidated or upgraded"), "share", False,
        Words("Trong các sản phẩm đã được công nhận trước kỳ, phần được công nhận lại hoặc nâng hạng trong kỳ",
              "Of the products recognised before the period, those recognised again or upgraded in it"),
    ),
    "cooperatives": Measure(
        Words("Chủ thể là hợp tác xã", "Producers that are cooperatives"), "share", True,
        Words("Trong các chủ thể có sản phẩm còn hiệu lực", "Of the producers with a product in force"),
    ),
    "companies": Measure(
        Words("Chủ thể là doanh nghiệp nhỏ và vừa", "Producers that are small or medium enterprises"), "share", True,
        Words("Trong các chủ thể có sản phẩm còn hiệu lực", "Of the producers with a product in force"),
    ),
    "in_force": Measure(
        Words("Sản phẩm còn hiệu lực", "Products in force"), "count", True,
        Words("Sản phẩm có giấy chứng nhận còn hiệu lực", "Products whose certificate is in force"),
    ),
    "four_stars": Measure(
        Words("Sản phẩm 4 sao trở lên còn hiệu lực", "Products in force with 4 stars or more"), "count", True,
        Words("Theo lần công nhận mới nhất của sản phẩm", "By the product's latest recognition"),
    ),
}


@dataclass(frozen=True)
class Measured:
    """A value of a measure, exact: ``part`` of ``whole`` for a share, ``part`` alone for a count."""

    unit: Unit
    part: int
    whole: int = 0

    @property
    def value(self) -> Fraction:
        """The count, or per cent; 0 where there is nothing to take a share of."""
        if self.unit == "count":
            return Fraction(self.part)
        return Fraction(100 * self.part, self.whole) if self.whole else Fraction(0)

    @property
    def cut(self) -> Fraction:
        """The value for showing, two digits, rounded half up but never to a whole it does not reach: 39.996 % is no 40 %."""
        whole, rest = divmod(self.value, 1)
        digits = (rest * 200 + 1) // 2
        return whole + Fraction(min(digits, 99), 100)

    def reaches(self, least: int) -> bool:
        """Whether it is at least ``least`` (count or whole per cent), decided on the exact value."""
        return self.value >= least


def light(now: Measured, at_end: Measured, least: int, begins: dt.date, ends: dt.date, on: dt.date) -> Light:
    """How a target stands on a day.

    Args:
        now: measured on ``on``; at_end: what of it is left on the last day if nothing more comes (expiry counted).
        least: the target; begins, ends: the period.

    Returns:
        "reached": met, and still at the end; "at_risk": met now but not at the end, or not met yet though at least as far along
        as the period is; "behind": otherwise.
    """
    if now.reaches(least):
        return "reached" if at_end.reaches(least) else "at_risk"
    gone = Fraction(min(max((on - begins).days + 1, 0), (ends - begins).days + 1), (ends - begins).days + 1)
    return "at_risk" if on < ends and now.value >= least * gone else "behind"
