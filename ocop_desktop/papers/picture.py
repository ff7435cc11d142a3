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


def _too_large(width: int, height: int) -> UserError:
    return UserError("Ảnh có {width} × {height} điểm ảnh, quá lớn để giữ trong tệp dữ liệu; hãy thu nhỏ ảnh rồi chọn lại.",
                     width=width, height=height)


def _kept(opened: Image.Image, longest: int) -> Picture:
    opened.draft("RGB", (longest, longest))  # a JPEG unfolds at the size that is needed, no more
    upright = ImageOps.exif_transpose(opened)
    if upright.mode.startswith("I"):  # 16-bit grey: Pillow would cut off what is over 255 instead of scaling it
        upright = upright.point(lambda value: value / 256).convert("L")
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        upright = Image.new("RGB", layer.size, "white")
        upright.paste(layer, mask=layer.getchannel("A"))
    upright = upright.convert("RGB")
    upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), upright.width, upright.height)
