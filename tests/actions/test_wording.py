"""The law's words attached to a file: kept whole, replaced, taken away; foreign and hostile documents change nothing."""

from __future__ import annotations

import hashlib
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ocop_desktop.actions import rulebooks, scoring, wording
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables_rulebook import Wording
from ocop_desktop.errors import UserError
from tests import law_documents as made
from tests.actions.hall import LAW, open_hall
from tests.law_document_writer import Writer, docx_bytes

PLAIN = made.LAYOUTS[0]


def written(sets: list[made.SetText], folder: Path, layout: made.Layout = PLAIN) -> Path:
    return Writer(layout, random.Random(1)).write(sets, folder)


def kept(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Wording))


def test_the_words_of_a_whole_document_stand_beside_every_label(session: Session, tmp_path: Path) -> None:
    sets = made.invented(1)
    path = written(sets, tmp_path)
    seen = wording.look(session, path)
    assert seen.whole and kept(session) == 0
    assert (seen.criteria, seen.options, seen.sets) == (787, 2579, 26)
    attached = wording.attach(session, seen)
    assert attached.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert wording.attached(session) == (attached,)
    for number in (4, 26):
        words = wording.words_of(session, rulebooks.rulebook(LAW), number)
        read = words.over(rulebooks.rulebook(LAW).set(number))
        for criterion in sets[number - 1].criteria:
            assert read.by_code[criterion.code].name.vi == " ".join(criterion.text.split())
            for option in criterion.options:
                assert read.by_code[criterion.code].by_choice[option.choice].label.vi == " ".join(option.text.split())
    assert not read.exclusions or not read.exclusions[0].vi.startswith("Hồ sơ bị loại khi")


def test_a_later_document_takes_the_place_of_the_earlier_one_and_can_be_taken_away(session: Session, tmp_path: Path) -> None:
    wording.attach(session, wording.look(session, written(made.invented(1), tmp_path)))
    few = [s for s in made.invented(2) if s.number in (3, 5)]
    seen = wording.look(session, written(few, tmp_path))
    wording.attach(session, seen)
    assert [(one.criteria, one.options) for one in wording.attached(session)] == [(seen.criteria, seen.options)]
    assert {row.set for row in seen.missing} == set(range(1, 27)) - {3, 5} and len(seen.missing) == 24
    book = rulebooks.rulebook(LAW)
    assert wording.words_of(session, book, 1) is None and wording.words_of(session, book, 3) is not None
    assert wording.detach(session, LAW) > 0
    assert kept(session) == 0 and not wording.attached(session) and wording.words_of(session, book, 3) is None


def test_every_difference_is_told_in_words_and_for_machines(session: Session, tmp_path: Path) -> None:
    sets = made.invented(1)
    for number, code, choice, change in ((4, "7", "3", {"points": 13}), (5, "1.1", "1", {"points": None}),
                                         (6, "1.1", "1", {"star": 5})):
        criteria = [replace(c, options=tuple(replace(o, **change) if (c.code, o.choice) == (code, choice) else o
                                             for o in c.options)) for c in sets[number - 1].criteria]
        sets[number - 1] = replace(sets[number - 1], criteria=tuple(criteria))
    seen = wording.look(session, written(sets, tmp_path))
    said = wording.summary(seen)
    assert {(d["set"], d["criterion"], d["option"], d["document"]) for d in said["differences"]} == {
        (4, "7", "3", 13), (5, "1.1", "1", None), (6, "1.1", "1", "5 sao")}
    assert "bộ 4, tiêu chí 7, mức 3: văn bản 13, chương trình 3" in wording.sentences(seen)
    assert list(said) == ["criteria_attached", "options_attached", "criteria_total", "options_total", "differences", "unmatched"]
    assert not seen.whole and not said["unmatched"]


def test_a_mark_the_rulebook_itself_calls_doubtful_is_told_apart(session: Session, tmp_path: Path) -> None:
    sets = made.invented(1)
    criteria = [replace(c, options=(*c.options[:4], replace(c.options[4], text=c.options[4].text + " * * * *")))
                if c.code == "5.1" else c for c in sets[2].criteria]
    sets[2] = replace(sets[2], criteria=tuple(criteria))
    seen = wording.look(session, written(sets, tmp_path))
    assert not seen.findings and [(d.set, d.criterion, d.option, d.document) for d in seen.known] == [(3, "5.1", "5", "4 sao")]
    assert any("cần xem lại" in line for line in wording.sentences(seen))


def test_a_new_mark_in_a_criterion_of_doubtful_points_is_a_finding(session: Session, tmp_path: Path) -> None:
    sets = made.invented(1)
    criteria = [replace(c, options=(*c.options[:2], replace(c.options[2], star=3))) if c.code == "3.1" else c
                for c in sets[6].criteria]
    sets[6] = replace(sets[6], criteria=tuple(criteria))
    seen = wording.look(session, written(sets, tmp_path))
    assert [(d.set, d.criterion, d.option) for d in seen.findings] == [(7, "3.1", "3")] and not seen.known


def test_a_member_reads_the_law_s_words_on_the_ballot(session: Session, tmp_path: Path) -> None:
    open_hall(session)
    assert scoring.own_ballot(session, 1, 1).words is None
    wording.attach(session, wording.look(session, written(made.invented(1), tmp_path)))
    view = scoring.own_ballot(session, 1, 1)
    assert view.words is not None and view.words.number == view.rules.number
    assert len(view.words.criteria) == len(view.rules.criteria)


OTHERS = {
    "another number": ("<p>Số: 148/QĐ-TTg</p>", "148"),
    "another year": ("<p>Số: 26/2019/QĐ-TTg</p>", "26/2019"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_decision_is_refused_by_its_number(session: Session, tmp_path: Path, name: str) -> None:
    path = written(made.invented(1)[:3], tmp_path)
    line, number = OTHERS[name]
    path.write_text(path.read_text("utf-8").replace("<body>", f"<body>{line}"), "utf-8")
    with pytest.raises(UserError, match=f"Quyết định số {number}, không phải"):
        wording.look(session, path)


def test_tables_of_another_decision_are_refused_by_what_they_hold(session: Session, tmp_path: Path) -> None:
    chance = random.Random(2)
    sets = [replace(s, criteria=tuple(replace(c, max=(c.max or 1) + chance.randint(1, 5),
                                              options=tuple(replace(o, points=(o.points or 0) + chance.randint(1, 9), star=None)
                                                            for o in c.options)) for c in s.criteria))
            for s in made.invented(1)[:6]]
    with pytest.raises(UserError, match="khác hẳn"):
        wording.look(session, written(sets, tmp_path))
    path = tmp_path / "other.html"
    path.write_text("<table><tr><td>Tên</td><td>Tuổi</td></tr><tr><td>Hoa</td><td>3</td></tr></table>", "utf-8")
    with pytest.raises(UserError, match="không có bảng tiêu chí"):
        wording.look(session, path)
    with pytest.raises(UserError, match="lịch sử"):
        wording.look(session, path, "148/2023/QĐ-TTg")


def hostile(folder: Path) -> list[Path]:
    """Files made to do harm."""
    bomb = folder / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(210):
            part.write(b"<w:p>" * (200 << 10))
    entities = folder / "entities.docx"
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    laugh = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "ha">{levels}]><w>&a8;</w>'
    with zipfile.ZipFile(entities, "w") as archive:
        archive.writestr("word/document.xml", laugh)
    big = folder / "big.html"
    with big.open("wb") as file:
        file.write(b"<table><tr><td>")
        file.truncate(100 << 20)
    page = folder / "entities.html"
    page.write_text(f"<!DOCTYPE html [{levels}]><table><tr><td>&a8;</td></tr></table>", "utf-8")
    broken = folder / "broken.docx"
    broken.write_bytes(docx_bytes("<w:p/>" * 1000)[:-60])
    without = folder / "without.docx"
    without.write_bytes(docx_bytes("<w:p><w:r><w:t>Quyết định</w:t></w:r></w:p>"))
    return [bomb, entities, big, page, broken, without]


def test_hostile_files_are_refused_with_one_sentence_and_change_nothing(session: Session, tmp_path: Path) -> None:
    wording.attach(session, wording.look(session, written([made.invented(1)[0]], tmp_path)))
    before = kept(session)
    for path in hostile(tmp_path):
        with pytest.raises(UserError) as refused:
            wording.look(session, path)
        assert path.name in str(refused.value) and str(refused.value).endswith(".")
    assert kept(session) == before
