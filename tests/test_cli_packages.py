"""Both sides of the stick without a window: package, package-open, ballot-export, ballot-import; exit codes and sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.cli import main
from tests.actions.laptops import top
from tests.actions.meeting import LAW, PRODUCTS, open_meeting


def test_a_stick_goes_there_and_back(new_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db, own, package, ballots = (str(tmp_path / name) for name in ("a.ocop", "b.ocop", "g.ocopgoi", "p.ocopphieu"))
    database = open_or_create(Path(db))
    with database.begin() as session:
        open_meeting(session, products=2, members=3)
    database.close()

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    ask = ("--session", "2026-2", "--db", db, "--out", package)
    code, _out, err = run("package", "--member", "Sở Xây dựng", *ask)
    assert code == 2 and "không có đúng một thành viên" in err and not Path(package).exists()
    code, out, _err = run("package", "--member", "Sở Công Thương", "--no-photos", *ask)
    assert code == 0 and "2 hồ sơ" in out
    code, out, _err = run("package-open", package, "--db", own)
    assert code == 0 and "2 hồ sơ phải chấm" in out
    key = out.rpartition(" ")[2].strip()
    assert run("ballot-export", "--db", own, "--out", ballots)[0] == 2  # nothing scored yet
    assert run("ballot-export", "--db", db, "--out", ballots)[0] == 2  # not a member's own file
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({f"20-05980-0{n + 1}-2026": top(rulebooks.criteria(LAW, PRODUCTS[n][2])) for n in range(2)}))
    code, out, _err = run("ballot-export", "--db", own, "--out", ballots, "--answers", str(answers))
    assert code == 0 and "2 phiếu hoàn tất" in out and key in out
    code, out, err = run("ballot-import", ballots, "--db", db)
    assert (code, out) == (1, "") and "giao phiếu lần đầu" in err
    code, out, _err = run("ballot-import", ballots, "--db", db, "--code", key, "--json")
    (told,) = json.loads(out)
    assert (code, told["state"], told["complete"], told["refused"], told["agency"]) == (0, "merged", 2, 0, "Sở Công Thương")
    code, out, err = run("ballot-import", str(tmp_path), "--db", db)
    assert (code, err) == (0, "") and "không có gì đổi" in out
    Path(ballots).write_bytes(Path(ballots).read_bytes()[:-1])
    code, out, err = run("ballot-import", ballots, "--db", db)
    assert (code, out) == (1, "") and "bị cụt" in err
    assert run("check", "--db", db)[0] == 0 and run("check", "--db", own)[0] == 0
    code, _out, err = run("package-open", ballots, "--db", own)
    assert code == 2 and "không phải gói phiên" in err
