"""Reading the rulebooks through the actions: shelf, sets, search over all of them, gates, comparisons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocop_desktop.actions import criteria, rulebooks
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules import criteria_comparison
from ocop_desktop.rules.criteria import Words
from ocop_desktop.rules.criteria_search import search, spans

LAW = "26/2026/QĐ-TTg"


def everything(session: Session) -> list[criteria.Entry]:
    heads = rulebooks.rulebook(LAW).heads
    return [entry for head in heads for entry in criteria.search_entries(session, LAW, head.number)]


def test_the_shelf_has_the_newest_first_and_knows_the_one_in_force(session: Session) -> None:
    shelf = criteria.shelf(session)
    assert [book.id for book in shelf.books] == [LAW, "148/2023/QĐ-TTg", "1048/2019/QĐ-TTg"]
    assert shelf.current == LAW and shelf.book("gone").id == LAW


def test_opened_gives_a_set_where_the_rulebook_has_one(session: Session) -> None:
    assert criteria.opened(session).set.number == 1
    assert criteria.opened(session, LAW, 99).set.number == 1
    assert criteria.opened(session, LAW, 26).set.number == 26
    assert criteria.opened(session, "148/2023/QĐ-TTg", 3).set is None


def test_everything_can_be_found(session: Session) -> None:
    found = everything(session)
    assert len(found) == 26 + 787 + 2579


def test_search_minds_no_accents_and_puts_the_phrase_first(session: Session) -> None:
    found = search(everything(session), "truy xuat nguon goc")
    assert found.sets > 20 and all(hit.option for hit in found.hits[:20])
    assert all("truy xuất nguồn gốc" in hit.option.label.vi for hit in found.hits[:20])
    assert search(everything(session), "TRUY XUẤT nguồn gốc") == found


def test_search_takes_words_of_set_and_criterion_together(session: Session) -> None:
    found = search(everything(session), "tra hinh dang")
    assert {hit.set for hit in found.hits} == {12}
    assert search(everything(session), "bo 11").hits[0].criterion is None
    assert {hit.criterion.code for hit in search(everything(session), "6.1.2").hits} == {"6.1.2"}
    assert search(everything(session), "traceability").sets > 20
    assert search(everything(session), " , ").count == 0


def test_hits_of_the_set_on_show_come_first_and_the_last_word_may_be_unfinished(session: Session) -> None:
    assert search(everything(session), "vietgap", 13).hits[0].set == search(everything(session), "vietga", 13).hits[0].set
    first = search(everything(session), "lien ket chuoi", 9).hits[0]
    assert first.set == 9


def test_marked_places_are_those_of_the_words() -> None:
    words = "Đã đăng ký: truy xuất nguồn gốc (điện tử)"
    assert [words[start:start + long] for start, long in spans(words, "truy xuat nguon goc")] == ["truy xuất nguồn gốc"]
    assert [words[start:start + long] for start, long in spans(words, "dang")] == ["đăng"]
    assert [words[start:start + long] for start, long in spans(words, "xu")] == ["xu"]
    assert spans("", "a") == () and spans("a b", "") == ()


def test_gates_name_the_least_option_and_what_is_still_short(session: Session) -> None:
    for head in rulebooks.rulebook(LAW).heads:
        rules = rulebooks.criteria(LAW, head.number)
        for stars in (3, 4, 5):
            found = criteria.gates(session, LAW, head.number, stars)
            least = [(gate.criterion.code, gate.options[0][1].level) for gate in found.gates]
            assert least == [(criterion.code, level) for criterion, level in rules.gates(stars)]
            assert found.points + found.short >= found.line == rulebooks.rulebook(LAW).line(stars)
            assert all(gate.mark <= stars for gate in found.gates)


def test_a_set_beside_itself_differs_in_nothing(session: Session) -> None:
    for head in rulebooks.rulebook(LAW).heads:
        found = criteria.compare(session, (LAW, head.number), (LAW, head.number))
        assert found.lines == () and found.same == len(rulebooks.criteria(LAW, head.number).criteria)
    assert criteria.compare(session, (LAW, 0), (LAW, 0)).lines == ()


def test_criteria_are_aligned_by_name_before_code(session: Session) -> None:
    lines = criteria.compare(session, (LAW, 11), (LAW, 12)).lines
    taste = next(line for line in lines if line.left and line.left.words.vi == "Vị nước")
    assert (taste.left.code, taste.right.code, taste.changes) == ("6.2.3", "6.5", ("code",))
    starred = next(line for line in lines if line.kind == "option" and "star" in line.changes)
    assert (starred.left.star, starred.right.star) == (None, 4)


def test_every_change_to_a_set_is_told(session: Session) -> None:
    rules = rulebooks.criteria(LAW, 11)
    first = rules.criteria[0]
    better = replace(first.options[1], points=7, star=5, label=Words("Khác hẳn", first.options[1].label.en))
    changed = replace(first, options=(first.options[0], better), hint=Words("Gợi ý mới", "New hint"), doubtful="?")
    other = replace(rules, criteria=(changed, *rules.criteria[2:]), exclusions=rules.exclusions[1:], samples=9)
    found = criteria_comparison.compare_sets(rules, other)
    told = {(line.kind, line.changes) for line in found.lines}
    assert ("excluded", ("removed",)) in told and ("samples", ("value",)) in told
    assert ("hint", ("added",)) in told and ("doubtful", ("added",)) in told
    assert ("option", ("words", "points", "star")) in told and ("option", ("removed",)) in told
    assert (found.differing, found.removed, found.added) == (1, 1, 0)
    back = criteria_comparison.compare_sets(other, rules)
    assert (back.differing, back.removed, back.added) == (1, 0, 1) and back.changes == found.changes


def test_two_decisions_differ_in_parts_and_validity(session: Session) -> None:
    lines = criteria.compare(session, ("1048/2019/QĐ-TTg", 0), (LAW, 0)).lines
    parts = {line.left.code: (line.left.points, line.right.points) for line in lines if line.kind == "part"}
    assert parts == {"A": (35, 40), "C": (40, 35)}
    assert sum(line.kind == "set" and line.changes == ("added",) for line in lines) == 26


def test_a_whole_decision_beside_one_set_is_refused(session: Session) -> None:
    with pytest.raises(UserError, match="Chỉ so sánh"):
        criteria.compare(session, (LAW, 0), (LAW, 3))
    with pytest.raises(UserError, match="không có bộ"):
        criteria.set_of(session, LAW, 77)
    with pytest.raises(UserError, match="lịch sử"):
        criteria.set_of(session, "148/2023/QĐ-TTg", 1)


def test_changed_words_are_found_word_by_word() -> None:
    left, right = criteria_comparison.changed_words("từ 50% đến dưới 75%", "từ 60% đến 75%")
    assert left == ((3, 3), (11, 4)) and right == ((3, 3),)
