"""Look into a spreadsheet file before it is read: what it really is, how far it unfolds, and where its error cells stand."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ocop_desktop.errors import UserError

Spots = dict[tuple[int, int], str]  # (0-based row, column) -> what is there


class Marks(NamedTuple):
    """What the readers do not tell of a sheet: error cells with their text, cells in a font of before Unicode."""

    errors: Spots = {}  # noqa: RUF012 - never changed
    fonts: Spots = {}  # noqa: RUF012


@dataclass(frozen=True)
class Limits:
    """What is still read: bytes on disk, unpacked bytes, sheets, rows, columns and cells of a sheet, seconds it may take."""

    file_bytes: int = 128 << 20
    unpacked: int = 600 << 20
    sheets: int = 100
    rows: int = 200_000
    columns: int = 400
    cells: int = 8_000_000
    seconds: float = 9.0
    seconds_each_mb: float = 2.0


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def kind_of(data: bytes, file: str) -> str:
    """What the bytes are: ``xlsx``, ``xlsb``, ``ods``, ``xls`` or ``text``; the name of the file does not matter.

    Raises:
        UserError: something else; says what it is and what to do.
    """
    if data.startswith(b"PK"):
        return _kind_of_zip(data, file)
    if data.startswith(_OLE):
        return _kind_of_ole(data, file)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if re.match(rb"<(!doctype html|html|table|head|body|meta|style|div)", head) or (
        head.startswith(b"<?xml") and b"<html" in head
    ):
        raise UserError(
            "Tệp “{file}” thật ra là trang web (HTML) mang đuôi bảng tính; hãy mở bằng Excel hoặc LibreOffice, "
            "chọn Lưu thành .xlsx rồi nhập lại.",
            file=file,
        )
    if head.startswith(b"<?xml") or head.startswith(b"<workbook"):
        raise UserError("Tệp “{file}” là dạng XML cũ của Excel; hãy mở bằng Excel, chọn Lưu thành .xlsx rồi nhập lại.", file=file)
    if head.startswith(b"%pdf"):
        raise UserError("Tệp “{file}” là PDF, không phải bảng tính; hãy xin tệp Excel gốc.", file=file)
    if data.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")):
        raise UserError("Tệp “{file}” là dạng Excel rất cũ; hãy mở bằng LibreOffice, lưu lại dạng .xlsx rồi nhập lại.", file=file)
    from ocop_desktop.sheets import separated

    if data.startswith(_UTF16) or not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data):
        return "text"
    if separated.utf_16(data):
        return "text"
    raise UserError("Tệp “{file}” không phải bảng tính; hãy chọn tệp .xlsx, .xls, .ods hoặc .csv.", file=file)


def _kind_of_zip(data: bytes, file: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, OSError):
        raise UserError("Tệp “{file}” bị hỏng hoặc chưa tải về đủ; hãy xin lại tệp rồi nhập lại.", file=file) from None
    for member, kind in (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"), ("content.xml", "ods")):
        if member in names:
            return kind
    if "word/document.xml" in names:
        raise UserError("Tệp “{file}” là văn bản Word; hãy chép bảng sang Excel rồi nhập lại.", file=file)
    raise UserError(
        "Tệp “{file}” là tệp nén hoặc không phải bảng tính; hãy giải nén và chọn tệp .xlsx, .xls, .ods hoặc .csv bên trong.",
        file=file,
    )


def _kind_of_ole(data: bytes, file: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UserError("Tệp “{file}” có đặt mật khẩu; hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi nhập lại.", file=file)
    if "WordDocument".encode("utf-16-le") in data:
        raise UserError("Tệp “{file}” là văn bản Word; hãy chép bảng sang Excel rồi nhập lại.", file=file)
    return "xls"


def examine(data: bytes, kind: str, file: str, limits: Limits) -> dict[str, Marks]:
    """Unfold the members a reader would read, within the limits, and find what the reader does not tell.

    Raises:
        UserError: it unfolds too far, holds entities, or its parts are damaged.
    """
    if kind == "xls":
        from ocop_desktop.sheets import old_excel

        return old_excel.marks_of(data, file, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [i for i in archive.infolist() if i.filename.endswith((".xml", ".rels", ".bin"))]
            if len(members) > 10_000 or sum(i.file_size for i in members) > limits.unpacked:
                raise _too_far(file, limits)
            return _examine_members(archive, members, kind, file, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise UserError("Tệp “{file}” bị hỏng hoặc chưa tải về đủ; hãy xin lại tệp rồi nhập lại.", file=file) from None


def _too_far(file: str, limits: Limits) -> UserError:
    return UserError(
        "Tệp “{file}” bung ra quá {limit} MB, lớn bất thường; hãy chép riêng bảng cần nhập sang tệp mới.",
        file=file,
        limit=limits.unpacked >> 20,
    )


def _examine_members(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], kind: str, file: str, limits: Limits
) -> dict[str, Marks]:
    from ocop_desktop.sheets import error_cells, old_fonts

    left = limits.unpacked
    marks: dict[str, Marks] = {}
    names = error_cells.sheet_names(archive, file) if kind == "xlsx" else {}
    styles = old_fonts.of_xlsx(archive) if kind == "xlsx" else {}
    for member in members:
        scan = error_cells.SheetScan(file, names[member.filename], limits, styles) if member.filename in names else None
        odd = False
        for block in _blocks(archive, member):
            left -= len(block)
            if left < 0:
                raise _too_far(file, limits)
            if member.filename.endswith(".bin"):
                continue
            if b"!" in block and any(start in block for start in _DECLARING) and any(word in block for word in _DECLARATIONS):
                raise UserError(
                    "Tệp “{file}” chứa khai báo XML không an toàn; hãy mở bằng LibreOffice, lưu lại dạng .xlsx rồi nhập lại.",
                    file=file,
                )
            odd = odd or (kind == "ods" and b'value-type="error"' in block)
            if scan:
                scan.feed(block)
        if scan:
            marks[scan.sheet] = Marks(scan.errors, scan.fonts)
        if odd and member.filename == "content.xml":
            with archive.open(member) as stream:
                marks.update({name: Marks(found) for name, found in error_cells.of_ods(stream, file).items()})
    return marks


_DECLARATIONS = (b"<!ENTITY", b"<!DOCTYPE", b"<\0!\0E\0N\0T", b"<\0!\0D\0O\0C")  # in UTF-8 and in UTF-16
_DECLARING = (b"<!", b"<\0!")
_STEP = 4 << 20
_ENDS = (b"</row>", b"</si>", b"-row>")


def _blocks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member piece by piece, cut after a row where there are rows; never whole in memory."""
    rest = b""
    with archive.open(member) as stream:
        while part := stream.read(_STEP):
            rest += part
            cut = next((rest.rfind(end) + len(end) for end in _ENDS if end in rest), 0)
            if cut or len(rest) > 4 * _STEP:
                cut = cut or len(rest) - 64  # a piece without rows: what is looked for is shorter than what is kept
                yield rest[:cut]
                rest = rest[cut:]
    yield rest
