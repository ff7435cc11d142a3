"""Look into a spreadsheet file before it is read: what it really is, how far it unfolds, and where its error cells stand."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from ocop_desktop.errors import UserError

Errors = dict[str, dict[tuple[int, int], str]]  # per sheet name: (0-based row, column) -> text of the error


@dataclass(frozen=True)
class Limits:
    """What is still read: bytes on disk, unpacked bytes, sheets, rows and columns of a sheet, cells of a sheet."""

    file_bytes: int = 128 << 20
    unpacked: int = 600 << 20
    sheets: int = 100
    rows: int = 200_000
    columns: int = 400
    cells: int = 8_000_000


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
    if data.startswith(_UTF16) or not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data):
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


def examine(data: bytes, kind: str, file: str, limits: Limits) -> Errors:
    """Unfold the members a reader would read, within the limits, and find the error cells the reader would blank.

    Raises:
        UserError: it unfolds too far, holds entities, or its parts are damaged.
    """
    if kind == "xls":
        from ocop_desktop.sheets import old_excel

        return old_excel.errors_of(data, file, limits)
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


def _examine_members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], kind: str, file: str, limits: Limits) -> Errors:
    from ocop_desktop.sheets import error_cells

    left = limits.unpacked
    errors: Errors = {}
    names = error_cells.sheet_names(archive, file) if kind == "xlsx" else {}
    for member in members:
        data = _unfold(archive, member, left, file, limits)
        left -= len(data)
        if member.filename.endswith(".bin"):
            continue
        if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
            raise UserError(
                "Tệp “{file}” chứa khai báo XML không an toàn; hãy mở bằng LibreOffice, lưu lại dạng .xlsx rồi nhập lại.",
                file=file,
            )
        if member.filename in names:
            error_cells.check_reach(data, file, names[member.filename], limits)
            errors[names[member.filename]] = error_cells.of_xlsx(data)
        elif kind == "ods" and member.filename == "content.xml":
            errors.update(error_cells.of_ods(data, file))
    return errors


def _unfold(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, file: str, limits: Limits) -> bytes:
    parts = []
    with archive.open(member) as stream:
        while part := stream.read(4 << 20):
            left -= len(part)
            if left < 0:
                raise _too_far(file, limits)
            parts.append(part)
    return b"".join(parts)
