"""Papers about criteria: what they say when read back, in both languages; pages, outline, fonts."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator

import pypdf
import pytest

from ocop_desktop import text
from ocop_desktop.actions import criteria, rulebooks
from ocop_desktop.actions.criteria import Paper
from ocop_desktop.data.engine import Session
from ocop_desktop.papers.criteria_document import escaped
from tests.pdf_text import pages_of

LAW = "26/2026/QĐ-TTg"


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    text.set_language("vi")
    yield
    text.set_language("vi")


def read(session: Session, paper: Paper) -> tuple[pypdf.PdfReader, str]:
    """The paper read back, its words with single blanks."""
    content = criteria.pdf(session, paper)
    return pypdf.PdfReader(io.BytesIO(content)), " ".join(" ".join(pages_of(content)).split())


def titles(reader: pypdf.PdfReader) -> list[str]:
    def flat(outline: list[object]) -> Iterator[str]:
        for one in outline:
            if isinstance(one, list):
                yield from flat(one)
            else:
                yield str(one.title)

    return list(flat(reader.outline))


@pytest.mark.parametrize("number", [7, 11, 16, 26])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_set_says_every_criterion_and_option_with_its_points(session: Session, number: int, language: str) -> None:
    text.set_language(language)
    reader, said = read(session, Paper("set", LAW, number))
    bare = said.replace(" ", "")
    rules = rulebooks.criteria(LAW, number)
    for criterion in rules.criteria:
        assert criterion.name.said(language).replace(" ", "") in bare
        for option in criterion.options:
            assert escaped_words(option.label.said(language)).replace(" ", "") in bare, option.label.said(language)
    marks = sum(o.star is not None for c in rules.criteria for o in c.options)
    counted = len(re.findall(r"[345] sao" if language == "vi" else r"[345]-star", said))
    assert counted == marks
    assert said == unicodedata.normalize("NFC", said)
    assert all(f"{n}/{len(reader.pages)}" in page.extract_text() for n, page in enumerate(reader.pages, 1))


def escaped_words(words: str) -> str:
    """Words as they are drawn."""
    return escaped(words).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_the_head_of_the_table_is_repeated_and_the_outline_leads_to_every_criterion(session: Session) -> None:
    reader, said = read(session, Paper("set", LAW, 11))
    assert said.count("Tiêu chí và các mức") == len(reader.pages) > 2
    assert "Hồ sơ bị loại khi" in said and "Nguồn: Quyết định 26/2026/QĐ-TTg, Phụ lục II, bộ 11" in said
    found = titles(reader)
    assert found[0] == "Bộ 11. Chè tươi, chè chế biến"
    assert [t.split()[0] for t in found if t[0].isdigit()] == list(rulebooks.criteria(LAW, 11).by_code)


@pytest.mark.parametrize("paper", [Paper("set", LAW, 26), Paper("gates", LAW, 11, 5), Paper("comparison", LAW, 11, 0, LAW, 12)])
def test_every_font_is_embedded(session: Session, paper: Paper) -> None:
    reader, _said = read(session, paper)
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts and all("FontFile2" in str(font["/FontDescriptor"].get_object().keys()) for font in fonts)


def test_what_a_rank_needs_fits_one_page_in_every_set(session: Session) -> None:
    for head in rulebooks.rulebook(LAW).heads:
        reader, said = read(session, Paper("gates", LAW, head.number, 5))
        gates = criteria.gates(session, LAW, head.number, 5)
        assert len(reader.pages) == 1, head.number
        assert f"đạt đủ {len(gates.gates)} điều kiện" in said
        assert all(f" {gate.criterion.code} " in said for gate in gates.gates)


def test_a_comparison_names_every_change_in_words(session: Session) -> None:
    _reader, said = read(session, Paper("comparison", LAW, 11, 0, LAW, 12))
    for words in ("21 chỗ khác nhau", "thêm", "bỏ", "đổi lời", "đổi dấu sao", "đổi mã", "4 sao"):
        assert words in said
    _reader, said = read(session, Paper("comparison", LAW, 11, 0, LAW, 11))
    assert "Hai bên giống nhau hoàn toàn." in said
    reader, said = read(session, Paper("comparison", "1048/2019/QĐ-TTg", 0, 0, LAW, 0))
    assert "35 điểm" in said and "Bộ 26 · Dịch vụ du lịch" in said and len(titles(reader)) == 27


def test_words_are_never_taken_for_mark_up() -> None:
    assert escaped("A < B & C > D <b>") == "A &lt; B &amp; C &gt; D &lt;b&gt;"
