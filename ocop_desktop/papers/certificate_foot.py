"""The foot of a certificate: code and validity on the left, place, date and signature on the right."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ocop_desktop.papers import typeset
from ocop_desktop.papers.certificate_background import HEIGHT, INK, MIDDLE, QUIET, RIGHT, WIDTH
from ocop_desktop.papers.fonts import BOLD, ITALIC, SERIF
from ocop_desktop.papers.state_paper import long_date, short_date
from ocop_desktop.papers.typeset import Run

if TYPE_CHECKING:
    from ocop_desktop.papers.certificate import Certificate

CODE = (72.0, 57.0, 74.0)  # left, bottom, side of the QR code
PALE = (0.87, 0.92, 0.89)
ROOM = 2 * (WIDTH - RIGHT - 62)
NAME, CLEAR = 45.0, 90.0  # baseline of the signatory's name; up to that of the line above: 25 mm clear for signature and seal
LINE = 16.0


def draw_signature(canvas: Any, certificate: Certificate) -> None:
    """Place and date, capacity, room for signature and seal, name."""
    day = long_date(certificate.issued_on)
    place = f"{certificate.place}, {day}" if certificate.place else day[0].upper() + day[1:]
    y = place_height(certificate)
    _draw_fitted(canvas, Run(place, ITALIC, 12.5, INK), y)
    for line in certificate.signatory:
        y -= LINE
        _draw_fitted(canvas, Run(line, BOLD, 12.5, INK), y)
    _draw_fitted(canvas, Run(certificate.signatory_name, BOLD, 13, INK), NAME)


def place_height(certificate: Certificate) -> float:
    """Baseline of place and date, the highest line of the foot: the more lines of capacity, the higher."""
    return NAME + CLEAR + LINE * len(certificate.signatory)


def draw_validity(canvas: Any, until: dt.date, signed: bool) -> None:
    """White ground for the code; beside it the last day of validity and how to check, or that the code proves nothing."""
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(CODE[0] - 6, CODE[1] - 6, CODE[2] + 12, CODE[2] + 12, stroke=0, fill=1)
    x, y = CODE[0] + CODE[2] + 14, CODE[1] + 36
    typeset.draw_from(canvas, (Run("Có giá trị đến ", SERIF, 11.5, INK), Run(short_date(until), BOLD, 11.5, INK)), x, y)
    words = (("Kiểm tra thật giả không cần mạng:", "quét mã bằng OCOP Desktop") if signed else
             ("Mã chưa có chữ ký số,", "không chứng minh giấy là thật"))
    for place, line in enumerate(words):
        typeset.draw_from(canvas, (Run(line, SERIF, 10.5, QUIET),), x, y - 17 - 14 * place)


def draw_mark(canvas: Any, words: str) -> None:
    """Pale words across the page, drawn before all others."""
    canvas.saveState()
    canvas.translate(MIDDLE, HEIGHT / 2)
    canvas.rotate(28)
    typeset.draw(canvas, (Run(words, BOLD, 92, PALE),), 0, -30, spacing=6)
    canvas.restoreState()


def _draw_fitted(canvas: Any, run: Run, y: float) -> None:
    factor = min(1.0, ROOM / run.width) if run.text else 1.0
    typeset.draw(canvas, typeset.scaled((run,), factor), RIGHT, y)
