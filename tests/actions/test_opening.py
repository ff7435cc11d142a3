"""Opening a file to work in, or making one: all or nothing."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from ocop_desktop import paths
from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.opening import OpenReport, open_or_create, open_with_report
from ocop_desktop.data.communes import count_communes
from ocop_desktop.data.file import is_held
from ocop_desktop.errors import UserError
from tests.old_databases import write


def test_a_new_file_has_schema_and_communes(tmp_path: Path) -> None:
    path = tmp_path / "tỉnh mới.ocop"
    db, report = open_with_report(path)
    assert report == OpenReport(path, created=True, migrated=False, communes=3321)
    with db.begin() as session:
        assert count_communes(session) == (34, 3321)
    assert not db.changed
    db.close()
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["tỉnh mới.ocop"]
    db, report = open_with_report(path)
    assert report == OpenReport(path, created=False, migrated=False, communes=0)
    db.close()


def test_an_old_file_keeps_its_communes(tmp_path: Path) -> None:
    path = tmp_path / "old.ocop"
    write.read(1, path)
    db, report = open_with_report(path)
    assert report.communes == 0
    db.close()


@pytest.mark.parametrize("content", ["province_code,province\n",
                                     "province_code,province,commune_code,commune,kind\n20,T,1,X,Xã\n"])
def test_a_failure_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    resources = tmp_path / "resources"
    resources.mkdir()
    (resources / "communes.csv").write_text(content, encoding="utf-8")
    monkeypatch.setattr(paths, "resources", lambda: resources)
    place = tmp_path / "place"
    place.mkdir()
    with pytest.raises(UserError):
        open_or_create(place / "x.ocop")
    assert list(place.iterdir()) == []
    (resources / "communes.csv").unlink()
    with pytest.raises(UserError, match="Thiếu danh mục xã"):
        open_or_create(place / "x.ocop")
    assert list(place.iterdir()) == []


def test_what_a_crash_left_of_a_new_file_is_in_nobodys_way(tmp_path: Path) -> None:
    unfinished = tmp_path / ".x.ocop.moi"
    unfinished.write_bytes(b"half")
    unfinished.with_name(unfinished.name + "-wal").write_bytes(b"half")
    open_or_create(tmp_path / "x.ocop").close()
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["x.ocop"]


def test_a_second_window_is_told_and_the_first_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "x.ocop"
    db = open_or_create(path)
    with pytest.raises(UserError, match="đang mở ở một cửa sổ khác"):
        open_or_create(path)
    with db.begin() as session:
        assert count_communes(session)[1] == 3321
    db.close()


def test_a_foreign_file_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "khác.ocop"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE x (y)")
    raw.commit()
    raw.close()
    before = path.read_bytes()
    with pytest.raises(UserError, match=r"khác\.ocop"):
        open_or_create(path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["khác.ocop"]


def test_an_error_while_opening_lets_the_file_go(new_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.ocop"
    shutil.copyfile(new_file, path)
    with monkeypatch.context() as patch:
        patch.setattr(rulebooks, "load", lambda _reading: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            open_or_create(path)
    assert not is_held(path)
    open_or_create(path).close()
