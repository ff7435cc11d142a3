"""A province's session from the first ballot to the record, recounted by a checker that knows nothing of the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from copy import deepcopy
from fractions import Fraction
from pathlib import Path

import pytest

from ocop_desktop.actions import attendance, audit, backups, results, rulebooks, session_record, sessions
from ocop_desktop.actions.session_matrix import matrix
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.tables import Result
from ocop_desktop.rules.ballot import Ballot
from ocop_desktop.rules.scoring import evaluate
from ocop_desktop.rules.working_rules import WorkingRules
from tests import recount
from tests.actions.meeting import LAW, answers, hand_in, open_meeting, rules_of
from tests.actions.province import DOSSIERS, EXCLUDED, RECUSED, SPREADS, UNTIL, hold
from tests.pdf_text import pages_of

REPO = Path(__file__).resolve().parents[2]
BOOK = rulebooks.rulebook(LAW)


def checker(path: Path) -> subprocess.CompletedProcess[str]:
    """The independent checker as a program of its own, from another folder and without the program's path."""
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run([sys.executable, "-I", str(REPO / "tests" / "recount.py"), str(path)], capture_output=True, text=True,
                          encoding="utf-8", cwd=path.parent, env=clean)


@pytest.mark.timeout(300)
def test_a_province_session_comes_to_what_its_ballots_come_to_and_is_recounted_by_others(db: Database, tmp_path: Path) -> None:
    with db.begin() as session:
        held = hold(session)
    with db.begin() as session:
        stored = session.query(Result).order_by(Result.item_id).all()
        assert len(stored) == DOSSIERS
        for number, result in enumerate(stored):
            ballots = [Ballot(str(seat), b.choices, b.exclusion) for seat, b in sorted(held.ballots[number].items())]
            gates = {k.removeprefix("gate "): v for k, v in result.conclusions.items() if k.startswith("gate ")}
            direct = evaluate(BOOK, rules_of(session, held.items[number]), ballots, WorkingRules(), gates)
            assert Fraction(result.mean_numerator, result.mean_denominator) == direct.mean
            assert (result.stars, result.stars_by_points, result.excluded) == (
                direct.rank, direct.stars_by_points, direct.excluded)
            assert result.snapshot["quorum"]["seats"] == 9 - sum(d == number for d, _seat in RECUSED)
            assert len(result.snapshot["ballots"]) == len(held.ballots[number])
        assert [n for n, r in enumerate(stored) if r.excluded] == [EXCLUDED]
        assert len(stored[UNTIL - 1].snapshot["ballots"]) == 8 and len(stored[UNTIL].snapshot["ballots"]) == 9
        for number in SPREADS:
            first = stored[number].snapshot["ballots"][0]
            assert first["version"] == 2 and first["earlier"][0]["choices"] == held.first[number, 0]
        assert "spread" in stored[SPREADS[2]].conclusions and "spread" not in stored[SPREADS[0]].conclusions
        (archive,) = session_record.export_record(session, "2026-2", tmp_path / "ho-so.zip")
        head = str(audit.head(session))
    with zipfile.ZipFile(archive) as files:
        files.extractall(tmp_path / "out")
    said = checker(tmp_path / "out" / "ho-so-phien.json")
    assert (said.returncode, said.stdout.strip()) == (0, "agrees"), said.stdout + said.stderr
    record = json.loads((tmp_path / "out" / "ho-so-phien.json").read_text(encoding="utf-8"))
    assert record["chain"]["head"] == head
    paper = "\n".join(pages_of(tmp_path / "out" / "ho-so-phien.pdf"))
    assert head.partition(":")[2][:8] in paper and "Người thân ở hợp tác xã" in paper and "Chênh lệch quá 10 điểm" in paper
    db.close()
    assert backups.check_database(db.path, head) == ()
    assert [p.kind for p in backups.check_database(db.path, f"{record['chain']['entries'][-1]['seq'] + 1}:{'0' * 64}")] == [
        "chain_printed_head"]


def small(session: Session) -> dict[str, object]:
    """A record with one dossier closed and one open."""
    id, items, members = open_meeting(session, 2)
    for member in members:
        hand_in(session, items[0], member, answers(rules_of(session, items[0]), 60))
    hand_in(session, items[1], members[0], answers(rules_of(session, items[1]), 61))
    sessions.recuse(session, items[1], members[1], "Có cổ phần")
    results.close_dossier(session, items[0], "Lan")
    return session_record.record_of(session, id)


def test_ballots_of_dossiers_not_closed_are_not_in_a_record(db: Database) -> None:
    with db.begin() as session:
        small(session)
    with db.begin() as session:
        record = session_record.record_of(session, 1)
        assert recount.check(record) == []
        assert [bool(d["result"]) for d in record["dossiers"]] == [True, False]
        shown = [e for e in record["chain"]["entries"] if e["entity"] == "ballot" and "after" in e]
        hidden = [e for e in record["chain"]["entries"] if e["entity"] == "ballot" and "after" not in e]
        of_items = {e["after"]["item_id"] for e in shown if "item_id" in (e["after"] or {})}
        assert of_items == {record["dossiers"][0]["item_id"]}
        assert len(hidden) == 2 and all(e["after_sha256"] for e in hidden)  # finished: what was done, and the state


@pytest.mark.parametrize("spoil", [
    lambda r: r["dossiers"][0]["result"]["snapshot"]["ballots"][3]["choices"].update({"1.1": "0"}),
    lambda r: r["dossiers"][0]["result"].update(stars=4),
    lambda r: r["dossiers"][0]["result"].update(mean="61/1"),
    lambda r: r["chain"]["entries"][5].update(who="Ai đó"),
    lambda r: next(e for e in r["chain"]["entries"] if e.get("after"))["after"].update(code="khác"),
    lambda r: r["chain"]["entries"].pop(7),
    lambda r: r["chain"]["entries"].pop(),
])
def test_the_checker_notices_what_is_altered(db: Database, spoil) -> None:
    with db.begin() as session:
        small(session)
    with db.begin() as session:
        record = session_record.record_of(session, 1)
    other = deepcopy(record)
    spoil(other)
    assert recount.check(record) == [] and recount.check(other)


def test_a_record_is_written_whole_or_not_at_all(db: Database, tmp_path: Path) -> None:
    with db.begin() as session:
        small(session)
        with pytest.raises(Exception, match="Không có phiên 2030-1"):
            session_record.export_record(session, "2030-1", tmp_path / "x")
        blocked = tmp_path / "file"
        blocked.write_text("kept")
        with pytest.raises(Exception, match="Không ghi được hồ sơ phiên"):
            session_record.export_record(session, "2026-2", blocked)
        assert blocked.read_text() == "kept"
        made = session_record.export_record(session, "2026-2", tmp_path / "moi" / "sau")
    assert sorted(p.name for p in made) == ["ho-so-phien.json", "ho-so-phien.md", "ho-so-phien.pdf"]
    assert sorted(p.name for p in (tmp_path / "moi" / "sau").iterdir()) == sorted(p.name for p in made)


def test_presence_counts_per_dossier_and_without_a_quorum_nothing_closes(session: Session) -> None:
    id, items, members = open_meeting(session, 3)
    for member in members[:3]:
        assert attendance.mark_presence(session, items[1], member, False, onwards=True) == 2
    for item in items:
        for member in members[3:] if item != items[0] else members:
            hand_in(session, item, member, answers(rules_of(session, item), 60))
    seen = matrix(session, id)
    assert [r.can_close for r in seen.rows] == [True, False, False]
    results.close_dossier(session, items[0])
    with pytest.raises(Exception, match="có mặt 6 trên 9, cần từ 7"):
        results.close_dossier(session, items[1])
    attendance.mark_presence(session, items[1], members[0], True)
    hand_in(session, items[1], members[0], answers(rules_of(session, items[1]), 60))
    closed = results.close_dossier(session, items[1])
    assert (closed.quorum.present, closed.quorum.seats, len(closed.votes)) == (7, 9, 7)
    sessions.set_presence(session, id, members[1], True)  # the roll speaks for what is open; what is closed stays
    assert [s["present"] for s in session.query(Result).order_by(Result.item_id).all()[1].snapshot["seats"]][:3] == [
        True, False, False]
    assert matrix(session, id).rows[2].cells[1].state == "empty"
