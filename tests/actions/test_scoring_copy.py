"""Copying one's own ballot of a sister product: only one's own, only into an empty one, marked until looked at."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from ocop_desktop.actions import audit, scoring, scoring_copy
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.tables import AgendaItem, Change, Dossier, Product
from ocop_desktop.errors import UserError
from tests.actions.hall import open_hall


def sister(session: Session, set_no: int = 11, producer_id: int = 1) -> None:
    """A fourth item: by default of the same producer and set as item 1."""
    open_hall(session)
    session.add(Product(id=4, producer_id=producer_id, name="Chè đen Mẫu Sơn", folded="che den mau son", set_no=set_no))
    session.flush()
    session.add(Dossier(id=4, product_id=4, code="20-05980-04-2026", rulebook="26/2026/QĐ-TTg", status="in_session"))
    session.flush()
    session.add(AgendaItem(id=4, session_id=1, dossier_id=4, position=4))
    session.flush()


def test_answers_are_copied_and_marked_until_they_are_touched(db: Database) -> None:
    with db.begin() as session:
        sister(session)
        own = scoring.own_ballot(session, 1, 1)
        for criterion in own.rules.criteria[:5]:
            scoring.choose(session, 1, 1, criterion.code, "1", (own.book.id, 11))
        scoring.note(session, 1, 1, "1.1", "chỉ của phiếu kia")
        scoring.note(session, 4, 1, "1.2", "ghi trước")
        assert [(s.item_id, s.answers) for s in scoring.own_ballot(session, 4, 1).sisters] == [(1, 5)]
        assert scoring_copy.copy_ballot(session, 4, 1, 1) == 5
        seen = scoring.own_ballot(session, 4, 1)
        codes = [c.code for c in own.rules.criteria[:5]]
        assert dict(seen.choices) == dict.fromkeys(codes, "1") and dict(seen.notes) == {"1.2": "ghi trước"}
        assert dict(seen.copied) == dict.fromkeys(codes, "Chè Shan tuyết Mẫu Sơn") and seen.sisters == ()
        scoring.choose(session, 4, 1, codes[0], "1", (own.book.id, 11))  # the same answer once more: now it is the member's own
        scoring.choose(session, 4, 1, codes[1], "2", (own.book.id, 11))
        scoring.clear(session, 4, 1, codes[2])
        scoring_copy.confirm(session, 4, 1, codes[3])
        assert list(scoring.own_ballot(session, 4, 1).copied) == [codes[4]]
        line = session.scalars(select(Change).where(Change.what == "copied")).one()
        assert line.after == {"item_id": 1, "product": "Chè Shan tuyết Mẫu Sơn", "version": 1, "answers": 5}
        assert line.who == "Ông Hoàng"
    with db.begin() as session:
        assert audit.check(session) == ()


@pytest.mark.parametrize(("set_no", "producer_id"), [(12, 1), (11, 2)])
def test_another_set_or_producer_is_no_sister(db: Database, set_no: int, producer_id: int) -> None:
    from ocop_desktop.data.tables import Producer

    with db.begin() as session:
        session.add(Producer(id=2, name="HTX khác", folded="htx khac"))
        session.flush()
        sister(session, set_no, producer_id)
        scoring.choose(session, 1, 1, "1.1", "1")
        assert scoring.own_ballot(session, 4, 1).sisters == ()
        with pytest.raises(UserError, match="Không chép được"):
            scoring_copy.copy_ballot(session, 4, 1, 1)


def test_never_another_members_ballot_nor_over_answers(db: Database) -> None:
    with db.begin() as session:
        sister(session)
        scoring.choose(session, 1, 2, "1.1", "1")
        assert scoring.own_ballot(session, 4, 1).sisters == ()
        scoring.choose(session, 1, 1, "1.1", "1")
        scoring.choose(session, 4, 1, "1.1", "2")
        with pytest.raises(UserError, match="Không chép được"):
            scoring_copy.copy_ballot(session, 4, 1, 1)
        with pytest.raises(UserError, match="chưa chấm"):
            scoring_copy.confirm(session, 4, 1)
