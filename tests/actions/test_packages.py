"""A session carried to a member's laptop and its ballots carried back, with real files."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from ocop_desktop.actions import (
    audit,
    own_laptop,
    packages,
    people,
    receiving,
    results,
    rulebooks,
    scoring,
    scoring_copy,
    sessions,
)
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data import own_laptops, package_rows, photos
from ocop_desktop.data import rulebooks as stored
from ocop_desktop.data.engine import Database
from ocop_desktop.data.rulebooks import StoredVersion
from ocop_desktop.data.tables import (
    AgendaItem,
    Answer,
    Ballot,
    Change,
    Dossier,
    DossierPaper,
    Member,
    Product,
    SelfAnswer,
    Table,
)
from ocop_desktop.data.tables_keys import OwnLaptop, SecretKey
from ocop_desktop.errors import UserError
from ocop_desktop.exchange.ballot_file import signing_key, write_ballots
from ocop_desktop.exchange.package_file import read_package
from ocop_desktop.rules.ballot import Ballot as Choices
from ocop_desktop.rules.ballot import settle
from ocop_desktop.rules.rulebook import CriteriaSet
from ocop_desktop.rules.scoring import evaluate
from ocop_desktop.rules.working_rules import WorkingRules
from tests.actions.laptops import Hall, Laptop, top
from tests.actions.meeting import LAW, hand_in, put_in, rules_of
from tests.exchange.test_files import altered


@pytest.fixture
def hall(db: Database, tmp_path: Path) -> Hall:
    return Hall(db, tmp_path / "usb")


def sets(hall: Hall) -> dict[int, CriteriaSet]:
    with hall.db.begin() as session:
        return {item: rules_of(session, item) for item in hall.items}


def everything(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the file: what "nothing changes" means."""
    with db.begin() as session:
        return {name: [tuple(row) for row in session.execute(select(table))] for name, table in Table.metadata.tables.items()}


def test_a_package_holds_own_dossiers_and_no_score(hall: Hall) -> None:
    with hall.db.begin() as session:
        sessions.recuse(session, hall.items[1], hall.members[0], "anh em ruột")
        hand_in(session, hall.items[0], hall.members[1], top(rules_of(session, hall.items[0])))
    content = read_package(hall.package(0).read_bytes(), "x").content
    assert [i["item"] for i in content["items"]] == [hall.items[0], hall.items[2]]
    assert content["rulebooks"][LAW]["content"]["sets"] and content["session"]["working_rules"]["gate_rule"] == "majority"
    assert not any(key in str(content["items"]) for key in ("choices", "finished_at"))
    with hall.db.begin() as session:
        assert session.scalars(select(Change.what).where(Change.what == "package_made")).all() == ["package_made"]


def test_ballots_come_back_and_the_result_is_that_of_a_direct_evaluation(hall: Hall, tmp_path: Path) -> None:
    rules, given = sets(hall), {}
    for seat in range(3):
        laptop = hall.laptop(seat)
        given[seat] = {item: top(rules[item], seat) for item in hall.items}
        laptop.score(given[seat])
        first = hall.receive(laptop.hand_in(hall.stick / f"phieu-{seat}.ocopphieu"))[0]
        assert (first.state, first.lines) == ("code", ()) and "lần đầu" in str(first.said)
        wrong = hall.receive(first.content, codes=("AAAA-AAAA",))[0]
        assert wrong.state == "code" and "không khớp" in str(wrong.said)
        good = hall.receive(first.content, codes=(f" {laptop.code.lower()} ",))[0]
        assert (good.state, good.complete, good.incomplete, good.refused) == ("merged", 3, 0, 0)
        before = everything(hall.db)
        again = hall.receive(first.content)[0]
        assert again.state == "unchanged" and {line.state for line in again.lines} == {"unchanged"}
        assert everything(hall.db) == before
    book = rulebooks.rulebook(LAW)
    with hall.db.begin() as session:
        for item in hall.items:
            view = results.close_dossier(session, item, "Thư ký")
            direct = evaluate(book, rules[item], [Choices(str(s), given[s][item]) for s in given], WorkingRules())
            assert (view.outcome.mean, view.outcome.rank) == (direct.mean, direct.rank)
    with hall.db.begin() as session:
        assert audit.check(session) == ()
        whats = session.scalars(select(Change.what).where(Change.entity == "ballot")).all()
        assert whats.count("by_package") == 9 and whats.count("finished") == 9 and whats.count("state") == 9


def test_a_half_done_ballot_comes_and_is_completed_by_a_later_file(hall: Hall) -> None:
    laptop, rules, item = hall.laptop(), sets(hall), hall.items[0]
    answers = top(rules[item])
    laptop.score({item: dict(list(answers.items())[:5])}, finish=False)
    early = laptop.hand_in(hall.stick / "som.ocopphieu").read_bytes()
    arrived = hall.receive(early, codes=(laptop.code,))[0]
    assert (arrived.state, arrived.complete, arrived.incomplete) == ("merged", 0, 1)
    assert (arrived.lines[0].answered, arrived.lines[0].total) == (5, len(rules[item].criteria))
    laptop.score({item: answers, hall.items[1]: top(rules[hall.items[1]])})
    late = laptop.hand_in(hall.stick / "muon.ocopphieu").read_bytes()
    assert hall.receive(late)[0].state == "merged"
    refused = hall.receive(early)[0]
    assert refused.state == "refused" and "cũ hơn" in str(refused.said)
    with hall.db.begin() as session:
        assert scoring.ballot_of(session, item, hall.members[0]).choices == answers


def test_handing_in_twice_without_a_change_is_the_same_content(hall: Hall) -> None:
    laptop = hall.laptop()
    laptop.score({hall.items[0]: top(sets(hall)[hall.items[0]])})
    assert laptop.standing().changed
    one, two = (laptop.hand_in(hall.stick / f"{n}.ocopphieu").read_bytes() for n in (1, 2))
    assert one != two and not laptop.standing().changed  # sealed anew, the same inside
    assert [a.state for a in hall.receive(one, two, codes=(laptop.code,))] == ["merged", "unchanged"]


def refusal(hall: Hall, content: bytes, codes: tuple[str, ...] = ()) -> str:
    """The sentence a file is refused with; nothing of any ballot may have been written."""
    before = everything(hall.db)
    arrived = hall.receive(content, codes=codes)[0]
    after = everything(hall.db)
    assert arrived.state == "refused" and arrived.said is not None
    assert (before["ballot"], before["answer"]) == (after["ballot"], after["answer"])
    return str(arrived.said)


def scored(hall: Hall, seat: int = 0, known: bool = True) -> tuple[Laptop, bytes]:
    laptop = hall.laptop(seat)
    laptop.score({item: top(rules) for item, rules in sets(hall).items()})
    if known:  # by a first file that holds nothing new later
        with hall.db.begin() as session:
            row = session.get_one(OwnLaptop, (hall.session_id, hall.members[seat]))
            row.key = key_of(laptop)
    return laptop, laptop.hand_in(hall.stick / f"p{seat}.ocopphieu").read_bytes()


def key_of(laptop: Laptop) -> str:
    with laptop.file() as session:
        return signing_key(session.get_one(SecretKey, "member").seed)


def test_a_file_of_another_session_is_refused(hall: Hall, tmp_path: Path, new_file: Path) -> None:
    shutil.copyfile(new_file, tmp_path / "khac.ocop")
    other = open_or_create(tmp_path / "khac.ocop")
    try:
        _laptop, content = scored(Hall(other, tmp_path / "usb2"))
    finally:
        other.close()
    assert "một phiên không có trong tệp dữ liệu này" in refusal(hall, content)


def test_a_file_signed_by_another_members_laptop_is_refused(hall: Hall) -> None:
    laptop, _content = scored(hall, 0)
    with laptop.file() as session:  # member 1's laptop calls itself member 2
        own = session.connection().exec_driver_sql("SELECT value FROM setting WHERE key = 'exchange.own'").scalar_one()
        changed = own.replace(f'"member":{hall.members[0]}', f'"member":{hall.members[1]}')
        assert changed != own
        session.connection().exec_driver_sql("UPDATE setting SET value = ? WHERE key = 'exchange.own'", (changed,))
        session.connection().exec_driver_sql("INSERT INTO member (id, council_id, name, agency, agency_short, position, role,"
                                             " seat) SELECT ?, council_id, 'X', 'Y', '', '', 'member', 2 FROM member",
                                             (hall.members[1],))
        session.connection().exec_driver_sql("UPDATE ballot SET member_id = ?", (hall.members[1],))
    content = laptop.hand_in(hall.stick / "gia.ocopphieu").read_bytes()
    assert "do máy của một thành viên khác ký" in refusal(hall, content)


def test_another_laptop_needs_its_own_code_and_then_replaces_the_first(hall: Hall) -> None:
    first, _content = scored(hall)
    second = Laptop(hall.package(0), hall.stick / "may-moi.ocop")
    second.score({item: top(rules, 1) for item, rules in sets(hall).items()})
    content = second.hand_in(hall.stick / "moi.ocopphieu").read_bytes()
    waits = hall.receive(content, codes=())[0]
    assert waits.state == "code" and "máy khác với máy đã biết" in str(waits.said)
    assert hall.receive(content, codes=(first.code,))[0].state == "code"
    assert hall.receive(content, codes=(second.code,))[0].state == "merged"
    assert hall.receive(first.hand_in(hall.stick / "cu.ocopphieu"))[0].state == "code"


def test_a_closed_recused_or_removed_dossier_is_refused_and_the_rest_comes_in(hall: Hall) -> None:
    _laptop, content = scored(hall)
    with hall.db.begin() as session:
        session.get_one(AgendaItem, hall.items[0]).status = "closed"
        sessions.recuse(session, hall.items[1], hall.members[0], "họ hàng")
    arrived = hall.receive(content)[0]
    assert (arrived.state, arrived.complete, arrived.refused) == ("partly", 1, 2)
    assert ["đã chốt kết quả" in str(arrived.lines[0].said), "không chấm hồ sơ này" in str(arrived.lines[1].said)] == [True, True]
    with hall.db.begin() as session:
        sessions.take_back_recusal(session, hall.items[1], hall.members[0])
    later = hall.receive(content)[0]
    assert [line.state for line in later.lines] == ["refused", "written", "unchanged"]


@pytest.mark.parametrize("case", ["set", "rulebook", "code"])
def test_a_dossier_filed_otherwise_meanwhile_is_refused(hall: Hall, case: str) -> None:
    _laptop, content = scored(hall)
    with hall.db.begin() as session:
        dossier = session.get_one(AgendaItem, hall.items[0]).dossier
        if case == "set":
            session.get_one(Product, dossier.product_id).set_no = 2
        elif case == "code":
            session.get_one(Dossier, dossier.id).code = "20-05980-77-2026"
        else:
            session.get_one(Dossier, dossier.id).rulebook = "148/2023/QĐ-TTg"
    arrived = hall.receive(content)[0]
    assert (arrived.lines[0].state, arrived.complete) == ("refused", 2)


def test_ballots_by_another_rulebook_are_refused(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    _laptop, content = scored(hall)
    monkeypatch.setattr(packages, "_plain_books", {(LAW, rulebooks.rulebook(LAW).fingerprint): ({}, "0" * 64)})
    assert "bộ tiêu chí 26/2026/QĐ-TTg khác bản" in refusal(hall, content)


def test_a_ballot_finished_or_begun_at_the_office_is_not_written_over(hall: Hall) -> None:
    _laptop, content = scored(hall)
    rules = sets(hall)
    with hall.db.begin() as session:
        hand_in(session, hall.items[0], hall.members[0], top(rules[hall.items[0]], 2))
        scoring.choose(session, hall.items[1], hall.members[0], rules[hall.items[1]].criteria[0].code, "1")
    arrived = hall.receive(content)[0]
    assert "đã khóa" in str(arrived.lines[0].said) and "máy của Hội đồng" in str(arrived.lines[1].said)
    assert arrived.complete == 1
    again = read_package(hall.package(0).read_bytes(), "x").content
    assert [i["item"] for i in again["items"]] == [hall.items[2]]


def test_the_council_asks_for_a_second_score_by_a_new_package(hall: Hall) -> None:
    laptop, content = scored(hall)
    item, rules = hall.items[0], sets(hall)
    assert hall.receive(content)[0].state == "merged"
    with hall.db.begin() as session:
        results.reopen_ballots(session, item, [hall.members[0]], "chênh lệch", "Thư ký")
    assert [line.state for line in hall.receive(content)[0].lines] == ["unchanged"] * 3  # the first version stands as it came
    laptop.open(hall.package(0))
    laptop.score({item: top(rules[item], 3)})
    second = hall.receive(laptop.hand_in(hall.stick / "2.ocopphieu"))[0]
    assert [line.state for line in second.lines] == ["written", "unchanged", "unchanged"]
    with hall.db.begin() as session:
        versions = session.execute(select(Ballot.version, Ballot.reopened_why).where(Ballot.item_id == item)).all()
        assert versions == [(1, ""), (2, "chênh lệch")]
        assert scoring.ballot_of(session, item, hall.members[0]).choices == top(rules[item], 3)
        assert session.scalar(select(Answer.choice).join(Ballot).where(Ballot.version == 1, Ballot.item_id == item)) is not None


def test_a_later_package_keeps_scores_and_takes_dossiers_off(hall: Hall, new_file: Path) -> None:
    ordinary = Path(shutil.copyfile(new_file, hall.stick / "thuong.ocop"))
    old = hall.package(0, "cu")
    laptop = Laptop(old, hall.stick / "may.ocop")
    answers = top(sets(hall)[hall.items[0]])
    laptop.score({hall.items[0]: answers})
    with hall.db.begin() as session:
        sessions.recuse(session, hall.items[2], hall.members[0], "họ hàng")
    laptop.open(hall.package(0, "moi"))
    with laptop.file() as session:
        lines = scoring.agenda_for(session, hall.session_id, hall.members[0])
        assert [(line.item_id, line.answered) for line in lines] == [(hall.items[0], len(answers)), (hall.items[1], 0)]
    with pytest.raises(UserError, match="cũ hơn gói đã mở"):
        laptop.open(old)
    with pytest.raises(UserError, match="phiên khác hoặc thành viên khác"):
        laptop.open(hall.package(1))
    with pytest.raises(UserError, match="không phải của một gói phiên"):
        own_laptop.open_package(hall.package(1), ordinary)


def test_a_version_of_the_criteria_the_office_loaded_goes_along(hall: Hall) -> None:
    content, mark = packages.plain_rulebook(LAW)
    version = StoredVersion(LAW, 2, dt.date(2026, 5, 22), dt.datetime(2026, 7, 1, 8), "", "", "", "", mark, [], [], "")
    with hall.db.begin() as session:
        stored.add(session, version, content)
        for item in hall.items:
            session.get_one(AgendaItem, item).dossier.rulebook = version.id
        rulebooks.reload(session)
    laptop, item = hall.laptop(), hall.items[0]
    with laptop.file() as session:
        assert scoring.own_ballot(session, item, laptop.member).book.id == version.id
    laptop.score({item: top(sets(hall)[item])})
    assert hall.receive(laptop.hand_in(hall.stick), codes=(laptop.code,))[0].state == "merged"


def test_what_goes_along_is_chosen_and_members_with_nothing_left_get_no_package(hall: Hall) -> None:
    with hall.db.begin() as session:
        dossier = session.get_one(AgendaItem, hall.items[0]).dossier
        photos.put(session, dossier.product_id, b"\xff\xd8\xff\xd9", 2, 1)
        session.add(DossierPaper(dossier_id=dossier.id, kind="business", number="12", issuer="", issued_on=dt.date(2024, 1, 2)))
        session.add(SelfAnswer(dossier_id=dossier.id, criterion="1.5", choice="4", evidence="Hợp đồng 2025"))
    laptop = hall.laptop()
    with laptop.file() as session:
        assert photos.get(session, dossier.product_id) == (b"\xff\xd8\xff\xd9", 2, 1)
        assert session.get_one(DossierPaper, (dossier.id, "business")).issued_on == dt.date(2024, 1, 2)
        assert scoring.own_ballot(session, hall.items[0], laptop.member).evidence == {"1.5": "Hợp đồng 2025"}
        assert session.get_one(SelfAnswer, (dossier.id, "1.5")).choice == ""  # the producer's own score stays with the clerk
    with hall.db.begin() as session:
        bare, _count = packages.make_package(session, hall.session_id, hall.members[1], packages.Contents(False, False, False))
        first = read_package(bare, "x").content["items"][0]
        assert (first["photo"], first["papers"]) == (None, [])
        for item in hall.items:
            hand_in(session, item, hall.members[1], top(rules_of(session, item)))
        made = packages.write_packages(session, hall.session_id, hall.stick)
        assert [w.member_id for w in made] == [hall.members[0], hall.members[2]]
        with pytest.raises(UserError, match="không còn hồ sơ nào phải chấm"):
            packages.make_package(session, hall.session_id, hall.members[1])


def test_packages_are_written_for_all_and_asked_for_by_name_or_seat(hall: Hall) -> None:
    with hall.db.begin() as session:
        written = packages.write_packages(session, hall.session_id, hall.stick)
        assert [w.dossiers for w in written] == [3, 3, 3] and len(list(hall.stick.glob("*.ocopgoi"))) == 3
        one = packages.write_one(session, "2026-2", "Sở Công Thương", hall.stick / "mot.ocopgoi")
        assert one.member_id == hall.members[1]
        with pytest.raises(UserError, match="không có đúng một thành viên"):
            packages.write_one(session, "2026-2", "Sở Xây dựng", hall.stick / "khong.ocopgoi")
        with pytest.raises(UserError, match="Không có phiên"):
            packages.write_one(session, "1999", "1", hall.stick / "khong.ocopgoi")
        assert [x.packaged_at is not None for x in packages.laptops(session, hall.session_id)] == [True] * 3
    assert not (hall.stick / "khong.ocopgoi").exists()


@pytest.mark.timeout(300)
def test_a_thousand_altered_files_change_nothing_and_a_thousand_good_ones_come_in(hall: Hall, chance: random.Random) -> None:
    laptop, good = scored(hall)
    bad: set[bytes] = set()
    while len(bad) < 1000:
        bad |= {altered(good, chance)} - {good}
    with hall.db.begin() as session:
        laptop_row = session.get_one(OwnLaptop, (hall.session_id, hall.members[0]))
        assert laptop_row.sequence == 0
        arrived = receiving.receive(session, [(f"{n}.ocopphieu", content) for n, content in enumerate(bad)])
        assert {a.state for a in arrived} == {"refused"} and all(a.said for a in arrived) and len(arrived) == 1000
        assert session.scalars(select(Ballot.id)).all() == []
    item = hall.items[0]
    with laptop.file() as session:
        seed, own = session.get_one(SecretKey, "member").seed, own_laptops.own(session)
        (one, *_rest) = package_rows.own_ballots(session, own["session_id"], own["member"])
    options = [o.choice for o in sets(hall)[item].criteria[0].options]
    files = []
    for number in range(1000):
        choices = {sets_code: options[number % len(options)] for sets_code in [next(iter(one["choices"]))]}
        content = {"session": own["session"], "member": own["member"], "office": own["office"], "sequence": number + 1,
                   "package": own["serial"], "handed_at": "2026-11-23T09:00:00", "rulebooks": own["rulebooks"],
                   "ballots": [{**one, "choices": choices, "finished_at": None}]}
        files.append((f"{number}.ocopphieu", write_ballots(content, seed, own["key"])))
    with hall.db.begin() as session:
        assert [a.state for a in receiving.receive(session, files)] == ["merged"] * 1000
    with hall.db.begin() as session:
        assert scoring.ballot_of(session, item, hall.members[0]).choices == choices
        assert {a.state for a in receiving.receive(session, files[:200])} == {"refused"}
        assert audit.check(session) == ()


def test_altered_packages_are_not_opened_and_leave_the_file_as_it_was(hall: Hall, chance: random.Random) -> None:
    laptop, good = hall.laptop(), hall.package().read_bytes()
    before, path = laptop.own.read_bytes(), hall.stick / "hong.ocopgoi"
    for bad in {altered(good, chance) for _n in range(100)} - {good}:
        path.write_bytes(bad)
        with pytest.raises(UserError):
            laptop.open(path)
        with pytest.raises(UserError):
            own_laptop.open_package(path, hall.stick / "khong-co.ocop")
    assert laptop.own.read_bytes() == before and not (hall.stick / "khong-co.ocop").exists()


@pytest.mark.timeout(300)
def test_sixty_dossiers_with_a_third_of_the_members_on_own_laptops(db: Database, tmp_path: Path, chance: random.Random) -> None:
    hall = Hall(db, tmp_path / "usb", 60, 9)
    rules, given, recused = sets(hall), {}, {(hall.items[4], 3), (hall.items[31], 4)}
    with db.begin() as session:
        for item, seat in recused:
            sessions.recuse(session, item, hall.members[seat], "họ hàng")
    for item in hall.items:
        given[item] = {seat: near(rules[item], chance) for seat in range(9) if (item, seat) not in recused}
    for seat in (3, 4, 5):
        laptop = hall.laptop(seat)
        with laptop.file() as session:
            for item in hall.items:
                if seat in given[item]:
                    put_in(session, item, laptop.member, given[item][seat])
        (arrival,) = hall.receive(laptop.hand_in(hall.stick), codes=(laptop.code,))
        assert (arrival.state, arrival.complete, arrival.refused) == ("merged", 60 if seat == 5 else 59, 0)
    with db.begin() as session:
        for item in hall.items:
            for seat in set(given[item]) - {3, 4, 5}:
                put_in(session, item, hall.members[seat], given[item][seat])
        book = rulebooks.rulebook(LAW)
        for item in hall.items:
            direct = evaluate(book, rules[item], [Choices(str(s), c) for s, c in given[item].items()], WorkingRules())
            found = results.result_of(session, item)
            assert (found.outcome.mean, found.outcome.rank, found.outcome.unmet) == (direct.mean, direct.rank, direct.unmet)


def near(rules: CriteriaSet, chance: random.Random) -> dict[str, str]:
    """The best answers, about one in seven of them one option lower or not."""
    made = {code: chance.choice(rules.by_code[code].options[-2:]).choice if chance.random() < 0.15 else choice
            for code, choice in top(rules).items()}
    return settle(rules, made)


def test_the_clerk_takes_in_ballots_of_a_member_with_a_pin(hall: Hall) -> None:
    laptop, content = scored(hall, known=False)
    give_pin(hall, 0)
    arrived = hall.receive(content, codes=(laptop.code,))[0]
    assert (arrived.state, arrived.complete) == ("merged", 3)


def give_pin(hall: Hall, seat: int) -> tuple[int, str]:
    """A PIN for the clerk, who stays at work, and a code for a member; the account and the code."""
    with hall.db.begin() as session:
        member = session.get_one(Member, hall.members[seat])
        people.begin(session, "Bà Thu", "2580")
        account = people.add(session, member.name, member.agency, "member")
        return account, people.give_code(session, account)


def test_a_sealed_ballot_is_shown_to_its_member_alone_until_the_dossier_is_closed(hall: Hall) -> None:
    item, member, answers = hall.items[0], hall.members[0], top(sets(hall)[hall.items[0]])
    laptop, content = scored(hall, known=False)
    hall.receive(content, codes=(laptop.code,))

    def shut() -> None:
        with pytest.raises(UserError, match="giao kín"), hall.db.begin() as session:
            scoring.own_ballot(session, item, member)

    shut()
    with hall.db.begin() as session:  # a copy of it would show it, too
        results.reopen_ballots(session, item, [member], "xem lại", "Thư ký")
    shut()
    account, code = give_pin(hall, 0)
    with hall.db.begin() as session:
        people.sign_out(session)
    with hall.db.begin() as session:
        people.choose_pin(session, account, code, "7391")
        assert scoring.own_ballot(session, item, member).choices == answers
        scoring.lock(session, item, member)
        people.sign_out(session)
    clerk = next(p.person_id for p in people.standing(hall.db).people if p.role == "clerk")
    with hall.db.begin() as session:
        people.sign_in(session, clerk, "2580")
        people.take_pin_away(session, account)
    shut()
    with hall.db.begin() as session:
        for other in hall.members[1:]:
            put_in(session, item, other, answers)
        results.close_dossier(session, item, "Thư ký")
        assert scoring.own_ballot(session, item, member).choices == answers


def test_a_sealed_ballot_is_not_copied_into_a_sister_to_be_read(hall: Hall) -> None:
    laptop, content = scored(hall, known=False)
    hall.receive(content, codes=(laptop.code,))
    with pytest.raises(UserError, match="giao kín"), hall.db.begin() as session:
        scoring_copy.copy_ballot(session, hall.items[1], hall.members[0], hall.items[0])


def test_a_machine_that_goes_off_while_a_package_is_opened_opens_it_again(hall: Hall) -> None:
    package, own = hall.package(0), hall.stick / "may.ocop"
    dying = ("import os, sys\nfrom pathlib import Path\nfrom ocop_desktop.actions import own_laptop\n"
             "from ocop_desktop.data import own_laptops\n"
             "own_laptops.keep_own = lambda *_all: os._exit(9)\n"  # the last thing before all is kept
             "own_laptop.open_package(Path(sys.argv[1]), Path(sys.argv[2]))\n")
    assert subprocess.run([sys.executable, "-c", dying, str(package), str(own)], check=False).returncode == 9
    assert not own.exists()
    assert Laptop(package, own).standing().total == 3
    assert sorted(p.name for p in hall.stick.iterdir()) == ["goi-0.ocopgoi", "may.ocop"]


def test_a_file_heavier_than_any_of_its_kind_is_refused_before_it_is_read(hall: Hall) -> None:
    for name, open_it in (("to.ocopgoi", lambda path: own_laptop.open_package(path, hall.stick / "x.ocop")),
                          ("to.ocopphieu", lambda path: receiving.files_in([path.parent]))):
        path = hall.stick / name
        with path.open("wb") as file:
            file.truncate(3 << 30)  # nothing in it: no system keeps it
        with pytest.raises(UserError, match="nặng 3072 MB"):
            open_it(path)
        path.unlink()
