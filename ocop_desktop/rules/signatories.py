"""Who signs for an office on a day, and the lines above the name (Decree 30/2020/NĐ-CP, annex I, section II, point 7).

"TM." stands before a body that decides together (Ủy ban nhân dân, Hội đồng); "KT." before the head's title where a deputy signs
in the head's place; "TUQ." and "TL." where an officer signs under a written authority or by order of the head.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ocop_desktop.errors import Problem
from ocop_desktop.rules.rulebook import Words

# Offices that issue papers of the programme.
ISSUERS: dict[str, Words] = {
    "committee": Words("Ủy ban nhân dân cấp tỉnh", "Provincial People's Committee"),
    "council": Words("Hội đồng OCOP cấp tỉnh", "Provincial OCOP council"),
    "agency": Words("Cơ quan tham mưu", "Managing agency"),
    "team": Words("Tổ tư vấn", "Advisory team"),
    "commune": Words("Ủy ban nhân dân cấp xã", "Commune People's Committee"),
}
WAYS: dict[str, Words] = {
    "": Words("Người đứng đầu ký", "Signs as head"),
    "KT.": Words("KT. – ký thay người đứng đầu", "KT. – in the head's place"),
    "TUQ.": Words("TUQ. – ký theo ủy quyền", "TUQ. – under a written authority"),
    "TL.": Words("TL. – ký theo lệnh", "TL. – by order of the head"),
}
TEAM = "Tổ tư vấn đánh giá sản phẩm OCOP"  # as the head of its report names it
TOGETHER = "TM."


@dataclass(frozen=True)
class Signatory:
    """A person who signs for an office during a time.

    Args:
        issuer: one of ``ISSUERS``; name, title: of the person ("Phó Chủ tịch").
        way: one of ``WAYS``; head: title of the head where another signs ("Chủ tịch").
        collective: the body decided together, set after "TM." ("Ủy ban nhân dân"), or empty.
        first, last: the days the person may sign on, both included; None: without end.
    """

    issuer: str
    name: str
    title: str
    way: str = ""
    head: str = ""
    collective: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """Above the seal: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"."""
        found = (f"{TOGETHER} {self.collective}" if self.collective else "", f"{self.way} {self.head}" if self.way else "",
                 self.title)
        return tuple(line.upper() for line in found if line)

    def valid_on(self, day: dt.date) -> bool:
        """Whether the person signs on that day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def meets(self, other: Signatory) -> bool:
        """Whether there is a day on which both would sign for the same office."""
        return self.issuer == other.issuer and ((self.first or dt.date.min) <= (other.last or dt.date.max)
                                                and (other.first or dt.date.min) <= (self.last or dt.date.max))


def who_signs(people: Iterable[Signatory], issuer: str, day: dt.date) -> Signatory | None:
    """Who signs for an office on a day; None: nobody is noted, and no name is made up.

    Args:
        people: whose times do not meet (``Signatory.meets``).
    """
    return next((p for p in people if p.issuer == issuer and p.valid_on(day)), None)


def faults(one: Signatory) -> Iterator[tuple[str, Problem]]:
    """What is wrong with one signatory, as (field, sentence whose places are the signatory's fields)."""
    if one.issuer not in ISSUERS:
        yield "issuer", Problem("Không có cơ quan “{issuer}”.")
    if not one.name:
        yield "name", Problem("Chưa ghi họ tên người ký.")
    if not one.title:
        yield "title", Problem("Chưa ghi chức vụ người ký, ví dụ Chủ tịch.")
    if one.way not in WAYS:
        yield "way", Problem("Hình thức ký là KT., TUQ., TL. hoặc để trống.")
    elif one.way and not one.head:
        yield "head", Problem("Ký {way} thì phải ghi chức vụ người đứng đầu, ví dụ Chủ tịch.")
    if one.collective and one.way in ("TUQ.", "TL."):
        yield "collective", Problem("Ký {way} thì không ghi TM.: thẩm quyền là của người đứng đầu, không phải của tập thể.")
    if one.first and one.last and one.last < one.first:
        yield "last", Problem("Ngày cuối {last} đứng trước ngày đầu {first}.")


def read_lines(issuer: str, lines: Sequence[str], name: str = "") -> Signatory:
    """A signatory from the lines above the name, as they were written before there were fields for them."""
    collective = way = head = ""
    titles = []
    for line in (" ".join(each.split()) for each in lines):
        mark, _blank, rest = line.partition(" ")
        if mark == TOGETHER and rest:
            collective = rest
        elif mark in WAYS and mark and rest:
            way, head = mark, rest
        elif line:
            titles.append(line)
    return Signatory(issuer, name, " ".join(titles), way, head, collective)
