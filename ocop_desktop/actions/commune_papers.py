"""The papers of the commune: its report on each dossier (form 03) and the letter that asks for the assessment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ocop_desktop.actions.dossier_form import DossierForm, open_dossier
from ocop_desktop.actions.dossier_paper_forms import attachment, kind_in_words
from ocop_desktop.actions.meeting_facts import Filed, Item
from ocop_desktop.data.engine import Session
from ocop_desktop.rules.names import fold
from ocop_desktop.rules.rulebook import NONE_APPLIES, decision_of
from ocop_desktop.rules.terms import APPLICATION_KINDS

if TYPE_CHECKING:
    from ocop_desktop.papers.blocks import Paper
    from ocop_desktop.papers.commune_report import CommuneReport, Point
    from ocop_desktop.papers.commune_request import CommuneRequest, Requested

AGENCY = "Cơ quan quản lý OCOP cấp tỉnh"
KINDS = ("Xã", "Phường", "Đặc khu")
POINTS = (  # the four points of form 03, and how the names of the criteria begin that touch them
    ("Nguồn nguyên liệu địa phương", ("nguon nguyen lieu", "nguon goc san pham")),
    ("Sử dụng lao động địa phương", ("su dung lao dong dia phuong",)),
    ("Nguồn gốc ý tưởng sản phẩm", ("nguon goc y tuong",)),
    ("Bản sắc, trí tuệ địa phương", ("tri tue/ban sac dia phuong",)),
)


def reports(session: Session, filed: Filed) -> Sequence[Paper]:
    """Form 03 of every dossier, in their order.

    What the commune finds is in no file: it is left to be written. Beside each point stands what the producer's own score says.
    """
    from ocop_desktop.papers.commune_report import papers

    return papers(commune_reports(session, filed))


def commune_reports(session: Session, filed: Filed) -> tuple[CommuneReport, ...]:
    """What form 03 says of every dossier, in their order."""
    return tuple(_report(filed, item, open_dossier(session, item.dossier_id)) for item in filed.on_agenda)


def _report(filed: Filed, item: Item, form: DossierForm) -> CommuneReport:
    from ocop_desktop.papers.commune_report import CommuneReport

    maker, asked = form.producer, form.registration
    samples = f"{asked.samples} mẫu" if asked.samples else "không nộp mẫu" if asked.samples_required == 0 else ""
    head = ", ".join(part for part in (maker.representative, maker.position) if part)
    facts = (("Chủ thể", item.producer), ("Loại hình", kind_in_words(maker.kind)), ("Người đại diện, chức vụ", head),
             ("Địa chỉ", item.producer_address), ("Điện thoại", maker.phone), ("Sản phẩm", item.product),
             ("Mã sản phẩm", item.code), ("Bộ sản phẩm", item.set_name),
             ("Loại đăng ký", APPLICATION_KINDS[item.kind].vi), ("Số mẫu sản phẩm", samples))
    return CommuneReport(
        _commune(item), _place(item), _year(form), filed.office.agency or AGENCY, item.product, item.producer,
        decision_of(item.rulebook), facts, asked.commune_received_on,
        tuple(attachment(paper) for paper in form.papers if paper.ticked), tuple(_points(form)))


def _points(form: DossierForm) -> Iterator[Point]:
    from ocop_desktop.papers.commune_report import Point

    score = form.self_score
    for title, beginnings in POINTS:
        said = []
        for criterion in score.rules.criteria if score.rules else ():
            choice = score.choices.get(criterion.code, "")
            if choice and fold(criterion.name.vi).startswith(beginnings):
                option = "Không đạt mức nào" if choice == NONE_APPLIES else criterion.by_choice[choice].label.vi
                said.append((f"{criterion.code} {criterion.name.vi}", option, score.evidence.get(criterion.code, "")))
        yield Point(title, tuple(said))


def requests(session: Session, filed: Filed) -> Sequence[Paper]:
    """The letter of each commune with its products, by the communes' codes; those without a commune share one to be filled in."""
    from ocop_desktop.papers.commune_request import papers

    return papers(commune_requests(session, filed))


def commune_requests(session: Session, filed: Filed) -> tuple[CommuneRequest, ...]:
    """What the letters say, by the communes' codes."""
    return tuple(_request(session, filed, items) for items in _by_commune(filed))


def _by_commune(filed: Filed) -> list[tuple[Item, ...]]:
    found = sorted(filed.on_agenda, key=lambda item: item.commune_code)
    return [tuple(items) for _code, items in groupby(found, key=lambda item: item.commune_code)]


def request_records(filed: Filed) -> list[list[str]]:
    """The dossiers of each letter, as numbers are kept for them."""
    return [sorted(f"dossier:{item.dossier_id}" for item in items) for items in _by_commune(filed)]


def report_records(filed: Filed) -> list[list[str]]:
    """The dossier of each form 03, as numbers are kept for it."""
    return [[f"dossier:{item.dossier_id}"] for item in filed.on_agenda]


def _request(session: Session, filed: Filed, items: tuple[Item, ...]) -> CommuneRequest:
    from ocop_desktop.papers.commune_request import CommuneRequest

    forms = [open_dossier(session, item.dossier_id) for item in items]
    rounds = {form.registration.round for form in forms}
    round = rounds.pop() if len(rounds) == 1 else ""
    return CommuneRequest(
        _commune(items[0]), _place(items[0]), max(_year(form) for form in forms), filed.office.agency or AGENCY, filed.law,
        round if not round or fold(round).startswith("dot") else f"đợt {round}",
        tuple(_requested(item, form) for item, form in zip(items, forms, strict=True)),
        any(form.registration.samples_required != 0 for form in forms))


def _requested(item: Item, form: DossierForm) -> Requested:
    from ocop_desktop.papers.commune_request import Requested

    asked = form.registration
    samples = str(asked.samples) if asked.samples else "không" if asked.samples_required == 0 else "……"
    return Requested(item.product, item.code, item.producer, form.producer.address, item.set_name,
                     APPLICATION_KINDS[item.kind].vi, samples, asked.commune_received_on)


def _commune(item: Item) -> str:
    """"xã Mẫu Sơn"."""
    return f"{item.commune[0].lower()}{item.commune[1:]}" if item.commune else ""


def _place(item: Item) -> str:
    """"Mẫu Sơn"."""
    kind = next((kind for kind in KINDS if item.commune.startswith(f"{kind} ")), "")
    return item.commune.removeprefix(f"{kind} ") if kind else item.commune or "……………"


def _year(form: DossierForm) -> int:
    """The year the commune's paper is of: of receipt, else of filing, else as the code says, else this year."""
    asked = form.registration
    day = asked.commune_received_on or asked.filed_on
    if day:
        return day.year
    last = asked.code.rpartition("-")[2]
    return int(last) if last.isdigit() and len(last) == 4 else dt.date.today().year
