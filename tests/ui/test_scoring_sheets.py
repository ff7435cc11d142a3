"""The scoring page for the producer's own score and the advisory team's: the keys of a ballot, one commit an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from ocop_desktop.actions import advisory, scoring, self_score
from ocop_desktop.data.engine import Database
from ocop_desktop.data.tables import (
    AgendaItem,
    Answer,
    Ballot,
    CouncilSession,
    Dossier,
    SelfAnswer,
)
from ocop_desktop.data.tables_advisory import AdvisoryAnswer, AdvisoryReview
from ocop_desktop.ui.scoring_list import OPINION
from tests.actions.hall import open_hall
from tests.actions.meeting import answers
from tests.ui.test_scoring_screen import DIGITS, KEY, Hall

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def hall(qtbot: QtBot, db: Database) -> Iterator[Hall]:
    """A draft session, so that the producer's score and the team's are still open."""
    with db.begin() as session:
        open_hall(session)
        for dossier in session.scalars(select(Dossier)):
            dossier.status = "ready"
    made = Hall(qtbot, db)
    yield made
    made.work.stop()
    qtbot.waitUntil(lambda: not made.work.unsaved())
    made.work.join()


def show(hall: Hall, sheet: str, dossier: int = 1, criterion: str = "") -> None:
    hall.shell.go("scoring", dossier_id=dossier, sheet=sheet, criterion=criterion)
    hall.bot.waitUntil(lambda: hall.page.state is not None and hall.page.state.view.sheet == sheet
                       and hall.page.state.view.dossier_id == dossier and hall.screen.stack.currentWidget() is hall.page)


def kept(hall: Hall, table: type[SelfAnswer] | type[AdvisoryAnswer], dossier: int = 1) -> dict[str, str]:
    hall.saved()
    with hall.db.begin() as session:
        found = session.scalars(select(table).where(table.dossier_id == dossier))
        return {row.criterion: row.choice for row in found if row.choice}


@pytest.mark.parametrize(("sheet", "table"), [("self", SelfAnswer), ("advisory", AdvisoryAnswer)])
def test_a_whole_sheet_by_keyboard(hall: Hall, sheet: str, table: type[SelfAnswer] | type[AdvisoryAnswer]) -> None:
    show(hall, sheet)
    state = hall.page.state
    assert state is not None and hall.page.code == state.codes[0]
    wanted = answers(state.rules, 66, 3)
    for code in state.codes:
        assert hall.page.code == code
        keys = [o.choice for o in state.rules.by_code[code].options]
        hall.press(DIGITS[keys.index(wanted[code]) + 1 if wanted[code] != "0" else 0], KEY.Key_Return)
    assert kept(hall, table) == wanted
    assert hall.page.answered.text() == f"Đã trả lời {len(wanted)} / {len(wanted)}"
    with hall.db.begin() as session:
        assert session.query(Ballot).count() == session.query(Answer).count() == 0


@pytest.mark.parametrize("sheet", ["self", "advisory"])
def test_the_same_keys_take_back_and_go_about(hall: Hall, sheet: str) -> None:
    table = SelfAnswer if sheet == "self" else AdvisoryAnswer
    show(hall, sheet)
    hall.press(KEY.Key_2, KEY.Key_Down, KEY.Key_1, KEY.Key_Up, KEY.Key_Delete)
    assert list(kept(hall, table).values()) == ["1"]
    hall.press(KEY.Key_G)
    assert hall.page.code == "1.3"
    hall.page.go("5.1")
    hall.press(KEY.Key_0, KEY.Key_Return, KEY.Key_1)
    stored = kept(hall, table)
    assert stored["5.1"] == stored["5.2"] == "0" and "Không chấm được" in hall.page.criterion.notice.text()


def test_the_producers_sheet_has_evidence_and_no_opinion(hall: Hall) -> None:
    show(hall, "self", criterion="1.5")
    assert hall.page.member.text() == "Chủ thể tự chấm" and not hall.page.hand_over.isVisible()
    assert "Minh chứng" in hall.page.criterion.note.placeholderText()
    hall.press(KEY.Key_N)
    hall.bot.keyClicks(hall.page.criterion.note, "Hop dong 2025")
    hall.press(KEY.Key_Escape)
    hall.saved()
    with hall.db.begin() as session:
        row = session.get_one(SelfAnswer, (1, "1.5"))
        assert (row.choice, row.evidence) == ("", "Hop dong 2025")
    hall.press(KEY.Key_Y)
    assert hall.page.code == "1.5" and OPINION not in [line.code for line in hall.page.list.criteria._lines]
    hall.page.go(hall.page.state.codes[-1] if hall.page.state else "")
    hall.press(KEY.Key_Return)
    assert hall.page.state is not None and hall.page.code == hall.page.state.codes[-1]


def test_names_of_files_are_added_to_the_evidence(hall: Hall) -> None:
    show(hall, "self")
    hall.bot.mouseClick(hall.page.criterion.files, LEFT)
    dialog = next(d for d in hall.page.criterion.findChildren(QFileDialog) if d.isVisible())
    dialog.filesSelected.emit([str(Path("/x") / "Hợp đồng.pdf"), str(Path("/y") / "Ảnh xưởng.jpg")])
    dialog.close()
    hall.page.criterion.add_files([str(Path("/z") / "Hợp đồng.pdf")])
    hall.saved()
    with hall.db.begin() as session:
        assert session.get_one(SelfAnswer, (1, "1.1")).evidence == "Hợp đồng.pdf; Ảnh xưởng.jpg"


def test_done_leads_back_to_the_dossier(hall: Hall) -> None:
    show(hall, "self")
    hall.press(KEY.Key_1)
    hall.press(KEY.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert hall.page.code == "1.2" and "chưa hoàn tất được" in hall.page.strip.sentence.text()
    hall.bot.mouseClick(hall.page.other, LEFT)
    assert hall.elsewhere == "dossiers" and hall.page.state is None
    with hall.db.begin() as session:
        for code, choice in answers(self_score.own_ballot(session, 1).rules, 66).items():
            self_score.choose(session, 1, code, choice, "Lan")
    show(hall, "self")
    hall.elsewhere = ""
    hall.bot.mouseClick(hall.page.finish, LEFT)
    hall.bot.waitUntil(lambda: hall.elsewhere == "dossiers")


def test_the_advisory_sheet_is_finished_and_locked(hall: Hall) -> None:
    with hall.db.begin() as session:
        for code, choice in answers(advisory.own_ballot(session, 1).rules, 70).items():
            advisory.choose(session, 1, code, choice, "Lan")
        self_score.choose(session, 1, "1.1", "1", "Lan")
        self_score.note(session, 1, "1.1", "Ảnh vườn.jpg", "Lan")
    show(hall, "advisory", criterion="1.1")
    assert hall.page.criterion.beside.text().startswith("Chủ thể tự chấm: ") and hall.page.criterion.beside.isVisible()
    assert hall.page.criterion.evidence.text() == "Minh chứng của chủ thể: Ảnh vườn.jpg"
    hall.press(KEY.Key_Y)
    assert hall.page.code == OPINION
    assert not hall.page.opinion.ask.isVisible() and not hall.page.opinion.exclusion_title.isVisible()
    hall.bot.keyClicks(hall.page.opinion.opinion, "Nen bo sung")
    hall.press(KEY.Key_Escape)
    hall.bot.mouseClick(hall.page.finish, LEFT)
    hall.bot.waitUntil(lambda: hall.page.state is not None and hall.page.state.locked)
    assert "Tổ tư vấn đã chấm xong" in hall.page.strip.sentence.text()
    before = kept(hall, AdvisoryAnswer)
    hall.page.go("1.1")
    hall.press(KEY.Key_1)
    assert kept(hall, AdvisoryAnswer) == before
    with hall.db.begin() as session:
        row = session.get_one(AdvisoryReview, 1)
        assert row.finished_at is not None and row.opinion == "Nen bo sung"


def test_members_see_the_team_beside_the_criterion_if_the_rules_allow(hall: Hall) -> None:
    with hall.db.begin() as session:
        advisory.choose(session, 1, "1.1", "1", "Lan")
        advisory.note(session, 1, "1.1", "Chưa thấy hợp đồng", "Lan")
        session.get_one(Dossier, 1).status = "in_session"
    hall.open(criterion="1.1")
    words = hall.page.criterion.beside.text()
    assert words.startswith("Tổ tư vấn: ") and words.endswith(" · Chưa thấy hợp đồng") and hall.page.criterion.beside.isVisible()
    assert hall.page.state is not None and hall.page.state.so_far.total == 0
    hall.press(KEY.Key_Down)
    assert not hall.page.criterion.beside.isVisible()
    with hall.db.begin() as session:
        session.get_one(CouncilSession, 1).working_rules = {"secretary_scores": False, "advisory_shown": False}
    hall.open(item=2)
    hall.open(item=1, criterion="1.1")
    assert not hall.page.criterion.beside.isVisible()


def test_what_the_council_has_is_only_looked_at(hall: Hall) -> None:
    with hall.db.begin() as session:
        self_score.choose(session, 1, "1.1", "2", "Lan")
        session.get_one(Dossier, 1).status = "in_session"
        scoring.choose(session, session.scalars(select(AgendaItem.id)).first() or 0, 1, "1.1", "3")
    for sheet in ("self", "advisory"):
        show(hall, sheet)
        hall.press(KEY.Key_1)
        assert hall.page.state is not None and hall.page.state.locked and not hall.page.finish.isVisible()
    assert kept(hall, SelfAnswer) == {"1.1": "2"} and kept(hall, AdvisoryAnswer) == {}


def test_a_refused_sheet_leads_to_its_dossier(hall: Hall) -> None:
    with hall.db.begin() as session:
        dossier = session.get_one(Dossier, 1)
        dossier.product.set_no = None
    hall.shell.go("scoring", dossier_id=1, sheet="self")
    hall.bot.waitUntil(lambda: hall.elsewhere == "dossiers")
    assert "chưa có bộ tiêu chí" in hall.say.notes()[-1].words


def test_the_rail_leads_to_the_council_not_back_to_a_producers_sheet(hall: Hall) -> None:
    show(hall, "self")
    hall.shell.go("scoring")
    hall.bot.waitUntil(lambda: hall.screen.stack.currentWidget() is hall.screen.chooser)
