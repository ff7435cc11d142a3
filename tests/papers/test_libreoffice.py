"""Every Word and Excel file is opened by another program, LibreOffice, and says there what it says here.

All files are converted by one start of LibreOffice. Where it is missing the test fails: `dev.py test` installs it where it may.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pypdfium2
import pytest

from ocop_desktop.actions import (
    dashboard,
    dashboard_files,
    exporting,
    paper_templates,
    programme_figures,
    programme_report,
    programme_sheets,
    session_papers,
    summary,
)
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.actions.session_papers import SessionPaper
from tests.expected.examples import DAY, fill, word_files

PLACES = (r"C:\Program Files\LibreOffice\program\soffice.com", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
FELL_TOGETHER = 2  # letters of one line, in two stand-in faces of one code each, that the reader of PDFs takes for one
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def office() -> str:
    """The program, or a failure that says what to do."""
    found = shutil.which("soffice") or next((place for place in PLACES if Path(place).exists()), "")
    if not found:
        pytest.fail("LibreOffice is missing; on Debian: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui")
    return found


def write(folder: Path) -> None:
    """Every kind of Word and Excel file."""
    database = open_or_create(folder / "a.ocop")
    with database.begin() as session:
        round_ = fill(session)
        for key, content in word_files(session, round_):
            (folder / f"{key}.docx").write_bytes(content)
        for kind in ("invitation", "notice-communes"):  # with the office's own words
            paper_templates.save_for_editing(session, kind, folder / f"text-{kind}.docx")
            paper_templates.use(session, kind, folder / f"text-{kind}.docx")
            session_papers.save_pdf(session, SessionPaper(round_.session_id, kind), folder / f"own-{kind}.docx")
        summary.write_summary(session, folder / "summary.xlsx", DAY)
        for layout in exporting.LAYOUTS:
            exporting.export(session, layout, folder / f"export-{layout}.xlsx", DAY)
        report = programme_figures.compare(session, dt.date(2026, 1, 1), DAY, DAY)
        programme_sheets.write_workbook(session, report, folder / "programme.xlsx")
        dashboard_files.write_dashboard(dashboard.dashboard(session, DAY), programme_report.standing_periods(session, DAY),
                                        folder / "dashboard.xlsx")
    database.close()
    for layout, _words in exporting.template_choices():
        exporting.template(layout, folder / f"template-{layout}.xlsx")


def convert(folder: Path) -> None:
    """All files of a folder into its folder ``pdf``, by one start of LibreOffice."""
    profile = (folder / "profile").as_uri()
    files = sorted(str(path) for path in folder.iterdir() if path.suffix in (".docx", ".xlsx"))
    done = subprocess.run([office(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir",
                           str(folder / "pdf"), *files], capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.timeout(300)
def test_libreoffice_opens_every_word_and_excel_file(tmp_path: Path):
    """One test, so that one start is enough whatever runs beside it."""
    write(tmp_path)
    convert(tmp_path)
    word_files_say_all_their_words(tmp_path)
    excel_files_say_their_titles_heads_and_charts(tmp_path)
    packages_are_whole_and_nothing_in_them_is_live(tmp_path)


def letters(words: Iterable[str]) -> Counter[str]:
    """How often each letter stands; in which order a converted page gives them depends on the machine's fonts."""
    return Counter(re.sub(r"\s", "", unicodedata.normalize("NFC", "".join(words))))


def seen(pdf: Path) -> Counter[str]:
    """The letters of a converted file."""
    document = pypdfium2.PdfDocument(pdf)
    assert len(document)
    words = [page.get_textpage().get_text_range().replace("\ufffe", "-").replace("\x02", "-") for page in document]
    document.close()
    return letters(words)


def word_files_say_all_their_words(written: Path) -> None:
    files = sorted(written.glob("*.docx"))
    assert len(files) > 10
    for path in files:
        body = docx.Document(str(path)).element.body
        said = letters(t.text or "" for t in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))
        lost = said - seen(written / "pdf" / f"{path.stem}.pdf")
        assert sum(said.values()) > 200 and lost.total() <= FELL_TOGETHER, (path.name, lost)


def excel_files_say_their_titles_heads_and_charts(written: Path) -> None:
    files = sorted(written.glob("*.xlsx"))
    assert len(files) > 10
    for path in files:
        said: list[str] = []
        for page in openpyxl.load_workbook(path):
            said += [chart.title.tx.rich.p[0].r[0].t for chart in page._charts]
            if page.sheet_state == "visible":
                cells = (cell.value for row in page.iter_rows(max_row=6) for cell in row)
                said += [value for value in cells if isinstance(value, str) and len(value) < 12]  # longer ones may be cut
        assert not letters(said) - seen(written / "pdf" / f"{path.stem}.pdf"), path.name
    assert len(openpyxl.load_workbook(written / "summary.xlsx")["Biểu đồ"]._charts) == 6


def parts(path: Path) -> Iterator[str]:
    """What is wrong with the package of a file: parts of no known kind, relations to nothing, broken XML, live formulas."""
    with zipfile.ZipFile(path) as file:
        names = set(file.namelist())
        kinds = ElementTree.fromstring(file.read("[Content_Types].xml"))
        known = {kind.get("PartName", "").lstrip("/") for kind in kinds} | {f".{kind.get('Extension')}" for kind in kinds}
        for name in names - {"[Content_Types].xml"}:
            if name not in known and Path(name).suffix not in known:
                yield f"{name}: of no kind"
            if name.endswith((".xml", ".rels")):
                root = ElementTree.fromstring(file.read(name))
                if any(tag.tag.endswith("}f") for tag in root.iter()) and "/worksheets/" in name:
                    yield f"{name}: a formula"
                yield from (f"{name}: {found}" for found in _nowhere(name, root, names))


def _nowhere(name: str, root: ElementTree.Element, names: set[str]) -> Iterator[str]:
    folder = Path(name).parent.parent
    for relation in root.iter(RELATIONS):
        target = relation.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else (folder / target).as_posix()
        parts: list[str] = []
        for part in whole.split("/"):
            parts = parts[:-1] if part == ".." else [*parts, part]
        if relation.get("TargetMode") != "External" and "/".join(parts) not in names:
            yield f"no {target}"


def packages_are_whole_and_nothing_in_them_is_live(written: Path) -> None:
    for path in (*written.glob("*.xlsx"), *written.glob("*.docx")):
        assert list(parts(path)) == [], path.name
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as file:
                tabs = re.findall(r'<sheet [^>]*name="([^"]*)"', file.read("xl/workbook.xml").decode())
            assert tabs and all(len(tab) <= 31 and not re.search(r"[\[\]:*?/\\]", tab) for tab in tabs), path.name
