"""A saved web page as lines and tables: any common encoding, broken markup, scripts and hidden notes left out."""

from __future__ import annotations

import codecs
import re
from email import message_from_bytes, policy

from lxml import etree, html

from ocop_desktop.errors import UserError
from ocop_desktop.sheets.law_tables import Builder

_SKIPPED = {"script", "style", "head", "noscript", "template", "del", "select", "textarea", "button", "svg", "object", "iframe"}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "ul", "caption"),
}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
_NUMBER = re.compile(r"\s*(\d{1,6})")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden)", re.I)


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a page saved as one file (.mht, .mhtml)."""
    return bool(re.match(rb"\s*(?:mime-version|from|content-type|subject|snapshot-content-location)\s*:", data[:400], re.I))


def unpack(data: bytes, file: str) -> str:
    """The page inside a one-file web archive.

    Raises:
        UserError: there is no page in it.
    """
    for part in message_from_bytes(data, policy=policy.default).walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                return decode(body, part.get_content_charset())
    raise UserError("Trong tệp “{file}” không có trang web nào; hãy lưu lại trang dạng .html rồi chọn lại.", file=file)


def decode(data: bytes, told: str | None = None) -> str:
    """``data`` as text: byte order mark, then UTF-8 where it fits, then what the page declares, then a guess."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.removeprefix(codecs.BOM_UTF8).decode(name, errors="replace")
    if data[:400].count(b"\0") > 20:  # two bytes a letter, without a mark
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", errors="replace")
    declared = _DECLARED.search(data[:4096])
    for name in ("utf-8", told or "", declared.group(1).decode("ascii") if declared else ""):
        try:
            if name:
                return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    if _nearly_utf8(data):
        return data.decode("utf-8", errors="replace")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    return data.decode(best.encoding if best else "cp1258", errors="replace")


def _nearly_utf8(data: bytes) -> bool:
    """A page cut in the middle or patched with a few foreign bytes is still UTF-8."""
    text = data.decode("utf-8", errors="replace")
    return text.count("\ufffd") * 50 < sum(1 for c in text if ord(c) > 127)


def read(text: str, builder: Builder) -> None:
    """Walk the page and tell ``builder`` what stands in it. No recursion: a hostile page can nest without end."""
    body = re.sub(r"^\s*<\?xml[^>]*>", "", text).replace("\x00", "")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = html.document_fromstring(body.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return
    walk = etree.iterwalk(root, events=("start", "end"))
    plain_blocks: list[int] = []
    skipped: etree._Element | None = None
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if not isinstance(tag, str):
                continue
            if _skipped(element, tag):
                walk.skip_subtree()
                skipped = element
            else:
                _start(element, tag, builder, plain_blocks)
            continue
        if isinstance(tag, str) and element is not skipped:
            _end(element, tag, builder, plain_blocks)
        if tail := element.tail:
            builder.text(tail)
    builder.end_line()


def _skipped(element: etree._Element, tag: str) -> bool:
    if tag in _SKIPPED:
        return True
    style = element.get("style")
    hidden = element.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)
    return hidden and next(element.iter("table", "td"), None) is None  # a hidden tab may be the very law: tables are kept


def _start(element: etree._Element, tag: str, builder: Builder, paragraphs: list[int]) -> None:
    if tag == "table":
        builder.start_table()
    elif tag == "tr":
        builder.start_row()
    elif tag in ("td", "th"):
        builder.start_cell(_span(element, "colspan"), _span(element, "rowspan"))
    elif tag == "br":
        builder.break_line()
        if paragraphs:
            paragraphs[-1] += 1
    elif tag in _BLOCKS:
        builder.end_line()
        if tag == "p":
            paragraphs.append(0)
        elif tag == "li" and builder.in_cell and _own_words(element):
            builder.text("• ")  # the sign the browser draws
    elif tag == "input" and (element.get("type") or "").lower() in ("checkbox", "radio"):
        builder.text("□ ")
    if text := element.text:
        builder.text(text)


def _own_words(item: etree._Element) -> bool:
    first = next(iter(item), None)
    return bool((item.text or "").strip()) or (first is not None and first.tag not in _BLOCKS and first.tag != "table")


def _end(element: etree._Element, tag: str, builder: Builder, paragraphs: list[int]) -> None:
    if tag == "table":
        builder.end_table()
    elif tag == "tr":
        builder.end_row()
    elif tag in ("td", "th"):
        builder.end_cell()
    elif tag == "p":
        breaks = paragraphs.pop() if paragraphs else 0
        # A blank paragraph holds its place beside the paragraphs of the next cell; so does the end of a list made with <br>.
        builder.end_line(keep_blank=breaks != 1 and next(element.iter("table"), None) is None)
    elif tag in _BLOCKS:
        builder.end_line()


def _span(element: etree._Element, name: str) -> int:
    told = element.get(name)
    digits = _NUMBER.match(told) if told else None
    return int(digits.group(1)) if digits else 1
