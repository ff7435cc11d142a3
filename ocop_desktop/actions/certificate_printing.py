"""Printing certificates: into one file, one file per product, on a printer. A reprint keeps its number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ocop_desktop.actions.certificate_designs import designs
from ocop_desktop.actions.certificate_keys import Sign, signing
from ocop_desktop.actions.certificate_papers import Pages
from ocop_desktop.actions.files import file_name, write_whole
from ocop_desktop.actions.office import read_office
from ocop_desktop.actions.paper_pages import Made, made_of
from ocop_desktop.actions.rights import need
from ocop_desktop.data import certificates as rows
from ocop_desktop.data import sessions as meetings
from ocop_desktop.data.changes import NewLine, append, lines_of, record_change
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate
from ocop_desktop.errors import Place, Problem, UserError

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Printed:
    """What printing came to: pages written, files, a problem for each certificate left out, whether the codes are signed."""

    count: int
    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    signed: bool = False


def write_pdf(session: Session, path: Path | str, session_code: str | None = None,
              progress: Progress | None = None, signed: bool = True, copy: bool = False) -> tuple[int, tuple[Problem, ...]]:
    """Print every certificate of the register that has a number, or those of one council session, into one file.

    Args:
        signed: sign the QR codes with the office's key, where there is one; here and below.

    Returns:
        How many pages, and a problem for each one left out.

    Raises:
        KeyLocked: there is a key and it is locked; here and below.
        UserError: no such session, nothing to print, or the file cannot be written.
    """
    need(session, "work")
    meeting = meetings.by_code(session, session_code) if session_code else None
    if session_code and meeting is None:
        raise UserError("Không có phiên {code}; các phiên có trong tệp: {known}.", code=session_code,
                        known=", ".join(sorted(meetings.codes(session))) or "-")
    found = tuple(rows.certificates(session, session_id=meeting.id if meeting else None))
    printed = _print(session, found, Path(path), progress, signed, copy)
    return printed.count, printed.problems


def print_pdf(session: Session, certificate_ids: Sequence[int], path: Path | str, progress: Progress | None = None,
              signed: bool = True, copy: bool = False, who: str = "") -> Printed:
    """Print chosen certificates into one file, in the order given. A reprint keeps its number; a ``copy`` says that it is one.

    The file appears whole as the last step: when anything fails before, neither file nor database changes.

    Raises:
        UserError: nothing to print, or the file cannot be written.
    """
    need(session, "work")
    found = tuple(rows.certificates(session, certificate_ids))
    return _print(session, found, Path(path), progress, signed, copy, who)


def print_separately(session: Session, certificate_ids: Sequence[int], folder: Path | str,
                     progress: Progress | None = None, signed: bool = True, who: str = "") -> Printed:
    """Print chosen certificates, one file per product, named after number and product; all files appear at the end.

    Raises:
        UserError: nothing to print, or the folder cannot be written.
    """
    need(session, "work")
    problems, printable = _prepare(session, tuple(rows.certificates(session, certificate_ids)))
    files, printed, sign = {}, list[Certificate](), signing(session, signed)
    for done, (name, pdf, certificate, faults) in enumerate(_each(session, printable, sign), start=1):
        problems += faults
        if pdf:
            files[Path(folder) / name] = pdf
            printed.append(certificate)
        if progress:
            progress(done, len(printable), "")
    _refuse_nothing(len(files), problems)
    _mark_printed(session, printed, False, who)
    session.flush()
    write_whole(files)
    return Printed(len(files), tuple(files), tuple(problems), sign is not None)


def paper(session: Session, certificate_ids: Sequence[int], progress: Progress | None = None, signed: bool = True,
          copy: bool = False) -> Made:
    """Chosen certificates as one paper for looking at and for a printer, a page each, in the order given.

    Nothing is noted as printed: that is ``note_printed``, once a printer took the pages.

    Raises:
        UserError: nothing to print.
    """
    need(session, "register")
    from ocop_desktop.papers.certificate import render

    problems, printable = _prepare(session, tuple(rows.certificates(session, certificate_ids)))
    step = (lambda done: progress(done, len(printable), "")) if progress else None
    pdf, faults = render(Pages(session, copy).of_all(printable), step, sign=signing(session, signed), designs=designs(session))
    left_out = {p.place.row for p in faults}
    done = [c for row, c in enumerate(printable, start=1) if row not in left_out]
    problems += faults
    _refuse_nothing(len(done), problems)
    return made_of(pdf, [c.number or "" for c in done], [c.id for c in done], problems, read_office(session).signatory_name)


def pieces(session: Session, certificate_ids: Sequence[int], signed: bool = True) -> dict[str, bytes]:
    """Certificates as PDF files of their own, by name, to be signed one by one."""
    need(session, "work")
    found, sign = rows.certificates(session, certificate_ids), signing(session, signed)
    return {name: pdf for name, pdf, _certificate, _faults in _each(session, found, sign) if pdf}


def note_signed(session: Session, certificate_ids: Iterable[int], who: str, signer: str) -> None:
    """Note in the history that a person signed these certificates electronically."""
    need(session, "work")
    for certificate in rows.certificates(session, tuple(certificate_ids)):
        record_change(session, who, "certificate", certificate.id, "signed", None,
                      {"number": certificate.number, "signer": signer})


def _each(session: Session, certificates: Iterable[Certificate],
          sign: Sign | None) -> Iterator[tuple[str, bytes, Certificate, Sequence[Problem]]]:
    """Each certificate as a file of its own: name, PDF (empty where it cannot be printed), the certificate, why not."""
    from ocop_desktop.papers.certificate import render

    pages, layouts = Pages(session), designs(session)
    for certificate in certificates:
        pdf, faults = render([pages.of(certificate)], sign=sign, designs=layouts)
        yield file_name(f"{certificate.number} {certificate.dossier.product.name}", ".pdf"), pdf, certificate, faults


def note_printed(session: Session, certificate_ids: Iterable[int], who: str, printer: str) -> None:
    """Note in the history that a printer took these certificates."""
    need(session, "work")
    moment = _now()
    for certificate in rows.certificates(session, tuple(dict.fromkeys(certificate_ids))):
        before, certificate.printed_at = certificate.printed_at, moment
        record_change(session, who, "certificate", certificate.id, "printed", None,
                      {"number": certificate.number, "printer": printer, "at": str(moment), "before": str(before or "")})


def note_copied(session: Session, certificate_ids: Iterable[int], who: str, printer: str = "") -> None:
    """Note in the history that copies of these certificates were printed; the certificates themselves stay as they were."""
    need(session, "work")
    found = rows.certificates(session, tuple(dict.fromkeys(certificate_ids)))
    append(session, who, [NewLine("certificate", one.id, "copied", None, {"number": one.number, "printer": printer})
                          for one in found])


def note_spoiled(session: Session, certificate_ids: Iterable[int], who: str) -> None:
    """Note in the history that sheets sent to the printer did not come out well: they count as not printed, until they are.

    The certificate keeps its number; when it had been printed before that job, it counts as printed then.
    """
    need(session, "work")
    ids = tuple(dict.fromkeys(certificate_ids))
    sent = {line.entity_id: line.after or {} for line in lines_of(session, "certificate", ids, "printed")}  # the newest one stays
    for certificate in rows.certificates(session, ids):
        before = str(sent.get(certificate.id, {}).get("before", ""))
        certificate.printed_at = dt.datetime.fromisoformat(before) if before else None
        record_change(session, who, "certificate", certificate.id, "spoiled", None, {"number": certificate.number})


def _print(session: Session, found: Sequence[Certificate], path: Path, progress: Progress | None, signed: bool,
           copy: bool = False, who: str = "") -> Printed:
    from ocop_desktop.papers.certificate import render

    problems, printable = _prepare(session, found)
    step = (lambda done: progress(done, len(printable), "")) if progress else None
    sign = signing(session, signed)
    pdf, faults = render(Pages(session, copy).of_all(printable), step, sign=sign, designs=designs(session))
    left_out = {p.place.row for p in faults}
    done = [c for row, c in enumerate(printable, start=1) if row not in left_out]
    problems += faults
    _refuse_nothing(len(done), problems)
    _mark_printed(session, done, copy, who)
    session.flush()
    write_whole({path: pdf})
    return Printed(len(done), (path,), tuple(problems), sign is not None)


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
    """Note each writing into a file in the history: the first one, a reprint under the same number, or a copy."""
    lines, now = [], _now()
    for certificate in certificates:
        what = "copied" if copy else "reprinted" if certificate.printed_at else "printed"
        values = {"number": certificate.number, "at": str(now), "before": str(certificate.printed_at or "")}
        lines.append(NewLine("certificate", certificate.id, what, None, values))
        if not copy:
            certificate.printed_at = now
    append(session, who, lines)


def _now() -> dt.datetime:
    return dt.datetime.now().replace(microsecond=0)


def _refuse_nothing(count: int, problems: Sequence[Problem]) -> None:
    if count:
        return
    if problems:
        raise UserError("Không có giấy chứng nhận nào in được. {first}", first=problems[0])
    raise UserError("Chưa có giấy chứng nhận nào để in; hãy ghi quyết định công nhận và cấp giấy trước.")
