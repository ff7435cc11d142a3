"""Packages and ballot files that are signed as they should be and still say what no program of ours would write."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocop_desktop.actions import dossiers, own_laptop, receiving, sessions
from ocop_desktop.actions.receiving import Arrival
from ocop_desktop.data import own_laptops, package_rows
from ocop_desktop.data.engine import Database
from ocop_desktop.data.tables import AgendaItem, Answer, Ballot, Dossier
from ocop_desktop.data.tables_keys import SecretKey
from ocop_desktop.errors import UserError
from ocop_desktop.exchange.ballot_file import write_ballots
from ocop_desktop.exchange.package_file import read_package, write_package
from ocop_desktop.rules.rulebook import fingerprint_of
from tests.actions.laptops import Hall, Laptop, top
from tests.actions.meeting import rules_of

OFFICE = b"1" * 32
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def hall(db: Database, tmp_path: Path) -> Hall:
    return Hall(db, tmp_path / "usb", 3)


def signed(hall: Hall, change: Change, name: str = "doi") -> Path:
    """A member's package with something changed, signed by an office of its own."""
    content = copy.deepcopy(dict(read_package(hall.package(0).read_bytes(), "x").content))
    change(content)
    path = hall.stick / f"{name}.ocopgoi"
    path.write_bytes(write_package(content, OFFICE))
    return path


def first(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = content["items"][0]
    return found


def test_a_code_that_went_to_another_dossier_comes_with_the_next_package(hall: Hall) -> None:
    laptop = hall.laptop(0)
    with hall.db.begin() as session:
        one, two = (session.get_one(AgendaItem, item).dossier_id for item in hall.items[:2])
        codes = [session.get_one(Dossier, id).code for id in (one, two)]
        for item in hall.items[:2]:
            sessions.remove_item(session, item, "rút")
        for id, code in ((one, "20-05980-77-2026"), (two, codes[0]), (one, codes[1])):
            dossiers.change(session, id, "registration.code", code, "Lan")
        sessions.add_to_agenda(session, hall.session_id, [one, two])
    laptop.open(hall.package(0, "sau"))
    with laptop.file() as session:
        assert [session.get_one(Dossier, id).code for id in (one, two)] == codes[::-1]


PAPER = {"kind": "x", "number": "", "issuer": "", "issued_on": None, "expires_on": None}
TWICE: dict[str, Change] = {
    "dossier": lambda c: c["items"][1].update(dossier=copy.deepcopy(first(c)["dossier"])),
    "code": lambda c: c["items"][1]["dossier"].update(code=first(c)["dossier"]["code"]),
    "papers": lambda c: first(c).update(papers=[PAPER] * 2),
    "advice": lambda c: first(c).update(advisory=[{"criterion": "1.1", "choice": "1", "comment": ""}] * 2),
    "wording": lambda c: c.update(wording=[{
        "rulebook": "26/2026/QĐ-TTg", "version": 1, "set": 1, "criterion": "1.1", "choice": "1", "text": "x"}] * 2)}


@pytest.mark.parametrize("what", TWICE)
def test_a_package_that_says_something_twice_is_refused_whole(hall: Hall, what: str) -> None:
    own = hall.stick / "may.ocop"
    with pytest.raises(UserError, match="đã bị thay đổi"):
        own_laptop.open_package(signed(hall, TWICE[what]), own)
    assert not own.exists()
    laptop = Laptop(signed(hall, lambda c: None, "dau"), own)
    before = laptop.standing()
    with pytest.raises(UserError, match="đã bị thay đổi"):
        laptop.open(signed(hall, lambda c: (TWICE[what](c), c.update(serial=c["serial"] + 10)), "sau"))
    assert laptop.standing() == before


def with_rulebook(change: Change) -> Change:
    """Change a rulebook's plain values, kept under a number this program does not know, and print it anew."""
    def of(content: dict[str, Any]) -> None:
        book = copy.deepcopy(next(iter(content["rulebooks"].values()))["content"])
        book = change(book) or book
        content["rulebooks"]["99/2026/QĐ-TTg"] = {"content": book, "fingerprint": fingerprint_of(book)}
        first(content)["dossier"]["rulebook"] = "99/2026/QĐ-TTg"
    return of


UNREADABLE: dict[str, tuple[Change, str]] = {
    "nothing": (with_rulebook(lambda b: b.clear()), "Bộ tiêu chí 99/2026"),
    "sets are numbers": (with_rulebook(lambda b: b.update(sets=[1, 2], number=3)), "Bộ tiêu chí 99/2026"),
    "no sets": (with_rulebook(lambda b: b.update(sets=[])), "Bộ tiêu chí 99/2026"),
    "sets of junk": (with_rulebook(lambda b: {**b, "sets": [{**dict.fromkeys(one, 7), "number": one["number"]}
                                                            for one in b["sets"]]}), "Bộ tiêu chí 99/2026"),
    "no such set": (lambda c: first(c)["product"].update(set=99), "Bộ tiêu chí 26/2026"),
    "digits": (lambda c: c["session"].update(working_rules={"digits": 99}), "Quy chế trong gói"),
    "unknown": (lambda c: c["session"].update(working_rules={"zzz": [1]}), "Quy chế trong gói")}


@pytest.mark.parametrize("what", UNREADABLE)
def test_criteria_and_rules_that_cannot_be_read_are_refused_in_words_for_people(hall: Hall, what: str) -> None:
    change, said = UNREADABLE[what]
    own = hall.stick / "may.ocop"
    with pytest.raises(UserError, match=said) as refused:
        own_laptop.open_package(signed(hall, change), own)
    assert not any(word in str(refused.value) for word in ("subscriptable", "'", "digits", "zzz", "object"))
    assert not own.exists()


def handed(hall: Hall, **changed: Any) -> tuple[Arrival, dict[str, Any]]:
    """What comes of a member's file whose first ballot says something else, signed by the member's own laptop."""
    laptop = hall.laptop(0)
    with hall.db.begin() as session:
        answers = top(rules_of(session, hall.items[0]))
    laptop.score({hall.items[0]: answers})
    laptop.hand_in(hall.stick / "phieu.ocopphieu")
    with laptop.file() as session:
        own = own_laptops.own(session)
        seed = session.get_one(SecretKey, own_laptops.MEMBER).seed
        assert own is not None
        (ballot,) = package_rows.own_ballots(session, own["session_id"], own["member"])
    content = {"session": own["session"], "member": own["member"], "office": own["office"], "sequence": own["sequence"],
               "package": own["serial"], "handed_at": own["handed_at"], "rulebooks": own["rulebooks"],
               "ballots": [{**ballot, **changed}]}
    (arrived,) = hall.receive(write_ballots(content, seed, own["key"]), codes=(laptop.code,))
    with hall.db.begin() as session:
        found = session.query(Ballot).filter_by(item_id=hall.items[0], member_id=laptop.member).all()
        kept = {"opinion": found[0].opinion, "exclusion": found[0].exclusion,
                "notes": {a.criterion: a.note for a in session.query(Answer).filter_by(ballot_id=found[0].id) if a.note}
                } if found else {}
        if arrived.state == "merged":  # the same again is known to be the same
            again = receiving.receive(session, [("lai.ocopphieu", write_ballots(content, seed, own["key"]))])
            assert [a.state for a in again] == ["unchanged"]
    return arrived, kept


@pytest.mark.parametrize("changed, said", [
    ({"exclusion": ""}, "không ghi lý do"), ({"exclusion": " \n "}, "không ghi lý do"),
    ({"opinion": "a" * 20_001}, "20001 ký tự"),
    ({"notes": {"1.1": "q" * 501}}, "501 ký tự"), ({"exclusion": "x" * 20_001}, "20001 ký tự"),
    ({"opinion": "a\0b"}, "không gõ được"), ({"notes": {"1.1": "a\x1bb"}}, "không gõ được"),
    ({"exclusion": "giả\x07mạo"}, "không gõ được"), ({"finished_at": "2026-11-24T10:00:00-07:00"}, "đã bị thay đổi"),
    ({"finished_at": "2026-11-24T10:00:00+07:00"}, "đã bị thay đổi"),
    ({"finished_at": "2026-11-24T10:00:00Z"}, "đã bị thay đổi")])
def test_what_nobody_can_type_is_not_taken_from_the_stick(hall: Hall, changed: dict[str, Any], said: str) -> None:
    arrived, kept = handed(hall, **changed)
    assert arrived.state == "refused" and said in str(arrived.said) and kept == {}


def test_words_from_the_stick_are_stripped_as_typed_ones_are(hall: Hall) -> None:
    arrived, kept = handed(hall, opinion="  tốt\n", exclusion=" giả mạo ", notes={"1.1": " xem ", "1.2": "  "})
    assert arrived.state == "merged"
    assert kept == {"opinion": "tốt", "exclusion": "giả mạo", "notes": {"1.1": "xem"}}


def test_a_members_file_has_to_have_our_ending(hall: Hall) -> None:
    with pytest.raises(UserError, match=r"kết thúc bằng \.ocop"):
        own_laptop.open_package(hall.package(0), hall.stick / "may.pdf")
    assert [p.name for p in hall.stick.iterdir()] == ["goi-0.ocopgoi"]
