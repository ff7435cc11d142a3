"""The files of a mail merge that makes the certificates of ``bench_certificates``, and the time LibreOffice takes for it."""

from __future__ import annotations

import base64
import csv
import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from ocop_desktop.papers import certificate_background as page
from ocop_desktop.papers.certificate import Certificate
from ocop_desktop.rules.certificate_design_default import DEFAULT

LATE = 3  # exit code of a merge that was not done in time
PYTHON = "/usr/bin/python3"  # the one python3-uno belongs to
FIELDS = ("number", "product", "producer", "stars", "decision_number", "decision_date", "issued_on", "valid_until", "code",
          "set_name", "address", "authority", "place", "signatory_name")
SIZES = {"product": 28, "producer": 14, "stars": 17}  # of the words that are not 12.5 points
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="297mm" fo:page-height="210mm"
 style:print-orientation="landscape" fo:margin="20mm"/></style:page-layout>
<style:style style:name="behind" style:family="graphic"><style:graphic-properties style:run-through="background"
 style:wrap="run-through" style:vertical-pos="from-top" style:vertical-rel="page" style:horizontal-pos="from-left"
 style:horizontal-rel="page"/></style:style>"""
_STYLE = """<style:style style:name="s{size}" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
<style:text-properties style:font-name="Spectral" fo:font-size="{size}pt"/></style:style>"""
_BODY = """</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm"/></office:master-styles>
<office:body><office:text><text:p text:style-name="s12.5"><draw:frame draw:style-name="behind" text:anchor-type="paragraph"
 svg:x="0mm" svg:y="0mm" svg:width="297mm" svg:height="210mm"><draw:image><office:binary-data>{picture}</office:binary-data>
</draw:image></draw:frame></text:p>"""
_FIELD = """<text:p text:style-name="s{size}"><text:database-display text:table-name="data" text:table-type="table"
 text:column-name="{field}" text:database-name="ocop">{field}</text:database-display></text:p>"""
_TAIL = "</office:text></office:body></office:document>"


def missing() -> str:
    """What this computer lacks for a mail merge, or nothing."""
    found = shutil.which("soffice")
    if found is None:
        return "libreoffice-writer-nogui is not installed"
    if not Path(found).resolve().with_name("libdbaxmllo.so").exists():
        return "libreoffice-base-nogui is not installed"
    uno = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return "" if uno.returncode == 0 else "python3-uno is not installed"


def seconds(certificates: list[Certificate], at_most: float) -> float | None:
    """How long LibreOffice takes to merge certificates into one PDF; None when it is not done after ``at_most`` seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder, certificates)
        script = Path(__file__).with_name("mail_merge.py")
        done = subprocess.run([PYTHON, str(script), name, str(at_most)], capture_output=True, text=True, check=False)
        if done.returncode == LATE:
            return None
        if done.returncode or not list(folder.glob("merged*.pdf")):
            raise SystemExit(f"no merge: {done.stderr[-800:]}")
        return float(done.stdout)


def _write(folder: Path, certificates: list[Certificate]) -> None:
    with (folder / "data.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(FIELDS)
        for one in certificates:
            rows.writerow([getattr(one, field) for field in FIELDS])
    sizes = [SIZES.get(field, 12.5) for field in FIELDS]
    styles = "".join(_STYLE.format(size=size) for size in sorted({12.5, *sizes}))
    fields = "".join(_FIELD.format(size=size, field=field) for field, size in zip(FIELDS, sizes, strict=True))
    (folder / "template.fodt").write_text(_HEAD + styles + _BODY.format(picture=_background()) + fields + _TAIL, encoding="utf-8")


def _background() -> str:
    """The designed background as offices put it into Word: a picture of 150 dots an inch."""
    file = io.BytesIO()
    canvas: Any = Canvas(file, pagesize=(page.WIDTH, page.HEIGHT))
    page.draw(canvas, DEFAULT)
    canvas.save()
    picture = io.BytesIO()
    pypdfium2.PdfDocument(file.getvalue())[0].render(scale=150 / 72).to_pil().save(picture, "JPEG", quality=85)
    return base64.b64encode(picture.getvalue()).decode()
