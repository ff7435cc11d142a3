"""The process that reads spreadsheets: its limits hold, a bad file ends it alone, and a mutated file is rows or a sentence."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest

from ocop_desktop import cli
from ocop_desktop.errors import UserError
from ocop_desktop.sheets import reading_process
from ocop_desktop.sheets.containers import Limits
from ocop_desktop.sheets.reading import read
from ocop_desktop.ui.work import Cancelled
from tests.sheets.made import book_of, edit_zip, ods_of, register

ROWS = [["STT", "Tên sản phẩm", "Chủ thể"], [1, "Mật ong", "HTX Thử"]]


def test_a_file_that_takes_too_long_is_stopped_and_the_next_is_read(tmp_path):
    path = register(tmp_path / "a.xlsx", 300, 1, True).path
    with pytest.raises(UserError, match="đọc quá lâu"):
        read(path, replace(Limits(), seconds=-1.0, seconds_each_mb=0.0))
    assert len(read(path).sheets[0].rows) > 300


def test_whoever_waits_can_stop_the_reading(tmp_path):
    path = register(tmp_path / "a.xlsx", 20, 1, True).path
    reading_process.stop()

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read(path, beat=stop)
    assert read(book_of(tmp_path / "b.xlsx", ("S", ROWS))).sheets[0].rows[1][1] == "Mật ong"


def test_a_bug_in_the_reading_process_is_raised_with_its_traceback(tmp_path):
    path = book_of(tmp_path / "a.xlsx", ("S", ROWS))
    with pytest.raises(RuntimeError, match=r"(?s)spreadsheet reader: Traceback.*reading_child\.py.*TypeError"):
        read(path, replace(Limits(), sheets="nhiều"))
    assert read(path).sheets[0].rows[1][1] == "Mật ong"


def test_a_frozen_program_calls_itself_with_the_word_the_command_line_knows():
    assert cli.READ_SHEETS == reading_process.VERB
    call = [sys.executable, "-m", "ocop_desktop", reading_process.VERB]
    made = subprocess.run(call, input=b"", capture_output=True, check=True)
    assert made.stdout == reading_process.dumped(("ready", None))


@pytest.mark.parametrize(
    ("limits", "said"),
    [({"sheets": 2}, "3 trang"), ({"columns": 2}, "2 cột"), ({"rows": 1}, "1 dòng"), ({"cells": 3}, "quá giới hạn")],
)
def test_the_bounds_of_a_file_are_sentences(tmp_path, limits, said):
    path = book_of(tmp_path / "a.xlsx", ("A", ROWS), ("B", ROWS), ("C", ROWS))
    with pytest.raises(UserError) as caught:
        read(path, replace(Limits(), **limits))
    assert said in str(caught.value)


def test_an_encoding_nobody_knows_is_a_damaged_file(tmp_path):
    path = ods_of(tmp_path / "a.ods", [["Tên sản phẩm", "Sao"], ["Mật ong", "#REF!"]])
    edit_zip(path, "content.xml", lambda data: data.replace(b"UTF-8", b"UTF-77", 1))
    with pytest.raises(UserError):
        read(path)


_ENTITIES = {
    "billion": b'<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "outside": b'<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
}


def small(tmp_path, kind):
    """A file and the member that holds its rows."""
    if kind == "ods":
        return ods_of(tmp_path / "a.ods", [["Tên sản phẩm", "Sao"], ["Mật ong", "3"]]), "content.xml"
    return book_of(tmp_path / "a.xlsx", ("S", ROWS)), "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("entity", _ENTITIES)
def test_entities_are_refused_before_they_are_read(tmp_path, kind, entity):
    path, part = small(tmp_path, kind)
    at = b"<office:document-content" if kind == "ods" else b"<worksheet"
    edit_zip(path, part, lambda data: data.replace(at, _ENTITIES[entity] + at, 1))
    with pytest.raises(UserError, match="không an toàn"):
        read(path)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_bomb_is_refused_before_it_unfolds(tmp_path, kind):
    path, part = small(tmp_path, kind)
    edit_zip(path, part, lambda data: data + b" " * (20 << 20))
    assert path.stat().st_size < 100_000
    with pytest.raises(UserError, match="bung ra quá 8 MB"):
        read(path, replace(Limits(), unpacked=8 << 20))


def mutated(data: bytes, dice: random.Random) -> bytes:
    """Bits turned, a tail cut, or one part of the container turned, emptied or left out."""
    way = dice.randrange(4)
    if way == 0:
        return data[: dice.randrange(len(data))]
    if way == 1:
        return _turned(data, dice)
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        victim = dice.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            if name != victim:
                new.writestr(name, part)
            elif way == 2:
                new.writestr(name, _turned(part, dice) if part else part)
    return into.getvalue()


def _turned(data: bytes, dice: random.Random) -> bytes:
    turned = bytearray(data)
    for _ in range(dice.choice((1, 5, 50))):
        turned[dice.randrange(len(turned))] ^= 1 << dice.randrange(8)
    return bytes(turned)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_mutated_file_is_rows_or_a_sentence(tmp_path, kind):
    dice = random.Random(kind)
    path = tmp_path / f"a.{kind}"
    data = (
        register(path, 12, 2, True).path if kind == "xlsx" else ods_of(path, [["Tên sản phẩm", "Sao"], ["Chè", "#REF!"]])
    ).read_bytes()
    seen = {"rows": 0, "sentence": 0}
    for _round in range(120):
        path.write_bytes(mutated(data, dice))
        try:
            assert read(path).sheets
            seen["rows"] += 1
        except UserError as error:
            assert path.name in str(error)
            seen["sentence"] += 1
    assert min(seen.values()) > 0
