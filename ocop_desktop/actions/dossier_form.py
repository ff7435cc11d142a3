"""A dossier as its form shows it: producer, product, registration, papers, self-score, history. Read whole, frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.rights import need_dossier
from ocop_desktop.data import certificate_fate, communes, dossiers, producers
from ocop_desktop.data.batches import Source, sources_of
from ocop_desktop.data.engine import Session
from ocop_desktop.data.importing import known_scores
from ocop_desktop.errors import UserError
from ocop_desktop.rules.answering import SoFar, so_far
from ocop_desktop.rules.rulebook import CriteriaSet
from ocop_desktop.rules.terms import LEGAL_PAPERS
from ocop_desktop.rules.transition import Ruling

IN_COUNCIL = ("in_session", "closed", "recognised")  # what is scored must stay what was scored
FIXED = {  # fields that are closed then
    "in_session": ("product.set_no", "registration.kind", "registration.code", "product.producer_id"),
    "closed": ("product.set_no", "product.name", "registration.kind", "registration.code", "product.producer_id"),
    "recognised": ("product.set_no", "registration.kind", "registration.code", "product.producer_id"),  # a wrong name can be
    # corrected: the certificate keeps the one it was issued with until it is issued again
}

DECIDED = frozenset({"closed", "recognised", "history"})


@dataclass(frozen=True)
class ProducerPart:
    """Who applies. ``dossiers``: how many dossiers this producer has, this one counted."""

    id: int
    name: str
    kind: str
    tax_code: str
    registration_number: str
    founded: dt.date | None
    representative: str
    position: str
    sex: str
    ethnicity: str
    commune_id: int | None
    commune: str
    commune_code: str
    province_code: str
    address: str
    phone: str
    email: str
    dossiers: int


@dataclass(frozen=True)
class ProductPart:
    """What is applied for."""

    id: int
    name: str
    set_no: int | None
    category: str
    description: str


@dataclass(frozen=True)
class Recognised:
    """The recognition an upgrade or a re-evaluation goes on from."""

    number: str
    decision: str
    issued_on: dt.date


@dataclass(frozen=True)
class RegistrationPart:
    """The application itself (form 01).

    Args:
        samples_required: by the product set; None while it is not known.
        ruling: the decision it falls under today (Article 12); None once the council has decided.
        before: the recognition it is about, when it is not the first application.
    """

    code: str
    kind: str
    round: str
    filed_on: dt.date | None
    commune_received_on: dt.date | None
    province_received_on: dt.date | None
    samples: int | None
    samples_required: int | None
    note: str
    ruling: Ruling | None = None
    before: Recognised | None = None


@dataclass(frozen=True)
class PaperPart:
    """One line of the tick list of form 02."""

    kind: str
    ticked: bool = False
    number: str = ""
    issuer: str = ""
    issued_on: dt.date | None = None
    expires_on: dt.date | None = None


@dataclass(frozen=True)
class SelfScore:
    """The producer's own score (form 02, part III).

    Args:
        rules: the criteria, or None where there are none: no set chosen, or a dossier of an earlier decision.
        choices: criterion -> choice; evidence: criterion -> what proves it.
        so_far: totals, rank by points and missed conditions of the answers so far.
    """

    rules: CriteriaSet | None
    choices: Mapping[str, str]
    evidence: Mapping[str, str]
    so_far: SoFar | None


@dataclass(frozen=True)
class HistoryLine:
    """One change.

    Args:
        what: ``field`` for a change in the form, ``undone`` for one taken back, else what another part of the program noted.
        fields: (field, before, after), plain values.
        undone: it was taken back later.
    """

    id: int
    at: dt.datetime
    who: str
    what: str
    fields: tuple[tuple[str, Any, Any], ...]
    undone: bool


@dataclass(frozen=True)
class EarlierScore:
    """What the score sheet of an earlier session says: totals by agency as they stood, their exact mean, the printed stars."""

    session: str
    totals: tuple[tuple[str, str], ...]
    mean: Fraction
    stars: int | None


@dataclass(frozen=True)
class DossierForm:
    """One dossier.

    Args:
        fixed: fields that cannot be changed any more; undo: the change ``undo_last`` would take back.
        sources: rows of spreadsheets it, its product and its producer come from, the newest first.
        earlier_scores: score sheets of earlier sessions.
    """

    id: int
    status: str
    stars: int | None
    rulebook: str
    producer: ProducerPart
    product: ProductPart
    registration: RegistrationPart
    papers: tuple[PaperPart, ...]
    self_score: SelfScore
    history: tuple[HistoryLine, ...]
    undo: HistoryLine | None
    sources: tuple[Source, ...] = ()
    earlier_scores: tuple[EarlierScore, ...] = ()

    @property
    def fixed(self) -> tuple[str, ...]:
        """Fields closed because the council has the dossier."""
        return FIXED.get(self.status, ())

    @property
    def self_score_fixed(self) -> bool:
        """Whether the self-score is closed."""
        return self.status in (*IN_COUNCIL, "history")

    def value(self, field: str) -> Any:
        """Value of a field as ``dossier_fields.change`` names it."""
        part, _dot, name = field.partition(".")
        if part == "paper":
            kind, _dot, column = name.partition(".")
            return getattr(next(p for p in self.papers if p.kind == kind), column)
        if field in ("registration.status", "registration.rulebook"):
            return self.status if field == "registration.status" else self.rulebook
        if part in ("self", "evidence"):
            kept = self.self_score.choices if part == "self" else self.self_score.evidence
            return kept.get(name, "")
        return getattr({"producer": self.producer, "product": self.product, "registration": self.registration}[part], name)


def open_dossier(session: Session, dossier_id: int) -> DossierForm:
    """Read a dossier whole.

    Raises:
        UserError: there is none with this number (deleted meanwhile).
    """
    need_dossier(session, dossier_id)
    found = dossiers.get(session, dossier_id)
    if found is None:
        raise UserError("Hồ sơ này không còn trong tệp dữ liệu; hãy mở lại danh sách hồ sơ.")
    dossier, product, producer, commune = found
    self_score = _self_score(session, dossier_id, dossier.rulebook, product.set_no)
    history = _history(dossiers.lines(session, dossier_id, product.id, producer.id))
    place = communes.by_id(session, commune.id) if commune else None
    return DossierForm(
        id=dossier_id, status=dossier.status, stars=dossier.stars, rulebook=dossier.rulebook,
        producer=ProducerPart(
            producer.id, producer.name, producer.kind, producer.tax_code, producer.registration_number, producer.founded,
            producer.representative, producer.position, producer.sex, producer.ethnicity, producer.commune_id,
            place.full_name if place else "", place.code if place else "", place.province_code if place else "",
            producer.address, producer.phone, producer.email, producers.count_dossiers(session, producer.id)),
        product=ProductPart(product.id, product.name, product.set_no, product.category, product.description),
        registration=RegistrationPart(
            dossier.code or "", dossier.kind, dossier.round, dossier.filed_on, dossier.commune_received_on,
            dossier.province_received_on, dossier.samples, samples_required(dossier.rulebook, product.set_no), dossier.note,
            None if dossier.status in DECIDED else rulebooks.falls_under(dossier.filed_on, dossier.kind),
            None if dossier.kind == "first" else _before(session, dossier_id, product.id)),
        papers=_papers(session, dossier_id), self_score=self_score, history=history,
        undo=next((line for line in history if line.what == "field" and not line.undone), None),
        sources=sources_of(session, (("dossier", dossier_id), ("product", product.id), ("producer", producer.id))),
        earlier_scores=tuple(map(_earlier_score, known_scores(session, [dossier_id]))))


def _before(session: Session, dossier_id: int, product_id: int) -> Recognised | None:
    """The last recognition of the product before the one this dossier got, if it got any."""
    found: Recognised | None = None
    for one in certificate_fate.of_product(session, product_id):
        if one.dossier_id == dossier_id:
            break
        found = Recognised(one.number or "", one.decision.number if one.decision else "", one.issued_on)
    return found


def _earlier_score(kept: Mapping[str, Any]) -> EarlierScore:
    totals = tuple((str(agency), str(points)) for agency, points in kept["totals"])
    return EarlierScore(kept["session"], totals, Fraction(kept["mean_numerator"], kept["mean_denominator"]), kept["stars"])


def samples_required(rulebook: str, set_no: int | None) -> int | None:
    """Samples that go with a dossier of this set (5; tourism, set 26: none); None when the set is not known (form 01)."""
    rules = criteria_of(rulebook, set_no)
    return rules.samples if rules else None


def criteria_of(rulebook: str, set_no: int | None) -> CriteriaSet | None:
    """The criteria a dossier is scored by, or None: no set yet, or a decision this program holds no criteria of."""
    books = {book.id: book for book in rulebooks.all_rulebooks()}
    if set_no is None or rulebook not in books or set_no not in books[rulebook].head:
        return None
    return books[rulebook].set(set_no)


def _papers(session: Session, dossier_id: int) -> tuple[PaperPart, ...]:
    ticked = dossiers.papers(session, dossier_id)
    kinds = [*LEGAL_PAPERS, *(kind for kind in ticked if kind not in LEGAL_PAPERS)]
    return tuple(
        PaperPart(kind, True, p.number, p.issuer, p.issued_on, p.expires_on) if (p := ticked.get(kind)) else PaperPart(kind)
        for kind in kinds)


def _self_score(session: Session, dossier_id: int, rulebook: str, set_no: int | None) -> SelfScore:
    rules = criteria_of(rulebook, set_no)
    answers = dossiers.self_answers(session, dossier_id)
    evidence = {code: a.evidence for code, a in answers.items() if a.evidence}
    if rules is None:
        return SelfScore(None, {}, evidence, None)
    choices = {code: a.choice for code, a in answers.items()
               if a.choice and code in rules.by_code and (a.choice == "0" or a.choice in rules.by_code[code].by_choice)}
    return SelfScore(rules, choices, evidence, so_far(rulebooks.rulebook(rulebook), rules, choices))


def _history(lines: tuple[dossiers.Line, ...]) -> tuple[HistoryLine, ...]:
    undone = {line.after.get("line") for line in lines if line.what == "undone"}
    return tuple(
        HistoryLine(line.id, line.at, line.who, line.what,
                    tuple((key, line.before.get(key), line.after.get(key)) for key in dict.fromkeys((*line.before, *line.after))
                          if key != "line"),
                    line.id in undone)
        for line in lines)
