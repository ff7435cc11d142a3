"""Printing certificates: into one file, one file per product, on a printer. A reprint keeps its number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop.actions.certificate_designs import designs
from ocop_desktop.actions.certificate_papers import Pages
from ocop_desktop.actions.files import file_name, write_whole
from ocop_desktop.data import certificates as rows
from ocop_desktop.data import sessions as meetings
from ocop_desktop.data.changes import NewLine, append
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate
from ocop_desktop.errors import Place, Problem, UserError

if TYPE_CHECKING:
    from ocop_desktop.papers.preview import Picture

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Printed:
    """What printing came to: pages written, files, and a problem for each certificate left out."""

    count: int
    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def write_pdf(session: Session, path: Path | str, session_code: str | None = None,
              progress: Progress | None = None, copy: bool = False) -> tuple[int, tuple[Problem, ...]]:
    """Print every certificate of the register that has a number, or those of one council session, into one file.

    Returns:
        How many pages, and a problem for each one left out.

    Raises:
        UserError: no such session, nothing to print, or the file cannot be written.
    """
    meeting = meetings.by_code(session, session_code) if session_code else None
    if session_code and meeting is None:
        raise UserError("Không có phiên {code}; các phiên có trong tệp: {known}.", code=session_code,
                        known=", ".join(sorted(meetings.codes(session))) or "-")
    found = tuple(rows.certificates(session, session_id=meeting.id if meeting else None))
    printed = _print(session, found, Path(path), progress, copy)
    return printed.count, printed.problems


def print_pdf(session: Session, certificate_ids: Sequence[int], path: Path | str, progress: Progress | None = None,
              copy: bool = False, who: str = "") -> Printed:
    """Print chosen certificates into one file, in the order given. A reprint keeps its number; a ``copy`` says that it is one.

    The file appears whole as the last step: when anything fails before, neither file nor database changes.

    Raises:
        UserError: nothing to print, or the file cannot be written.
    """
    return _print(session, tuple(rows.certificates(session, certificate_ids)), Path(path), progress, copy, who)


def print_separately(session: Session, certificate_ids: Sequence[int], folder: Path | str, progress: Progress | None = None,
                     copy: bool = False, who: str = "") -> Printed:
    """Print chosen certificates, one file per product, named after number and product; all files appear at the end.

    Raises:
        UserError: nothing to print, or the folder cannot be written.
    """
    from ocop_desktop.papers.certificate import render

    found = tuple(rows.certificates(session, certificate_ids))
    problems, printable = _prepare(session, found)
    pages, files, layouts, printed = Pages(session, copy), {}, designs(session), list[Certificate]()
    for done, certificate in enumerate(printable, start=1):
        pdf, faults = render([pages.of(certificate)], designs=layouts)
        problems += faults
        if pdf:
            files[Path(folder) / file_name(f"{certificate.number} {certificate.dossier.product.name}", ".pdf")] = pdf
            printed.append(certificate)
        if progress:
            progress(done, len(printable), "")
    _refuse_nothing(len(files), problems)
    _mark_printed(session, printed, copy, who)
    session.flush()
    write_whole(files)
    return Printed(len(files), tuple(files), tuple(problems))


def print_on(session: Session, certificate_ids: Sequence[int], dpi: float, take: Callable[[Picture], None],
             progress: Progress | None = None, copy: bool = False, who: str = "") -> Printed:
    """Give chosen certificates to a printer, one picture a page; a reprint keeps its number.

    Args:
        dpi: dots per inch of the pictures.
        take: called with each page.

    Raises:
        UserError: nothing to print.
    """
    from ocop_desktop.papers.certificate import render
    from ocop_desktop.papers.preview import pictures

    problems, printable = _prepare(session, tuple(rows.certificates(session, certificate_ids)))
    pages, layouts, printed = Pages(session, copy), designs(session), list[Certificate]()
    for done, certificate in enumerate(printable, start=1):
        pdf, faults = render([pages.of(certificate)], designs=layouts)
        problems += faults
        for picture in pictures(pdf, dpi) if pdf else ():
            take(picture)
            printed.append(certificate)
        if progress:
            progress(done, len(printable), "")
    _refuse_nothing(len(printed), problems)
    _mark_printed(session, printed, copy, who)
    session.flush()
    return Printed(len(printed), (), tuple(problems))


def _print(session: Session, found: Sequence[Certificate], path: Path, progress: Progress | None, copy: bool = False,
           who: str = "") -> Printed:
    from ocop_desktop.papers.certificate import render

    problems, printable = _prepare(session, found)
    step = (lambda done: progress(done, len(printable), "")) if progress else None
    pdf, faults = render(Pages(session, copy).of_all(printable), step, designs=designs(session))
    left_out = {p.place.row for p in faults}
    done = [c for row, c in enumerate(printable, start=1) if row not in left_out]
    problems += faults
    _refuse_nothing(len(done), problems)
    _mark_printed(session, done, copy, who)
    session.flush()
    write_whole({path: pdf})
    return Printed(len(done), (path,), tuple(problems))


def _prepare(session: Session, found: Iterable[Certificate]) -> tuple[list[Problem], list[Certificate]]:
    """What may be printed, and what may not, with the reason. Printing gives no number: that is issuing."""
    problems, printable = [], []
    for row, certificate in enumerate(found, start=1):
        name, place = certificate.dossier.product.name, Place(row=row)
        if certificate.revoked_on is not None:
            problems.append(Problem("Giấy chứng nhận của “{name}” đã thu hồi ngày {date} nên không in.",
                                    {"name": name, "date": f"{certificate.revoked_on:%d/%m/%Y}"}, place, kind="revoked"))
        elif certificate.decision is None or not certificate.decision.number:
            problems.append(Problem("“{name}” chưa có số và ngày quyết định công nhận nên chưa in được giấy.",
                                    {"name": name}, place, kind="no_decision"))
        elif not certificate.number:
            problems.append(Problem("“{name}” được công nhận trước đây và không có số giấy chứng nhận nên không in.",
                                    {"name": name}, place, kind="no_number"))
        else:
            printable.append(certificate)
    return problems, printable


def _mark_printed(session: Session, certificates: Sequence[Certificate], copy: bool, who: str) -> None:
    """Note each printing in the history: the first one, a reprint under the same number, or a copy."""
    lines, now = [], dt.datetime.now().replace(microsecond=0)
    for certificate in certificates:
        what = "copied" if copy else "reprinted" if certificate.printed_at else "printed"
        lines.append(NewLine("certificate", certificate.id, what, None, {"number": certificate.number}))
        if not copy:
            certificate.printed_at = now
    append(session, who, lines)


def _refuse_nothing(count: int, problems: Sequence[Problem]) -> None:
    if count:
        return
    if problems:
        raise UserError("Không có giấy chứng nhận nào in được. {first}", first=problems[0])
    raise UserError("Chưa có giấy chứng nhận nào để in; hãy ghi quyết định công nhận và cấp giấy trước.")
