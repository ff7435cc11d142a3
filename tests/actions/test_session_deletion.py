"""A session made by mistake goes as long as nobody scored in it; what it was stays in the history."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from ocop_desktop.actions import audit, scoring, sessions
from ocop_desktop.actions.session_deletion import delete_session
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.tables import (
    AgendaItem,
    Change,
    Council,
    CouncilSession,
    Dossier,
    Member,
    Presence,
    Recusal,
    SessionMember,
)
from ocop_desktop.data.tables_keys import OwnLaptop
from ocop_desktop.errors import UserError
from tests.actions.meeting import answers, dossiers, draft, items_of, members_of, open_meeting, put_in, rules_of

TABLES = (CouncilSession, Council, Member, SessionMember, AgendaItem, Recusal, Presence)


def rows(session: Session) -> list[int]:
    return [session.query(table).count() for table in TABLES]


def test_nothing_of_a_deleted_session_is_left_but_its_history(db: Database) -> None:
    with db.begin() as session:
        ids = dossiers(session, 3)
        session.get_one(Dossier, ids[2]).status = "draft"
        id = sessions.create(session, draft(ids))
        sessions.open_session(session, id)
        item, member = items_of(session, id)[0], members_of(session, id)[1]
        sessions.recuse(session, item, member, "Em ruột chủ thể")
        session.add(Presence(item_id=item, member_id=member, present=False))
        sessions.remove_item(session, items_of(session, id)[1], "Chủ thể xin rút")
    with db.begin() as session:
        was = delete_session(session, id, "Nhập sai thành viên", "Lan")
    with db.begin() as session:
        assert rows(session) == [0] * len(TABLES)
        assert [session.get_one(Dossier, n).status for n in ids] == ["ready", "ready", "draft"]
        (line,) = session.query(Change).filter_by(entity="session", entity_id=id, what="deleted")
        assert (line.who, line.after) == ("Lan", {"reason": "Nhập sai thành viên", "council_deleted": True})
        assert line.before["code"] == "2026-2" and len(line.before["members"]) == 10
        assert line.before["dossiers"] == [ids[0], ids[2]]
        assert not audit.check(session)
        again = sessions.create(session, was)
        made = session.get_one(CouncilSession, again)
        assert (made.code, made.working_rules) == ("2026-2", was.rules.as_plain() if was.rules else {})
        assert [m.name for m in made.council.members] == [s.name for s in draft(ids).seats]
        assert [i.dossier_id for i in session.query(AgendaItem)] == [ids[0], ids[2]]


def test_a_council_other_sessions_have_stays(session: Session) -> None:
    ids = dossiers(session, 2)
    first = sessions.create(session, draft(ids[:1]))
    same = dataclasses.replace(draft(ids[1:], code="2026-3"), council_id=sessions.councils(session)[0].id)
    was = delete_session(session, sessions.create(session, same), "Tạo nhầm")
    assert session.query(Council).count() == 1 and was.council_id is not None
    assert [s.id for s in session.query(CouncilSession)] == [first] and session.query(SessionMember).count() == 10


@pytest.mark.parametrize("finished", [False, True])
def test_with_a_ballot_begun_it_stays_and_says_what_to_do(session: Session, finished: bool) -> None:
    id, items, members = open_meeting(session, 2, 5)
    if finished:
        put_in(session, items[0], members[0], answers(rules_of(session, items[0]), 60))
    else:
        own = scoring.own_ballot(session, items[0], members[0])
        first = own.rules.criteria[0]
        scoring.choose(session, items[0], members[0], first.code, first.options[0].choice, (own.book.id, own.rules.number))
    before = rows(session)
    with pytest.raises(UserError, match="rút từng hồ sơ khỏi phiên") as said:
        delete_session(session, id, "Nhập sai thành viên")
    assert said.value.values["count"] == 1 and rows(session) == before


def test_with_a_package_handed_out_or_without_a_reason_it_stays(session: Session) -> None:
    id, _items, members = open_meeting(session, 1, 5)
    with pytest.raises(UserError, match="Cần ghi lý do"):
        delete_session(session, id, "  ")
    session.add(OwnLaptop(session_id=id, member_id=members[0], package=1, packaged_at=dt.datetime(2026, 11, 23, 8, 0)))
    with pytest.raises(UserError, match="giao gói chấm cho 1 máy"):
        delete_session(session, id, "Nhập sai thành viên")
    session.get_one(CouncilSession, id).status = "closed"
    with pytest.raises(UserError, match="chốt kết quả"):
        delete_session(session, id, "Nhập sai thành viên")
