"""The command line's own words: help in one language, every option explained, refusals that say what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ocop_desktop.cli import main
from ocop_desktop.commands import COMMANDS
from ocop_desktop.text import set_language

README = Path(__file__).parent.parent / "README.md"
VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
ENGLISH = re.compile(r"\b(usage|options|show|arguments?|required|exit|message|expected|invalid|choose|help)\b")


@pytest.fixture(autouse=True)
def back_to_vietnamese() -> Iterator[None]:
    yield
    set_language("vi")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, example_of: Callable[..., Path]) -> Path:
    path = tmp_path_factory.mktemp("mau") / "mau.ocop"
    return example_of(path)


def helped(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ["", "rulebook", *(command.name for command in COMMANDS)])
def test_help_is_in_one_language(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = r"--?[a-z-]+|ocop-desktop [a-z -]+|^    [a-z-]+\b|“rulebook list”"
    vietnamese = re.sub(names, "", helped(capsys, *name.split()), flags=re.MULTILINE)
    assert not ENGLISH.findall(vietnamese)
    if name:
        english = helped(capsys, *name.split(), *([] if name == "rulebook" else ["--language", "en"]))
        assert name == "rulebook" or not VIETNAMESE.findall(english)


def test_every_argument_is_explained() -> None:
    for command in COMMANDS:
        for argument in command.arguments:
            assert argument.about, (command.name, argument.word)
            assert argument.value or {"action", "choices"} & argument.settings.keys(), (command.name, argument.word)


def test_both_halves_of_the_readme_name_every_command_and_option() -> None:
    halves = README.read_text(encoding="utf-8").split("# OCOP Desktop in English")
    for half in halves:
        for command in COMMANDS:
            row = re.search(rf"^\| `ocop-desktop {command.name}\b([^\n]*?)` \|", half, re.MULTILINE)
            assert row, command.name
            for argument in command.arguments:
                assert not argument.word.startswith("-") or argument.word in row[1], (command.name, argument.word)


@pytest.mark.parametrize(("words", "said"), [
    (["imprt", "x.csv"], "không có 'imprt'"),
    (["import", "x.csv"], "thiếu --db"),
    (["import", "--db", "x.ocop"], "thiếu BẢNG"),
    (["import", "x.csv", "--db"], "--db: thiếu giá trị"),
    (["import", "x.csv", "--db", "x.ocop", "--dryrun"], "không hiểu --dryrun"),
    (["import", "x.csv", "--db", "x.ocop", "--doubtful", "maybe"], "--doubtful: không có 'maybe'"),
    (["import", "x.csv", "--db", "x.ocop", "--json=1"], "--json: không nhận giá trị '1'"),
    (["rulebook"], "thiếu VIỆC"),
    (["rulebook", "shwo"], "không có 'shwo'"),
    (["rulebook", "show", "--set", "x"], "--set: không dùng được giá trị 'x'"),
    (["results", "--language", "fr"], "--language: không có 'fr'"),
])
def test_a_wrong_command_says_what_is_wrong_and_where_help_is(words: list[str], said: str,
                                                              capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    sentence = capsys.readouterr().err
    assert ended.value.code == 2
    assert sentence.startswith("Lệnh chưa đúng: ") and said in sentence and "--help" in sentence
    assert len(sentence.splitlines()) == 1 and not ENGLISH.findall(re.sub(r"--help|\bshow\b", "", sentence))


@pytest.mark.parametrize("words", [
    ["summary", "--db", "DB", "--out", "x.pdf"], ["summary", "--db", "DB", "--out", "x"],
    ["rulebook", "export", "--out", "x.pdf"], ["certificates", "--db", "DB", "--out", "x.xlsx"],
    ["export", "register", "--db", "DB", "--out", "x.csv"], ["template", "register", "--out", "x.xls"],
    ["export-record", "--db", "DB", "--session", "2026-1", "--out", "x.pdf"]])
def test_a_wrong_ending_is_refused(words: list[str], filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                   capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main([str(filled) if word == "DB" else word for word in words])
    assert f"“{words[-1]}” phải" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_shortened_option_counts(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--db", str(filled), "--lang", "en"]) == 0
    assert capsys.readouterr().out.endswith("is intact.\n")


def test_the_ending_s_case_does_not_matter(filled: Path, tmp_path: Path) -> None:
    assert main(["summary", "--db", str(filled), "--out", str(tmp_path / "X.XLSX")]) == 0


def test_a_session_without_closed_dossiers_says_so(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["results", "--db", str(filled), "--session", "2026-2", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == []
    assert said.err == "Phiên 2026-2 chưa có hồ sơ nào được chốt nên chưa có kết quả.\n"
    assert main(["results", "--db", str(filled), "--session", "2026-1", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) and said.err == ""
