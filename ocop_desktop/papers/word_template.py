"""An office's own Word file with fields: read, checked, filled in (docxtpl over Jinja2's sandbox)."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from ocop_desktop.errors import Problem, UserError
from ocop_desktop.papers.template_check import Checker, Words
from ocop_desktop.papers.template_sandbox import Sandbox, refused
from ocop_desktop.papers.template_tables import fit_tables

LARGEST, UNPACKED, PARTS = 5_000_000, 60_000_000, 2000  # bytes of a file, of what is in it; its parts
_READ = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_FETCHING = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE)\b", re.IGNORECASE)
_ON_DISK = re.compile(r"(file:/{0,3})?[A-Za-z]:[\\/]")
_MARKS = re.compile(rb"\{(<[^>]*>)*[{%]")


def problems(content: bytes, example: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What is wrong with a Word file; nothing: it can be filled in, which was tried with the example.

    Args:
        example: every field with an example value.
    """
    try:
        _check_package(content)
        made = docx.Document(io.BytesIO(content))
        words = list(_paragraphs(made))
        _check_fields(made)
        made.core_properties.title  # noqa: B018 - read when the file is filled in
    except UserError as error:
        return (Problem(error.message, error.values, kind="template"),)
    except Exception:  # what a damaged or foreign file raises is of as many kinds as there are parts in it
        return (Problem("Tệp này không phải tài liệu Word (.docx) đọc được. Hãy mở bằng Word và lưu lại thành .docx."),)
    found = tuple(Checker(example).check(iter(words)))
    if found:
        return found
    try:
        fill(content, example)
    except UserError as error:
        return (Problem(error.message, error.values, kind="template"),)
    return ()


def fill(content: bytes, values: Mapping[str, Any]) -> bytes:
    """The Word file with its fields filled in.

    Raises:
        UserError: a field cannot be filled in, or what comes out is no Word file.
    """
    template = DocxTemplate(io.BytesIO(content))
    try:
        template.render(_clean(dict(values)), Sandbox())
        file = io.BytesIO()
        template.save(file)
        made = docx.Document(io.BytesIO(file.getvalue()))
        if fit_tables(made):
            file = io.BytesIO()
            made.save(file)
    except (TemplateError, TypeError) as error:
        raise UserError("Không điền được mẫu Word: {reason}", reason=str(error)) from error
    except RecursionError as error:  # only a hidden field, which nobody checked, is that deep
        raise refused() from error
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise UserError("Mẫu Word điền xong thì hỏng cấu trúc. Thường do vòng lặp đặt lệch chỗ: hãy để phần mở và phần đóng ở "
                        "hai đoạn riêng, hoặc hai hàng riêng của cùng một bảng.") from error
    return file.getvalue()


def _check_package(content: bytes) -> None:
    if len(content) > LARGEST:
        raise UserError("Tệp Word quá lớn; chỉ nhận đến {most} MB. Hãy bỏ bớt hình ảnh.", most=LARGEST // 1_000_000)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise UserError("Tệp Word này mở ra quá lớn nên không nhận.")
        for part in parts:
            if part.filename.endswith("vbaProject.bin"):
                raise UserError("Tệp Word này có lệnh chạy tự động nên không nhận. Hãy lưu lại thành .docx thường.")
            if part.filename.startswith(("word/embeddings/", "word/activeX/", "word/afchunk")):
                raise UserError("Tệp Word này có tệp khác nhúng bên trong nên không nhận. Hãy bỏ phần nhúng rồi lưu lại.")
            if part.filename.endswith(".rels"):
                _check_links(package.read(part))
            if part.filename.endswith(".xml") and not _READ.fullmatch(part.filename) and _MARKS.search(package.read(part)):
                raise UserError("Trường chỉ đặt được trong thân bài, đầu trang và chân trang; tệp này có trường ở {part}.",
                                part=part.filename)


def _check_links(relationships: bytes) -> None:
    """Refuse what Word fetches from elsewhere whenever a paper is opened; links to click on and templates on a disk may stay."""
    for one in etree.fromstring(relationships, etree.XMLParser(resolve_entities=False)):
        kind, goal = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
        on_disk = kind == "attachedTemplate" and _ON_DISK.match(goal)
        if one.get("TargetMode") == "External" and kind != "hyperlink" and not on_disk:
            raise UserError("Tệp Word này lấy thêm nội dung từ nơi khác mỗi lần mở ({target}) nên không nhận. Hãy bỏ liên kết ấy "
                            "rồi lưu lại.", target=goal[:100])


def _check_fields(made: Any) -> None:
    for root in _roots(made):
        codes = "".join(part.text or "" for part in root.iter(qn("w:instrText")))
        codes += " ".join(part.get(qn("w:instr"), "") for part in root.iter(qn("w:fldSimple")))
        found = _FETCHING.search(codes)
        if found:
            raise UserError("Tệp Word này có trường {field}, lấy nội dung hoặc chạy chương trình bên ngoài, nên không nhận. Hãy "
                            "bỏ trường ấy rồi lưu lại.", field=found[0].strip())


def _roots(made: Any) -> list[Any]:
    """The body, then heads and feet of pages, each once."""
    seen, roots = set(), [made.element.body]
    for section in made.sections:
        for part in (section.header, section.first_page_header, section.even_page_header,
                     section.footer, section.first_page_footer, section.even_page_footer):
            if not part.is_linked_to_previous and id(part._element) not in seen:
                seen.add(id(part._element))
                roots.append(part._element)
    return roots


def _paragraphs(made: Any) -> Iterator[Words]:
    """Every paragraph, also those in tables and text boxes, heads and feet of pages last; numbered as one counts in Word."""
    place = 0
    for root in _roots(made):
        for paragraph in root.iter(qn("w:p")):
            place += 1
            row = next(paragraph.iterancestors(qn("w:tr")), None)
            yield Words(place, _words(paragraph), paragraph.getparent(), row, row.getparent() if row is not None else None,
                        "".join(map(_words, row.iter(qn("w:p")))) if row is not None else "")


def _words(paragraph: Any) -> str:
    """The words of a paragraph, without those of paragraphs within it."""
    return "".join((part.text or "") if part.tag == qn("w:t") else " "
                   for part in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
                   if next(part.iterancestors(qn("w:p"))) is paragraph)


def _clean(value: Any) -> Any:
    """Values without characters a Word file cannot hold; a mark of a field in them is only words."""
    if isinstance(value, Mapping):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(inner) for inner in value]
    if isinstance(value, str):
        return "".join(c for c in unicodedata.normalize("NFC", value) if c == "\n" or c.isprintable())
    return value
