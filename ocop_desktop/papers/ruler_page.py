"""A page to align a printer with: crosses 20 mm from the edges and a ruler through the middle, in millimetres of the paper."""

from __future__ import annotations

import io
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ocop_desktop.papers import fonts, typeset
from ocop_desktop.papers.certificate_background import HEIGHT, MIDDLE, WIDTH
from ocop_desktop.papers.fonts import BOLD, SERIF
from ocop_desktop.papers.typeset import Run

CORNER = 20  # millimetres from both edges
ARM = 60  # millimetres of the ruler on each side of the middle
BLACK = (0.0, 0.0, 0.0)
WORDS = (
    "TRANG CĂN MÁY IN",
    "Mỗi dấu cộng ở góc phải cách hai mép giấy gần nhất đúng 20 mm; giao điểm ở giữa là tâm tờ giấy.",
    "Đo bằng thước: dấu cộng góc trên bên trái cách mép trái 22 mm thì cả trang lệch sang phải 2 mm;",
    "nhập −2 vào ô “Sang phải”. Thước ở giữa chia từng mm: nếu 100 mm in ra không đúng 100 mm,",
    "hãy tắt “vừa trang” và chọn tỷ lệ 100 % trong hộp thoại in.")


def render_ruler() -> bytes:
    """The page as a PDF, A4 across."""
    fonts.faces()
    file = io.BytesIO()
    canvas: Any = Canvas(file, pagesize=(WIDTH, HEIGHT), initialFontName=SERIF, lang="vi")
    canvas.setTitle("Trang căn máy in")
    canvas.setLineWidth(0.4)
    for x in (CORNER * mm, WIDTH - CORNER * mm):
        for y in (CORNER * mm, HEIGHT - CORNER * mm):
            canvas.line(x - 8 * mm, y, x + 8 * mm, y)
            canvas.line(x, y - 8 * mm, x, y + 8 * mm)
    _ruler(canvas, across=True)
    _ruler(canvas, across=False)
    for number, words in enumerate(WORDS):
        face, size = (BOLD, 16.0) if number == 0 else (SERIF, 12.0)
        typeset.draw(canvas, (Run(words, face, size, BLACK),), MIDDLE, HEIGHT - 42 - number * 17 - (6 if number else 0))
    canvas.save()
    return file.getvalue()


def _ruler(canvas: Any, across: bool) -> None:
    middle_y = HEIGHT / 2

    def line(along: float, low: float, high: float) -> None:
        if across:
            canvas.line(MIDDLE + along, middle_y + low, MIDDLE + along, middle_y + high)
        else:
            canvas.line(MIDDLE + low, middle_y + along, MIDDLE + high, middle_y + along)

    for tick in range(-ARM, ARM + 1):
        reach = (4 if tick % 10 == 0 else 2.5 if tick % 5 == 0 else 1.5) * mm
        line(tick * mm, 0, reach)
        if tick % 10 == 0 and tick:
            at = (MIDDLE + tick * mm, middle_y + 5.5 * mm) if across else (MIDDLE + 8 * mm, middle_y + tick * mm - 3)
            typeset.draw(canvas, (Run(str(abs(tick)), SERIF, 9, BLACK),), *at)
    if across:
        canvas.line(MIDDLE - ARM * mm, middle_y, MIDDLE + ARM * mm, middle_y)
    else:
        canvas.line(MIDDLE, middle_y - ARM * mm, MIDDLE, middle_y + ARM * mm)
