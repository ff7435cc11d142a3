"""One member's ballots out of a file into the session, each by the rules a typed ballot obeys, or refused with a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ocop_desktop.actions import scoring
from ocop_desktop.actions.scoring_locks import LONGEST_NOTE, LONGEST_WORDS, seen
from ocop_desktop.data import ballots as rows
from ocop_desktop.data import own_laptops
from ocop_desktop.data import sessions as meetings
from ocop_desktop.errors import UserError
from ocop_desktop.rules.audit_chain import digest
from ocop_desktop.rules.ballot import Ballot, problems_of

if TYPE_CHECKING:
    from ocop_desktop.actions.scoring import BallotView
    from ocop_desktop.data.engine import Session
    from ocop_desktop.rules.rulebook import CriteriaSet

Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """What came of one dossier: ``written``, ``unchanged`` or ``refused`` (``said``: why)."""

    code: str
    product: str
    state: Literal["written", "unchanged", "refused"]
    finished: bool
    answered: int
    total: int
    said: UserError | None = None


def merge(session: Session, session_id: int, member_id: int, content: Plain, who: str) -> tuple[Line, ...]:
    """Take in the ballots of one opened file whose sender is known; every dossier by itself, each once.

    Args:
        content: as ``exchange.ballot_file.SHAPE``.
    """
    agenda = {item.id: product.name for item, _dossier, product, *_more in meetings.agenda(session, session_id)}
    return tuple(_merge_one(session, agenda, member_id, one, content, who) for one in content["ballots"])


def _merge_one(session: Session, agenda: Mapping[int, str], member_id: int, one: Plain, content: Plain, who: str) -> Line:
    product, answered, total = agenda.get(one["item"], ""), len(one["choices"]), 0
    state: Literal["written", "unchanged", "refused"] = "refused"
    said = None
    try:
        if not product:
            raise UserError("Hồ sơ {code} không có trong chương trình của phiên này.", code=one["code"] or "?")
        view = scoring.ballot_of(session, one["item"], member_id)  # by the signature
        total = len(view.rules.criteria)
        one = _words_checked(view, one)
        state = "written" if _take(session, view, one, content, who) else "unchanged"
    except UserError as refusal:
        said = refusal
    return Line(one["code"], product, state, one["finished_at"] is not None, answered, total, said)


def _take(session: Session, view: BallotView, one: Plain, content: Plain, who: str) -> bool:
    """Write one ballot; False when it is here already.

    Raises:
        UserError: it is for other criteria, an earlier version, locked here, typed here meanwhile, or not valid.
    """
    place = {"product": view.product, "member": view.member}
    if (one["code"], one["rulebook"], one["set"]) != (view.dossier_code, view.book.id, view.rules.number):
        raise UserError("Hồ sơ “{product}” nay mang mã hoặc chấm theo bộ tiêu chí khác với khi giao gói; hãy giao gói mới.",
                        **place)
    if one["rulebook"] not in content["rulebooks"]:
        raise UserError("Phiếu của {member} cho “{product}” không nói chấm theo bản nào của bộ tiêu chí.", **place)
    incoming = _mark(one["choices"], one["notes"], one["opinion"], one["exclusion"], one["finished_at"])
    if _stored(session, view, one["version"]) == incoming:
        return False
    if one["version"] < view.version:
        raise UserError("Hội đồng đã mở lại phiếu của {member} cho “{product}”; phiếu trong tệp là bản trước, hãy giao gói mới "
                        "để chấm lại.", **place)
    if one["version"] > max(view.version, 1):
        raise UserError("Phiếu của {member} cho “{product}” thuộc lần chấm lại mà tệp dữ liệu này không có.", **place)
    if view.locked:
        raise view.locked
    if not _untouched(session, view):
        raise UserError("{member} đã chấm dở “{product}” trên máy của Hội đồng; hãy chấm tiếp trên máy ấy, phiếu trong tệp không "
                        "được ghi đè.", **place)
    _check(view.rules, view, one)
    _write(session, view, one, content, incoming, who)
    return True


def _words_checked(view: BallotView, one: Plain) -> Plain:
    """The ballot with its words as typed ones are kept.

    Raises:
        UserError: a request to exclude without a reason, words too long, or characters nobody types.
    """
    place = {"product": view.product, "member": view.member}

    def kept(words: str, most: int = LONGEST_WORDS) -> str:
        bare = words.strip()
        if seen(bare) != bare:
            raise UserError("Phiếu của {member} cho “{product}” có ký tự không gõ được từ bàn phím nên không nhận; hãy giao lại "
                            "từ máy của thành viên.", **place)
        if len(bare) > most:
            raise UserError("Phiếu của {member} cho “{product}” có ghi chú hoặc ý kiến dài {count} ký tự, quá giới hạn {most} ký "
                            "tự, nên không nhận; hãy viết gọn lại rồi giao lại.", **place, count=len(bare), most=most)
        return bare

    exclusion = one["exclusion"] if one["exclusion"] is None else kept(one["exclusion"])
    if exclusion == "":
        raise UserError("Phiếu của {member} cho “{product}” đề nghị loại hồ sơ mà không ghi lý do nên không nhận; hãy ghi lý do "
                        "rồi giao lại.", **place)
    return {**one, "notes": {code: kept(words, LONGEST_NOTE) for code, words in one["notes"].items()},
            "opinion": kept(one["opinion"]), "exclusion": exclusion}


def _stored(session: Session, view: BallotView, version: int) -> str:
    """The mark of a version that is here; empty where there is none."""
    row = own_laptops.version_of(session, view.item_id, view.member_id, version)
    if row is None:
        return ""
    answers = rows.answers_of(session, row.id)
    return _mark({a.criterion: a.choice for a in answers if a.choice}, {a.criterion: a.note for a in answers if a.note},
                 row.opinion, row.exclusion, row.finished_at.isoformat() if row.finished_at else None)


def _mark(choices: Plain, notes: Plain, opinion: str, exclusion: str | None, finished_at: str | None) -> str:
    return digest([dict(choices), {code: words for code, words in notes.items() if words}, opinion, exclusion, finished_at])


def _untouched(session: Session, view: BallotView) -> bool:
    """Whether nobody typed into this ballot here: there is none, it is as a file brought it, or as it was reopened."""
    newest = own_laptops.newest_of(session, view.item_id, view.member_id)
    if newest is None or not (view.choices or view.notes or view.opinion or view.exclusion):
        return True
    if newest.package_digest:
        return bool(newest.package_digest == _stored(session, view, newest.version))
    before = own_laptops.version_of(session, view.item_id, view.member_id, newest.version - 1)
    return before is not None and rows.choices_of(session, before.id) == dict(view.choices)


def _check(rules: CriteriaSet, view: BallotView, one: Plain) -> None:
    """Refuse answers that are not in the criteria, and a finished ballot that lacks one."""
    for problem in problems_of(rules, Ballot(view.agency or view.member, one["choices"])):
        if problem.kind != "missing_answer" or one["finished_at"] is not None:
            raise UserError(problem.message, **problem.values)
    unknown = sorted(set(one["notes"]) - set(rules.by_code))
    if unknown:
        raise UserError("Bộ {set} không có tiêu chí {code}.", set=rules.number, code=unknown[0])


def _write(session: Session, view: BallotView, one: Plain, content: Plain, mark: str, who: str) -> None:
    newest = own_laptops.newest_of(session, view.item_id, view.member_id)
    ballot_id = newest.id if newest else rows.start(session, view.item_id, view.member_id)
    codes = sorted({*one["choices"], *(code for code, words in one["notes"].items() if words)})
    own_laptops.replace_answers(session, ballot_id, [
        {"criterion": c, "choice": one["choices"].get(c, ""), "note": one["notes"].get(c, "")} for c in codes])
    rows.mark(session, ballot_id, opinion=one["opinion"], exclusion=one["exclusion"])
    own_laptops.mark_package(session, ballot_id, mark)
    if one["exclusion"] != view.exclusion:  # as when it is typed
        raised = one["exclusion"] is not None
        meetings.record(session, "ballot", ballot_id, "exclusion_raised" if raised else "exclusion_withdrawn", None,
                        {"reason": one["exclusion"]} if raised else None, view.member)
    meetings.record(session, "ballot", ballot_id, "by_package", None,
                    {"member": view.member, "sequence": content["sequence"], "package": content["package"],
                     "laptop": content["key"], "handed_at": content["handed_at"]}, who or view.member)
    if one["finished_at"] is not None:
        scoring.lock(session, view.item_id, view.member_id, dt.datetime.fromisoformat(one["finished_at"]))
