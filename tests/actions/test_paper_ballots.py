"""Paper ballots: typed twice, settled, then a ballot like any other; who did what stands in the chain and in the record."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from ocop_desktop.actions import audit, paper_ballots, paper_scans, results, scoring, session_record, sessions
from ocop_desktop.actions.session_matrix import matrix
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.tables import Answer, Ballot, Result
from ocop_desktop.data.tables_paper import PaperSheet
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.ballot import total
from tests.actions.meeting import answers, hand_in, open_meeting, rules_of
from tests.pdf_text import pages_of

LAN, MAI = "Nguyễn Thị Lan", "Trần Mai"
PDF = b"%PDF-1.4\nbody"


def type_in(session: Session, item: int, member: int, typing: int, choices: dict[str, str], who: str) -> None:
    for code, choice in choices.items():
        paper_ballots.answer(session, item, member, typing, code, choice, who)


def both(session: Session, item: int, member: int, choices: dict[str, str]) -> None:
    """Type a sheet twice the same."""
    points = total(rules_of(session, item), choices)
    type_in(session, item, member, 1, choices, LAN)
    paper_ballots.hand_over(session, item, member, points, LAN)
    type_in(session, item, member, 2, choices, MAI)
    assert paper_ballots.check(session, item, member, points, MAI) == ()


def column(session: Session, item: int, member: int, typing: int) -> paper_ballots.Column:
    return next(c for c in paper_ballots.grid(session, item, typing).columns if c.member_id == member)


def _kept(session: Session, item: int) -> dict[int, dict[str, str]]:
    """What the file holds of an item's ballots, by member."""
    made: dict[int, dict[str, str]] = {}
    for member, code, choice in session.execute(select(Ballot.member_id, Answer.criterion, Answer.choice).join(
            Answer, Answer.ballot_id == Ballot.id).where(Ballot.item_id == item)):
        made.setdefault(member, {})[code] = choice
    return made


def test_a_sheet_typed_twice_is_a_ballot_like_any_other(db: Database) -> None:
    with db.begin() as session:
        _id, (paper, screen), members = open_meeting(session, 2, 5)
        session.connection().exec_driver_sql("UPDATE product SET set_no = 13")
        session.expire_all()
        for points, member in zip((72, 70, 68, 75, 71), members, strict=True):
            choices = answers(rules_of(session, paper), points)
            both(session, paper, member, choices)
            hand_in(session, screen, member, choices)
        assert _kept(session, paper) == _kept(session, screen) and len(_kept(session, paper)) == 5
        assert all(b.finished_at and b.version == 1 for b in session.scalars(select(Ballot)))
        told = paper_ballots.grid(session, paper)
        assert {c.state for c in told.columns} == {"done"} and all(not c.choices for c in told.columns)
        for item in (paper, screen):
            for view in results.result_of(session, item).open_matters:
                value = view.matter.values[-1] if view.matter.proposed is None else view.matter.proposed
                results.conclude(session, item, view.matter.kind, view.matter.code, value, "Đã xem", LAN)
            results.close_dossier(session, item, LAN)
        one, other = session.scalars(select(Result).order_by(Result.item_id))
        assert (one.mean_numerator, one.mean_denominator) == (other.mean_numerator, other.mean_denominator) == (356, 5)
        assert one.snapshot["outcome"] == other.snapshot["outcome"]
    with db.begin() as session:
        assert audit.check(session) == ()


def test_the_first_typing_counts_nowhere_and_is_not_shown_to_the_second(db: Database) -> None:
    with db.begin() as session:
        id, (item,), members = open_meeting(session, 1, 3)
        choices = answers(rules_of(session, item), 60)
        type_in(session, item, members[0], 1, choices, LAN)
        paper_ballots.hand_over(session, item, members[0], 60, LAN)
        assert session.scalar(select(Ballot)) is None
        for typing, state in ((1, "typed"), (2, "open")):
            seen = column(session, item, members[0], typing)
            assert (seen.state, dict(seen.choices), seen.hand_total, seen.first_by) == (state, {}, None, LAN)
        assert column(session, item, members[1], 2).state == "untyped"
        assert [(c.state, c.on_paper) for c in matrix(session, id).rows[0].cells[:2]] == [("empty", True), ("empty", False)]
        with pytest.raises(UserError, match="đang chờ người khác kiểm tra"):
            paper_ballots.answer(session, item, members[0], 1, "1.1", "1", LAN)


def test_the_hand_total_must_agree_or_be_insisted_on(db: Database) -> None:
    with db.begin() as session:
        _id, (item,), members = open_meeting(session, 1, 3)
        choices = answers(rules_of(session, item), 60)
        type_in(session, item, members[0], 1, choices, LAN)
        with pytest.raises(UserError, match="Tổng ghi trên phiếu là 61, các mức đã nhập cộng lại được 60"):
            paper_ballots.hand_over(session, item, members[0], 61, LAN)
        assert column(session, item, members[0], 1).state == "open"
        paper_ballots.hand_over(session, item, members[0], 61, LAN, insisted=True)
        type_in(session, item, members[0], 2, choices, MAI)
        paper_ballots.check(session, item, members[0], 61, MAI, insisted=True)
        ((_member, told),) = paper_ballots.told(session, [item])[item]
        assert (told["hand_total"], told["counted"]) == (61, 60)


def test_differences_are_settled_from_the_sheet(db: Database) -> None:
    with db.begin() as session:
        _id, (item,), members = open_meeting(session, 1, 3)
        rules = rules_of(session, item)
        choices = answers(rules, 60)
        other = {**choices, "1.1": "1" if choices["1.1"] != "1" else "2"}
        type_in(session, item, members[0], 1, choices, LAN)
        paper_ballots.words(session, item, members[0], 1, "Cần bổ sung", "Giấy tờ giả", LAN)
        paper_ballots.hand_over(session, item, members[0], 60, LAN)
        type_in(session, item, members[0], 2, other, MAI)
        paper_ballots.words(session, item, members[0], 2, "bổ sung", "", MAI)
        found = paper_ballots.check(session, item, members[0], total(rules, other), MAI)
        assert [(d.code, d.first, d.second) for d in found] == [
            ("1.1", choices["1.1"], other["1.1"]), ("exclusion", "Giấy tờ giả", "")]
        assert column(session, item, members[0], 2).differences == found
        with pytest.raises(UserError, match="chưa chọn theo phiếu: exclusion"):
            paper_ballots.settle(session, item, members[0], {"1.1": other["1.1"]}, MAI)
        paper_ballots.settle(session, item, members[0], {"1.1": other["1.1"], "exclusion": "Giấy tờ giả"}, MAI)
        own = scoring.own_ballot(session, item, members[0])
        assert (dict(own.choices), own.exclusion, own.opinion) == (other, "Giấy tờ giả", "Cần bổ sung")
        ((_member, told),) = paper_ballots.told(session, [item])[item]
        assert (told["typed_by"], told["checked_by"], told["differences"]) == (LAN, MAI, 2)


def test_the_one_who_checks_is_somebody_else_and_nothing_may_be_missing(db: Database) -> None:
    with db.begin() as session:
        _id, (item,), members = open_meeting(session, 1, 3)
        choices = answers(rules_of(session, item), 60)
        with pytest.raises(ProblemsFound):
            paper_ballots.hand_over(session, item, members[0], 0, LAN)
        type_in(session, item, members[0], 1, choices, LAN)
        with pytest.raises(UserError, match="tên người nhập"):
            paper_ballots.hand_over(session, item, members[0], 60, " ")
        paper_ballots.hand_over(session, item, members[0], 60, LAN)
        type_in(session, item, members[0], 2, choices, MAI)
        with pytest.raises(UserError, match="phải là người khác"):
            paper_ballots.check(session, item, members[0], 60, "nguyen thi  lan")
        paper_ballots.type_again(session, item, members[0], 1, LAN)
        assert session.scalars(select(PaperSheet).where(PaperSheet.member_id == members[0])).all() == []


def test_a_recused_seat_is_not_typed_and_a_second_score_is_a_new_sheet(db: Database) -> None:
    with db.begin() as session:
        id, items, members = open_meeting(session, 2, 3)
        sessions.recuse(session, items[0], members[1], "Người thân", LAN)
        seen = column(session, items[0], members[1], 1)
        assert seen.state == "recused" and "Người thân" in str(seen.why)
        with pytest.raises(UserError, match="không chấm hồ sơ này"):
            paper_ballots.answer(session, items[0], members[1], 1, "1.1", "1", LAN)
        choices = answers(rules_of(session, items[0]), 60)
        both(session, items[0], members[0], choices)
        results.reopen_ballots(session, items[0], (members[0],), "Chênh lệch", LAN)
        assert column(session, items[0], members[0], 1).state == "open"
        again = answers(rules_of(session, items[0]), 65)
        both(session, items[0], members[0], again)
        own = scoring.own_ballot(session, items[0], members[0])
        assert own.version == 2 and dict(own.choices) == again
        both(session, items[0], members[2], choices)
        everybody = frozenset(members)
        assert paper_ballots.next_item(session, id, 1, everybody, items[0]) == items[1]
        assert paper_ballots.next_item(session, id, 1, everybody, items[1]) is None
        assert paper_ballots.next_item(session, id, 2, everybody) is None


def test_a_member_with_a_pin_has_the_ballot_alone_and_the_name_is_that_of_who_signed_in(db: Database) -> None:
    from tests.actions.test_people import Hall

    hall = Hall(db)
    hall.enter("clerk")
    with db.begin() as session:
        item = hall.items[0]
        states = [c.state for c in paper_ballots.grid(session, item).columns]
        assert states == ["locked", "locked", "open"]
        choices = answers(rules_of(session, item), 60)
        with pytest.raises(UserError, match="mã PIN riêng"):
            paper_ballots.answer(session, item, hall.members[0], 1, "1.1", "1", LAN)
        with pytest.raises(UserError, match="mã PIN riêng"):
            paper_scans.scan_of(session, item, hall.members[0])
        type_in(session, item, hall.members[2], 1, choices, LAN)
        paper_ballots.hand_over(session, item, hall.members[2], 60, LAN)
        assert column(session, item, hall.members[2], 2).first_by == "Bà Thu"
        type_in(session, item, hall.members[2], 2, choices, MAI)
        with pytest.raises(UserError, match="phải là người khác"):
            paper_ballots.check(session, item, hall.members[2], 60, MAI)
    hall.enter("member")
    with db.begin() as session:
        assert all(c.state == "locked" or not c.choices for c in paper_ballots.grid(session, hall.items[0], 2).columns)
        with pytest.raises(UserError):
            paper_ballots.answer(session, hall.items[0], hall.members[2], 2, "1.1", "1", MAI)


def test_a_scan_goes_with_the_sheet_and_both_names_into_the_record(db: Database, tmp_path: Path) -> None:
    scan, wrong = tmp_path / "phiếu 1.jpeg", tmp_path / "phieu.docx"
    scan.write_bytes(PDF)
    wrong.write_bytes(b"PK")
    with db.begin() as session:
        id, (item,), members = open_meeting(session, 1, 3)
        with pytest.raises(UserError, match="không phải ảnh hay PDF"):
            paper_scans.attach_scan(session, item, members[0], wrong, LAN)
        paper_scans.attach_scan(session, item, members[0], scan, LAN)
        assert paper_scans.scan_of(session, item, members[0]) == ("phiếu 1.pdf", PDF)
        for member in members:
            both(session, item, member, answers(rules_of(session, item), 60))
    with db.begin() as session:
        plain = session_record.record_of(session, id)
        assert plain["dossiers"][0]["paper"] == [] and "Trần" not in str(plain["dossiers"])
        results.close_dossier(session, item, LAN)
        plain = session_record.record_of(session, id)
        told = plain["dossiers"][0]["paper"]
        assert [(p["typed_by"], p["checked_by"]) for p in told] == [(LAN, MAI)] * 3
        assert told[0]["scan"] == "phiếu 1.jpeg" and len(told[0]["scan_sha256"]) == 64
        printed = " ".join(" ".join(pages_of(session_record.record_files(session, id)[session_record.PDF_NAME])).split())
        assert f"{LAN} nhập, {MAI} nhập lại để kiểm tra." in printed
        shown = [e for e in plain["chain"]["entries"] if e["entity"] == "paper_sheet" and "after" in e]
        assert len(shown) == 6 and {e["after"]["who"] for e in shown} == {LAN, MAI}
    with db.begin() as session:
        assert audit.check(session) == ()
        rows = session.connection().exec_driver_sql("SELECT id FROM paper_sheet ORDER BY id").all()
        session.connection().connection.driver_connection.execute("DROP TRIGGER temp.guard_paper_sheet_update")  # type: ignore[union-attr]
        session.connection().exec_driver_sql(f"UPDATE paper_sheet SET who = 'x' WHERE id = {rows[0][0]}")
    with db.begin() as session:
        assert audit.check(session) != ()
