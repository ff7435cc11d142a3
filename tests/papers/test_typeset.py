"""Where a name may be broken: between words, never inside a word of two syllables."""

import pytest

from ocop_desktop.papers.fonts import BOLD, width
from ocop_desktop.papers.state_pdf import balanced


@pytest.mark.parametrize(("name", "room", "lines"), [
    ("HỘI ĐỒNG ĐÁNH GIÁ, PHÂN HẠNG", 190, ["HỘI ĐỒNG ĐÁNH GIÁ,", "PHÂN HẠNG"]),
    ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", 190, ["SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"]),
    ("TỔ TƯ VẤN ĐÁNH GIÁ SẢN PHẨM OCOP", 190, ["TỔ TƯ VẤN ĐÁNH GIÁ", "SẢN PHẨM OCOP"]),
    ("SỞ Y TẾ", 190, ["SỞ Y TẾ"]),
])
def test_a_letterhead_breaks_at_sense(name: str, room: float, lines: list[str]) -> None:
    made = list(balanced(name, room, 12))
    assert made == lines and all(width(line, BOLD, 12) <= room for line in made)
