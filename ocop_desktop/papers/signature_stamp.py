"""What a signed paper shows: who signed, when, why; a small framed block as a PDF page of its own, to be put on the paper."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepInFrame

from ocop_desktop.papers import fonts
from ocop_desktop.papers.fonts import SERIF

FRAME = (0.106, 0.42, 0.29)
SIZE = 9.0


@dataclass(frozen=True)
class SignatureStamp:
    """The words: ``name`` and ``body`` (organisation) from the certificate, the moment, the reason where one was given."""

    name: str
    body: str
    at: dt.datetime
    reason: str = ""


def lines(stamp: SignatureStamp) -> tuple[tuple[str, str], ...]:
    """What stands in the block, lead and words; state papers are Vietnamese whatever the window speaks."""
    at = stamp.at
    zone = at.strftime("%z")
    moment = f"{at:%d/%m/%Y %H:%M:%S}" + (f" {zone[:3]}:{zone[3:]}" if zone else "")
    found = [("Ký bởi:", stamp.name), ("Cơ quan:", stamp.body), ("Thời gian ký:", moment), ("Lý do:", stamp.reason)]
    return tuple((lead, words) for lead, words in found if words)


def render(stamp: SignatureStamp, wide: float, high: float) -> bytes:
    """The block, so many points wide and high; its words shrink until they fit."""
    from ocop_desktop.papers.state_pdf import text

    file = io.BytesIO()
    fonts.faces()
    canvas = Canvas(file, pagesize=(wide, high), initialFontName=SERIF)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setStrokeColorRGB(*FRAME)
    canvas.setLineWidth(0.8)
    canvas.roundRect(0.5, 0.5, wide - 1, high - 1, 3, stroke=1, fill=0)
    story = [text(_printable(words), SIZE, lead=lead) for lead, words in lines(stamp)]
    inside = KeepInFrame(wide - 10, high - 6, story, mode="shrink", vAlign="MIDDLE")
    _wide, tall = inside.wrapOn(canvas, wide - 10, high - 6)
    inside.drawOn(canvas, 5, (high - tall) / 2)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _printable(words: str) -> str:
    clean = fonts.clean(words)
    lacking = fonts.missing(clean)
    return "".join(c for c in clean if c not in lacking)
