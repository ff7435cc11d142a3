"""Where the table stands, under titles, over two header rows, between group rows, above signatures."""

from __future__ import annotations

import pytest

from ocop_desktop.errors import UserError
from ocop_desktop.sheets import table_finding
from ocop_desktop.sheets.reading import read
from tests.sheets.made import APPLICATIONS, REGISTER, applications, book_of, register

HEAD = ["STT", "Tên sản phẩm", "Chủ thể", "Xã/phường"]


def numbers(table):
    return [n + 1 for n in table.body]


@pytest.mark.parametrize("make", [register, applications])
@pytest.mark.parametrize("dirty", [False, True])
def test_every_row_of_a_made_file_is_found_and_no_other(tmp_path, make, dirty):
    made = make(tmp_path / "a.xlsx", 40, 3, dirty)
    table = table_finding.find(read(made.path))
    assert numbers(table) == [row["row"] for row in made.truth]


def test_a_header_over_two_rows_gives_both_recognitions(tmp_path):
    table = table_finding.find(read(register(tmp_path / "a.xlsx", dirty=True).path))
    assert table.header_rows == (4, 5)
    fields = [c.field for c in table.columns]
    assert fields[11:21] == [
        f"{turn}_{part}" for turn in ("first", "second") for part in ("stars", "date", "year", "decision", "authority")
    ]
    assert table.columns[16].heading == "Công nhận lần 2/nâng hạng · Hạng sao"
    assert len(REGISTER) == len(fields) == 22
    assert len(APPLICATIONS) == 11


def test_the_sheet_with_the_table_is_chosen_a_hidden_one_only_last(tmp_path):
    rows = [HEAD, [1, "Mật ong", "HTX A", "Mẫu Sơn"]]
    book = read(book_of(tmp_path / "a.xlsx", ("Bìa", [["Kính gửi"], ["Sở"]]), ("Cũ", rows), ("Mới", rows), hidden="Cũ"))
    assert table_finding.find(book).sheet.name == "Mới"
    assert table_finding.find(book, "Cũ").sheet.name == "Cũ"
    with pytest.raises(UserError, match="Bìa"):
        table_finding.find(book, "Không có")


def test_what_stands_between_and_under_the_rows_is_left_out(tmp_path):
    rows = [
        ["SỞ NÔNG NGHIỆP"],
        [],
        HEAD,
        [1, 2, 3, 4],
        ["I. Huyện Lộc Bình"],
        [1, "Mật ong", "HTX A", "Mẫu Sơn"],
        [None, "II. Huyện Cao Lộc"],
        [2, "Chè", "HTX B", "Tân Văn"],
        HEAD,
        [3, "Miến", None, None],
        ["A", "Nhóm thực phẩm"],
        [4, "Rượu", "HKD C", "Hữu Liên"],
        [5],
        [],
        [None, "Tổng cộng", "4 sản phẩm"],
        [None, "Người lập biểu", None, "Chủ tịch"],
        [None, "Nguyễn Thị Thử"],
    ]
    table = table_finding.find(read(book_of(tmp_path / "a.xlsx", ("S", rows))))
    assert table.header_rows == (3,)
    assert numbers(table) == [6, 8, 10, 12]


def test_no_header_says_what_is_looked_for(tmp_path):
    with pytest.raises(UserError, match="Tên sản phẩm"):
        table_finding.find(read(book_of(tmp_path / "a.xlsx", ("S", [["a"], [1]]))))


def test_where_nothing_is_understood_the_first_row_of_words_is_the_header(tmp_path):
    table = table_finding.find(read(book_of(tmp_path / "a.xlsx", ("S", [["Tờ trình"], ["Hàng", "Ai làm"], ["x", "y"]]))))
    assert table.header_rows == (2,)
    assert not any(c.field for c in table.columns)


def test_a_header_row_can_be_told(tmp_path):
    book = read(book_of(tmp_path / "a.xlsx", ("S", [["x", "y"], ["Hàng", "Ai làm"], ["Mật", "HTX"]])))
    table = table_finding.find(book, None, (2,))
    assert [c.heading for c in table.columns] == ["Hàng", "Ai làm"]
    assert numbers(table) == [3]
    with pytest.raises(UserError, match="không có dòng 9"):
        table_finding.find(book, None, (9,))
