"""Papers around certificates: the hand-over list, reminders of renewal, drafts of revocation decisions; as PDF and as Word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop.actions import paper_dress, paper_fields, paper_templates, register_facts, renewal_letters
from ocop_desktop.actions.files import write_whole
from ocop_desktop.actions.letter_fields import Chosen
from ocop_desktop.actions.rights import need
from ocop_desktop.data import certificates as rows
from ocop_desktop.errors import UserError
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.papers.blocks import Paper

REMINDERS = "renewal-letters"


@dataclass(frozen=True)
class RegisterPaper:
    """One kind of paper.

    Args:
        key: how the command line calls it; title: what it is; make: its pages from chosen
            certificates (reminders are of all that fall due) on a day.
        records: what each of its papers is of, where it has a number.
    """

    key: str
    title: str
    make: Callable[[Session, Sequence[int], dt.date], Sequence[Paper]]
    records: Callable[[Session, Sequence[int], dt.date], Sequence[Sequence[str]]] | None = None


def _handover_papers(session: Session, ids: Sequence[int], today: dt.date) -> Sequence[Paper]:
    from ocop_desktop.papers.certificate_handover import papers

    return papers(register_facts.handover(session, ids, today))


def _revocation_papers(session: Session, ids: Sequence[int], today: dt.date) -> Sequence[Paper]:
    from ocop_desktop.papers.revocation_draft import papers

    return papers(register_facts.revocations(session, ids, today))


def _renewal_papers(session: Session, _ids: Sequence[int], today: dt.date) -> Sequence[Paper]:
    from ocop_desktop.papers.renewal_letter import papers

    return papers(renewal_letters.letters(session, today))


def _revoked(session: Session, ids: Sequence[int], _today: dt.date) -> Sequence[Sequence[str]]:
    return [[f"certificate:{one.id}"] for one in rows.certificates(session, ids)]


def _reminded(session: Session, _ids: Sequence[int], today: dt.date) -> Sequence[Sequence[str]]:
    """A letter of another day is another letter: another number, and signed by who signs then."""
    return [[f"reminder:{one.commune}:{today}"] for one in renewal_letters.letters(session, today)]


REGISTER_PAPERS = (
    RegisterPaper("handover", N_("Danh sách giao nhận giấy chứng nhận"), _handover_papers),
    RegisterPaper("revocation", N_("Dự thảo quyết định thu hồi"), _revocation_papers, _revoked),
    RegisterPaper(REMINDERS, N_("Thư nhắc đánh giá lại"), _renewal_papers, _reminded),
)


def save(session: Session, key: str, path: Path, certificate_ids: Sequence[int], today: dt.date) -> int:
    """Write a paper to a file, whole or not at all; how many papers it holds. A name ending in .docx gives a Word file.

    Args:
        key: of ``REGISTER_PAPERS``.

    Raises:
        UserError: nothing to write, something is missing, or the file cannot be written.
    """
    title, made = _made(session, key, certificate_ids, today)
    if path.suffix.lower() == ".docx":
        write_whole({path: _word(session, key, title, made, Chosen(tuple(certificate_ids), today, key))})
    else:
        from ocop_desktop.papers import state_pdf

        paper_templates.refuse_pdf(session, key)
        write_whole({path: state_pdf.render(made, title)})
    return len(made)


def _word(session: Session, key: str, title: str, made: Sequence[Paper], chosen: Chosen) -> bytes:
    """The office's own text where it has one."""
    from ocop_desktop.papers import state_word

    if paper_templates.has_own(session, key):
        return paper_templates.filled(session, key, paper_fields.fields_of(key, session, chosen, made))
    return state_word.render(made, title)


def as_pdf(session: Session, key: str, certificate_ids: Sequence[int], today: dt.date) -> bytes:
    """The paper as PDF, to be looked at and printed.

    Raises:
        UserError: nothing to write, or something is missing.
    """
    from ocop_desktop.papers import state_pdf

    paper_templates.refuse_pdf(session, key)
    title, made = _made(session, key, certificate_ids, today)
    return state_pdf.render(made, title)


def _made(session: Session, key: str, certificate_ids: Sequence[int], today: dt.date) -> tuple[str, Sequence[Paper]]:
    batch = bare(session, Chosen(tuple(certificate_ids), today, key))
    return batch.title, paper_dress.dressed(batch.at, batch.papers)


@dataclass(frozen=True)
class Bare:
    """Papers as their module lays them out, and the desk where they get the office's head, number and signatory."""

    title: str
    at: paper_dress.Desk
    papers: Sequence[Paper]
    records: Sequence[Sequence[str]]


def bare(session: Session, chosen: Chosen) -> Bare:
    """The pages of a kind of paper.

    Raises:
        UserError: nothing to write, or something is missing.
    """
    need(session, "work")
    kind = next(k for k in REGISTER_PAPERS if k.key == chosen.kind)
    made = kind.make(session, chosen.ids, chosen.today)
    if not made:
        raise UserError("Không có giấy chứng nhận nào đến kỳ đánh giá lại mà chưa có hồ sơ.")
    records = kind.records(session, chosen.ids, chosen.today) if kind.records else ()
    return Bare(kind.title, paper_dress.desk(session, paper=kind.key, records=records, signed=records), made, records)


def save_by_number(session: Session, key: str, path: Path, numbers: Sequence[str], today: dt.date) -> int:
    """Write a paper of certificates given by their numbers; how many papers it holds.

    Raises:
        UserError: a number nobody gave, or as ``save``.
    """
    return save(session, key, path, wanted(session, key, numbers, today).ids, today)


def wanted(session: Session, key: str, numbers: Sequence[str], today: dt.date) -> Chosen:
    """A paper of certificates given by their numbers.

    Raises:
        UserError: no such kind of paper, or a number nobody gave.
    """
    need(session, "work")
    if key not in (kinds := [kind.key for kind in REGISTER_PAPERS]):
        raise UserError("Không có loại giấy tờ “{key}”; các loại: {known}.", key=key, known=", ".join(kinds))
    known = rows.ids_of_numbers(session, numbers)
    for number in numbers:
        if number not in known:
            raise UserError("Sổ không có giấy chứng nhận số {number}.", number=number)
    return Chosen(tuple(known[number] for number in numbers), today, key)
