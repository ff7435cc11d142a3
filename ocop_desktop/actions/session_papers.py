"""The papers of a session: which there are, and each one as PDF, as Word, as pictures for looking at and for the printer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ocop_desktop.actions import (
    advisory_paper,
    commune_papers,
    council_papers,
    dossier_paper_forms,
    meeting_papers,
    minutes_paper,
    outcome_papers,
    paper_dress,
    paper_fields,
    paper_templates,
    printed_ballots,
    product_scores,
    register_facts,
)
from ocop_desktop.actions.files import file_name, write_whole
from ocop_desktop.actions.meeting_facts import Filed, Meeting, meeting_of, session_id_of
from ocop_desktop.actions.paper_dress import Desk
from ocop_desktop.actions.rights import need, sees
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import Problem, UserError
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.papers.blocks import Paper


@dataclass(frozen=True)
class SessionPaper:
    """Which paper of which session; ``who``: who makes it."""

    session_id: int
    kind: str
    who: str = ""

    def where(self, _session: Session) -> int | None:
        """The session whose rights count."""
        return self.session_id

    def filed(self, session: Session) -> Filed:
        """What it is made from.

        Raises:
            UserError: there is no such session.
        """
        return meeting_of(session, self.session_id)

    def about(self, filed: Filed) -> str:
        """What stands in the title of the file."""
        return filed.name


class AnyPaper(Protocol):
    """A paper of a session or of one dossier (``dossier_papers.DossierPaper``)."""

    @property
    def kind(self) -> str:
        """Key of its kind."""

    def where(self, session: Session, /) -> int | None:
        """The session whose rights count, or None."""

    def filed(self, session: Session, /) -> Filed:
        """What it is made from."""

    def about(self, filed: Filed, /) -> str:
        """What stands in the title of the file."""


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper.

    Args:
        key: how the command line calls it; title, about: what it is and when one needs it.
        right: what one needs to read it (``rules.rights``).
        each: whether every one of its papers is a letter of its own, with its own number.
        records: what each of its papers is of, where numbers are of dossiers and not of the session ("dossier:12").
        make: its pages from the session's or the dossier's data; or, where it is drawn in its own way, draw: the file.
    """

    key: str
    title: str
    about: str
    make: Callable[[Session, Any], Sequence[Paper]] | None = None
    draw: Callable[[Session, Meeting, Callable[[int], None] | None], bytes] | None = None
    right: str = "work"
    each: bool = False
    records: Callable[[Filed], Sequence[Sequence[str]]] | None = None

    @property
    def word(self) -> bool:
        """Whether it can be edited in Word too."""
        return self.make is not None


def _minutes(session: Session, meeting: Meeting) -> Sequence[Paper]:
    from ocop_desktop.papers.minutes import papers

    return papers(minutes_paper.minutes(session, meeting))


def _result_table(_session: Session, meeting: Meeting) -> Sequence[Paper]:
    from ocop_desktop.papers.result_table import papers

    return papers(minutes_paper.result_table(meeting))


def _attendance(_session: Session, meeting: Meeting) -> Sequence[Paper]:
    from ocop_desktop.papers.attendance_list import papers

    return papers(meeting_papers.attendance_list(meeting))


def _invitation(_session: Session, meeting: Meeting) -> Sequence[Paper]:
    from ocop_desktop.papers.invitation import papers

    return papers(meeting_papers.invitation(meeting))


def _decision(session: Session, meeting: Meeting) -> Sequence[Paper]:
    from ocop_desktop.papers.decision_draft import papers

    return papers(outcome_papers.decision_draft(session, meeting))


def _handover(session: Session, meeting: Meeting) -> Sequence[Paper]:
    from ocop_desktop.papers.certificate_handover import papers

    return papers(register_facts.handover_of(session, meeting))


def _communes(session: Session, meeting: Meeting) -> Sequence[Paper]:
    from ocop_desktop.papers.notices import commune_papers

    return commune_papers(outcome_papers.sender(session, meeting), outcome_papers.commune_notices(meeting))


def _producers(session: Session, meeting: Meeting) -> Sequence[Paper]:
    from ocop_desktop.papers.notices import producer_papers

    return producer_papers(outcome_papers.sender(session, meeting), outcome_papers.producer_notices(meeting))


def _checklists(session: Session, filed: Filed) -> Sequence[Paper]:
    from ocop_desktop.papers.dossier_checklist import papers

    return papers(dossier_paper_forms.checklists(session, filed))


def _registrations(session: Session, filed: Filed) -> Sequence[Paper]:
    from ocop_desktop.papers.registration_form import papers

    return papers(dossier_paper_forms.registrations(session, filed))


def _self_assessments(session: Session, filed: Filed) -> Sequence[Paper]:
    from ocop_desktop.papers.self_assessment_form import papers

    return papers(dossier_paper_forms.self_assessments(session, filed))


PAPERS = (
    PaperKind("minutes", N_("Biên bản họp Hội đồng"),
              N_("Thành phần, quy chế, kết quả, kết luận có lý do, dấu nhật ký; kèm hai phụ lục ngang"), _minutes,
              right="closed_results"),
    PaperKind("results", N_("Bảng tổng hợp kết quả"), N_("Mỗi cơ quan một cột, khổ ngang, tiêu đề lặp lại"), _result_table,
              right="closed_results"),
    PaperKind("score-sheets", N_("Bảng tổng hợp điểm từng sản phẩm"),
              N_("Mỗi sản phẩm đã chốt một bảng: điểm từng tiêu chí của từng thành viên, trung bình, điều kiện hạng sao"),
              product_scores.sheets, right="closed_results", each=True),
    PaperKind("invitation", N_("Giấy mời và chương trình"), N_("Mỗi thành viên một giấy mời, kèm danh sách hồ sơ"), _invitation),
    PaperKind("attendance", N_("Danh sách dự họp"), N_("Để thành viên ký khi đến"), _attendance),
    PaperKind("ballots", N_("Phiếu đánh giá để trống"),
              N_("Mỗi hồ sơ, mỗi thành viên một phiếu theo bộ tiêu chí; mã trên từng trang; xếp theo chương trình"),
              draw=printed_ballots.blank),
    PaperKind("ballot-books", N_("Tập phiếu của từng thành viên"),
              N_("Vẫn các phiếu để trống ấy, gom thành tập của từng thành viên"), draw=printed_ballots.books),
    PaperKind("ballots-filled", N_("Phiếu đã chấm để ký"),
              N_("Phiếu đã được tính của những hồ sơ đã chốt, điền sẵn để thành viên ký"), draw=printed_ballots.filled),
    PaperKind("advisory", N_("Báo cáo của Tổ tư vấn"),
              N_("Điểm, giấy tờ còn thiếu, thực địa, ý kiến và đề nghị của Tổ tư vấn về từng hồ sơ"), advisory_paper.report,
              right="advise"),
    PaperKind("council-report", N_("Báo cáo kết quả của Hội đồng"),
              N_("Gửi Ủy ban nhân dân tỉnh: tổ chức, kết quả theo ngành và địa bàn, đề nghị; kèm phụ lục điểm"),
              council_papers.report),
    PaperKind("decision", N_("Dự thảo quyết định công nhận"),
              N_("Kèm phụ lục sản phẩm 3 và 4 sao; sản phẩm tiềm năng 5 sao được trình Bộ"), _decision),
    PaperKind("ministry", N_("Đề nghị Bộ đánh giá tiềm năng 5 sao"),
              N_("Công văn của tỉnh gửi Bộ, kèm danh sách sản phẩm tiềm năng 5 sao"), council_papers.ministry_request),
    PaperKind("notice-communes", N_("Thông báo cho các xã"), N_("Mỗi xã, phường một thông báo kết quả của địa phương mình"),
              _communes, each=True),
    PaperKind("notice-producers", N_("Thông báo cho chủ thể"),
              N_("Mỗi chủ thể một thông báo: điểm từng phần và những gì còn thiếu cho hạng sao tiếp theo"), _producers,
              each=True),
    PaperKind("handover", N_("Danh sách giao nhận giấy chứng nhận"), N_("Giấy đã cấp từ phiên này, có cột để chủ thể ký nhận"),
              _handover),
    PaperKind("checklists", N_("Phiếu kiểm tra hồ sơ"), N_("Mỗi hồ sơ một phiếu: giấy tờ đã có, nội dung còn thiếu"),
              _checklists),
    PaperKind("form-01", N_("Mẫu 01: phiếu đăng ký"), N_("Phiếu đăng ký của từng hồ sơ, có phần tiếp nhận của xã và tỉnh"),
              _registrations),
    PaperKind("form-02", N_("Mẫu 02: báo cáo tự đánh giá"),
              N_("Bốn phần, có điểm tự chấm và minh chứng của chủ thể; chỗ hồ sơ chưa ghi để dòng chấm"), _self_assessments),
    PaperKind("form-03", N_("Mẫu 03: báo cáo của cấp xã"),
              N_("Bốn nội dung cấp xã đánh giá, có phần tự chấm của chủ thể bên cạnh; nhận xét của xã để dòng chấm"),
              commune_papers.reports, records=commune_papers.report_records),
    PaperKind("commune-request", N_("Công văn đề nghị của cấp xã"),
              N_("Mỗi xã, phường một công văn đề nghị đánh giá, phân hạng, kèm danh sách sản phẩm"), commune_papers.requests,
              records=commune_papers.request_records),
)


def kind_of(key: str) -> PaperKind:
    """The kind of paper of that name.

    Raises:
        UserError: there is none; those there are are named.
    """
    found = next((k for k in PAPERS if k.key == key), None)
    if found is None:
        raise UserError("Không có loại giấy tờ “{key}”; các loại: {known}.", key=key, known=", ".join(k.key for k in PAPERS))
    return found


@dataclass(frozen=True)
class Listing:
    """What the window lists: the session and the kinds of papers; ``own``: those that follow the office's own Word file."""

    code: str
    name: str
    kinds: tuple[PaperKind, ...]
    own: frozenset[str] = frozenset()


def listing(session: Session, session_id: int) -> Listing:
    """The papers of a session.

    Raises:
        UserError: there is no such session.
    """
    meeting = meeting_of(session, session_id)
    return Listing(meeting.code, meeting.name, tuple(k for k in PAPERS if sees(session, k.right, session_id)),
                   paper_templates.own_kinds(session))


def pdf(session: Session, paper: AnyPaper, progress: Callable[[int], None] | None = None) -> bytes:
    """A paper as PDF, Vietnamese whatever the window speaks.

    Args:
        paper: a ``SessionPaper`` or a ``DossierPaper``.
        progress: called with the number of pages laid out; what it raises ends the work.

    Raises:
        UserError: no such session, or nothing to print yet; says what is missing.
    """
    return made(session, paper, progress)[0]


def made(session: Session, paper: AnyPaper,
         progress: Callable[[int], None] | None = None) -> tuple[bytes, tuple[Problem, ...]]:
    """A paper as PDF, and what the office should know of it: a day nobody is noted to sign on.

    Raises:
        UserError: as ``pdf``.
    """
    from ocop_desktop.papers.state_pdf import render

    kind, filed = wanted(session, paper)
    if kind.draw is not None and isinstance(filed, Meeting):
        return kind.draw(session, filed, progress), ()
    paper_templates.refuse_pdf(session, kind.key)
    at, pages = bare(session, kind, filed)
    content = render(paper_dress.dressed(at, pages), f"{kind.title} - {paper.about(filed)}", progress=progress)
    return content, tuple(at.missing)


def pieces(session: Session, paper: AnyPaper) -> dict[str, bytes]:
    """Each paper of a batch as a PDF of its own, by file name, to be signed one by one: a notice to each commune.

    Raises:
        UserError: as ``pdf``, or this kind is not made of papers.
    """
    from ocop_desktop.papers.state_pdf import render

    kind, filed = wanted(session, paper)
    paper_templates.refuse_pdf(session, kind.key)
    found = paper_dress.dressed(*bare(session, kind, filed))
    return {file_name(f"{number:02d} {one.mark or one.title}", ".pdf"): render([one], f"{one.title} - {paper.about(filed)}")
            for number, one in enumerate(found, 1)}


def word(session: Session, paper: AnyPaper) -> bytes:
    """A paper as a Word file: the office's own text where it has one.

    Raises:
        UserError: as ``pdf``, or this paper is only printed.
    """
    from ocop_desktop.papers.state_word import render

    kind, filed = wanted(session, paper)
    if not kind.word:
        raise UserError("Giấy tờ này chỉ in ra PDF.")
    pages = paper_dress.dressed(*bare(session, kind, filed))
    if paper_templates.has_own(session, kind.key):
        return paper_templates.filled(session, kind.key, paper_fields.fields_of(kind.key, session, filed, pages))
    return render(pages, f"{kind.title} - {paper.about(filed)}")


def wanted(session: Session, paper: AnyPaper) -> tuple[PaperKind, Filed]:
    """The kind of a paper and what it is made from.

    Raises:
        UserError: there is no such kind or session, or the role may not read it.
    """
    kind = kind_of(paper.kind)
    need(session, kind.right, paper.where(session))
    return kind, paper.filed(session)


def bare(session: Session, kind: PaperKind, filed: Filed) -> tuple[Desk, Sequence[Paper]]:
    """A paper's pages as its module lays them out, and the desk where they get the office's head and signatory.

    Raises:
        UserError: nothing to print yet.
    """
    pages = kind.make(session, filed) if kind.make else ()
    if not pages:
        raise UserError("Chưa có gì để in: phiên chưa có hồ sơ nào dùng được cho giấy tờ này.")
    council, number = (filed.council, filed.id) if isinstance(filed, Meeting) else ("", None)
    records = kind.records(filed) if kind.records else ()
    signed = records or [records_of(filed)] * len(pages)
    return paper_dress.desk(session, council, number, kind.key, records, signed=signed), pages


def records_of(filed: Filed) -> list[str]:
    """What a paper is of that is not of one dossier of several: the session, else the dossiers."""
    if isinstance(filed, Meeting):
        return [f"session:{filed.id}"]
    return [f"dossier:{item.dossier_id}" for item in filed.on_agenda]


def save_pdf(session: Session, paper: AnyPaper, path: Path, progress: Callable[[int], None] | None = None) -> int:
    """Write a paper to a file, whole or not at all; its size in bytes. A name ending in .docx gives a Word file.

    Raises:
        UserError: as ``pdf``, or the file cannot be written.
    """
    content = word(session, paper) if path.suffix.lower() == ".docx" else pdf(session, paper, progress)
    write_whole({path: content})
    return len(content)


def save_by_code(session: Session, code: str, key: str, path: Path) -> int:
    """Write a paper of the session with this code; its size in bytes.

    Raises:
        UserError: as ``save_pdf``.
    """
    return save_pdf(session, SessionPaper(session_id_of(session, code), kind_of(key).key), path)


def proposed_name(kind: str, code: str, ending: str = ".pdf") -> str:
    """A file name for a paper: "bien-ban 2026-2.pdf"."""
    return file_name(f"{kind_of(kind).title} {code} {dt.date.today():%Y-%m-%d}", ending)
