"""Properties of the chain, of what separates two ballots, of written opinions and of hints."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop_desktop.errors import UserError
from ocop_desktop.rules import audit_chain, interests, spread, written
from ocop_desktop.rules.audit_chain import BEGINNING, Entry, Head, digest, findings, hash_of, read_head
from ocop_desktop.rules.ballot import Ballot, settle, total
from ocop_desktop.rules.council import Seat, at_item, presiding, quorum
from ocop_desktop.rules.interests import Maker, Person, hints, phones
from ocop_desktop.rules.rulebook import read_rulebook
from ocop_desktop.rules.scoring import evaluate
from ocop_desktop.rules.working_rules import WorkingRules, changes_of, read_working_rules, voids_conclusions
from tests.rules.conftest import FOLDER

BOOK = read_rulebook(FOLDER)
SET = BOOK.set(11)
NAMES = ("A", "B", "C", "D", "E")

ballot = st.fixed_dictionaries({c.code: st.sampled_from(["0", *c.by_choice]) for c in SET.criteria}).map(lambda c: settle(SET, c))
ballots = st.lists(ballot, min_size=2, max_size=5).map(lambda all: [Ballot(n, c) for n, c in zip(NAMES, all, strict=False)])
values = st.dictionaries(st.text(max_size=5), st.one_of(st.none(), st.integers(), st.booleans(), st.text(max_size=8)), max_size=4)
content = st.tuples(st.text(max_size=5), st.text(max_size=5), st.integers(0, 9), st.one_of(st.none(), values), values)


def chain(contents: list[tuple]) -> list[Entry]:
    made, last = [], BEGINNING
    for seq, (who, what, id, before, after) in enumerate(contents, 1):
        entry = Entry(seq, "2026-11-23T09:30:00", who, "ballot", id, what, digest(before), digest(after))
        last = hash_of(entry, last)
        made.append(replace(entry, hash=last))
    return made


def head_of(entries: list[Entry]) -> Head:
    return Head(entries[-1].seq, entries[-1].hash)


@given(st.lists(content, min_size=1, max_size=12))
def test_an_untouched_chain_has_no_findings(contents):
    entries = chain(contents)
    assert list(findings(entries, head_of(entries))) == []


@given(st.lists(content, min_size=1, max_size=12), st.data())
def test_any_altered_field_is_found_at_its_entry(contents, data):
    entries = chain(contents)
    at = data.draw(st.integers(0, len(entries) - 1))
    key, value = data.draw(st.sampled_from([("who", "khác!"), ("what", "khác!"), ("entity_id", 77), ("after", "0" * 64),
                                            ("at", "2026-11-23T09:30:01"), ("entity", "result")]))
    other = [*entries]
    other[at] = replace(entries[at], **{key: value})
    assert [(f.fault, f.seq) for f in findings(other, head_of(entries))] == [("altered", at + 1)]


@given(st.lists(content, min_size=2, max_size=12), st.data())
def test_missing_entries_are_named_wherever_they_are(contents, data):
    entries = chain(contents)
    gone = data.draw(st.sets(st.integers(1, len(entries)), min_size=1, max_size=len(entries) - 1))
    told = set()
    for f in findings([e for e in entries if e.seq not in gone], head_of(entries)):
        assert f.fault in ("missing", "missing_at_the_end")
        told |= set(range(f.seq, f.last + 1))
    assert told == gone


@given(st.lists(content, min_size=2, max_size=8), st.data())
def test_a_rewritten_entry_breaks_the_next_one_or_the_head(contents, data):
    entries = chain(contents)
    at = data.draw(st.integers(0, len(entries) - 1))
    before = entries[at - 1].hash if at else BEGINNING
    forged = replace(entries[at], who="Kẻ khác!")
    other = [*entries[:at], replace(forged, hash=hash_of(forged, before)), *entries[at + 1:]]
    (found,) = findings(other, head_of(entries))
    assert (found.fault, found.seq) == (("altered", at + 2) if at + 1 < len(entries) else ("other_head", len(entries)))


@given(values)
def test_the_canonical_text_does_not_depend_on_the_order_of_keys(value):
    assert audit_chain.canonical(dict(reversed(value.items()))) == audit_chain.canonical(value)


def test_a_known_hash():
    """Reckoned with another program: printf '{"a":"Chè","b":1}' | sha256sum."""
    assert digest({"b": 1, "a": "Chè"}) == "c77dfc3989d99160d83da190423d1820d70dc52058674e435f47ffac6bca7048"
    assert audit_chain.canonical({"b": 1, "a": "Chè"}) == '{"a":"Chè","b":1}'
    assert digest(None) == ""


@pytest.mark.parametrize("words", ["", "12", "12:xyz", "a:0123456789abcdef", "3:0123456789abcde", "3:" + "0" * 65])
def test_what_is_no_head_is_refused(words):
    with pytest.raises(UserError):
        read_head(words)


@settings(max_examples=60)
@given(ballots)
def test_what_separates_a_pair_adds_up_to_its_difference(given_ballots):
    outcome = evaluate(BOOK, SET, given_ballots, WorkingRules(spread=Fraction(0)))
    found = spread.pairs(SET, given_ballots, outcome.spread_over)
    totals = {b.member: total(SET, b.choices) for b in given_ballots}
    assert [p.points for p in found] == sorted((p.points for p in found), reverse=True)
    for pair in found:
        assert pair.points == totals[pair.high] - totals[pair.low] > 0
        assert sum(g.points for g in pair.gaps) - sum(g.points for g in pair.against) == pair.points
        assert all(g.points > 0 for g in (*pair.gaps, *pair.against))
    assert set(spread.members_of(found)) == {n for a, b, _p in outcome.spread_over for n in (a, b)}


@settings(max_examples=60)
@given(ballots, st.permutations(range(5)))
def test_opinions_differ_whatever_their_order_and_never_when_they_are_the_same(given_ballots, order):
    mixed = [given_ballots[n] for n in order if n < len(given_ballots)]
    rules = WorkingRules()
    assert written.opinions_differ(BOOK, SET, mixed, rules) == written.opinions_differ(BOOK, SET, given_ballots, rules)
    same = [Ballot(n, given_ballots[0].choices) for n in NAMES]
    assert not written.opinions_differ(BOOK, SET, same, rules)
    assert written.opinions_differ(BOOK, SET, [*same, Ballot("F", same[0].choices, "Giả mạo")], rules)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(-60, 60))
def test_45_days_are_counted(day, later):
    assert written.days_left(written.due(day), day + dt.timedelta(days=later)) == 45 - later


def seat(id, role="member", present=True, scores=True):
    return Seat(id, f"S{id}", f"N{id}", "A", "A", role, present, scores)


@given(st.lists(st.booleans(), min_size=3, max_size=13), st.dictionaries(st.integers(0, 12), st.booleans()),
       st.sets(st.integers(0, 12)))
def test_quorum_is_over_the_rest_as_they_are_for_the_dossier(roll, single, recused):
    seats = [seat(n, "chair" if n == 0 else "member", there) for n, there in enumerate(roll)]
    here = at_item(seats, single)
    found = quorum(here, WorkingRules(), recused)
    rest = [n for n in range(len(roll)) if n not in recused]
    assert found.seats == len(rest) and found.present == sum(single.get(n, roll[n]) for n in rest)
    assert found.needed >= Fraction(3, 4) * len(rest) > found.needed - 1
    assert found.led == single.get(0, roll[0])  # the only leader presides even where he does not score


def test_a_chair_who_stands_back_leaves_the_chair_to_the_vice():
    seats = [seat(1, "chair"), seat(2, "vice"), seat(3)]
    assert presiding(seats).member_id == 1 and presiding(seats, {1}).member_id == 2
    assert presiding(at_item(seats, {2: False}), {1}) is None


@pytest.mark.parametrize(("text", "found"), [
    ("0912 345 678", {"0912345678"}), ("+84 912.345.678", {"0912345678"}), ("912345678", {"0912345678"}),
    ("0912345678; 0205-3812345", {"0912345678", "02053812345"}), ("không có", set()), ("123", set())])
def test_phone_numbers_are_read_however_they_are_written(text, found):
    assert phones(text) == found


PERSON = Person("Ông Hoàng Văn Minh", "Hợp tác xã Mẫu Sơn Xanh", "0912345678", "Thôn 3, xã Mẫu Sơn, Lạng Sơn")


@pytest.mark.parametrize(("maker", "kinds"), [
    (Maker("HTX Chè", "Hoàng Văn Minh"), ["name"]), (Maker("Hộ kinh doanh Hoàng Văn Minh"), ["name"]),
    (Maker("HTX Chè", phone="84 912 345 678"), ["phone"]), (Maker("HTX Mẫu Sơn Xanh"), ["organisation"]),
    (Maker("HTX Chè", address="thôn 3 X. Mẫu Sơn"), ["address"]),
    (Maker("HTX Chè", "Hoàng Thị Minh", "0912345679", "Thôn 3"), []),
    (Maker("Minh"), []), (Maker("HTX Mẫu"), [])])
def test_hints_are_given_for_what_is_shared_and_for_nothing_else(maker, kinds):
    assert [h.kind for h in hints(PERSON, maker)] == kinds


@given(st.text(max_size=30), st.text(max_size=30))
def test_empty_data_hints_at_nothing(name, agency):
    assert hints(Person(name, agency), Maker("")) == () and interests.hints(Person(""), Maker(name, agency)) == ()


def test_rules_name_their_source_and_what_a_change_moves():
    rules = WorkingRules(source="45/QC-HĐ", source_date="2026-03-02", source_article="Điều 7")
    assert read_working_rules(rules.as_plain()) == rules
    assert changes_of(rules, replace(rules, digits=3, spread=Fraction(8))) == ("spread", "digits")
    assert voids_conclusions(["spread"]) and not voids_conclusions(["digits", "source", "quorum"])
    for wrong in ("2026-13-01", "1/2/2026", 5):
        with pytest.raises(UserError):
            read_working_rules({"source_date": wrong})
