"""The law as the office downloaded it - saved web page or Word document - as plain lines and tables in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ocop_desktop.errors import UserError, missing_file, why
from ocop_desktop.sheets.law_tables import Block, Builder, Line, Row, Table
from ocop_desktop.text import _

__all__ = ["Block", "LawDocument", "Line", "Row", "Table", "read_document"]

Progress = Callable[[int, int, str], None]
LARGEST = 64 << 20  # bytes on disk
SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".mht", ".mhtml", ".docx", ".docm", ".doc"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|table|div|p|meta|span)\b", re.I)


@dataclass(frozen=True)
class LawDocument:
    """What one file says.

    Args:
        file: its name, for places in reports.
        blocks: lines and tables in reading order; tables are numbered from 1.
    """

    file: str
    blocks: tuple[Block, ...]

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order."""
        return tuple(b for b in self.blocks if isinstance(b, Table))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines between tables, in reading order."""
        return tuple(b for b in self.blocks if isinstance(b, Line))


def read_document(path: Path, progress: Progress | None = None) -> LawDocument:
    """Read a saved web page (.html, .mhtml) or a Word document (.docx); what the bytes are counts, not the ending.

    Args:
        progress: called with (done, total, what is being done); may raise to stop.

    Raises:
        UserError: not such a file, damaged, too large or unsafe, or without a single table; says what to do.
    """
    if progress:
        progress(0, 2, _("Đang đọc văn bản"))
    data = _bytes(path)
    builder = Builder(path.name)
    if data.startswith(b"PK"):
        from ocop_desktop.sheets import law_word

        law_word.read(law_word.text_part(data, path.name), path.name, builder)
    else:
        from ocop_desktop.sheets import law_web_page

        _refuse_others(data, path.name)
        page = law_web_page.unpack(data, path.name) if law_web_page.is_archive(data) else law_web_page.decode(data)
        if not _PAGE.search(page):
            raise UserError(
                "Tệp “{file}” không phải trang web hay văn bản Word; hãy lưu Quyết định dạng .docx hoặc trang web .html.",
                file=path.name,
            )
        law_web_page.read(page, builder)
    document = LawDocument(path.name, builder.blocks())
    if not document.tables:
        raise UserError(
            "Tệp “{file}” không có bảng nào; hãy chọn tệp .docx hoặc trang web .html có các bảng tiêu chí.", file=path.name
        )
    if progress:
        progress(1, 2, _("Đang đọc văn bản"))
    return document


def _bytes(path: Path) -> bytes:
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        raise UserError(
            "Tệp “{file}” là PDF, không đọc được bảng; hãy mở bằng Word rồi lưu thành .docx, hoặc lưu trang web của văn bản "
            "dạng .html.",
            file=path.name,
        )
    if suffix not in SUFFIXES:
        raise UserError(
            "Tệp “{file}” không phải văn bản Word hay trang web; hãy lưu Quyết định dạng .docx hoặc trang web .html.",
            file=path.name,
        )
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(
                "Tệp “{file}” lớn quá {limit} MB; hãy chép riêng phần phụ lục tiêu chí sang tệp mới.",
                file=path.name,
                limit=LARGEST >> 20,
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise missing_file(path) from None
    except OSError as fault:
        raise UserError("Không mở được tệp “{file}”: {reason}.", file=path.name, reason=why(fault)) from fault
    if not data.strip():
        raise UserError("Tệp “{file}” trống; hãy tải lại rồi chọn lại.", file=path.name)
    return data


def _refuse_others(data: bytes, file: str) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UserError("Tệp “{file}” có đặt mật khẩu; hãy mở bằng Word, bỏ mật khẩu, lưu lại rồi chọn lại.", file=file)
        raise UserError("Tệp “{file}” là dạng Word cũ (.doc); hãy mở bằng Word, chọn Lưu thành .docx rồi chọn lại.", file=file)
    if data.lstrip()[:5].lower() == b"{\\rtf":
        raise UserError("Tệp “{file}” là dạng RTF; hãy mở bằng Word, chọn Lưu thành .docx rồi chọn lại.", file=file)
    if data.lstrip()[:5] == b"%PDF-":
        raise UserError(
            "Tệp “{file}” thật ra là PDF; hãy mở bằng Word rồi lưu thành .docx, hoặc lưu trang web của văn bản dạng .html.",
            file=file,
        )
