"""Which decision a dossier falls under, until when it may be finished, and how long certificates of earlier decisions hold.

Source: Article 12 of Decision 26/2026/QĐ-TTg. Its periods stand in the rulebook's ``[transition]``, with what is assumed of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ocop_desktop.errors import Problem
from ocop_desktop.rules.certificate_life import end_of
from ocop_desktop.rules.rulebook import Rulebook, Words


@dataclass(frozen=True)
class Ruling:
    """What a dossier falls under.

    Args:
        rulebook: id of the rulebook.
        why: the sentence that explains it; ``text.say`` gives it in the language in force.
        deadline: last day of assessment under an earlier decision, or None where nothing presses.
        recognise_by: last day of recognising its result, or None.
        note: what is assumed of the article, or None.
    """

    rulebook: str
    why: Problem
    deadline: dt.date | None = None
    recognise_by: dt.date | None = None
    note: Words | None = None


_NOT_FILED = Problem("Hồ sơ chưa ghi ngày nộp nên tính theo Quyết định đang có hiệu lực, {law}.", kind="not_filed")
_IN_FORCE = Problem("Hồ sơ nộp {filed_on}, khi Quyết định {law} có hiệu lực (từ {in_force}).", kind="in_force")
_RENEWED = Problem(
    "Hồ sơ đánh giá lại nộp {filed_on}, khi Quyết định {law} có hiệu lực (từ {in_force}); giấy chứng nhận cấp theo "
    "Quyết định trước vẫn có giá trị đến hết thời hạn.",
    kind="renewed",
)
_FINISH = Problem(
    "Hồ sơ nộp {filed_on}, trước ngày Quyết định {next} có hiệu lực ({in_force}), nên làm tiếp theo Quyết định {law}: "
    "đánh giá xong chậm nhất {deadline}, công nhận chậm nhất {recognise_by}.",
    kind="finish",
)
_RECOGNISE = Problem(
    "Hồ sơ nộp {filed_on} theo Quyết định {law} đã hết hạn đánh giá ({deadline}); nếu đã đánh giá xong thì công nhận "
    "chậm nhất {recognise_by}, nếu chưa thì lập lại theo Quyết định {next}.",
    severity="warning",
    kind="recognise",
)
_TOO_LATE = Problem(
    "Hồ sơ nộp {filed_on} theo Quyết định {earlier} đã quá hạn chuyển tiếp ({recognise_by}), nên tính theo Quyết định {law}; "
    "hồ sơ đã công nhận trước đó giữ nguyên kết quả.",
    severity="warning",
    kind="too_late",
)
_EARLIER = Problem("Hồ sơ nộp {filed_on}, khi Quyết định {law} có hiệu lực.", kind="earlier")


def falls_under(books: Sequence[Rulebook], filed_on: dt.date | None, kind: str, today: dt.date) -> Ruling:
    """The rulebook a dossier falls under, explained.

    A dossier received before a decision came into force goes on under the one before, to be assessed within
    ``finish_days`` and recognised within ``recognise_days`` more; after both it falls under the new one. Article 12.

    Args:
        books: every rulebook, of which each decision's latest version counts.
        filed_on: day of filing (receipt), or None when not written yet.
        kind: "first", "upgrade" or "reevaluation"; the sentence of the last says that the certificate holds to its end.
        today: the day asked about; a dossier is ruled as on that day.
    """
    laws = _latest(books)
    now = _in_force(laws, max(today, filed_on or today))
    if filed_on is None:
        return Ruling(now.id, _said(_NOT_FILED, law=now.decision))
    then = _in_force(laws, filed_on)
    if then.decision == now.decision:
        sentence = _RENEWED if kind == "reevaluation" else _IN_FORCE
        return Ruling(now.id, _said(sentence, law=now.decision, filed_on=filed_on, in_force=now.in_force))
    following = laws[laws.index(then) + 1]
    change = following.transition
    if change is None or change.previous != then.decision:
        return Ruling(then.id, _said(_EARLIER, law=then.decision, filed_on=filed_on))
    return _between(then, following, now, filed_on, today)


def _between(then: Rulebook, following: Rulebook, now: Rulebook, filed_on: dt.date, today: dt.date) -> Ruling:
    assert following.transition is not None
    change = following.transition
    deadline = following.in_force + dt.timedelta(change.finish_days)
    recognise_by = deadline + dt.timedelta(change.recognise_days)
    if today > recognise_by:
        why = _said(_TOO_LATE, law=now.decision, earlier=then.decision, filed_on=filed_on, recognise_by=recognise_by)
        return Ruling(now.id, why, note=change.note)
    why = _said(_FINISH if today <= deadline else _RECOGNISE, law=then.decision, next=following.decision, filed_on=filed_on,
                in_force=following.in_force, deadline=deadline, recognise_by=recognise_by)
    return Ruling(then.id, why, deadline, recognise_by, change.note)


def certificate_ends(book: Rulebook, issued: dt.date) -> dt.date:
    """Last day of a certificate issued under ``book``: its own months, whatever decision has come since (Articles 4 and 12)."""
    return end_of(issued, book.certificate_months)


def _latest(books: Iterable[Rulebook]) -> list[Rulebook]:
    """The latest version of every decision, by the day it came into force."""
    found: dict[str, Rulebook] = {}
    for book in sorted(books, key=lambda b: b.version):
        found[book.decision] = book
    return sorted(found.values(), key=lambda b: (b.in_force, b.id))


def _in_force(laws: Sequence[Rulebook], day: dt.date) -> Rulebook:
    return next((book for book in reversed(laws) if book.in_force <= day), laws[0])


def _said(sentence: Problem, **values: object) -> Problem:
    values = {name: value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value for name, value in values.items()}
    return Problem(sentence.message, values, severity=sentence.severity, kind=sentence.kind)
