"""The photo of a product: look at it, keep one, take it away. Shown in the dossier, while scoring and in the hall."""

from __future__ import annotations

from pathlib import Path

from ocop_desktop.data import dossiers
from ocop_desktop.data import photos as kept
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError, why
from ocop_desktop.papers import picture
from ocop_desktop.papers.picture import MOST_BYTES, Picture

__all__ = ["Picture", "keep_photo", "photo", "read_file", "remove_photo"]


def photo(session: Session, product_id: int) -> Picture | None:
    """The photo of a product as JPEG, its longer side at most 1600 pixels; None: it has none."""
    found = kept.get(session, product_id)
    return Picture(*found) if found else None


def keep_photo(session: Session, product_id: int, data: bytes, who: str) -> Picture:
    """Keep a photo in place of the one before, and write it down in the product's history.

    Args:
        data: a JPEG or PNG file as it is; it is turned upright and scaled.

    Raises:
        UserError: it is no picture, damaged, too heavy or too large; or the product is gone.
    """
    made = picture.scaled(data)
    if not dossiers.dossiers_of_product(session, product_id):
        raise UserError("Hồ sơ này không còn trong tệp dữ liệu; hãy mở lại danh sách hồ sơ.")
    kept.put(session, product_id, made.content, made.width, made.height)
    dossiers.write_line(session, who, "product", product_id, "photo", None, None)
    return made


def remove_photo(session: Session, product_id: int, who: str) -> Picture | None:
    """Take a product's photo away; what was there, so that it can be kept again."""
    before = photo(session, product_id)
    if before is not None:
        kept.remove(session, product_id)
        dossiers.write_line(session, who, "product", product_id, "photo_removed", None, None)
    return before


def read_file(path: str | Path) -> bytes:
    """A picture file's bytes.

    Raises:
        UserError: it cannot be read, or is far too heavy for a photo.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError("Ảnh nặng {size} MB, quá giới hạn {limit} MB; hãy thu nhỏ ảnh rồi chọn lại.",
                            size=path.stat().st_size >> 20, limit=MOST_BYTES >> 20)
        return path.read_bytes()
    except OSError as error:
        raise UserError("Không đọc được ảnh “{file}” ({why}); hãy kiểm tra tệp rồi thử lại.",
                        file=path.name, why=why(error)) from None
