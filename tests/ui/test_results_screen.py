"""Results through the window: nothing before all ballots are in, conclusions, second scores, closing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select, update

from ocop_desktop.actions.certificates import record_decision
from ocop_desktop.actions.results import close_dossier
from ocop_desktop.data.engine import Database
from ocop_desktop.data.tables import AgendaItem, Ballot, Change, Dossier, Result
from ocop_desktop.data.tables_advisory import AdvisoryAnswer, AdvisoryReview
from ocop_desktop.ui.code_words import CodeWords
from ocop_desktop.ui.result_matters import MatterBox
from ocop_desktop.ui.results_screen import ResultsScreen
from ocop_desktop.ui.score_comparison import PLACES
from tests.actions.meeting import answers, open_meeting, put_in, rules_of
from tests.actions.test_results import below_gate, four_star_gate
from tests.ui.screen_room import ScreenRoom

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, db: Database) -> Iterator[ScreenRoom]:
    made = ScreenRoom(qtbot, qapp, db, "results", ResultsScreen)
    yield made
    made.close()


def fill(room: ScreenRoom, points: tuple[int, ...], split: int = 0, products: int = 2) -> tuple[list[int], list[int]]:
    """A session whose first dossier has a ballot per points; the last ``split`` of them miss a four-star gate."""
    with room.db.begin() as session:
        _id, items, members = open_meeting(session, products, 9)
        rules = rules_of(session, items[0])
        code = four_star_gate(rules)
        for number, (member, wanted) in enumerate(zip(members, points, strict=False)):
            choices = answers(rules, wanted)
            put_in(session, items[0], member, below_gate(rules, choices, code) if number >= 9 - split else choices)
        return items, members


def box(room: ScreenRoom, kind: str) -> MatterBox:
    return next(b for b in room.screen.matters.boxes if b.found.matter.kind == kind)


def concluded(room: ScreenRoom) -> list[tuple[str, object, str]]:
    found = room.ask(lambda s: [c.after for c in s.scalars(select(Change).where(Change.what == "concluded").order_by(Change.id))])
    return [(c["kind"], c["value"], c["reason"]) for c in found]


def test_an_empty_file_leads_to_the_sessions(room: ScreenRoom) -> None:
    room.go()
    assert room.screen.empty.isVisible() and not room.screen.primary.isVisible()
    room.bot.mouseClick(room.screen.empty.action, LEFT)
    assert room.went[-1][0] == "sessions"


def test_no_score_is_shown_before_all_ballots_are_in(room: ScreenRoom) -> None:
    items, _members = fill(room, (60,) * 6)
    room.go(item_id=items[0])
    screen = room.screen
    assert screen.rank.mean.text() == "6/9" and not screen.ballots.isVisible() and screen.ballots.table.ballots.rowCount() == 0
    assert "Hiệp hội Chè" in screen.waiting_words.text() and not screen.primary.isEnabled()
    assert screen.missing.text() == "Còn thiếu 3 phiếu"


def test_closing_writes_the_result_and_leads_on(room: ScreenRoom) -> None:
    items, _members = fill(room, (60,) * 9)
    room.go(item_id=items[0])
    screen = room.screen
    assert screen.rank.mean.text() == "60" and screen.rank.stars.count == 3 and screen.primary.isEnabled()
    room.bot.mouseClick(screen.primary, LEFT)
    assert room.ask(lambda s: [(r.stars, r.mean_numerator) for r in s.scalars(select(Result))]) == [(3, 60)]
    assert room.ask(lambda s: s.scalar(select(func.count()).where(Dossier.stars == 3))) == 1
    room.quiet()
    assert screen.primary.text() == "Hồ sơ tiếp theo" and screen.missing.text().startswith("Đã chốt")
    room.bot.mouseClick(screen.primary, LEFT)
    room.quiet()
    assert screen.item_id == items[1]


def test_closed_results_are_paged_through_and_the_last_leads_back_to_the_session(room: ScreenRoom) -> None:
    items, members = fill(room, (60,) * 9, products=3)
    with room.db.begin() as session:
        for item in items[1:]:
            for member in members:
                put_in(session, item, member, answers(rules_of(session, item), 60))
        for item in items:
            close_dossier(session, item)
        number = session.get_one(AgendaItem, items[0]).session_id
        record_decision(session, "2117/QĐ-UBND", dt.date(2026, 12, 5), "UBND tỉnh", number)
    room.go(item_id=items[0])
    screen = room.screen
    for item in items[1:]:
        assert screen.primary.text() == "Hồ sơ tiếp theo" and screen.primary.isEnabled()
        assert screen.missing.text().split("\n")[1] == "Quyết định 2117/QĐ-UBND" and not screen.missing.wordWrap()
        room.bot.mouseClick(screen.primary, LEFT)
        room.quiet()
        assert screen.item_id == item
    assert screen.primary.text() == "Về phiên" and screen.primary.isEnabled()
    room.bot.mouseClick(screen.primary, LEFT)
    assert room.went[-1] == ("sessions", {"session_id": number})


def test_closing_offers_the_way_back(room: ScreenRoom) -> None:
    items, _members = fill(room, (60,) * 9)
    room.go(item_id=items[0])
    screen = room.screen
    room.bot.mouseClick(screen.primary, LEFT)
    room.quiet()
    note = room.say.notes()[-1]
    assert screen.view.product in note.words and note.action.text() == "Mở lại…"
    room.go(item_id=items[1])
    room.bot.mouseClick(note.action, LEFT)
    room.bot.keyClicks(screen.reason.line, "Nham so")
    room.bot.mouseClick(screen.reason.yes, LEFT)
    room.quiet()
    assert room.ask(lambda s: s.scalar(select(func.count()).select_from(Result))) == 0
    room.go(item_id=items[0])
    assert screen.primary.text() == "Chốt kết quả" and screen.primary.isEnabled()


def test_the_sentence_and_the_near_line(room: ScreenRoom) -> None:
    items, _members = fill(room, (70, 70, 72, 70, 71, 71, 65, 70, 70))
    room.go(item_id=items[0])
    screen = room.screen
    assert screen.rank.mean.text() == "69,89" and screen.rank.under.text() == "điểm trung bình\n629 điểm / 9 phiếu"
    assert screen.rank.sentences()[0] == "3 sao vì tổng điểm dưới 70 (thiếu 0,11)."
    assert not screen.primary.isEnabled() and screen.missing.text() == "Còn 1 việc cần kết luận."
    room.bot.mouseClick(box(room, "near_line").buttons["kept"], LEFT)
    assert concluded(room) == [("near_line", "kept", "")]
    room.quiet()
    assert screen.primary.isEnabled()


def test_a_split_gate_decided_otherwise_needs_a_reason(room: ScreenRoom) -> None:
    items, _members = fill(room, (80,) * 9, split=3)
    room.go(item_id=items[0])
    screen, gate = room.screen, box(room, "gate")
    assert screen.rank.stars.count == 4
    room.bot.mouseClick(gate.buttons[0], LEFT)
    assert gate.reason.isVisible() and not gate.save.isEnabled() and concluded(room) == []
    room.write(gate.reason, "Nhãn thiếu mã truy xuất")
    room.bot.mouseClick(gate.save, LEFT)
    assert concluded(room) == [("gate", 0, "Nhãn thiếu mã truy xuất")]
    room.quiet()
    assert screen.rank.stars.count == 3
    assert "chưa đạt điều kiện 4 sao" in screen.rank.sentences()[0]
    odd = screen.ballots.table.ballots.lines[0].odd
    assert odd == (False,) * 6 + (True,) * 3


@pytest.mark.parametrize(("points", "said"), [
    ((75, *(60,) * 8), "cao hơn 8 phiếu khác 15 điểm"), ((50, 62, 64, *(62,) * 6), "thấp hơn 8 phiếu khác 12–14 điểm"),
    ((50, 50, *(62,) * 7), " hơn ")])
def test_a_spread_is_told_in_one_sentence_with_all_pairs_one_press_away(room: ScreenRoom, points: tuple[int, ...],
                                                                        said: str) -> None:
    items, _members = fill(room, points)
    room.go(item_id=items[0])
    spread = box(room, "spread")
    shown = [w for w in spread.findChildren(CodeWords) if w.isVisible()]
    assert said in shown[0].words and len([w for w in shown if w._codes]) == 1
    room.bot.mouseClick(spread.unfold, LEFT)
    assert len([w for w in spread.findChildren(CodeWords) if w.isVisible() and w._codes]) == 1 + len(spread.found.pairs)
    room.bot.mouseClick(spread.unfold, LEFT)
    assert not spread.pairs.isVisible()


def test_stars_are_outlines_until_the_result_is_closed(room: ScreenRoom) -> None:
    items, _members = fill(room, (60,) * 9)
    room.go(item_id=items[0])
    rank = room.screen.rank
    assert rank.stars.hollow and rank.provisional.isVisible() and rank.stars.count == 3
    room.bot.mouseClick(room.screen.primary, LEFT)
    room.quiet()
    assert not rank.stars.hollow and not rank.provisional.isVisible() and rank.stars.count == 3


def test_a_spread_is_scored_again(room: ScreenRoom) -> None:
    items, _members = fill(room, (75, *(60,) * 8))
    room.go(item_id=items[0])
    spread = box(room, "spread")
    assert not spread.buttons
    room.bot.mouseClick(spread.again, LEFT)
    room.write(spread.reason, "Trao đổi, chấm lại")
    room.bot.mouseClick(spread.save, LEFT)
    assert room.ask(lambda s: s.scalar(select(func.count()).where(Ballot.version == 2, Ballot.finished_at.is_(None)))) == 9
    room.quiet()
    assert room.screen.missing.text() == "Còn thiếu 9 phiếu" and not room.screen.ballots.isVisible()


def test_an_exclusion_is_said_instead_of_stars(room: ScreenRoom) -> None:
    items, members = fill(room, (60,) * 9)
    with room.db.begin() as session:
        session.execute(update(Ballot).where(Ballot.member_id.in_(members[:5])).values(exclusion="Giả mạo hồ sơ"))
    room.go(item_id=items[0])
    screen = room.screen
    assert not screen.rank.stars.isVisible() and screen.rank.out.isVisible()
    assert screen.rank.sentences()[0] == "Quá nửa số phiếu đề nghị loại; chờ Hội đồng kết luận."
    excluding = box(room, "exclusion")
    room.bot.mouseClick(excluding.buttons[True], LEFT)
    assert excluding.reason.isVisible() and not excluding.save.isEnabled()
    room.bot.mouseClick(excluding.suggestions.findChildren(QPushButton)[0], LEFT)
    room.bot.mouseClick(excluding.save, LEFT)
    assert concluded(room) == [("exclusion", True, "Đã xác minh, có căn cứ loại")]
    room.quiet()
    assert screen.rank.sentences()[0] == "Hồ sơ bị loại, không phân hạng." and screen.primary.isEnabled()
    room.bot.mouseClick(screen.primary, LEFT)
    assert room.ask(lambda s: [(r.stars, r.excluded) for r in s.scalars(select(Result))]) == [(None, True)]


def test_choosers_and_keys_go_through_the_agenda(room: ScreenRoom) -> None:
    items, _members = fill(room, (60,) * 9, products=3)
    room.go()
    assert room.screen.item_id == items[0] and not room.screen.before.isEnabled()
    room.bot.mouseClick(room.screen.after, LEFT)
    room.quiet()
    assert room.screen.item_id == items[1] and room.screen.title.text() == "Miến dong Vạn Linh"
    room.bot.keyClick(room.screen, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    room.quiet()
    assert room.screen.item_id == items[2]


def test_all_criteria_on_request_and_the_model_is_sound(room: ScreenRoom) -> None:
    items, _members = fill(room, (60, 62, 64, 61, 60, 60, 63, 60, 60))
    table = room.screen.ballots.table
    tester = QAbstractItemModelTester(table.ballots, QAbstractItemModelTester.FailureReportingMode.Fatal)
    room.go(item_id=items[0])
    assert table.ballots.rowCount() < 33 and table.ballots.columnCount() == 10
    room.bot.mouseClick(room.screen.ballots.more, LEFT)
    assert table.ballots.rowCount() == 33 and tester is not None
    assert [table.ballots.index(0, c).data() for c in (1, 2, 3)] == ["60", "62", "64"]


@pytest.mark.parametrize(("points", "split"), [((60,) * 9, 0), ((60, 62, 64, 61, 60, 60, 63, 60, 60), 0), ((80,) * 9, 3)])
def test_the_line_under_the_ballots_tells_the_truth_about_what_is_folded_away(room: ScreenRoom, points: tuple[int, ...],
                                                                             split: int) -> None:
    items, _members = fill(room, points, split)
    room.go(item_id=items[0])
    card, view = room.screen.ballots, room.screen.view
    shown = {line.code for line in card.table.ballots.lines}
    assert view is not None and shown == {x.code for x in view.lines if x.split or x.range >= 2}
    count = int(next(word for word in card.rest.text().split() if word.isdigit()))
    assert count == len(view.lines) - len(shown) and ("còn lại" in card.rest.text()) == bool(shown)
    room.bot.mouseClick(card.more, LEFT)
    assert len(card.table.ballots.lines) == len(view.lines) and card.rest.text() == ""


def test_a_reason_begun_survives_another_conclusion(room: ScreenRoom) -> None:
    items, _members = fill(room, (*(70,) * 6, *(72,) * 3), split=3)
    room.go(item_id=items[0])
    gate = box(room, "gate")
    room.bot.mouseClick(gate.buttons[0], LEFT)
    room.write(gate.reason, "Nhãn thiếu")
    room.bot.mouseClick(box(room, "near_line").buttons["kept"], LEFT)
    room.quiet()
    assert box(room, "near_line").found.conclusion is not None
    room.bot.waitUntil(lambda: box(room, "gate").reason.isVisible())  # what is put into a page on show is shown by the next event
    assert box(room, "gate").reason.text() == "Nhãn thiếu"


def test_gates_are_concluded_one_by_one_each_with_its_reason(room: ScreenRoom) -> None:
    items, members = fill(room, (80,) * 6)
    with room.db.begin() as session:
        rules = rules_of(session, items[0])
        gates = [c.code for c in rules.criteria if [o.star for o in c.options if o.star] == [4] and not c.yes_no][:2]
        low = answers(rules, 80)
        for code in gates:
            low = below_gate(rules, low, code)
        for member in members[6:]:
            put_in(session, items[0], member, low)
    room.go(item_id=items[0])
    for number, code in enumerate(gates):
        assert not room.screen.primary.isEnabled() and len(concluded(room)) == number
        due = next(b for b in room.screen.matters.boxes if b.found.matter.code == code)
        room.bot.mouseClick(due.buttons[4], LEFT)
        room.write(due.reason, f"Đã xem minh chứng {code}")
        room.bot.keyClick(due.reason, Qt.Key.Key_Return)
        room.quiet()
    assert concluded(room) == [("gate", 4, f"Đã xem minh chứng {code}") for code in gates]
    assert room.screen.primary.isEnabled()


def close_first(room: ScreenRoom) -> list[int]:
    items, _members = fill(room, (60,) * 9)
    room.go(item_id=items[0])
    room.bot.mouseClick(room.screen.primary, LEFT)
    room.quiet()
    return items


def test_a_closed_result_is_opened_again_with_a_reason_before_the_decision(room: ScreenRoom) -> None:
    items = close_first(room)
    screen = room.screen
    assert screen.again.text() == "Mở lại kết quả…"
    room.bot.mouseClick(screen.again, LEFT)
    room.write(screen.reason.line, "Có đơn khiếu nại")
    room.bot.mouseClick(screen.reason.yes, LEFT)
    assert room.ask(lambda s: s.scalar(select(func.count()).select_from(Result))) == 0
    line = room.ask(lambda s: s.scalars(select(Change).where(Change.what == "withdrawn")).one())
    assert (line.entity_id, line.after["reason"], line.after["chair"]) == (items[0], "Có đơn khiếu nại", "Hoàng Văn Minh")
    room.quiet()
    assert screen.primary.text() == "Chốt kết quả" and screen.primary.isEnabled() and not screen.again.isVisible()


def test_after_the_decision_a_result_is_read_only_and_can_be_corrected(room: ScreenRoom) -> None:
    items = close_first(room)
    with room.db.begin() as session:
        number = session.get_one(AgendaItem, items[0]).session_id
        record_decision(session, "2117/QĐ-UBND", dt.date(2026, 12, 5), "UBND tỉnh", number)
    room.go(item_id=items[0])
    screen = room.screen
    assert screen.again.text() == "Đính chính…" and "2117/QĐ-UBND" in screen.missing.text()
    room.bot.mouseClick(screen.again, LEFT)
    room.write(screen.reason.line, "Kết luận kiểm tra số 7")
    room.bot.mouseClick(screen.reason.yes, LEFT)
    assert room.ask(lambda s: s.scalars(select(Dossier.status).order_by(Dossier.id)).first()) == "ready"
    assert room.ask(lambda s: s.scalar(select(func.count()).select_from(Result))) == 1


def test_named_members_or_all_score_again_and_first_scores_stay_in_sight(room: ScreenRoom) -> None:
    items, members = fill(room, (75, *(60,) * 8))
    room.go(item_id=items[0])
    spread = box(room, "spread")
    assert {(p.high, p.points) for p in spread.found.pairs} == {("Sở Nông nghiệp và Môi trường", 15)}
    room.bot.mouseClick(spread.again, LEFT)
    assert all(tick.isChecked() for tick in spread.members.values())  # the first one is apart from every other
    room.bot.waitUntil(lambda: not spread.save.visibleRegion().isEmpty())  # nine ticks above it, and yet in sight
    for member in members[2:]:
        tick = spread.members[member]
        room.bot.mouseClick(tick, LEFT, pos=QPoint(8, tick.height() // 2))
    room.write(spread.reason, "Trao đổi về 1.5")
    room.bot.mouseClick(spread.save, LEFT)
    rows = room.ask(lambda s: s.execute(select(Ballot.member_id, Ballot.reopened_why).where(Ballot.version == 2)).all())
    assert [tuple(r) for r in rows] == [(m, "Trao đổi về 1.5") for m in members[:2]]
    with room.db.begin() as session:
        session.execute(update(Ballot).where(Ballot.version == 2).values(finished_at=dt.datetime(2026, 11, 23, 11)))
    room.go(item_id=items[0])
    first = room.screen.spread.first
    assert first.isVisible() and "75 thành 75" in first.text() and "Trao đổi về 1.5" in first.text()


def test_a_code_in_the_sentence_leads_to_its_row_of_the_ballots(room: ScreenRoom) -> None:
    items, _members = fill(room, (75,) * 9, split=9)
    room.go(item_id=items[0])
    screen = room.screen
    sentence = next(w for w in screen.rank._sentences if w._codes)
    code = sentence._codes[-1]
    assert f'href="{code}"' in sentence.text() and code in sentence.words
    sentence.linkActivated.emit(code)
    table = screen.ballots.table
    assert table.currentIndex().data().startswith(f"{code} ") and table.hasFocus()


def test_the_council_stands_beside_the_team_only_after_closing(room: ScreenRoom) -> None:
    items, _members = fill(room, (60,) * 9, products=1)
    with room.db.begin() as session:
        dossier = session.get_one(AgendaItem, items[0]).dossier_id
        rules = rules_of(session, items[0])
        session.add(AdvisoryReview(dossier_id=dossier, rulebook="26/2026/QĐ-TTg", set_no=rules.number, missing_papers="",
                                   finding="", opinion="", proposal="", proposed_by=""))
        session.add_all(AdvisoryAnswer(dossier_id=dossier, criterion=code, choice=choice, comment="")
                        for code, choice in answers(rules, 64).items())
    room.go(item_id=items[0])
    card = room.screen.comparison
    assert card.isVisible() and card.table.isColumnHidden(PLACES["council"]) and card.heading.text() == "Tổ tư vấn"
    assert {row["council"] for row in card.model.rows()} == {"–"} and "Mới một bên chấm" in card.rest.text()
    room.bot.mouseClick(card.more, LEFT)
    assert len(card.model.rows()) == 1 + len(rules.criteria)
    room.bot.mouseClick(card.more, LEFT)
    assert room.screen.view is not None and room.screen.view.outcome is not None and room.screen.view.outcome.mean == 60
    room.bot.mouseClick(room.screen.primary, LEFT)
    room.quiet()
    assert not card.table.isColumnHidden(PLACES["council"]) and card.heading.text() == "Tổ tư vấn, Hội đồng"
    assert (card.model.rows()[0]["advisory"], card.model.rows()[0]["council"]) == ("64", "60")
    assert len(card.model.rows()) > 1 and all(row["advisory"] != row["council"] for row in card.model.rows())
    assert room.screen.view.outcome is not None and room.screen.view.outcome.mean == 60


def test_what_the_next_star_needs_is_listed_and_copied(room: ScreenRoom, qapp: QApplication) -> None:
    items, _members = fill(room, (60,) * 9, products=1)
    room.go(item_id=items[0])
    card = room.screen.next
    assert card.isVisible() and card.heading.text() == "Để đạt 4 sao còn thiếu 10 điểm."
    room.bot.mouseClick(card.copy, LEFT)
    copied = qapp.clipboard().text().splitlines()
    assert copied[:3] == ["Chè Shan tuyết Mẫu Sơn · HTX Mẫu Sơn Xanh", "Để đạt 4 sao còn thiếu 10 điểm.", "Điểm cần thêm"]
    advice = room.screen.view.advice if room.screen.view else None
    assert advice is not None and len(copied) == 3 + len(advice.steps)
