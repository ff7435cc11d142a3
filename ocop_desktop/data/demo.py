"""Write the example province's records. Only the demo calls this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import (
    Answer,
    Ballot,
    Certificate,
    Commune,
    Decision,
    Dossier,
    DossierPaper,
    Producer,
    Product,
    SelfAnswer,
)
from ocop_desktop.data.tables_advisory import AdvisoryAnswer, AdvisoryReview
from ocop_desktop.data.tables_programme import Activity, Funding, ProgrammePeriod, Target
from ocop_desktop.rules.names import fold


@dataclass(frozen=True)
class ProducerRow:
    """A made-up producer."""

    name: str
    kind: str
    commune_code: str
    representative: str
    sex: str
    phone: str
    address: str
    registration_number: str
    founded: dt.date


@dataclass(frozen=True)
class DossierRow:
    """One application; ``issued`` with ``expires`` and ``decision`` where it was recognised."""

    product_id: int
    kind: str
    rulebook: str
    round: str
    status: str
    filed_on: dt.date
    code: str | None = None
    stars: int | None = None
    samples: int | None = None
    issued: dt.date | None = None
    expires: dt.date | None = None
    decision: str = ""
    authority: str = ""


def add_producer(session: Session, row: ProducerRow) -> int:
    """Add a producer; returns its id."""
    commune = session.scalars(select(Commune).where(Commune.code == row.commune_code)).first()
    producer = Producer(
        name=row.name,
        folded=fold(row.name),
        kind=row.kind,
        commune=commune,
        representative=row.representative,
        position="Giám đốc" if row.kind == "company" else "Chủ hộ" if row.kind == "household" else "Đại diện",
        sex=row.sex,
        ethnicity="Tày",
        phone=row.phone,
        address=row.address,
        registration_number=row.registration_number,
        founded=row.founded,
    )
    session.add(producer)
    session.flush()
    return producer.id


def add_product(session: Session, producer_id: int, name: str, set_no: int) -> int:
    """Add a product; returns its id."""
    story = f"{name} làm từ nguyên liệu tại xã, theo cách làm quen thuộc của người địa phương."
    product = Product(producer_id=producer_id, name=name, folded=fold(name), set_no=set_no, description=story)
    session.add(product)
    session.flush()
    return product.id


def add_dossier(session: Session, row: DossierRow) -> int:
    """Add a dossier, and its certificate where it has one; returns the dossier's id."""
    dossier = Dossier(
        product_id=row.product_id,
        code=row.code,
        rulebook=row.rulebook,
        kind=row.kind,
        round=row.round,
        status=row.status,
        stars=row.stars,
        filed_on=row.filed_on,
        commune_received_on=row.filed_on,
        province_received_on=row.filed_on + dt.timedelta(days=14),
        samples=row.samples,
    )
    session.add(dossier)
    session.flush()
    if row.issued is not None and row.expires is not None and row.stars is not None:
        decision = _decision(session, row.decision, row.issued, row.authority)
        session.add(
            Certificate(
                dossier_id=dossier.id, decision_id=decision.id, stars=row.stars, issued_on=row.issued, expires_on=row.expires
            )
        )
        session.flush()
    return dossier.id


def add_papers(session: Session, dossier_id: int, kinds: Iterable[str], issued_on: dt.date) -> None:
    """Tick papers of a dossier."""
    session.add_all(
        DossierPaper(dossier_id=dossier_id, kind=kind, number=f"{dossier_id:03d}/{issued_on.year}", issued_on=issued_on)
        for kind in kinds
    )
    session.flush()


def add_self_score(session: Session, dossier_id: int, choices: Mapping[str, str]) -> None:
    """Fill in the producer's own score."""
    rows = [{"dossier_id": dossier_id, "criterion": c, "choice": choice, "evidence": ""} for c, choice in choices.items()]
    session.execute(insert(SelfAnswer), rows)


def add_advisory(session: Session, dossier_id: int, rulebook: str, set_no: int, choices: Mapping[str, str],
                 comments: Mapping[str, str], **review: Any) -> None:
    """Fill in the advisory team's round."""
    values = {"missing_papers": "", "finding": "", "opinion": "", "proposal": "", "proposed_by": "", **review}
    session.add(AdvisoryReview(dossier_id=dossier_id, rulebook=rulebook, set_no=set_no, **values))
    session.flush()
    rows = [{"dossier_id": dossier_id, "criterion": code, "choice": choices.get(code, ""), "comment": comments.get(code, "")}
            for code in {**choices, **comments}]
    session.execute(insert(AdvisoryAnswer), rows)


def add_ballot(
    session: Session, item_id: int, member_id: int, choices: Mapping[str, str], finished_at: dt.datetime | None
) -> None:
    """Fill in a member's ballot, whole or half."""
    ballot = Ballot(item_id=item_id, member_id=member_id, version=1, finished_at=finished_at)
    session.add(ballot)
    session.flush()
    rows = [{"ballot_id": ballot.id, "criterion": c, "choice": choice, "note": ""} for c, choice in choices.items()]
    session.execute(insert(Answer), rows)


def add_programme(session: Session, words: Mapping[str, Any]) -> None:
    """Add the activities, the money and the period with its targets as ``resources/demo/lang-son.toml`` tells them."""
    session.add_all(
        Activity(
            kind=a["kind"], name=a["name"], begins_on=a["begins"], ends_on=a["ends"], events=a["events"],
            place=a.get("place", ""),
            people=a.get("people"), women=a.get("women"), minorities=a.get("minorities"), documents=a.get("documents"),
            cost_vnd=a.get("cost"),
        )
        for a in words["activities"]
    )
    session.add_all(Funding(source=f["source"], year=f["year"], amount_vnd=f["amount"]) for f in words["funding"])
    held = words["period"]
    targets = [Target(position=n, measure=m, least=least) for n, (m, least) in enumerate(held["targets"].items())]
    session.add(ProgrammePeriod(name=held["name"], begins_on=held["begins"], ends_on=held["ends"], source=held["source"],
                                targets=targets))
    session.flush()


def _decision(session: Session, number: str, date: dt.date, authority: str) -> Decision:
    found = session.scalars(select(Decision).filter_by(number=number, date=date, authority=authority)).first()
    if found is None:
        found = Decision(number=number, date=date, authority=authority)
        session.add(found)
        session.flush()
    return found
