"""Pictures as they are kept: scaled, upright, always JPEG; what is no picture or unfolds too far ends in a sentence."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from ocop_desktop import text
from ocop_desktop.errors import UserError
from ocop_desktop.papers.picture import scaled

ROOT = Path(__file__).resolve().parents[2]


def made(kind: str, size: tuple[int, int], mode: str = "RGB", **how: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, (200, 30, 30, 0)[: len(mode)]).save(out, kind, **how)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(("kind", "size", "kept"), [
    ("JPEG", (4000, 3000), (1600, 1200)), ("PNG", (500, 3200), (250, 1600)), ("PNG", (640, 480), (640, 480))])
def test_the_longer_side_is_scaled_down_and_never_up(kind: str, size: tuple[int, int], kept: tuple[int, int]) -> None:
    found = scaled(made(kind, size))
    picture = opened(found.content)
    assert (found.width, found.height) == picture.size == kept
    assert picture.format == "JPEG" and picture.mode == "RGB"


def test_a_telephone_s_turn_is_applied() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    found = scaled(made("JPEG", (400, 200), exif=exif))
    assert (found.width, found.height) == (200, 400)
    assert not opened(found.content).getexif()


def test_what_is_clear_stands_on_white() -> None:
    assert opened(scaled(made("PNG", (20, 20), "RGBA")).content).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1"])
def test_a_large_picture_is_the_same_in_strips(mode: str) -> None:
    size = (1000, 3001)
    fine = Image.linear_gradient("L").resize(size)
    picture = (Image.merge("RGBA", (fine, fine, fine, Image.new("L", size, 255))) if mode == "RGBA" else fine).convert(mode)
    out = io.BytesIO()
    picture.save(out, "PNG")
    whole = picture.convert("RGB").resize((100, 300), Image.Resampling.BOX)
    strips = opened(scaled(out.getvalue(), 300).content)
    assert strips.size == (100, 300)
    off = ImageChops.difference(strips.convert("RGB"), whole).convert("L")
    assert off.getextrema()[1] <= (12 if mode != "1" else 90)


MEMORY = """
import re, sys
from pathlib import Path
from ocop_desktop.papers.picture import scaled
found = scaled(Path(sys.argv[1]).read_bytes())
most = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(found.width, found.height, int(most[1]) >> 10)
"""


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_large_picture_takes_the_room_of_its_points_and_no_copies(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "lon.png"
    path.write_bytes(made("PNG", (7700, 7700), mode, compress_level=1))
    said = subprocess.run([sys.executable, "-c", MEMORY, str(path)], check=True, capture_output=True, text=True, cwd=ROOT)
    width, height, megabytes = map(int, said.stdout.split())
    assert (width, height) == (1600, 1600)
    assert megabytes < 7700 * 7700 * 4 * 1.5 / (1 << 20)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it unfolds to ``width`` x ``height``."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("data", "words"), [
    (b"day la van ban", "không phải ảnh JPEG hoặc PNG"), (b"", "không phải ảnh JPEG hoặc PNG"),
    (made("GIF", (10, 10)), "không phải ảnh JPEG hoặc PNG"), (made("JPEG", (900, 900))[:-400], "bị hỏng"),
    (made("PNG", (900, 900))[:200], "bị hỏng"), (bomb(9000, 9000), "9000 × 9000 điểm ảnh"),
    (bomb(60000, 60000), "quá nhiều điểm ảnh"), (b"\xff\xd8" + b"\0" * (41 << 20), "nặng 41 MB")])
def test_a_bad_picture_ends_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UserError) as caught:
        scaled(data)
    assert words in text.say(caught.value)
