"""What the fields of an office's own Word files hold, from the same facts as the shipped papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions import meeting_papers, minutes_paper, outcome_papers
from ocop_desktop.actions.meeting_facts import Meeting
from ocop_desktop.data.engine import Session

if TYPE_CHECKING:
    from ocop_desktop.papers.blocks import Paper
    from ocop_desktop.papers.decision_draft import Recognised
    from ocop_desktop.papers.notices import Told

Fields = dict[str, Any]


def fields_of(kind: str, session: Session, meeting: Meeting, papers: Sequence[Paper]) -> Fields:
    """The values of a paper's fields.

    Args:
        kind: a key of ``KINDS``; papers: as the shipped text has them, with the office's head, number and signatory.
    """
    return _common(meeting, papers[0]) | KINDS[kind](session, meeting, papers)


def _common(meeting: Meeting, paper: Paper) -> Fields:
    from ocop_desktop.papers.blocks import Letterhead, Signatures, capitals
    from ocop_desktop.papers.state_paper import long_date

    head = next((b for b in paper.blocks if isinstance(b, Letterhead)), Letterhead("", ""))
    signed = next((b.right for b in reversed(paper.blocks) if isinstance(b, Signatures)), None)
    return {
        "co_quan_cap_tren": head.above, "co_quan": head.own, "CO_QUAN_CAP_TREN": "\n".join(capitals(head.above)),
        "CO_QUAN": "\n".join(capitals(head.own)), **_letter(paper), "quyen_han": "\n".join(signed.lines) if signed else "",
        "nguoi_ky": signed.name if signed else "", "hoi_dong": meeting.council, "phien": meeting.name,
        "ngay_hop": long_date(meeting.held_on), "dia_diem": meeting.place or "…………", "chu_tri": meeting.chair or "…………",
        "thu_ky": meeting.secretary or "…………", "luat": meeting.law,
        "viec": "Lấy ý kiến bằng văn bản" if meeting.kind == "written" else "Họp",
    }


def _letter(paper: Paper) -> Fields:
    """Number and date of one letter."""
    from ocop_desktop.papers.blocks import Letterhead

    head = next((b for b in paper.blocks if isinstance(b, Letterhead)), Letterhead("", ""))
    return {"so_van_ban": head.number.removeprefix("Số: "), "noi_ngay": head.dated}


def _invitation(_session: Session, meeting: Meeting, _papers: Sequence[Paper]) -> Fields:
    from ocop_desktop.papers.state_paper import long_date

    made = meeting_papers.invitation(meeting)
    keys = ("ma", "san_pham", "chu_the", "bo_san_pham", "loai_ho_so")
    return {
        "han_gui_phieu": long_date(made.due_on) if made.due_on else "", "so_ho_so": str(len(made.agenda)),
        "cac_thu": [dict(zip(("ho_ten", "chuc_vu", "vai_tro"), member, strict=True)) for member in made.members],
        "ho_so": _counted([dict(zip(keys, line, strict=True)) for line in made.agenda]),
    }


def _communes(session: Session, meeting: Meeting, papers: Sequence[Paper]) -> Fields:
    keys = ("ma", "ten", "chu_the", "diem", "ket_qua", "con_thieu")
    letters = zip(papers, outcome_papers.commune_notices(meeting), strict=True)
    return {
        "quyet_dinh": outcome_papers.sender(session, meeting).decision,
        "cac_thu": [_letter(paper) | {
            "xa": f"{to.commune[0].lower()}{to.commune[1:]}",
            "san_pham": _counted([dict(zip(keys, line, strict=True)) for line in to.lines])} for paper, to in letters],
    }


def _producers(session: Session, meeting: Meeting, papers: Sequence[Paper]) -> Fields:
    letters = zip(papers, outcome_papers.producer_notices(meeting), strict=True)
    return {
        "quyet_dinh": outcome_papers.sender(session, meeting).decision,
        "cac_thu": [_letter(paper) | {"chu_the": to.producer, "nguoi_dai_dien": to.representative, "dia_chi": to.address,
                                      "san_pham": _counted([_told(one) for one in to.products])} for paper, to in letters],
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
        "so_thang": str(draft.months), "san_pham": _counted(named),
        "tiem_nang": _counted([_recognised(one, "Tiềm năng 5 sao") for one in draft.potential]),
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
        "thanh_vien": _counted([{"ho_ten": m.name, "co_quan": m.agency, "vai_tro": m.role, "co_mat": m.presence}
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


def _counted(rows: list[Fields]) -> list[Fields]:
    return [{"stt": str(number)} | row for number, row in enumerate(rows, 1)]


KINDS: dict[str, Callable[[Session, Meeting, Sequence[Paper]], Fields]] = {
    "minutes": _minutes, "invitation": _invitation, "decision": _decision, "notice-communes": _communes,
    "notice-producers": _producers,
}
