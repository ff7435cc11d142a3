"""A picture as it is kept: looked into before it is unfolded, turned upright, scaled, always a JPEG."""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from ocop_desktop.errors import UserError

LONGEST = 1600  # pixels of the longer side
QUALITY = 85
STRIP = 64  # rows of the small picture made at a time
MOST_BYTES = 40 << 20
MOST_PIXELS = 60_000_000  # more than any telephone takes; a picture that unfolds further is refused before it does
KINDS = ("JPEG", "PNG")

_DAMAGED = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError, struct.error)


@dataclass(frozen=True)
class Picture:
    """A JPEG with its size in pixels."""

    content: bytes
    width: int
    height: int


def scaled(data: bytes, longest: int = LONGEST) -> Picture:
    """A picture ready to be kept.

    Args:
        data: a JPEG or PNG file, whatever it is called.
        longest: pixels its longer side has at most.

    Raises:
        UserError: it is too heavy, too large, damaged, or no JPEG or PNG; says what to do.
    """
    if len(data) > MOST_BYTES:
        raise UserError("Ảnh nặng {size} MB, quá giới hạn {limit} MB; hãy thu nhỏ ảnh rồi chọn lại.",
                        size=len(data) >> 20, limit=MOST_BYTES >> 20)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is stricter and has a sentence
            with Image.open(io.BytesIO(data), formats=KINDS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise _too_large(opened.width, opened.height)
                return _kept(opened, longest)
    except Image.UnidentifiedImageError:
        raise UserError("Tệp này không phải ảnh JPEG hoặc PNG; hãy chọn tệp .jpg hoặc .png.") from None
    except Image.DecompressionBombError:
        raise UserError("Ảnh có quá nhiều điểm ảnh; hãy thu nhỏ ảnh rồi chọn lại.") from None
    except _DAMAGED:  # what a damaged file raises while it is unfolded
        raise UserError("Ảnh bị hỏng hoặc chưa tải về đủ; hãy xin lại tệp ảnh rồi chọn lại.") from None


def as_kept(data: bytes) -> Picture:
    """A picture another file of ours kept: taken as it is, so that both stay the same.

    Raises:
        UserError: it is not what ``scaled`` makes.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as opened:
            if max(opened.size) <= LONGEST:
                made = Picture(data, opened.width, opened.height)
                opened.draft("L", (LONGEST // 8, LONGEST // 8))  # the quickest way to see that it goes on to its end
                opened.load()
                return made
    except (Image.UnidentifiedImageError, Image.DecompressionBombError, *_DAMAGED):
        pass  # told below
    raise UserError("Ảnh trong tệp bị hỏng hoặc không do chương trình này lưu; hãy xin lại tệp.")


def _too_large(width: int, height: int) -> UserError:
    return UserError("Ảnh có {width} × {height} điểm ảnh, quá lớn để giữ trong tệp dữ liệu; hãy thu nhỏ ảnh rồi chọn lại.",
                     width=width, height=height)


def _kept(opened: Image.Image, longest: int) -> Picture:
    opened.draft("RGB", (longest, longest))  # a JPEG unfolds at the size that is needed, no more
    small = _small(opened, longest)
    turned = opened.getexif()
    if turned:
        small.info["exif"] = turned.tobytes()  # says which side is up
    upright = ImageOps.exif_transpose(small)
    upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), upright.width, upright.height)


def _small(opened: Image.Image, longest: int) -> Image.Image:
    """An opened picture in plain colours at up to twice ``longest``, strip by strip: copies of a large one fill a computer."""
    by = max(1, max(opened.size) // longest)
    width, height = opened.size
    small = Image.new("RGB", (-(-width // by), -(-height // by)))
    for top in range(0, height, STRIP * by):
        strip = opened.crop((0, top, width, min(top + STRIP * by, height)))
        small.paste(_plain(strip).reduce(by), (0, top // by))
    return small


def _plain(strip: Image.Image) -> Image.Image:
    """Plain colours: 16-bit grey is scaled to 8, what is clear stands on white."""
    if strip.mode.startswith("I"):  # Pillow would cut off what is over 255 instead of scaling it
        strip = strip.point(lambda value: value / 256).convert("L")
    if strip.mode in ("RGBA", "LA", "PA") or "transparency" in strip.info:
        layer = strip.convert("RGBA")
        strip = Image.new("RGB", layer.size, "white")
        strip.paste(layer, mask=layer.getchannel("A"))
    return strip.convert("RGB")
