"""Dossiers: finding them among 100,000, making a new one, taking a draft away; for its form see ``dossier_fields``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ocop_desktop.actions import dossier_checks, rulebooks
from ocop_desktop.actions.dossier_fields import change, mark_ready, reopen, undo_last
from ocop_desktop.actions.dossier_form import DossierForm, open_dossier
from ocop_desktop.actions.rights import need
from ocop_desktop.data import batches, communes, dossier_lists, dossiers, producers, search
from ocop_desktop.data.communes import Unit
from ocop_desktop.data.dossier_lists import DossierRow, Filters, Sort
from ocop_desktop.data.engine import Session
from ocop_desktop.data.producers import ProducerHit
from ocop_desktop.errors import Place, Problem, ProblemsFound, UserError
from ocop_desktop.rules import product_code
from ocop_desktop.rules.names import fold
from ocop_desktop.rules.product_code import ProductCode
from ocop_desktop.rules.rounds import newest_first
from ocop_desktop.text import N_

__all__ = [
    "Deleted", "DossierForm", "DossierRow", "FilterChoices", "Filters", "NewDossier", "Page", "ProducerHit", "Sort", "Unit",
    "change", "count", "create", "delete_draft", "export_rows", "filter_choices", "find", "first_page", "known_rounds",
    "mark_ready", "open_dossier", "propose_code", "reopen", "suggest_communes", "suggest_producers", "undo_delete", "undo_last",
]

PAGE = 256


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and how long the list is (None: not counted yet)."""

    rows: tuple[DossierRow, ...]
    count: int | None


@dataclass(frozen=True)
class FilterChoices:
    """What the filters offer beside fixed lists: rounds, newest first; communes with a producer: id, name with kind, province;
    imports in force, newest first: id, file."""

    rounds: tuple[str, ...]
    communes: tuple[tuple[int, str, str], ...]
    any: bool
    imports: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class NewDossier:
    """A dossier to be made.

    Args:
        product: name of the product; set_no: 1-26 or None; kind: first, upgrade or reevaluation.
        producer_id: an existing producer; without one ``producer``, ``producer_kind`` and ``commune_id`` make a new one.
    """

    product: str
    set_no: int | None = None
    kind: str = "first"
    producer_id: int | None = None
    producer: str = ""
    producer_kind: str = ""
    commune_id: int | None = None


@dataclass(frozen=True)
class Deleted:
    """A draft taken away: its product, and what ``undo_delete`` needs."""

    change_id: int
    product: str


def find(session: Session, query: str = "", filters: Filters = Filters(), sort: Sort = Sort(), page: int = 0,  # noqa: B008
         page_size: int = PAGE, count: int | None = None) -> Page:
    """A page of the dossiers that match, accents aside, with their count.

    Args:
        query: words that all occur in product, producer, commune or code.
        page: 0 is the first.
        count: the list's length where the caller knows it already; else it is counted.
    """
    need(session, "register")
    rows, known = dossier_lists.page_of(session, query, filters, sort, page * page_size, page_size)
    if known is None:
        known = dossier_lists.count(session, query, filters) if count is None else count
    return Page(rows, known)


def first_page(session: Session, query: str, filters: Filters, sort: Sort, page_size: int = PAGE) -> Page:
    """The first page at once; its count is None where it would have to be counted (see ``count``)."""
    need(session, "register")
    return Page(*dossier_lists.page_of(session, query, filters, sort, 0, page_size))


def count(session: Session, query: str, filters: Filters) -> int:
    """How many dossiers match."""
    return dossier_lists.count(session, query, filters)


def export_rows(session: Session, query: str, filters: Filters, sort: Sort) -> tuple[DossierRow, ...]:
    """Every dossier that matches, in order."""
    need(session, "register")
    return dossier_lists.all_rows(session, query, filters, sort)


def filter_choices(session: Session) -> FilterChoices:
    """What can be filtered by."""
    used = dossier_lists.communes_in_use(session)
    named = tuple((number, f"{kind} {name}", province) for number, name, kind, province in used)
    imports = tuple((batch.id, batch.file_name) for batch in batches.batch_list(session) if batch.undone_at is None)
    return FilterChoices(known_rounds(session), named, dossier_lists.any_dossier(session), imports)


def known_rounds(session: Session) -> tuple[str, ...]:
    """Rounds that dossiers name, the newest first."""
    return newest_first(dossier_lists.rounds(session))


def suggest_producers(session: Session, text: str, limit: int = 8) -> tuple[ProducerHit, ...]:
    """Producers by what is typed of their name (accents aside) or their tax code."""
    return producers.find_producers(session, text, limit)


def suggest_communes(session: Session, text: str, province_code: str = "", limit: int = 8) -> tuple[Unit, ...]:
    """Communes by what is typed, those of the office's province first (``province_code`` when given)."""
    from ocop_desktop.actions.office import read_office

    home = province_code or read_office(session).province_code
    near = communes.find_communes(session, text, home, limit=limit) if home else ()
    far = communes.find_communes(session, text, limit=limit)
    return (*near, *(unit for unit in far if unit.id not in {n.id for n in near}))[:limit]


def propose_code(session: Session, commune_id: int, year: int) -> ProductCode:
    """The next free product code of a commune in a year (Annex III of Decision 26/2026/QĐ-TTg).

    Raises:
        UserError: no such commune.
    """
    unit = communes.by_id(session, commune_id)
    if unit is None:
        raise UserError("Chưa chọn xã, phường của chủ thể nên chưa lập được mã sản phẩm.")
    taken = dossiers.codes_of(session, unit.province_code, unit.code, year)
    return product_code.propose_code(unit.province_code, unit.code, year, taken)


def create(session: Session, new: NewDossier, who: str) -> int:
    """Make a dossier in preparation under the decision in force, filed today; its number.

    Raises:
        ProblemsFound: a name is missing or a choice is not right; each problem's column is the field of ``NewDossier``.
    """
    product, producer = dossier_checks.tidy(new.product), dossier_checks.tidy(new.producer)
    book = rulebooks.current()
    _refuse_incomplete(session, new, product, producer, tuple(book.head))
    producer_id = new.producer_id
    if producer_id is None:
        producer_id = producers.add(session, producer, kind=new.producer_kind, commune_id=new.commune_id)
        dossiers.write_line(session, who, "producer", producer_id, "created", None, {"name": producer})
    dossier_id = dossiers.add(session, producer_id=producer_id, name=product, folded=fold(product), set_no=new.set_no,
                              kind=new.kind, rulebook=book.id, filed_on=dt.date.today())
    dossiers.write_line(session, who, "dossier", dossier_id, "created", None, {"product": product})
    search.refresh_search(session, [dossier_id])
    return dossier_id


def _refuse_incomplete(session: Session, new: NewDossier, product: str, producer: str, sets: tuple[int, ...]) -> None:
    problems = []
    for wrong, field, message in (
            (not product, "product", N_("Cần tên sản phẩm.")),
            (new.producer_id is None and not producer, "producer", N_("Cần tên chủ thể; gõ để tìm chủ thể đã có hoặc thêm mới.")),
            (new.producer_id is not None and producers.get(session, new.producer_id) is None, "producer",
             N_("Không còn chủ thể này; hãy chọn lại.")),
            (new.kind not in dossier_checks.APPLICATION_KINDS, "kind", N_("Hãy chọn loại đăng ký.")),
            (new.producer_kind not in ("", *dossier_checks.PRODUCER_KINDS), "producer_kind", N_("Hãy chọn loại hình.")),
            (new.set_no is not None and new.set_no not in sets, "set_no", N_("Hãy chọn bộ sản phẩm trong danh sách.")),
            (new.commune_id is not None and communes.by_id(session, new.commune_id) is None, "commune_id",
             N_("Hãy chọn xã, phường trong danh sách gợi ý."))):
        if wrong:
            problems.append(Problem(message, {}, Place(column=field), kind=field))
    if problems:
        raise ProblemsFound(problems)


def delete_draft(session: Session, dossier_id: int, who: str) -> Deleted:
    """Take a dossier in preparation away, with its product when no other dossier needs it; ``undo_delete`` brings it back.

    Raises:
        UserError: it is not in preparation, or an agenda, a ballot or a certificate needs it.
    """
    form = open_dossier(session, dossier_id)
    if form.status not in ("draft", "ready") or any(dossiers.uses(session, dossier_id)):
        raise UserError("Hồ sơ “{product}” đã vào phiên đánh giá hoặc đã được công nhận nên không xóa được.",
                        product=form.product.name)
    kept = dossiers.delete_whole(session, dossier_id)
    return Deleted(dossiers.write_line(session, who, "dossier", dossier_id, "deleted", kept, None), form.product.name)


def undo_delete(session: Session, change_id: int, who: str) -> int:
    """Bring a deleted draft back as it was; its number.

    Raises:
        UserError: it is back already, its code was given away meanwhile, or its producer is gone.
    """
    line = dossiers.line(session, change_id)
    if line is None or line.what != "deleted":
        raise UserError("Không tìm thấy hồ sơ đã xóa này.")
    kept: Mapping[str, Any] = line.before
    code = kept["dossier"][0]["code"]
    if dossiers.get(session, line.entity_id) is not None:
        raise UserError("Hồ sơ này đã được lấy lại rồi.")
    if code and (owner := dossiers.code_owner(session, code)) is not None:
        raise UserError("Mã {code} đã cấp cho sản phẩm “{product}” nên không lấy lại được hồ sơ đã xóa.",
                        code=code, product=owner)
    dossiers.bring_back(session, kept)
    dossiers.write_line(session, who, "dossier", line.entity_id, "restored", None, {"line": change_id})
    search.refresh_search(session, [line.entity_id])
    return line.entity_id
