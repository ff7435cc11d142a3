"""What the fields of an office's own Word files hold, from the same facts as the shipped papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions import letter_fields, meeting_papers, minutes_paper, outcome_papers
from ocop_desktop.actions.letter_fields import Fields, counted, head_of, numbered
from ocop_desktop.actions.meeting_facts import Meeting
from ocop_desktop.data.engine import Session

if TYPE_CHECKING:
    from ocop_desktop.papers.blocks import Paper
    from ocop_desktop.papers.decision_draft import Recognised
    from ocop_desktop.papers.notices import Told


def fields_of(kind: str, session: Session, source: Any, papers: Sequence[Paper]) -> Fields:
    """The values of a paper's fields.

    Args:
        kind: a key of ``KINDS``.
        source: what the paper is made from: a session, dossiers, or certificates (``letter_fields.Chosen``).
        papers: as the shipped text has them, with the office's head, number and signatory.
    """
    shared = _office(papers[0]) | (_meeting(source) if kind in OF_MEETING else {})
    return shared | KINDS[kind](session, source, papers)


def _office(paper: Paper) -> Fields:
    """Who issues a paper and who signs it."""
    from ocop_desktop.papers.blocks import Signatures, capitals

    head = head_of(paper)
    signed = next((b.right for b in reversed(paper.blocks) if isinstance(b, Signatures)), None)
    return {
        "co_quan_cap_tren": head.above, "co_quan": head.own, "CO_QUAN_CAP_TREN": "\n".join(capitals(head.above)),
        "CO_QUAN": "\n".join(capitals(head.own)), **numbered(paper), "quyen_han": "\n".join(signed.lines) if signed else "",
        "nguoi_ky": signed.name if signed else "",
    }


def _meeting(meeting: Meeting) -> Fields:
    """The council session a paper is of."""
    from ocop_desktop.papers.state_paper import long_date

    return {
        "hoi_dong": meeting.council, "phien": meeting.name,
        "ngay_hop": long_date(meeting.held_on), "dia_diem": meeting.place or "…………", "chu_tri": meeting.chair or "…………",
        "thu_ky": meeting.secretary or "…………", "luat": meeting.law,
        "viec": "Lấy ý kiến bằng văn bản" if meeting.kind == "written" else "Họp",
    }


def _invitation(_session: Session, meeting: Meeting, _papers: Sequence[Paper]) -> Fields:
    from ocop_desktop.papers.state_paper import long_date

    made = meeting_papers.invitation(meeting)
    keys = ("ma", "san_pham", "chu_the", "bo_san_pham", "loai_ho_so")
    return {
        "han_gui_phieu": long_date(made.due_on) if made.due_on else "", "so_ho_so": str(len(made.agenda)),
        "cac_thu": [dict(zip(("ho_ten", "chuc_vu", "vai_tro"), member, strict=True)) for member in made.members],
        "ho_so": counted([dict(zip(keys, line, strict=True)) for line in made.agenda]),
    }


def _communes(session: Session, meeting: Meeting, papers: Sequence[Paper]) -> Fields:
    keys = ("ma", "ten", "chu_the", "diem", "ket_qua", "con_thieu")
    letters = zip(papers, outcome_papers.commune_notices(meeting), strict=True)
    return {
        "quyet_dinh": outcome_papers.sender(session, meeting).decision,
        "cac_thu": [numbered(paper) | {
            "xa": f"{to.commune[0].lower()}{to.commune[1:]}",
            "san_pham": counted([dict(zip(keys, line, strict=True)) for line in to.lines])} for paper, to in letters],
    }


def _producers(session: Session, meeting: Meeting, papers: Sequence[Paper]) -> Fields:
    letters = zip(papers, outcome_papers.producer_notices(meeting), strict=True)
    return {
        "quyet_dinh": outcome_papers.sender(session, meeting).decision,
        "cac_thu": [numbered(paper) | {"chu_the": to.producer, "nguoi_dai_dien": to.representative, "dia_chi": to.address,
                                      "san_pham": counted([_told(one) for one in to.products])} for paper, to in letters],
    }


def _told(one: Told) -> Fields:
    return {
        "ma": one.code, "ten": one.product, "diem": one.mean, "ket_qua": one.rank, "ly_do_loai": one.reason,
        "con_thieu": one.missing,
        "diem_phan": [{"ten": name, "toi_da": most, "diem": mean} for name, most, mean in one.parts],
        "can_lam": [{"tieu_chi": criterion, "muc": goal, "tang": gain} for criterion, goal, gain in (*one.gates, *one.more)],
    }


def _decision(session: Session, meeting: Meeting, _papers: Sequence[Paper]) -> Fields:
    draft = outcome_papers.decision_draft(session, meeting)
    named = [_recognised(one, f"{stars} sao") for stars, products in draft.groups for one in products]
    return {
        "tham_quyen": draft.authority, "THAM_QUYEN": draft.authority.upper(),
        "co_quan_de_nghi": draft.agency or "cơ quan quản lý OCOP cấp tỉnh", "so_san_pham": str(draft.count),
        "chia_hang": ", ".join(f"{len(products)} sản phẩm hạng {stars} sao" for stars, products in draft.groups),
        "so_thang": str(draft.months), "san_pham": counted(named),
        "tiem_nang": counted([_recognised(one, "Tiềm năng 5 sao") for one in draft.potential]),
    }


def _recognised(one: Recognised, rank: str) -> Fields:
    return {"ma": one.code, "ten": one.product, "chu_the": one.producer, "dia_chi": one.address, "diem": one.mean,
            "ket_qua": rank}


def _minutes(session: Session, meeting: Meeting, _papers: Sequence[Paper]) -> Fields:
    from ocop_desktop.papers.state_paper import long_date

    made = minutes_paper.minutes(session, meeting)
    day = f" {long_date(made.decision_date)}" if made.decision_date else ""
    totals = {row.place: "; ".join(f"{head}: {total}" for head, total in zip(made.table.agencies, row.totals, strict=True))
              for row in made.table.rows}
    return {
        "thanh_lap": f"{made.decision_number}{day}" if made.decision_number else "", "so_luong_co_mat": made.quorum,
        "thanh_vien": counted([{"ho_ten": m.name, "co_quan": m.agency, "vai_tro": m.role, "co_mat": m.presence}
                                for m in made.members]),
        "khong_cham": [f"{name} ({agency}) không chấm hồ sơ “{product}”: {why}." for name, agency, product, why in made.recusals],
        "quy_che": [{"ten": name, "gia_tri": value} for name, value in made.rules], "thay_doi_quy_che": list(made.rule_changes),
        "ket_qua": [{"stt": str(r.place), "ma": r.code, "san_pham": r.product, "chu_the": r.producer,
                     "diem_thanh_vien": totals.get(r.place, ""), "diem": r.mean, "ket_qua": r.rank} for r in made.results],
        "tong_hop": "; ".join(f"{name}: {count}" for name, count in made.counts), "rut_khoi_phien": list(made.removed),
        "chua_chot": list(made.not_closed), "thao_luan": [_discussed(one) for one in made.discussed
                                                         if one.notes or one.matters or one.opinions],
        "dau_nhat_ky": made.head, "ket_thuc": "Việc lấy ý kiến" if made.written else "Cuộc họp",
    }


def _discussed(one: Any) -> Fields:
    said = [f"{m.what}: {m.said}." + (f" Lý do: {m.reason}." if m.reason else "")
            + (f" Chủ trì kết luận: {m.chair}." if m.chair else "") for m in one.matters]
    return {"ho_so": one.title, "noi_dung": [*one.notes, *said, *(f"{who}: {words}" for who, words in one.opinions)]}


# In the order of the work; the shipped texts are in ``papers.shipped_texts`` and ``papers.letter_texts``.
KINDS: dict[str, Callable[[Session, Any, Sequence[Paper]], Fields]] = {
    "commune-request": letter_fields.commune_requests, "form-03": letter_fields.commune_reports,
    "advisory": letter_fields.advisory, "invitation": _invitation, "attendance": letter_fields.attendance, "minutes": _minutes,
    "results": letter_fields.results, "score-sheets": letter_fields.score_sheets,
    "council-report": letter_fields.council_report, "decision": _decision, "ministry": letter_fields.ministry,
    "notice-communes": _communes, "notice-producers": _producers, "handover": letter_fields.handover,
    "renewal-letters": letter_fields.renewals, "revocation": letter_fields.revocations,
}
OF_MEETING = ("invitation", "attendance", "minutes", "results", "score-sheets", "council-report", "decision", "ministry",
              "notice-communes", "notice-producers")  # with the fields of the session they are of
