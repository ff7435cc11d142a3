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
    assert EXAMPLES[kind]["nguoi_ky"] in said or kind == "minutes"
    assert EXAMPLES[kind]["phien"] in said


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
    (("{{ chu_tri + }}",), (), 1, "không hiểu"), (("{{ range(9) }}",), (), 1, "không hiểu"),
    (("x",), ("{%tr for sp in san_pham %} thừa", "{{ sp.ten }}", "{%tr endfor %}"), 2, "phải đứng một mình trong hàng của bảng"),
    (("{%tr for sp in san_pham %}", "{%tr endfor %}"), (), 1, "chỉ dùng trong một hàng"),
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
