"""A list as a spreadsheet: values real, formulas kept text, whole or not at all."""

import datetime as dt

import openpyxl
import pytest

from ocop_desktop.errors import UserError
from ocop_desktop.sheets.listing import write_listing

HEADINGS = (("Sản phẩm", 30), ("Sao", 8), ("Ngày", 12))


def test_values_are_real_and_formulas_are_text(tmp_path):
    path = tmp_path / "a.xlsx"
    texts = ("=1+1", "+84", "-5", "@ten", "#REF!", "\tCHÈ", "Chè\x0bShan", "Chè Shan")
    assert write_listing(path, "Hồ sơ [1]", HEADINGS, [(words, 3, dt.date(2026, 2, 5)) for words in texts]) == len(texts)
    sheet = openpyxl.load_workbook(path).active
    rows = list(sheet.iter_rows(min_row=2))
    assert all(row[0].data_type == "s" for row in rows)
    assert [row[0].value for row in rows][:5] == list(texts[:5])
    assert rows[0][1].value == 3 and rows[0][2].value.date() == dt.date(2026, 2, 5)
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.title) == ("A2", f"A1:C{len(texts) + 1}", "Hồ sơ 1")


def test_a_list_that_is_stopped_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def stop(_done):
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        write_listing(path, "x", HEADINGS, [("a", 1, None)] * 600, stop)
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(UserError):
        write_listing(tmp_path / "nowhere" / "a.xlsx", "x", HEADINGS, [])
