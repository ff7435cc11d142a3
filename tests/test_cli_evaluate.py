"""`evaluate` and `rulebook show` as an independent checker would call them: a process, a file, JSON back."""

import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from ocop_desktop.actions.evaluation import evaluate_plain, problems_as_plain
from ocop_desktop.errors import UserError
from ocop_desktop.rules.rulebook import read_rulebook
from ocop_desktop.rules.working_rules import WorkingRules
from ocop_desktop.text import say
from tests.rules.conftest import FOLDER

BOOK = read_rulebook(FOLDER)
REPO = Path(__file__).parent.parent


def run(*words, home):
    env = {**os.environ, "OCOP_HOME": str(home), "PYTHONPATH": str(REPO)}
    return subprocess.run(
        [sys.executable, "-m", "ocop_desktop", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=env,
        cwd=home,
    )


def best(number):
    return {c.code: max(c.options, key=lambda o: o.points).choice for c in BOOK.set(number).criteria}


def given(tmp_path, value):
    path = tmp_path / "phieu.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def asked(choices, **more):
    return {
        "rulebook": "26/2026/QĐ-TTg",
        "set": 11,
        "settings": {"gate_rule": "majority", "drop_extremes": False, "spread": 10, "digits": 2},
        "ballots": [{"member": f"Sở {i}", "choices": c, "exclusion": None} for i, c in enumerate(choices)],
        **more,
    }


def test_a_full_evaluation(tmp_path):
    missed = best(11) | {"2.3": "1"}
    result = run("evaluate", given(tmp_path, asked([best(11), missed, missed])), "--json", home=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    outcome = json.loads(result.stdout)
    assert outcome["mean"] == "98.67"
    assert outcome["mean_exact"] == "296/3"
    assert (outcome["stars_by_points"], outcome["stars"], outcome["excluded"]) == (5, 3, False)
    assert outcome["unmet"] == {"3": [], "4": ["2.3"], "5": ["2.3"]}
    assert outcome["split_gates"] == ["2.3"]
    assert outcome["totals"] == {"Sở 0": 100, "Sở 1": 98, "Sở 2": 98}
    assert outcome["spread"] == {"max": 2, "over": []}
    assert outcome["next"] == {"stars": 4, "points_short": "0", "gates": ["2.3"]}


@pytest.mark.parametrize(
    "value",
    [
        "",
        "[]",
        "không phải json",
        "{}",
        '{"rulebook": 1, "set": "x", "ballots": 3}',
        "[" * 5000,
        '{"set": 11, "set": 12, "rulebook": "26/2026/QĐ-TTg", "ballots": []}',
        asked([]),
        asked([best(11)], set=99),
        asked([best(11)], rulebook="1/1999"),
        asked([best(11)], settings={"spread": "abc"}),
        asked([best(11)], settings={"spread": "1e999999999"}),
        asked([best(11)], settings={"quorum": "3/0"}),
        asked([best(11)], settings={"__doc__": 5}),
        asked([best(11)], settings=[]),
        asked([best(11)], settings=None),
        asked([best(11)], settings={"digits": None}),
        asked([best(11)], rulebook="148/2023/QĐ-TTg"),
        asked([best(11)], set="11"),
        asked([best(11)], set=11.0),
        asked([best(11)], ballots={}),
        asked([best(11)], ballots=None),
        asked([best(11)], ballots=[{"member": None, "choices": best(11)}]),
        asked([best(11)], ballots=[{"member": "A", "choices": list(best(11))}]),
        asked([best(11)], ballots=[{"member": "A", "choices": best(11), "exclusion": False}]),
        '{"rulebook": "26/2026/QĐ-TTg", "ballots": [], "set": 1' + "0" * 5000 + "}",
        asked([best(11)], settings={"spread": float("inf")}),
        asked([best(11)], settings={"gate_rule": "ai cũng được"}),
        asked([best(11)], settings={"digits": True}),
        asked([best(11)], ballots=["x"]),
        asked([best(11) | {"1.1": 3}]),
        asked([best(11) | {"1.1": "99"}]),
        asked([best(11) | {"nope": "1"}]),
        asked([{}]),
        asked([best(11) | {"5.1": "1"}]),
    ],
)
def test_wrong_input_gives_a_list_of_problems_and_exit_2(tmp_path, value):
    result = run("evaluate", given(tmp_path, value), "--json", home=tmp_path)
    assert result.returncode == 2
    problems = json.loads(result.stdout)
    assert problems
    assert all(p["message"] for p in problems)
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr


def test_more_ballots_than_a_council_has_are_refused_and_as_many_as_allowed_are_not(tmp_path):
    result = run("evaluate", given(tmp_path, asked([best(11)] * 20_000)), home=tmp_path)
    assert (result.returncode, result.stderr.strip()) == (2, "Tệp có 20000 phiếu; một hồ sơ có nhiều nhất 200 phiếu.")
    assert run("evaluate", given(tmp_path, asked([best(11)] * 200)), home=tmp_path).returncode == 0


@pytest.mark.parametrize("digits", ["9" * 5000, "-" + "9" * 4400, "1" * 101])
def test_a_number_without_end_is_refused_in_our_words(tmp_path, digits):
    text = json.dumps(asked([best(11)])).replace('"set": 11', f'"set": {digits}')
    result = run("evaluate", given(tmp_path, text), home=tmp_path)
    assert (result.returncode, result.stderr.strip()) == (
        2, f"Tệp có một số dài {len(digits)} ký tự, bắt đầu bằng {digits[:10]}; không mục nào nhận số như vậy.")


@pytest.mark.parametrize(("where", "key"), [("file", "setings"), ("settings", "drop_extreme"), ("ballot", "exclusions")])
def test_a_mistyped_entry_is_refused_by_name_and_place(tmp_path, where, key):
    value = asked([best(11)])
    {"file": value, "settings": value["settings"], "ballot": value["ballots"][0]}[where][key] = True
    result = run("evaluate", given(tmp_path, value), "--json", home=tmp_path)
    (problem,) = json.loads(result.stdout)
    assert (result.returncode, problem["criterion"], problem["kind"]) == (2, key, "wrong_input")
    assert problem["member"] == ("1" if where == "ballot" else "")
    assert f"“{key}”" in result.stderr


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 10**6), st.floats(), st.text(max_size=8), st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(0, 3), max_size=2), st.sampled_from(["11", "10", "3/4", "1e99", "99", "0"]))


def places(value, path=()):
    """Every place inside a value: the way there, entry by entry."""
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


@st.composite
def mutated(draw):
    """An input that was right before something in it was replaced, left out, renamed or added; up to three times."""
    value = asked([best(11), best(11) | {"2.3": "1"}, best(11)])
    for _time in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from([p for p in places(value) if p]))
        holder = value
        for key in way:
            holder = holder[key]
        match draw(st.sampled_from(["replace", "leave out", "rename", "add"])):
            case "replace":
                holder[last] = draw(JUNK)
            case "leave out":
                del holder[last]
            case "rename" if isinstance(holder, dict):
                holder[draw(st.text(max_size=8))] = holder.pop(last)
            case _ if isinstance(holder, dict):
                holder[draw(st.text(max_size=8))] = draw(JUNK)
            case _:
                holder.append(draw(JUNK))
    return draw(st.one_of(st.just(value), JUNK)) if draw(st.integers(0, 20)) == 0 else value


@settings(max_examples=1000, deadline=None)
@given_by(mutated())
def test_whatever_is_wrong_in_the_input_is_told(value):
    try:
        outcome = evaluate_plain(json.loads(json.dumps(value)))
    except UserError as fault:
        problems = problems_as_plain(fault)
        assert problems and all(p["message"] and p["kind"] for p in problems)
        assert say(fault)
        json.dumps(problems)
    else:
        assert set(value) <= {"rulebook", "set", "settings", "ballots"}
        assert set(value.get("settings", {})) <= {f.name for f in fields(WorkingRules)}
        assert all(set(b) <= {"member", "choices", "exclusion"} and set(b["choices"]) == set(best(11)) for b in value["ballots"])
        assert set(outcome["totals"]) == {b["member"] for b in value["ballots"]}
        json.dumps(outcome)


def test_without_json_the_outcome_is_said_in_words(tmp_path):
    missed = best(11) | {"2.3": "1"}
    result = run("evaluate", given(tmp_path, asked([best(11), missed, missed])), home=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Điểm trung bình 98,67; theo điểm 5 sao; sau điều kiện 3 sao.")
    assert "{" not in result.stdout and "Sở 1" in result.stdout and "Để đạt 4 sao" in result.stdout


def test_a_missing_file_is_a_sentence(tmp_path):
    result = run("evaluate", tmp_path / "khong-co.json", home=tmp_path)
    assert result.returncode == 2
    assert "khong-co.json" in result.stderr
    assert "Traceback" not in result.stderr


def test_rulebook_show_prints_the_figures(tmp_path):
    figures = json.loads((Path(__file__).parent / "fixtures" / "decision-26-2026-figures.json").read_text(encoding="utf-8"))[
        "sets"
    ]
    assert json.loads(run("rulebook", "show", "--set", 26, "--json", home=tmp_path).stdout) == figures["26"]
    refused = run("rulebook", "show", "--set", 27, home=tmp_path)
    assert (refused.returncode, "27" in refused.stderr) == (2, True)


def test_wrong_command_words_are_a_sentence(tmp_path):
    for words in (["evaluate"], ["rulebook", "show"], ["--nothing"], ["evalute", "x.json"], ["dark"]):
        result = run(*words, home=tmp_path)
        assert result.returncode == 2
        assert result.stderr.startswith("Lệnh chưa đúng")
    assert [p.name for p in tmp_path.iterdir() if p.name != "phieu.json"] == []
