"""Fields of the office's own texts for letters and reports: of dossiers, of the council and around certificates.

Each is made from the same dataclass as the shipped paper; ``paper_fields`` has the fields all of them share.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions import (
    advisory_paper,
    commune_papers,
    council_papers,
    meeting_papers,
    minutes_paper,
    product_scores,
    register_facts,
    renewal_letters,
)
from ocop_desktop.actions.meeting_facts import Filed, Meeting
from ocop_desktop.data.engine import Session

if TYPE_CHECKING:
    from ocop_desktop.papers.blocks import Letterhead, Paper
    from ocop_desktop.papers.council_report import Reported
    from ocop_desktop.papers.result_table import ResultTable
    from ocop_desktop.papers.revocation_draft import RevocationDraft
    from ocop_desktop.papers.score_sheet import ScoreSheet

Fields = dict[str, Any]


@dataclass(frozen=True)
class Chosen:
    """A paper around certificates: those chosen, the day it is made for, and the key of its kind."""

    ids: tuple[int, ...]
    today: dt.date
    kind: str = ""


def head_of(paper: Paper) -> Letterhead:
    """The head of a paper; an empty one where it has none."""
    from ocop_desktop.papers.blocks import Letterhead

    return next((b for b in paper.blocks if isinstance(b, Letterhead)), Letterhead("", ""))


def numbered(paper: Paper) -> Fields:
    """Number and date of one letter."""
    head = head_of(paper)
    return {"so_van_ban": head.number.removeprefix("Số: "), "noi_ngay": head.dated}


def counted(rows: Iterable[Fields]) -> list[Fields]:
    """Rows with their running number as ``stt``."""
    return [{"stt": str(number)} | row for number, row in enumerate(rows, 1)]


def _of_commune(paper: Paper) -> Fields:
    from ocop_desktop.papers.blocks import capitals

    own = head_of(paper).own
    return numbered(paper) | {"co_quan": own, "CO_QUAN": "\n".join(capitals(own))}


def commune_requests(session: Session, filed: Filed, papers: Sequence[Paper]) -> Fields:
    """Letters of communes that ask for the assessment."""
    from ocop_desktop.papers.state_paper import basis_in_law, short_date

    made = commune_papers.commune_requests(session, filed)
    return {
        "kinh_gui": made[0].to, "can_cu": basis_in_law(made[0].law),
        "cac_thu": [_of_commune(paper) | {
            "xa": one.commune, "dot": one.round, "so_san_pham": str(len(one.lines)), "co_mau": "có" if one.samples else "",
            "san_pham": counted({
                "ten": line.product, "ma": line.code, "chu_the": line.producer, "dia_chi": line.address,
                "bo_san_pham": line.set_name, "loai_dang_ky": line.kind, "so_mau": line.samples,
                "ngay_nhan": short_date(line.received_on) if line.received_on else "…/…/20…"} for line in one.lines),
        } for paper, one in zip(papers, made, strict=True)],
    }


def commune_reports(session: Session, filed: Filed, papers: Sequence[Paper]) -> Fields:
    """Form 03 of each dossier; what the commune finds stays to be written by hand."""
    from ocop_desktop.papers.blocks import dotted
    from ocop_desktop.papers.commune_report import OPEN_DAY, said
    from ocop_desktop.papers.state_paper import basis_in_law, long_date

    made = commune_papers.commune_reports(session, filed)
    return {
        "kinh_gui": made[0].to, "can_cu": basis_in_law(made[0].law),
        "cac_ban": [_of_commune(paper) | {
            "san_pham": one.product, "chu_the": one.producer,
            "ngay_nhan": long_date(one.received_on) if one.received_on else OPEN_DAY,
            "thong_tin": [{"ten": name, "gia_tri": dotted(value)} for name, value in one.facts],
            "giay_to": "; ".join(one.attachments) or dotted("", 60),
            "noi_dung": counted({"ten": point.title, "tu_cham": [said(*line) for line in point.said]} for point in one.points),
        } for paper, one in zip(papers, made, strict=True)],
    }


def advisory(session: Session, filed: Filed, _papers: Sequence[Paper]) -> Fields:
    """The advisory team's report."""
    from ocop_desktop.papers.advisory_report import opinions

    made = advisory_paper.advisory_report(session, filed)
    return {
        "kinh_gui": made.to, "luat": made.law, "phien": made.session, "so_ho_so": str(len(made.lines)),
        "so_da_cham": str(made.scored), "de_nghi_chung": made.proposals,
        "ho_so": [{"stt": str(one.place), "ten": one.product, "ma": one.code, "chu_the": one.producer,
                   "diem": one.points or "chưa chấm xong", "hang": one.by_points or "–", "de_nghi": one.proposal}
                  for one in made.lines],
        "y_kien": [{"stt": str(one.place), "ten": one.product, "noi_dung": [f"{name}: {words}" for name, words in opinions(one)]}
                   for one in made.lines if one.noted],
    }


def council_report(session: Session, meeting: Meeting, _papers: Sequence[Paper]) -> Fields:
    """The council's report to the people's committee."""
    from ocop_desktop.papers.council_report import how, in_words, proposals, totals
    from ocop_desktop.papers.state_paper import basis_in_law

    made = council_papers.council_report(session, meeting)
    tables = (("Theo ngành", made.by_industry), ("Theo loại đăng ký", made.by_kind), ("Theo địa bàn", made.by_commune))
    return {
        "kinh_gui": made.body or "Ủy ban nhân dân cấp tỉnh", "can_cu": [basis_in_law(made.law), *made.bases],
        "cach_hop": how(made), "so_luong_co_mat": made.quorum, "so_ho_so": str(made.count),
        "tong_hop": in_words(made.ranks, totals(made)),
        "thong_ke": [{"nhom": heading, "ten": name, "cong": str(sum(counts)), "chi_tiet": "; ".join(
            f"{rank}: {count}" for rank, count in zip(made.ranks, counts, strict=True) if count)}
            for heading, lines in tables for name, counts in lines],
        "cong_nhan": counted(map(_reported, made.recognised)), "tiem_nang": counted(map(_reported, made.potential)),
        "chua_dat": counted(map(_reported, made.others)), "rut_khoi_phien": list(made.removed),
        "chua_chot": list(made.not_closed), "de_nghi": list(proposals(made)), "ket_qua": result_rows(made.table),
    }


def _reported(one: Reported) -> Fields:
    return {"ma": one.code, "ten": one.product, "chu_the": one.producer, "dia_chi": one.address, "diem": one.mean,
            "ket_qua": one.rank, "ly_do": one.reason}


def result_rows(table: ResultTable) -> list[Fields]:
    """Rows of the result table; the points of each agency as one text."""
    return [{"stt": str(row.place), "ma": row.code, "san_pham": row.product, "chu_the": row.producer, "dia_chi": row.address,
             "diem_thanh_vien": "; ".join(f"{head}: {total}" for head, total in zip(table.agencies, row.totals, strict=True)),
             "diem": row.mean, "ket_qua": row.rank} for row in table.rows]


def results(_session: Session, meeting: Meeting, _papers: Sequence[Paper]) -> Fields:
    """The result table, a cell for each agency."""
    table = minutes_paper.result_table(meeting)
    return {
        "cot_diem": list(table.agencies), "chu_thich": _legend(table.names), "ghi_chu": table.note,
        "ket_qua": [row | {"diem_cot": list(one.totals)} for row, one in zip(result_rows(table), table.rows, strict=True)],
    }


def _legend(names: Iterable[tuple[str, str, str]]) -> str:
    return "; ".join(f"{short}: {agency} ({member})" for short, agency, member in names)


def score_sheets(_session: Session, meeting: Meeting, papers: Sequence[Paper]) -> Fields:
    """The score sheet of each product, a cell for each member."""
    made = product_scores.score_sheets(meeting)
    return {"cac_ban": [numbered(paper) | _scored(one) for paper, one in zip(papers, made, strict=True)]}


def _scored(one: ScoreSheet) -> Fields:
    from ocop_desktop.papers.score_sheet import result_in_words

    names = ("ma", "tieu_chi", "toi_da", "trung_binh", "dieu_kien")
    lines = [*one.rows, *(("", *row, "") for row in one.totals)]
    return {
        "ho_so_so": str(one.place), "ma": one.code, "san_pham": one.product, "chu_the": one.producer,
        "bo_san_pham": one.set_name, "luat": one.law, "cot_diem": list(one.heads), "chu_thich": _legend(one.names),
        "dong": [{"phan": row[0], **dict.fromkeys(names, ""), "diem_cot": []} if len(row) == 1 else
                 {"phan": "", **dict(zip(names, (*row[:3], *row[-2:]), strict=True)), "diem_cot": list(row[3:-2])}
                 for row in lines],
        "dieu_kien": [f"Điều kiện hạng {gate.stars} sao: {gate.told}" for gate in one.gates], "ket_qua": result_in_words(one),
    }


def ministry(session: Session, meeting: Meeting, _papers: Sequence[Paper]) -> Fields:
    """The province's letter to the Ministry on products that may have 5 stars."""
    from ocop_desktop.papers.state_paper import basis_in_law

    made = council_papers.potential_request(session, meeting)
    return {
        "kinh_gui": made.to, "can_cu": basis_in_law(made.law), "quyet_dinh": made.decision, "diem_toi_thieu": str(made.line),
        "san_pham": counted({
            "ten": one.product, "ma": one.code, "chu_the": one.producer, "nguoi_dai_dien": one.representative,
            "dien_thoai": one.phone, "dia_chi": one.address, "bo_san_pham": one.set_name, "diem": one.mean,
            "diem_phan": "; ".join(f"{name}: {mean}" for name, mean in zip(made.part_names, one.parts, strict=True)),
            "giay_to": "; ".join(one.papers) or "–"} for one in made.products),
    }


def attendance(_session: Session, meeting: Meeting, _papers: Sequence[Paper]) -> Fields:
    """Who is expected at the meeting."""
    members = meeting_papers.attendance_list(meeting).members
    return {"thanh_vien": counted(dict(zip(("ho_ten", "co_quan", "vai_tro"), member, strict=True)) for member in members)}


def handover(session: Session, source: Meeting | Chosen, _papers: Sequence[Paper]) -> Fields:
    """Certificates to be handed over, of a council session or chosen in the register."""
    from ocop_desktop.papers.certificate_handover import told
    from ocop_desktop.papers.state_paper import long_date

    made = (register_facts.handover(session, source.ids, source.today) if isinstance(source, Chosen)
            else register_facts.handover_of(session, source))
    return {
        "so_giay": str(made.count), "chia_hang": told(made),
        "cac_quyet_dinh": [{"ten": f"Quyết định số {number} {long_date(day)}", "giay": counted(
            {"so_giay": one.number, "ten": one.product, "chu_the": one.producer, "dia_chi": one.address,
             "hang": f"{one.stars} sao"} for one in found)} for (number, day), found in made.groups],
    }


def renewals(session: Session, source: Chosen, papers: Sequence[Paper]) -> Fields:
    """Letters to communes about certificates that fall due."""
    from ocop_desktop.papers.state_paper import short_date

    letters = zip(papers, renewal_letters.letters(session, source.today), strict=True)
    return {
        "ngay": short_date(source.today),
        "cac_thu": [numbered(paper) | {
            "xa": one.commune[:1].lower() + one.commune[1:], "so_san_pham": str(len(one.products)),
            "co_qua_han": "có" if any(due.late for due in one.products) else "",
            "san_pham": counted({
                "ten": due.product, "chu_the": due.producer, "dien_thoai": due.phone, "hang": f"{due.stars} sao",
                "nhan_tu": short_date(due.opens), "nhan_den": short_date(due.closes), "het_hieu_luc": short_date(due.expires),
                "qua_han": "(*)" if due.late else ""} for due in one.products),
        } for paper, one in letters],
    }


def revocations(session: Session, source: Chosen, papers: Sequence[Paper]) -> Fields:
    """Drafts of revocation decisions."""
    made = register_facts.revocations(session, source.ids, source.today)
    return {"cac_ban": [numbered(paper) | _revoked(one) for paper, one in zip(papers, made, strict=True)]}


def _revoked(one: RevocationDraft) -> Fields:
    from ocop_desktop.papers.revocation_draft import conclusion, recognition
    from ocop_desktop.papers.state_paper import long_date

    return {
        "tham_quyen": one.authority, "THAM_QUYEN": one.authority.upper(), "luat": one.law,
        "co_quan_de_nghi": one.agency or "cơ quan quản lý OCOP cấp tỉnh", "nam": str(one.year),
        "cong_nhan": recognition(one) if one.recognised else "", "ket_luan": conclusion(one), "so_giay": one.certificate,
        "ngay_cap": long_date(one.issued_on), "san_pham": one.product, "ma": one.code, "hang": f"{one.stars} sao",
        "chu_the": one.producer, "dia_chi": one.address, "ly_do": f"{one.ground[:1].lower()}{one.ground[1:]}",
    }
