"""A Word document (.docx) as lines and tables: deletions left out, insertions taken, merged cells and text boxes read."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from ocop_desktop.errors import UserError
from ocop_desktop.sheets.law_tables import Builder

UNPACKED = 200 << 20  # bytes of the text part
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_SKIPPED = {"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "sectPr", "tblPr", "tblGrid", "rPr", "trPr", "tcPr"}


def text_part(data: bytes, file: str) -> bytes:
    """The text part of a .docx, unfolded within the limit.

    Raises:
        UserError: damaged, not a Word document, or it unfolds too far.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" not in names:
                raise UserError(
                    "Tệp “{file}” không phải văn bản Word; hãy mở bằng Word hoặc LibreOffice, chọn Lưu thành .docx "
                    "(hoặc lưu trang web dạng .html) rồi chọn lại.",
                    file=file,
                )
            return _unfold(archive, "word/document.xml", file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise UserError("Tệp “{file}” bị hỏng hoặc chưa tải về đủ; hãy tải lại rồi chọn lại.", file=file) from None


def _unfold(archive: zipfile.ZipFile, name: str, file: str) -> bytes:
    parts, size = [], 0
    with archive.open(name) as stream:
        while part := stream.read(4 << 20):
            size += len(part)
            if size > UNPACKED:
                raise UserError(
                    "Tệp “{file}” bung ra quá {limit} MB, lớn bất thường; hãy chép riêng phần phụ lục sang tệp mới.",
                    file=file,
                    limit=UNPACKED >> 20,
                )
            parts.append(part)
    return b"".join(parts)


def read(xml: bytes, file: str, builder: Builder) -> None:
    """Walk the text part and tell ``builder`` what stands in it.

    Raises:
        UserError: the part declares entities or is not well formed.
    """
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or "<!DOCTYPE".encode("utf-16-le") in xml:
        raise UserError(
            "Tệp “{file}” chứa khai báo XML không an toàn; hãy mở bằng LibreOffice, lưu lại dạng .docx rồi chọn lại.", file=file
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UserError("Tệp “{file}” bị hỏng; hãy mở bằng Word, lưu lại dạng .docx rồi chọn lại.", file=file) from None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = _name(element)
        if event == "start":
            if tag in _SKIPPED or (tag == "r" and _on(element, "rPr", "vanish")):
                walk.skip_subtree()
            else:
                _start(tag, element, builder)
        else:
            _end(tag, element, builder)
    builder.end_line()


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _start(tag: str, element: etree._Element, builder: Builder) -> None:
    if tag == "t":
        builder.text(element.text or "")
    elif tag == "tab":
        builder.text(" ")
    elif tag == "noBreakHyphen":
        builder.text("-")
    elif tag == "sym":
        builder.text("□")  # a sign of a picture font: here always the box before an option
    elif tag in ("br", "cr"):
        builder.end_line(keep_blank=True)
    elif tag == "tbl":
        builder.start_table()
    elif tag == "tr":
        builder.start_row()
        before = _child(element, "trPr", "gridBefore")
        if before is not None:
            builder.start_cell(_number(before))
    elif tag == "tc":
        span, merge = _child(element, "tcPr", "gridSpan"), _child(element, "tcPr", "vMerge")
        covered = merge is not None and _value(merge) != "restart"
        builder.start_cell(_number(span) if span is not None else 1, covered=covered)
    elif tag == "txbxContent":
        builder.end_line()


def _end(tag: str, element: etree._Element, builder: Builder) -> None:
    if tag == "p":
        if not _on(element, "pPr", "rPr", "del") or builder.line_begun:
            builder.end_line(keep_blank=True)
    elif tag == "tbl":
        builder.end_table()
    elif tag == "tr":
        if _child(element, "trPr", "del") is not None:
            builder.drop_row()
        else:
            builder.end_row()
    elif tag == "tc":
        builder.end_cell()


def _child(element: etree._Element, *path: str) -> etree._Element | None:
    found: etree._Element | None = element
    for name in path:
        if found is None:
            return None
        found = next(found.iterchildren(f"{_W}{name}", f"{_STRICT}{name}"), None)
    return found


def _value(element: etree._Element) -> str:
    return str(element.get(f"{_W}val") or element.get(f"{_STRICT}val") or "")


def _number(element: etree._Element) -> int:
    value = _value(element)
    return int(value) if value.isdigit() and len(value) < 6 else 1


def _on(element: etree._Element, *path: str) -> bool:
    found = _child(element, *path)
    return found is not None and _value(found) not in ("0", "false", "off")
