"""Text of old fonts becomes Unicode; correct Unicode is never offered for it."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from ocop_desktop.sheets import contents, legacy, table_finding
from ocop_desktop.sheets.reading import read
from tests.sheets.made import book_of, truth_of

COMMUNES = Path(__file__).resolve().parents[2] / "resources" / "communes.csv"
HEAD = ["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ"]
OLD = [  # TCVN3 as Western letters, with what it says
    ("Hîp t¸c x· N«ng nghiÖp Hßa B×nh", "Hợp tác xã Nông nghiệp Hòa Bình"),
    ("Tæ hîp t¸c MËt ong rõng", "Tổ hợp tác Mật ong rừng"),
    ("C«ng ty TNHH ChÌ §ång T©m", "Công ty TNHH Chè Đồng Tâm"),
    ("Hé kinh doanh B¸nh kh¶o Cao B»ng", "Hộ kinh doanh Bánh khảo Cao Bằng"),
]
OLD_VNI = ("Hôïp taùc xaõ Noâng nghieäp", "Hợp tác xã Nông nghiệp")


def clean_cells(count: int) -> list[str]:
    """Names of communes, products, producers, people and addresses in correct Unicode, some in capitals."""
    with COMMUNES.open(encoding="utf-8") as file:
        names = [row["commune"] for row in csv.DictReader(file)]
    texts = [*names]
    for row in truth_of(1500, 3):
        texts += [row["product"], row["producer"], row["address"], row["representative"]]
    texts += ["Nescafé® mùa hè", "Crème brûlée", "37°C – ½ kg", "Bánh «Mẹ»", "Café São Paulo", "MÂM CÔ TẤM"]
    texts += [text.upper() for text in texts]
    random.Random(7).shuffle(texts)
    return sorted(set(texts))[:count]


def test_correct_unicode_is_never_offered_for_conversion():
    cells = clean_cells(5000)
    assert len(cells) == 5000
    assert [c for c in cells if legacy.is_legacy(c)] == []
    found = legacy.read_column(cells)
    assert (found.converted, found.doubtful) == ({}, ())
    for start in range(0, 5000, 50):  # small columns, too: the whole column cannot be what protects a cell
        assert legacy.read_column(cells[start : start + 50]).converted == {}
    assert [c for c in cells if legacy.readable(c) != c] == []


@pytest.mark.parametrize(("old", "wanted"), OLD)
def test_tcvn3_becomes_unicode(old, wanted):
    found = legacy.guess(old)
    assert found.sure
    assert legacy.mended(old, found.encodings[0]) == wanted


def test_vni_becomes_unicode():
    found = legacy.guess(OLD_VNI[0])
    assert (found.encodings, found.sure) == (("vni",), True)
    assert legacy.mended(OLD_VNI[0], "vni") == OLD_VNI[1]


@pytest.mark.parametrize(
    ("font", "encoding"), [(".VnTime", "tcvn3"), (".VnTimeH", "tcvn3_capitals"), ("VNI-Times", "vni"), ("Arial", "")]
)
def test_a_font_tells_its_encoding(font, encoding):
    assert legacy.of_font(font) == encoding


def old_book(tmp_path):
    rows = [[n, f"Mật ong {n}", old, "Thôn Đồng Tâm"] for n, (old, _new) in enumerate(OLD, 1)]
    return read(book_of(tmp_path / "a.xlsx", ("S", [HEAD, *rows])))


def test_a_column_of_an_old_font_is_mended_with_what_stood_there_and_can_be_left(tmp_path):
    book = old_book(tmp_path)
    table = table_finding.find(book, None, None)
    rows = contents.read(book.file, table)
    assert [r.values["producer"] for r in rows.rows] == [new for _old, new in OLD]
    listed = [(p.values["cell"], p.value, p.values["became"]) for p in rows.repairs if p.kind == "legacy"]
    assert listed == [(f"C{n}", old, new) for n, (old, new) in enumerate(OLD, 2)]

    for refuse in (["legacy"], ["C:legacy"]):
        left = contents.read(book.file, table, refused=refuse)
        assert [r.values["producer"] for r in left.rows] == [old for old, _new in OLD]
        assert {p.kind for row in left.rows for p in row.problems} == {"legacy"}
    one = contents.read(book.file, table, refused=["C3"])
    assert [r.values["producer"] for r in one.rows] == [OLD[0][1], OLD[1][0], OLD[2][1], OLD[3][1]]


def test_bytes_of_an_old_font_become_its_western_letters(tmp_path):
    path = tmp_path / "cu.csv"
    path.write_bytes("Tªn s¶n phÈm;Chñ thÓ\nMËt ong rõng;Hîp t¸c x· MÉu S¬n\n".encode("cp1252"))  # not windows-1258: õ is no ơ
    rows = contents.read("cu.csv", table_finding.find(read(path)))
    assert rows.rows[0].values == {"product": "Mật ong rừng", "producer": "Hợp tác xã Mẫu Sơn"}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(tmp_path, encoding):
    (tmp_path / "a.csv").write_bytes("Tên sản phẩm;Chủ thể\nChè Bắc Sơn;HTX Đồng Tâm\n".encode(encoding))
    assert read(tmp_path / "a.csv").sheets[0].rows[1] == ["Chè Bắc Sơn", "HTX Đồng Tâm"]


def test_a_text_that_reads_both_ways_is_decided_by_its_column():
    old = [words for words, _said in OLD]
    assert legacy.read_column([*old, "Phóc Léc"]).converted[len(old)] == "Phúc Lộc"
    mixed = legacy.read_column([*old, "Phóc Léc", "Hợp tác xã Mẫu Sơn"])
    assert len(old) not in mixed.converted
    assert mixed.doubtful == (len(old),)
    assert legacy.read_column(["Phóc Léc", "Chè"]) == legacy.Reading({}, ())
