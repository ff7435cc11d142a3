"""An office's own Word files: shipped ones pass, broken ones are refused with their paragraph and field, nothing is run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest

from ocop_desktop.papers.example_fields import EXAMPLES
from ocop_desktop.papers.shipped_texts import TEXTS, word_file
from ocop_desktop.papers.word_template import fill, problems

BY_HAND = ("minutes", "attendance", "handover", "results", "score-sheets")  # those present sign
EXAMPLE = {"chu_tri": "Trần Thị Bình", "so": "1", "san_pham": [{"ten": "Chè", "diem": "69,9"}]}


def made(*paragraphs: str, rows: tuple[str, ...] = ()) -> bytes:
    """A Word file with these paragraphs, then a table with a row for each of ``rows``."""
    file, document = io.BytesIO(), docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if rows:
        table = document.add_table(rows=len(rows), cols=1)
        for row, words in zip(table.rows, rows, strict=True):
            row.cells[0].text = words
    document.save(file)
    return file.getvalue()


def words_of(content: bytes) -> list[str]:
    """Every paragraph with words, those of tables after the others."""
    document = docx.Document(io.BytesIO(content))
    found = [p.text for p in document.paragraphs]
    found += [p.text for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return [words for words in found if words.strip()]


@pytest.mark.parametrize("kind", TEXTS)
def test_shipped_texts_pass_and_hold_every_example(kind: str) -> None:
    content = word_file(kind)
    assert [str(p) for p in problems(content, EXAMPLES[kind])] == []
    said = "\n".join(words_of(fill(content, EXAMPLES[kind])))
    assert "{" not in said and "%}" not in said
    used = "".join(words_of(content))
    assert {name for name, value in EXAMPLES[kind].items() if isinstance(value, list) and f" {name} " not in used} == set()
    assert EXAMPLES[kind]["nguoi_ky"] in said or kind in BY_HAND


def test_fields_loops_and_values_that_look_like_fields() -> None:
    content = made("Chủ trì: {{ chu_tri | upper }}", "{%p for sp in san_pham %}", "{{ loop.index }}. {{ sp.ten }}",
                   "{%p endfor %}", "{% if so == “1” %}một{% else %}nhiều{% endif %}",
                   rows=("{%tr for sp in san_pham %}", "{{ sp.ten }}: {{ sp.diem }}", "{%tr endfor %}"))
    assert problems(content, EXAMPLE) == ()
    values: dict[str, Any] = EXAMPLE | {"san_pham": [{"ten": "{{ chu_tri }} <b>&", "diem": "1"}, {"ten": "Na\x0b", "diem": "2"}]}
    assert words_of(fill(content, values)) == ["Chủ trì: TRẦN THỊ BÌNH", "1. {{ chu_tri }} <b>&", "2. Na", "một",
                                               "{{ chu_tri }} <b>&: 1", "Na: 2"]


@pytest.mark.parametrize(("paragraphs", "rows", "place", "said"), [
    (("Một", "Chủ trì {{ chu_tr }}"), (), 2, "không có trường “chu_tr”; các trường dùng được ở đây: chu_tri, san_pham, so"),
    (("{%p for sp in san_pham %}", "{{ sp.tenn }}", "{%p endfor %}"), (), 2,
     "“sp.tenn”; các trường dùng được ở đây: sp.diem, sp.ten"),
    (("{{ chu_tri }", "x"), (), 1, "thiếu dấu mở hoặc dấu đóng"),
    (("{%p for sp in san_pham %}", "x"), (), 1, "chưa có {% endfor %}"),
    (("x", "{%p endfor %}"), (), 2, "không có phần mở đầu"),
    (("{% for sp in san_pham %}", "x", "{% endfor %}"), (), 3, "qua nhiều đoạn thì {%p for … %}"),
    (("Danh sách {%p for sp in san_pham %}", "x", "{%p endfor %}"), (), 1, "phải đứng một mình trong đoạn"),
    (("{%p for sp in chu_tri %}", "x", "{%p endfor %}"), (), 1, "không phải là danh sách"),
    (("{%p for san_pham %}", "x", "{%p endfor %}"), (), 1, "không hiểu"),
    (("{% include 'x' %}",), (), 1, "chỉ dùng for"), (("{{ chu_tri.upper() }}",), (), 1, "không hiểu"),
    (("{{ ''.__class__ }}",), (), 1, "không hiểu"), (("{{ chu_tri.__class__ }}",), (), 1, "không có trường"),
    (("{{ 'x' * 1000000000 }}",), (), 1, "không hiểu"), (("{{ chu_tri | attr('x') }}",), (), 1, "không có phép “attr”"),
    (("{{ " + "not " * 600 + "chu_tri }}",), (), 1, "quá dài"), (("{{ chu_tri" + " or so" * 3000 + " }}",), (), 1, "quá dài"),
    (("{{ chu_tri + }}",), (), 1, "không hiểu"), (("{{ range(9) }}",), (), 1, "không hiểu"),
    (("x",), ("{%tr for sp in san_pham %} thừa", "{{ sp.ten }}", "{%tr endfor %}"), 2, "phải đứng một mình trong hàng của bảng"),
    (("{%tr for sp in san_pham %}", "{%tr endfor %}"), (), 1, "chỉ dùng trong một hàng"),
    (("{%tc for sp in san_pham %}", "{%tc endfor %}"), (), 1, "chỉ dùng trong một hàng"),
    (("x",), ("{%tc for sp in san_pham %}", "{%tc endfor %}"), 3, "qua nhiều ô của một hàng"),
])
def test_a_broken_file_is_refused_with_its_paragraph(paragraphs: tuple[str, ...], rows: tuple[str, ...], place: int,
                                                     said: str) -> None:
    found = problems(made(*paragraphs, rows=rows), EXAMPLE)
    assert found and found[0].values["place"] == place and said in str(found[0])


def _with_part(name: str, words: str) -> Callable[[], bytes]:
    def build() -> bytes:
        file = io.BytesIO(made("x"))
        with zipfile.ZipFile(file, "a") as package:
            package.writestr(name, words)
        return file.getvalue()

    return build


@pytest.mark.parametrize(("build", "said"), [
    (lambda: b"PK not a file", "không phải tài liệu Word"), (lambda: b"", "không phải tài liệu Word"),
    (lambda: made("x")[:-40], "không phải tài liệu Word"), (lambda: b"x" * 5_000_001, "chỉ nhận đến"),
    (_with_part("word/footnotes.xml", "<a>{<b/>{ cycler }}</a>"), "word/footnotes.xml"),
    (_with_part("word/vbaProject.bin", "x"), "lệnh chạy tự động"),
])
def test_what_is_no_plain_word_file_is_refused(build: Callable[[], bytes], said: str) -> None:
    found = problems(build(), EXAMPLE)
    assert len(found) == 1 and said in str(found[0])


def spoiled(part: str, old: str, new: str) -> bytes:
    """A Word file with one field, and ``new`` in place of ``old`` in one of its parts; a missing part is added."""
    file, content = io.BytesIO(), made("{{ so }}")
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old.encode(), new.encode()) if name == part else before.read(name))
        if part not in before.namelist():
            after.writestr(part, new)
    return file.getvalue()


REMOTE = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="'
          'http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="{}" '
          'TargetMode="External"/>'
          "</Relationships>")


CODES = "<w:p><w:r><w:instrText>{}</w:instrText></w:r></w:p><w:sectPr"


@pytest.mark.parametrize(("part", "old", "new", "said"), [
    ("word/document.xml", "<w:sectPr", CODES.format("{{ ('x' * 300000000) | length }}"), "mã trường"),
    ("word/document.xml", "<w:sectPr", CODES.format(
        "{% for a in chu_tri %}{% for b in chu_tri %}{% endfor %}{% endfor %}"), "vòng lặp lồng"),
    ("word/document.xml", "<w:sectPr", CODES.format("{{ " + "not " * 3000 + "so }}"), "mã trường"),
    ("word/document.xml", "<w:sectPr", CODES.format('DDE</w:instrText></w:r><w:r><w:instrText>AUTO cmd "/k"'), "DDEAUTO"),
    ("docProps/core.xml", "python-docx", "&#123;&#123; 'x' * 9 }}", "thuộc tính"),
    ("word/_rels/settings.xml.rels", "", REMOTE.format("http://example.org/x.dotm"), "từ nơi khác"),
    ("word/_rels/settings.xml.rels", "", REMOTE.format("file://may-la/x.dotm"), "từ nơi khác"),
    ("word/embeddings/oleObject1.bin", "", "x", "nhúng"),
    ("word/document.xml", "w:document", "w:khac", ".docx"),
    ("_rels/.rels", "Relationships", "a", ".docx"),
])
def test_what_runs_or_fetches_something_is_refused_wherever_it_stands(part: str, old: str, new: str, said: str) -> None:
    assert said in str(problems(spoiled(part, old, new), EXAMPLE)[0])


def test_a_template_on_a_disk_may_stay_and_a_locked_file_is_told() -> None:
    usual = spoiled("word/_rels/settings.xml.rels", "", REMOTE.format(r"file:///C:\Users\Lan\Mau.dotm"))
    assert problems(usual, EXAMPLE) == ()
    locked = bytearray(made("{{ so }}"))
    locked[locked.find(b"PK\x01\x02") + 8] |= 1  # says that its parts are enciphered
    assert ".docx" in str(problems(bytes(locked), EXAMPLE)[0])


def test_cells_repeated_across_share_the_width_of_the_table() -> None:
    values = EXAMPLES["results"] | {"cot_diem": [f"C{n}" for n in range(9)]}
    values["ket_qua"] = [values["ket_qua"][0] | {"diem_cot": [str(n) for n in range(9)]}] * 2
    for kind, filled in (("results", values), ("score-sheets", EXAMPLES["score-sheets"])):
        table = docx.Document(io.BytesIO(fill(word_file(kind), filled))).tables[1]
        drawn = docx.Document(io.BytesIO(word_file(kind))).tables[1]
        wide = sum(column.width for column in drawn.columns)
        for row in table.rows:
            assert abs(sum(cell.width for cell in dict.fromkeys(row.cells)) - wide) < wide / 50, kind
    heads = [cell.text for cell in docx.Document(io.BytesIO(fill(word_file("results"), values))).tables[1].rows[0].cells]
    assert heads[5:14] == values["cot_diem"]


def test_a_list_is_not_repeated_within_itself() -> None:
    twice = made("{% for a in san_pham %}{% for b in san_pham %}{{ b.ten }}{% endfor %}{% endfor %}")
    assert [str(p) for p in problems(twice, EXAMPLE)] and "lặp lại danh sách" in str(problems(twice, EXAMPLE)[0])
