"""Import batches and the history of records."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from ocop_desktop.data import batches
from ocop_desktop.data.batches import BatchEntry
from ocop_desktop.data.changes import history_of, record_change
from ocop_desktop.data.engine import Session
from ocop_desktop.data.settings import get_setting, put_setting

NOW = dt.datetime(2026, 6, 2, 8, 30)


def batch(session: Session, name: str = "a.xlsx", at: dt.datetime = NOW) -> int:
    return batches.add_batch(session, name, "0" * 64, "register", {"Tên": "product"}, {"created": 2}, at)


def test_a_batch_is_kept_and_taken_back(session: Session) -> None:
    number = batch(session)
    batches.add_entries(session, number, [
        BatchEntry("producer", 1, "created", after={"name": "HTX"}, sheet="Loc", row=5),
        BatchEntry("product", 7, "updated", {"set_no": None, "filed_on": dt.date(2026, 1, 2)}, {"set_no": 11}, "Loc", 5)])
    batches.add_entries(session, number, [])
    found = batches.batch_of(session, number)
    assert found is not None and (found.file_name, found.counts, found.undone_at) == ("a.xlsx", {"created": 2}, None)
    last, first = batches.entries_of(session, number)
    assert last == BatchEntry("product", 7, "updated", {"set_no": None, "filed_on": "2026-01-02"}, {"set_no": 11}, "Loc", 5)
    assert first.before is None
    assert batches.same_file(session, "0" * 64) == found
    batches.mark_undone(session, number, NOW)
    session.expire_all()
    assert batches.same_file(session, "0" * 64) is None
    assert batches.batch_list(session)[0].undone_at == NOW
    assert batches.batch_of(session, 99) is None


def test_what_was_touched_later_stands_in_the_way(session: Session) -> None:
    first = batch(session)
    batches.add_entries(session, first, [BatchEntry("dossier", n, "created") for n in (1, 2, 3, 4)])
    record_change(session, "Lan", "dossier", 1, "saved", after={"note": "x"}, at=NOW)
    noted = batches.batch_of(session, first)
    assert noted is not None
    batches.note_imported(session, noted)
    assert batches.touched_later(session, first) == ()
    second = batch(session, "b.xlsx", NOW)
    batches.add_entries(session, second, [BatchEntry("dossier", 2, "updated", {}, {})])
    record_change(session, "Lan", "dossier", 3, "saved", {"note": ""}, {"note": "y"}, NOW)  # all in one second
    record_change(session, "Lan", "producer", 4, "saved", {"note": ""}, {"note": "y"}, NOW)
    assert [e.entity_id for e in batches.touched_later(session, first)] == [2, 3]
    batches.mark_undone(session, second)
    assert [e.entity_id for e in batches.touched_later(session, first)] == [3]


def test_history_keeps_what_differs(session: Session) -> None:
    record_change(session, "Lan", "dossier", 5, "saved", {"note": "a", "samples": 5, "filed_on": None},
                  {"note": "b", "samples": 5, "filed_on": dt.date(2026, 3, 4)}, NOW)
    record_change(session, "Lan", "dossier", 5, "saved", {"note": "b"}, {"note": "b"})
    record_change(session, "Hà", "dossier", 5, "closed", after={"mean": Fraction(699, 10)})
    record_change(session, "Hà", "dossier", 6, "created")
    last, first = history_of(session, "dossier", 5)
    assert (first.at, first.who, first.what) == (NOW, "Lan", "saved")
    assert first.before == {"note": "a", "filed_on": None}
    assert first.after == {"note": "b", "filed_on": "2026-03-04"}
    assert (last.before, last.after) == (None, {"mean": "699/10"})
    assert history_of(session, "producer", 5) == ()


def test_settings_are_put_and_got(session: Session) -> None:
    assert get_setting(session, "x", "default") == "default"
    put_setting(session, "x", {"tên": ["Chè"]})
    assert get_setting(session, "x") == {"tên": ["Chè"]}
    put_setting(session, "x", None)
    assert get_setting(session, "x", 1) is None
