"""A rulebook as a workbook: out and back the same; looser tables read; every fault at its cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocop_desktop.errors import UserError
from ocop_desktop.rules.rulebook import Rulebook, as_plain, from_plain, read_rulebook
from ocop_desktop.rules.rulebook_differences import differences
from ocop_desktop.sheets.rulebook_pack import Pack, read_pack
from ocop_desktop.sheets.rulebook_pack_writing import write_pack
from tests.rules.conftest import FOLDER
from tests.sheets.loose_packs import LAYOUTS, write_one_sheet

BOOK = read_rulebook(FOLDER)
LAW = BOOK.id


def read(path: Path, book: Rulebook = BOOK, law: str = "") -> Pack:
    return read_pack(path, {book.decision: book}, book, law)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pack") / "bo.xlsx"
    write_pack(BOOK, path)
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of sets 11 and 22 alone."""
    plain = as_plain(BOOK)
    for key in ("set", "sets"):
        plain[key] = [s for s in plain[key] if s["number"] in (11, 22)]
    path = tmp_path_factory.mktemp("pack") / "nho.xlsx"
    write_pack(from_plain(plain, LAW), path)
    return path


@pytest.fixture
def edited(small: Path, tmp_path: Path) -> Callable[..., Pack]:
    """Read the small pack with cells changed: ``edited({"Bộ 11": {"I7": 4}})``."""

    def edit(changes: dict[str, dict[str, object]]) -> Pack:
        path = tmp_path / "sua.xlsx"
        book = openpyxl.load_workbook(small)
        for sheet, cells in changes.items():
            for cell, value in cells.items():
                book[sheet][cell] = value
        book.save(path)
        return read(path)

    return edit


def at(pack: Pack) -> list[tuple[str, str, str]]:
    return [(p.kind, p.place.sheet, f"{p.place.column}{p.place.row}") for p in pack.problems]


def test_out_and_back_is_the_same_rulebook(exported: Path) -> None:
    pack = read(exported)
    assert pack.plain == as_plain(BOOK)
    assert pack.problems == ()
    assert (pack.sets, pack.criteria, pack.options) == (26, 787, 2579)


def test_a_clerk_can_work_in_it(exported: Path) -> None:
    book = openpyxl.load_workbook(exported)
    assert book.sheetnames == ["Quyết định", *(f"Bộ {n}" for n in range(1, 27))]
    page = book["Bộ 11"]
    assert page.freeze_panes == "D3"
    assert not page.protection.sheet
    assert [c.value for c in page[7]][:9] == ["1.1", "A", "1", "Nguồn nguyên liệu", "Raw-material source", None, None, None, 3]
    assert type(page["I8"].value) is int
    assert page["G8"].alignment.wrap_text
    assert book["Quyết định"]["B7"].is_date


texts = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=30)
    .map(lambda t: " ".join(t.split()))
    .filter(bool)
)
words = st.builds(lambda vi, en: {"vi": vi, "en": en} if en else {"vi": vi}, texts, texts | st.just(""))


@st.composite
def criteria(draw: st.DrawFn, code: str, group: str, part: str) -> dict[str, object]:
    points = sorted(draw(st.lists(st.integers(0, 9), min_size=1, max_size=4)))
    stars = sorted(draw(st.sets(st.sampled_from([3, 4, 5]), max_size=len(points))))
    options: list[dict[str, object]] = [{"points": p, **draw(words)} for p in points]
    for option, star in zip(options, stars, strict=False):
        option["stars"] = star
    found: dict[str, object] = {"code": code, "part": part, "max": max(points), **draw(words)}
    if group:
        found["group"] = group
    for key in ("hint", "exclusion"):
        if draw(st.booleans()):
            found[key] = draw(words)
    if draw(st.booleans()):
        found |= {"yes_no": True, "doubtful": draw(texts)}
    if draw(st.booleans()):
        found["cases"] = [{"case": "a", **draw(words)}, {"case": "b", **draw(words)}]
        options = [{**o, "case": case} for case in "ab" for o in options]
    return {**found, "options": options}


@st.composite
def rulebooks(draw: st.DrawFn) -> dict[str, object]:
    numbers = draw(st.lists(st.integers(1, 40), min_size=1, max_size=3, unique=True))
    industry = draw(words)
    sets = []
    for number in numbers:
        first = draw(criteria("1.1", "1", "A"))
        second = draw(criteria("2", "", "B"))
        sets.append(
            {
                "number": number,
                "name": draw(words),
                "industry": {"code": "I", **industry},
                "group_name": draw(words),
                "subgroup_name": draw(words),
                "lead_agencies": draw(st.lists(texts.filter(lambda t: ";" not in t), max_size=2)),
                "samples": draw(st.integers(0, 9)),
                "where": draw(texts),
                "exclusion": draw(st.lists(words, max_size=2)),
                "group": [{"code": "1", "part": "A", "max": first["max"], **draw(words)}],
                "criterion": [first, second],
            }
        )
    return {
        "id": "1/2031/QĐ-TTg",
        "signed": "2031-01-02",
        "in_force": "2031-02-03",
        "certificate_months": draw(st.integers(1, 60)),
        "lines": {"5": 91, "4": 71, "3": 51, "2": 31, "1": 0},
        "part": [{"code": "A", "max": draw(st.integers(1, 99)), **draw(words)}, {"code": "B", "max": 30, **draw(words)}],
        "industry": {"I": industry},
        "set": [{"number": s["number"], "industry": "I", **s["name"]} for s in sets],
        "sets": sets,
        "transition": {"previous": LAW, "finish_days": 60, "recognise_days": 30, "note": draw(words)},
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rulebooks())
def test_any_rulebook_comes_back_the_same(tmp_path: Path, plain: dict[str, object]) -> None:
    book = from_plain(plain, str(plain["id"]))
    path = tmp_path / "bat-ky.xlsx"
    write_pack(book, path)
    back = read(path)
    assert back.plain == as_plain(book) == plain
    assert back.law == "1/2031/QĐ-TTg"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_looser_tables_hold_the_same_figures(layout: str, tmp_path: Path) -> None:
    pack = read(LAYOUTS[layout](BOOK, tmp_path / "bang.xlsx"))
    assert pack.problems == ()
    assert (pack.sets, pack.criteria, pack.options) == (26, 787, 2579)
    assert differences(BOOK, from_plain(pack.plain, LAW)) == ()


def test_a_table_of_some_sets_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    path = write_one_sheet(BOOK, tmp_path / "bang.xlsx", [7, 26])
    book = openpyxl.load_workbook(path)
    page = book.active
    row = next(r for r in range(4, 400) if str(page.cell(r, 4).value).startswith("1.2 "))
    page.cell(row, 5).value = "Mức viết lại"
    book.save(path)
    pack = read(path)
    (found,) = [d for d in differences(BOOK, from_plain(pack.plain, LAW)) if d.what == "wording"]
    assert (pack.sets, found.set, found.criterion, found.option, found.after) == (2, 7, "1.2", "1", "Mức viết lại")


# Set 11 in our form: group 1 in row 6, criterion 1.1 in row 7 with its options in rows 8-10 (2 points marked 3 stars in row 9).
@pytest.mark.parametrize(
    ("sheet", "cells", "expected"),
    [
        ("Bộ 11", {"I7": 4}, [("max", "I7"), ("group_sum", "I6"), ("part_sum", "B7"), ("total", "I2")]),
        ("Bộ 11", {"I10": 4}, [("max", "I7")]),
        ("Bộ 11", {"I9": 0}, [("points_fall", "I9")]),
        ("Bộ 11", {"J10": 3}, [("marks", "J10")]),
        ("Bộ 11", {"J8": 7}, [("marks", "J8")]),
        ("Bộ 11", {"J9": "ba"}, [("not_a_star", "J9")]),
        ("Bộ 11", {"A11": "1.1"}, [("code_twice", "A11")]),
        ("Bộ 11", {"I8": "một"}, [("not_a_number", "I8")]),
        ("Bộ 11", {"I8": 1.5}, [("not_a_number", "I8")]),
        ("Bộ 11", {"I8": -1}, [("not_a_number", "I8")]),
        ("Bộ 11", {"I8": None}, [("no_points", "I8")]),
        ("Bộ 11", {"F9": 1}, [("number_twice", "F9")]),
        ("Bộ 11", {"G8": None}, [("no_wording", "G8")]),
        ("Bộ 11", {"D7": None}, [("no_name", "D7")]),
        ("Bộ 11", {"B7": "Q"}, [("part_unknown", "B7"), ("group_sum", "I6"), ("part_sum", "B11")]),
        ("Bộ 11", {"C7": "9"}, [("group_unknown", "C7"), ("group_sum", "I6")]),
        ("Bộ 11", {"I6": 19}, [("group_sum", "I6")]),
        ("Quyết định", {"B9": "ba năm"}, [("not_a_number", "B9")]),
        ("Quyết định", {"B7": "ngày kia"}, [("not_a_date", "B7")]),
        ("Quyết định", {"B14": 60}, [("lines_order", "B14")]),
    ],
)
def test_every_fault_stands_at_its_cell(
    edited: Callable[..., Pack], sheet: str, cells: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    pack = edited({sheet: cells})
    assert sorted((kind, cell) for kind, tab, cell in at(pack) if tab == sheet) == sorted(expected)
    assert {tab for _, tab, _ in at(pack)} == {sheet}
    for problem in pack.problems:
        assert "{" not in str(problem)


def test_a_sheet_too_many_and_one_too_few(edited: Callable[..., Pack]) -> None:
    assert at(edited({"Quyết định": {"A34": 40}})) == [("set_unknown", "Bộ 22", "A2"), ("set_missing", "Quyết định", "A34")]


def test_faults_of_looser_tables_stand_at_their_cells_too(tmp_path: Path) -> None:
    path = write_one_sheet(BOOK, tmp_path / "bang.xlsx", [11])
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page["D4"].value == "1.1 Nguồn nguyên liệu (3 điểm)"
    page["F6"], page["F5"], page["D7"] = 5, "hai", "1.1 Tên khác (2 điểm)"
    book.save(path)
    assert [(kind, cell) for kind, _, cell in at(read(path))] == [("max", "D4"), ("not_a_number", "F5"), ("code_twice", "D7")]
    for value, kind in (("Bộ 77", "set_unknown"), ("bộ nào đó", "set_unknown")):
        page["A4"] = value
        book.save(path)
        assert (kind, page.title, "A4") in at(read(path))


def test_columns_in_other_words_a_second_header_and_a_title(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Set 11"
    page.append(["Bảng chấm điểm", None, None, None])
    page.append(["Tên  tiêu  chí", "ĐIỂM", "Cac lua chon", "Ký hiệu"])
    for code, name in (("1.1", "Nguồn nguyên liệu"), ("1.2", "Vùng nguyên liệu được cấp chứng nhận chất lượng")):
        for n, option in enumerate(BOOK.set(11).by_code[code].options):
            label = option.label.vi + (" (***)" if option.star == 3 else "")
            page.append([name if n == 0 else "\xa0", f" {option.points} điểm", label, code if n == 0 else None])
        page.append(["Tên tiêu chí", "Điểm", "Các lựa chọn", "Ký hiệu"])
    page.append(["Tổng điểm", 90])
    book.save(tmp_path / "x.xlsx")
    pack = read(tmp_path / "x.xlsx")
    assert (pack.sets, pack.criteria, pack.options) == (1, 2, 6)
    rules = from_plain(pack.plain, LAW).set(11)
    assert [rules.by_code["1.1"], rules.by_code["1.2"]] == [BOOK.set(11).by_code["1.1"], BOOK.set(11).by_code["1.2"]]
    assert {p.kind for p in pack.problems} == {"part_sum", "total", "total_stated"}
    assert {f"{p.place.column}{p.place.row}" for p in pack.problems if "total" in p.kind} == {"B11"}


def test_a_table_without_stars_keeps_those_of_before(tmp_path: Path) -> None:
    path = LAYOUTS["flat"](BOOK, tmp_path / "x.xlsx", [3])
    book = openpyxl.load_workbook(path)
    book.active.delete_cols(3)
    book.save(path)
    pack = read(path)
    assert [(p.kind, p.severity) for p in pack.problems] == [("stars_kept", "warning")]
    assert differences(BOOK, from_plain(pack.plain, LAW)) == ()


def test_a_code_that_excel_made_a_date(edited: Callable[..., Pack]) -> None:
    import datetime as dt

    assert ("code_is_date", "Bộ 11", "A11") in at(edited({"Bộ 11": {"A11": dt.datetime(2026, 2, 1)}}))


def test_what_is_no_rulebook_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tên sản phẩm", "Chủ thể"])
    book.active.append(["Chè", "HTX"])
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(UserError, match="Không tìm thấy bảng tiêu chí"):
        read(tmp_path / "x.xlsx")
    (tmp_path / "y.xlsx").write_bytes(b"PK nonsense")
    with pytest.raises(UserError, match="hỏng"):
        read(tmp_path / "y.xlsx")
    with pytest.raises(UserError, match="9/2030"):
        read(write_one_sheet(BOOK, tmp_path / "z.xlsx", [1]), law="9/2030/QĐ-TTg")
