"""What a session's package holds, read from the clerk's file and written into the member's own one, under the same numbers."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from ocop_desktop.data import advisory, ballots, dossiers, photos, results, sessions
from ocop_desktop.data.dossiers import plain
from ocop_desktop.data.engine import Session
from ocop_desktop.data.search import refresh_search
from ocop_desktop.data.tables import (
    AgendaItem,
    Ballot,
    Commune,
    Council,
    CouncilSession,
    Dossier,
    DossierPaper,
    Member,
    Producer,
    Product,
    SelfAnswer,
    SessionMember,
)
from ocop_desktop.data.tables_advisory import AdvisoryAnswer, AdvisoryReview
from ocop_desktop.data.tables_rulebook import Wording
from ocop_desktop.rules.names import fold

_SESSION = ("id", "code", "name", "kind", "held_on", "due_on", "place", "rulebook", "working_rules")
_COUNCIL = ("id", "name", "decision_number", "decision_date")
_MEMBER = ("id", "seat", "name", "agency", "agency_short", "position", "role")
_DOSSIER = ("id", "code", "rulebook", "kind", "round", "filed_on", "samples", "note")
_PRODUCER = ("id", "name", "kind", "representative", "position", "address", "phone", "email")
_PAPER = ("kind", "number", "issuer", "issued_on", "expires_on")
DAYS = {"held_on", "due_on", "decision_date", "filed_on", "issued_on", "expires_on"}


# -- from the clerk's file ------------------------------------------------------------------------------------------------


def head(session: Session, session_id: int, member_id: int) -> dict[str, Any]:
    """Session, council and member as plain values."""
    meeting = session.get_one(CouncilSession, session_id, options=[joinedload(CouncilSession.council)])
    return {"session": _values(meeting, _SESSION), "council": _values(meeting.council, _COUNCIL),
            "member": _values(session.get_one(Member, member_id), _MEMBER)}


def items(session: Session, session_id: int, member_id: int, with_photos: bool, with_papers: bool,
          with_advice: bool) -> list[dict[str, Any]]:
    """The dossiers a member still scores: on the agenda, open, not recused, and not scored at the office's own machine."""
    recused = sessions.recusals(session, session_id)
    made = []
    for item, dossier, product, producer, *_result in sessions.agenda(session, session_id):
        newest = _newest(session, item.id, member_id)
        if (item.status != "open" or (item.id, member_id) in recused or product.set_no is None
                or (newest and _typed_here(session, newest))):
            continue
        papers = dossiers.papers(session, dossier.id).values() if with_papers else ()
        advice = advisory.answers_for(session, dossier.id, dossier.rulebook, product.set_no) if with_advice else ()
        made.append({
            "item": item.id, "position": item.position, "version": newest.version if newest else 1,
            "reopened_why": newest.reopened_why if newest else "",
            "dossier": {**_values(dossier, _DOSSIER), "code": dossier.code or ""},
            "product": {"id": product.id, "name": product.name, "set": product.set_no, "category": product.category,
                        "description": product.description},
            "producer": {**_values(producer, _PRODUCER), "commune": producer.commune.code if producer.commune else None},
            "evidence": ballots.evidence_of(session, dossier.id), "papers": [_values(p, _PAPER) for p in papers],
            "photo": _photo(session, product.id) if with_photos else None,
            "advisory": [{"criterion": a.criterion, "choice": a.choice, "comment": a.comment} for a in advice]})
    return made


def _typed_here(session: Session, ballot: Ballot) -> bool:
    """Whether the member scores this dossier at the office's own machine; a reopened version begins as a copy of the last."""
    if ballot.package_digest:
        return False
    return ballot.finished_at is not None or (ballot.version == 1 and bool(ballots.choices_of(session, ballot.id)))


def _newest(session: Session, item_id: int, member_id: int) -> Ballot | None:
    return session.scalars(select(Ballot).where(Ballot.item_id == item_id, Ballot.member_id == member_id)
                           .order_by(Ballot.version.desc()).limit(1)).first()


def wording(session: Session, rulebook: str, version: int, numbers: Iterable[int]) -> list[dict[str, Any]]:
    """The law's own words of some sets, where they are attached."""
    w = Wording
    rows = session.scalars(select(w).where(w.rulebook == rulebook, w.version == version, w.set_no.in_(list(numbers)))
                           .order_by(w.set_no, w.criterion, w.choice))
    return [{"rulebook": r.rulebook, "version": r.version, "set": r.set_no, "criterion": r.criterion, "choice": r.choice,
             "text": r.text} for r in rows]


def _photo(session: Session, product_id: int) -> dict[str, Any] | None:
    found = photos.get(session, product_id)
    return {"jpeg": base64.b64encode(found[0]).decode(), "width": found[1], "height": found[2]} if found else None


def _values(row: Any, columns: Iterable[str]) -> dict[str, Any]:
    return {c: plain(getattr(row, c)) for c in columns}


# -- into the member's file -----------------------------------------------------------------------------------------------


class Contradiction(Exception):
    """A package says something twice, or what cannot stand beside what is there."""


def write(session: Session, content: Mapping[str, Any], at: dt.datetime) -> None:
    """Write a package's content; rows that are there are brought up to date, dossiers that are no longer in it are taken off.

    Ballots are left alone, but for one: a version the council asked for anew begins with the answers of the one before.

    Raises:
        Contradiction: no office's file could have written it; nothing may be kept then.
    """
    try:
        _write(session, content, at)
    except IntegrityError as error:
        raise Contradiction from error


def _write(session: Session, content: Mapping[str, Any], at: dt.datetime) -> None:
    meeting, council, member = content["session"], content["council"], content["member"]
    _put(session, Council, council["id"], council)
    _put(session, Member, member["id"], {**member, "council_id": council["id"]})
    _put(session, CouncilSession, meeting["id"], {
        **{k: v for k, v in meeting.items() if k not in ("uid", "key")}, "council_id": council["id"], "status": "open"})
    if session.get(SessionMember, (meeting["id"], member["id"])) is None:
        session.add(SessionMember(session_id=meeting["id"], member_id=member["id"], present=True, scores=True))
    named = {item["item"] for item in content["items"]}
    for old in session.scalars(select(AgendaItem).where(AgendaItem.session_id == meeting["id"], AgendaItem.id.not_in(named))):
        old.status = "removed"
    codes = [item["dossier"]["code"] for item in content["items"]]
    for dossier in session.scalars(select(Dossier).where(Dossier.code.in_(codes))):
        dossier.code = None  # it may have gone to another dossier at the office; each gets its own below
    session.flush()
    for item in content["items"]:
        _write_item(session, meeting["id"], member["id"], item, at)
    _write_wording(session, content["wording"], at)
    refresh_search(session)


def _write_item(session: Session, session_id: int, member_id: int, item: Mapping[str, Any], at: dt.datetime) -> None:
    producer, product, dossier = item["producer"], item["product"], item["dossier"]
    commune = session.scalars(select(Commune.id).where(Commune.code == producer["commune"])
                              .order_by(Commune.valid_from.desc()).limit(1)).first()
    _put(session, Producer, producer["id"], {**{k: v for k, v in producer.items() if k != "commune"},
                                             "folded": fold(producer["name"]), "commune_id": commune})
    _put(session, Product, product["id"], {
        **{k: v for k, v in product.items() if k != "set"}, "set_no": product["set"], "folded": fold(product["name"]),
        "producer_id": producer["id"]})
    _put(session, Dossier, dossier["id"], {**dossier, "code": dossier["code"] or None, "product_id": product["id"],
                                           "status": "in_session"})
    _put(session, AgendaItem, item["item"], {"id": item["item"], "session_id": session_id, "dossier_id": dossier["id"],
                                             "position": item["position"], "status": "open"})
    _write_beside(session, item, product["set"], at)
    newest = _newest(session, item["item"], member_id)
    if newest is None and item["version"] > 1:
        ballots.start(session, item["item"], member_id, item["version"], item["reopened_why"])
    elif newest is not None and newest.version < item["version"]:
        results.reopen(session, newest.id, item["reopened_why"]).version = item["version"]
        session.flush()


def _write_beside(session: Session, item: Mapping[str, Any], set_no: int, at: dt.datetime) -> None:
    """Evidence, papers, photo, the advisory team's answers: as the newest package says."""
    dossier_id, rulebook = item["dossier"]["id"], item["dossier"]["rulebook"]
    for table in (SelfAnswer, DossierPaper, AdvisoryAnswer, AdvisoryReview):
        session.execute(delete(table).where(table.dossier_id == dossier_id))
    session.add_all([SelfAnswer(dossier_id=dossier_id, criterion=code, choice="", evidence=words)
                     for code, words in item["evidence"].items()])
    session.add_all([DossierPaper(dossier_id=dossier_id, **_days(paper)) for paper in item["papers"]])
    if item["advisory"]:
        session.add(AdvisoryReview(dossier_id=dossier_id, rulebook=rulebook, set_no=set_no, finished_at=at))
        session.flush()
        session.add_all([AdvisoryAnswer(dossier_id=dossier_id, **one) for one in item["advisory"]])
    if item["photo"]:
        photos.put(session, item["product"]["id"], base64.b64decode(item["photo"]["jpeg"]), item["photo"]["width"],
                   item["photo"]["height"])
    session.flush()


def _write_wording(session: Session, texts: Iterable[Mapping[str, Any]], at: dt.datetime) -> None:
    session.execute(delete(Wording))
    session.add_all([Wording(rulebook=t["rulebook"], version=t["version"], set_no=t["set"], criterion=t["criterion"],
                             choice=t["choice"], text=t["text"], attached_at=at) for t in texts])
    session.flush()


def _put(session: Session, table: type[Any], id: int, values: Mapping[str, Any]) -> None:
    row = session.get(table, id)
    if row is None:
        row = table(id=id)
        session.add(row)
    for column, value in _days(values).items():
        setattr(row, column, value)
    session.flush()


def _days(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: dt.date.fromisoformat(v) if k in DAYS and v is not None else v for k, v in values.items()}


def own_ballots(session: Session, session_id: int, member_id: int) -> list[dict[str, Any]]:
    """The newest version of every ballot begun in a member's own file, with the dossier it is for, by place on the agenda."""
    newest = (select(Ballot.item_id, func.max(Ballot.version).label("version")).where(Ballot.member_id == member_id)
              .group_by(Ballot.item_id).subquery())
    rows = session.execute(
        select(Ballot, Dossier, Product.set_no).join(newest, (newest.c.item_id == Ballot.item_id)
                                                     & (newest.c.version == Ballot.version))
        .join(AgendaItem, AgendaItem.id == Ballot.item_id).join(Dossier, Dossier.id == AgendaItem.dossier_id)
        .join(Product, Product.id == Dossier.product_id)
        .where(AgendaItem.session_id == session_id, AgendaItem.status == "open", Ballot.member_id == member_id)
        .order_by(AgendaItem.position, AgendaItem.id)).all()
    made = []
    for ballot, dossier, set_no in rows:
        answers = ballots.answers_of(session, ballot.id)
        made.append({
            "item": ballot.item_id, "code": dossier.code or "", "rulebook": dossier.rulebook, "set": set_no,
            "version": ballot.version, "choices": {a.criterion: a.choice for a in answers if a.choice},
            "notes": {a.criterion: a.note for a in answers if a.note}, "opinion": ballot.opinion,
            "exclusion": ballot.exclusion, "finished_at": plain(ballot.finished_at)})
    return made
