"""What an import will write: producers, products, dossiers and their recognitions, each known or new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from ocop_desktop.data.importing import KnownDossier
from ocop_desktop.rules.names import fold
from ocop_desktop.sheets.register import Recognition

_PLAIN = str.maketrans(
    {chr(n): fold(chr(n)) for n in (*range(0x21, 0x180), *range(0x1A0, 0x1B1), *range(0x1EA0, 0x1EFA)) if fold(chr(n)).isascii()}
)


@lru_cache(maxsize=16384)
def folded(name: str) -> str:
    """``rules.names.fold``, six times as fast for Vietnamese in NFC."""
    plain = name.translate(_PLAIN)
    return " ".join(plain.split()) if plain.isascii() else fold(name)


RULEBOOK_NOW = "26/2026/QĐ-TTg"
RULEBOOKS = ((dt.date(2026, 5, 22), RULEBOOK_NOW), (dt.date(2023, 3, 6), "148/2023/QĐ-TTg"), (dt.date.min, "1048/2019/QĐ-TTg"))
PRODUCER_COLUMNS = (
    ("kind", "producer_kind"),
    ("tax_code", "tax_code"),
    ("commune_id", "commune_id"),
    ("address", "address"),
    ("representative", "representative"),
    ("phone", "phone"),
    ("email", "email"),
)  # column of the table, field of the sheet


_NOTHING: Mapping[str, Any] = MappingProxyType({})


def _nothing() -> Mapping[str, Any]:
    """Most of a hundred thousand records change nothing; they share it."""
    return _NOTHING


@dataclass(eq=False, slots=True)
class ProducerPlan:
    """A producer of the file: known (``id``) or new; ``values`` by column, ``changes`` column -> before."""

    id: int | None
    name: str
    folded: str
    values: MutableMapping[str, Any]
    changes: Mapping[str, Any] = field(default_factory=_nothing)
    first_row: int = 0
    given: dict[str, int] = field(default_factory=dict)  # column -> row of this file that gave it
    rows: tuple[int, ...] = ()


@dataclass(eq=False, slots=True)
class ProductPlan:
    """A product of the file, of one producer."""

    id: int | None
    producer: ProducerPlan
    name: str
    folded: str
    set_no: int | None = None
    category: str = ""
    changes: Mapping[str, Any] = field(default_factory=_nothing)
    known: tuple[KnownDossier, ...] = ()
    planned: tuple[DossierPlan, ...] = ()
    first_row: int | None = None  # of the file


@dataclass(eq=False, slots=True)
class DossierPlan:
    """A dossier to make, or one that is known and gets changes; with its recognition."""

    id: int | None
    product: ProductPlan
    row: int
    values: Mapping[str, Any]
    recognition: Recognition | None = None
    known: KnownDossier | None = None
    changes: Mapping[str, Any] = field(default_factory=_nothing)
    recognition_changes: Mapping[str, Any] = field(default_factory=_nothing)


@dataclass(eq=False, slots=True)
class RecordPlan:
    """A record of a table of its own (activity, money, earlier scores): new, or known (``id``) with changes column -> before.

    ``dossier`` is the one it belongs to, where the dossier may still have to be written.
    """

    table: str
    id: int | None
    row: int
    values: dict[str, Any]
    changes: dict[str, Any] = field(default_factory=dict)
    dossier: DossierPlan | None = None


@dataclass(slots=True)
class RowPlan:
    """What a row does: ``create``, ``update``, ``none``, ``wait`` (for a choice) or ``reject``; (field, before, after)."""

    action: str
    changes: tuple[tuple[str, Any, Any], ...] = ()
    asked: bool = False


@dataclass
class Plan:
    """Everything an accepted preview writes."""

    producers: list[ProducerPlan] = field(default_factory=list)  # new ones
    products: list[ProductPlan] = field(default_factory=list)  # new ones
    changed: tuple[ProducerPlan | ProductPlan, ...] = ()  # known ones
    dossiers: list[DossierPlan] = field(default_factory=list)  # new and changed ones
    records: list[RecordPlan] = field(default_factory=list)  # new and changed ones
    rows: dict[int, RowPlan] = field(default_factory=dict)


_LOOSE = ("phone", "tax_code")  # only letters and figures of these count


def differs(name: str, before: Any, after: Any) -> bool:
    """Whether a value of a sheet says something else: blanks and line ends do not count, and lines of a note that stand there."""
    if before == after:
        return False
    if isinstance(before, str) and isinstance(after, str):
        if not before and name not in _LOOSE:
            return bool(after.strip())
        if name == "note":
            kept = {" ".join(line.split()) for line in before.splitlines()}
            whole = " ".join(before.split())
            return " ".join(after.split()) != whole and not {" ".join(line.split()) for line in after.splitlines()} <= kept
        if name in _LOOSE:
            before, after = "".join(c for c in before if c.isalnum()), "".join(c for c in after if c.isalnum())
        return " ".join(before.split()) != " ".join(after.split())
    return bool(before != after)


def rulebook_of(issued: dt.date | None, year: int | None) -> str:
    """The decision a recognition was made under, by its day; by its year where that leaves no choice; else empty."""
    if issued:
        return next((book for start, book in RULEBOOKS if issued >= start), "")
    if year:
        first, last = rulebook_of(dt.date(year, 1, 1), None), rulebook_of(dt.date(year, 12, 31), None)
        return first if first == last else ""
    return ""


def same(planned: Recognition, one: Recognition) -> bool:
    """Whether two recognitions of one product are one: the same day, or without days the same turn and year."""
    if planned.issued and one.issued:
        return planned.issued == one.issued
    return planned.turn == one.turn and planned.year == one.year and planned.issued == one.issued


def known_recognition(product: ProductPlan, one: Recognition) -> KnownDossier | None:
    """The dossier that tells of a recognition already: same day or decision, or same turn where a day lacks or is near."""
    if not product.known:
        return None
    taken = {p.id for p in product.planned if p.id is not None}
    recognised = [d for d in product.known if d.status in ("history", "recognised") and d.id not in taken]
    kinds = ("upgrade", "reevaluation") if one.turn == "second" else ("first",)
    if one.issued:
        for dossier in recognised:
            if dossier.issued_on == one.issued or (
                one.decision and dossier.decision_number == one.decision and dossier.stars == one.stars
            ):
                return dossier
    elif one.year:  # a day is known already of which the sheet knows the year
        undated = [d for d in recognised if d.issued_on is None and d.stars == one.stars and str(one.year) in (d.note or "")]
        if undated:
            return undated[0]
        of_year = [d for d in recognised if d.issued_on is not None and d.issued_on.year == one.year]
        if of_year:
            return next((d for d in of_year if d.stars == one.stars), of_year[0])
    for dossier in recognised:
        if dossier.kind in kinds and (
            dossier.issued_on is None or one.issued is None or abs((dossier.issued_on - one.issued).days) <= 300
        ):
            same_year = not (
                one.year and f"{one.year}" not in (dossier.note or "") and dossier.issued_on is None and one.issued is None
            )
            if same_year or dossier.stars == one.stars:
                return dossier
    return None


FACTS = {"year": "Năm công nhận", "decision": "Số quyết định", "authority": "Cơ quan công nhận"}  # as they stand in a note
REVOKED = "Đã thu hồi giấy chứng nhận ngày"  # how an export says so in the note; at home the register knows it


def with_facts(note: str, one: Recognition) -> str:
    """What cannot stand in a certificate for want of its day is kept in the note."""
    if one.issued:
        facts = [("authority", one.authority)] if not one.decision else []
    else:
        facts = [("year", str(one.year) if one.year else ""), ("decision", one.decision), ("authority", one.authority)]
    lines = [note] if note else []
    return "\n".join(lines + [f"{FACTS[name]}: {value}" for name, value in facts if value])


def recognition_changes(known: KnownDossier, one: Recognition) -> dict[str, tuple[Any, Any]]:
    """What a recognition read from a sheet changes of one already kept: field -> (before, after).

    Nothing without a day of issue or below 3 stars, which have no certificate (Article 3 of Decision 26/2026/QĐ-TTg); an empty
    cell changes nothing.
    """
    if not one.issued or one.stars < 3:
        return {}
    pairs: dict[str, tuple[Any, Any]] = {
        "issued_on": (known.issued_on, one.issued),
        "expires_on": (known.expires_on, one.expires),
        "stars": (known.certificate_stars, one.stars),
    }
    if one.decision:
        pairs["decision"] = (known.decision_number, one.decision)
        pairs["authority"] = (known.authority, one.authority or known.authority)
    return {k: (before, after) for k, (before, after) in pairs.items() if before != after and after is not None}
