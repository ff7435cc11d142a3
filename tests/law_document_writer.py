"""Law documents laid out as rows of cells and written as web pages or Word files; see ``law_documents``."""

from __future__ import annotations

import html
import io
import random
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.law_documents import Cell, Criterion, Layout, Option, SetText


@dataclass
class Writer:
    """Lay sets out as rows of cells, then as a file."""

    layout: Layout
    chance: random.Random
    blocks: list[str | list[list[Cell]]] = field(default_factory=list)

    def write(self, sets: list[SetText], folder: Path) -> Path:
        if self.layout.noise:
            self._noise(sets)
        sets = list(sets)
        if self.layout.shuffled:
            self.chance.shuffle(sets)
        for text in sets * (2 if self.layout.twice else 1):
            self._set(text)
        if self.layout.noise:
            self._forms()
        path = folder / f"quyet-dinh.{self.layout.kind}"
        path.write_bytes(self._docx() if self.layout.kind == "docx" else self._html())
        return path

    def _set(self, text: SetText) -> None:
        name = text.name
        rows = list(self._rows(text))
        heading = self.layout.heading.format(n=text.number, name=name, NAME=name.upper())
        wide = max(sum(cell.wide for cell in row) for row in rows)
        if heading and self.layout.heading_in_table:
            rows.insert(0, [Cell((heading,), wide=wide)])
        elif heading:
            self.blocks.append(heading)
        if text.exclusion:
            self.blocks.append(text.exclusion)
        header = self._header()
        pieces = self._cut(rows, self.layout.split) if self.layout.split else [rows]
        for n, piece in enumerate(pieces):
            head = [header] if self.layout.header and header and (n == 0 or self.layout.repeat_header) else []
            self.blocks.append([*head, *piece])
            if n + 1 < len(pieces) and self.layout.noise:
                self.blocks.append(f"CÔNG BÁO/Số {450 + n}/Ngày 12-6-2026   {n + 3}")

    def _cut(self, rows: list[list[Cell]], every: int) -> list[list[list[Cell]]]:
        """Split between rows no merged cell spans."""
        pieces: list[list[list[Cell]]] = [[]]
        reach = 0
        for row in rows:
            if reach <= 0 and len(pieces[-1]) >= every:
                pieces.append([])
            pieces[-1].append(row)
            reach = max(reach - 1, max(cell.tall for cell in row) - 1)
        return pieces

    def _header(self) -> list[Cell]:
        words = {
            "two": ("Tiêu chí", "Điểm"),
            "code": ("TT", "Tiêu chí", "Điểm"),
            "max": ("TT", "Nội dung tiêu chí", "Điểm tối đa", "Điểm"),
            "stars": ("STT", "Tiêu chí", "Điểm", "Hạng sao"),
            "merged": ("Phần/Tiêu chí", "Yêu cầu", "Điểm"),
            "cell": ("Tiêu chí", "Điểm"),
            "nested": ("Tiêu chí", "Điểm"),
            "text": (),
            "wide": ("TT", "Tiêu chí", "Điểm tối đa", "Mức đánh giá", "Điểm", "Ghi chú", "Điểm hội đồng chấm"),
        }[self.layout.columns]
        return [Cell((w,)) for w in words]

    def _rows(self, text: SetText) -> Iterator[list[Cell]]:
        part, told = "", set()
        for criterion in text.criteria:
            if criterion.part != part:
                part = criterion.part
                name, most = text.parts[part]
                yield self._band(part, f"PHẦN {part}: {name.upper()}", most)
            pieces = criterion.code.split(".")
            for code in (".".join(pieces[:n]) for n in range(1, len(pieces))):
                if code in text.groups and code not in told:
                    told.add(code)
                    yield self._group(code, *text.groups[code])
            yield from self._criterion(criterion)

    def _band(self, code: str, text: str, most: int) -> list[Cell]:
        c = self.layout.columns
        if c in ("code", "stars"):
            return [Cell((code,)), Cell((text.split(": ")[1],)), Cell((str(most),)), *([Cell(("",))] if c == "stars" else [])]
        if c == "max":
            return [Cell((text,), wide=2), Cell((str(most),)), Cell(("",))]
        if c == "wide":
            return [Cell((f"{text} ({most} điểm)",), wide=7)]
        if c == "merged":
            return [Cell((text,), wide=2), Cell((f"{most} điểm",))]
        if c == "text":
            return [Cell((f"{text} ({most} điểm)",))]
        return [Cell((text,)), Cell((f"{most} Điểm",))]

    def _group(self, code: str, name: str, most: int) -> list[Cell]:
        c = self.layout.columns
        if c in ("code", "stars"):
            return [Cell((code,)), Cell((name.upper(),)), Cell((str(most),)), *([Cell(("",))] if c == "stars" else [])]
        if c == "max":
            return [Cell((code,)), Cell((name,)), Cell((str(most),)), Cell(("",))]
        if c == "wide":
            return [Cell((code,)), Cell((name.upper(),)), Cell((str(most),)), *[Cell(("",))] * 4]
        if c == "merged":
            return [Cell((f"{code}. {name.upper()}",), wide=2), Cell((str(most),))]
        if c == "text":
            return [Cell((f"{code}. {name.upper()} ({most} điểm)",))]
        return [Cell((self.layout.code.format(code=code) + name,)), Cell((str(most),))]

    def _criterion(self, criterion: Criterion) -> Iterator[list[Cell]]:
        c = self.layout.columns
        most = "" if criterion.max is None else str(criterion.max)
        name = self.layout.code.format(code=criterion.code) + criterion.text
        name += self.layout.most.format(n=most) if self.layout.most else ""
        options = list(self._options(criterion))
        notes = list(criterion.notes)
        if c == "cell":
            texts = [name, *notes, *(o[0] for o in options)]
            yield [Cell(tuple(texts)), Cell((most, *("" for _ in notes), *(o[1] for o in options)))]
            return
        if c == "nested":
            inside = tuple((Cell((o[0],)), Cell((o[1],))) for o in options)
            yield [Cell((name, *notes), inside=inside), Cell((most,))]
            return
        if c in ("merged", "wide"):
            yield from self._merged(criterion, name, most, options, notes)
            return
        lines = (name, *(notes if self.layout.notes_in_cell else ()))
        yield {
            "two": lambda: [Cell(lines), Cell((most,))],
            "code": lambda: [Cell((criterion.code,)), Cell(lines), Cell((most,))],
            "max": lambda: [Cell((criterion.code + ".",)), Cell(lines), Cell((most,)), Cell(("",))],
            "stars": lambda: [Cell((criterion.code,)), Cell(lines), Cell((most,)), Cell(("",))],
            "text": lambda: [Cell(lines)],
        }[c]()
        after = [] if self.layout.notes_in_cell else notes
        first = after if self.chance.random() < 0.5 else []
        for note in first:
            yield self._note(note)
        for text, points, mark in options:
            yield {
                "two": lambda text=text, points=points: [Cell((text,)), Cell((points,))],
                "code": lambda text=text, points=points: [Cell(("",)), Cell((text,)), Cell((points,))],
                "max": lambda text=text, points=points: [Cell(("",)), Cell((text,)), Cell(("",)), Cell((points,))],
                "stars": lambda text=text, points=points, mark=mark: [Cell(("",)), Cell((text,)), Cell((points,)), Cell((mark,))],
                "text": lambda text=text: [Cell((text,))],
            }[c]()
        for note in [] if first else after:
            yield self._note(note)

    def _merged(self, criterion: Criterion, name: str, most: str, options: list, notes: list[str]) -> Iterator[list[Cell]]:
        tall = max(len(options), 1)
        shown = options or [("", "", "")]
        for n, (text, points, mark) in enumerate(shown):
            if self.layout.columns == "merged":
                own = [Cell((name, *notes), tall=tall)] if n == 0 else []
                yield [*own, Cell((text,)), Cell((points,))]
            else:
                own = (
                    [Cell((criterion.code,), tall=tall), Cell((name, *notes), tall=tall), Cell((most,), tall=tall)]
                    if n == 0
                    else []
                )
                yield [*own, Cell((text,)), Cell((points,)), Cell((mark,)), Cell(("",))]

    def _note(self, note: str) -> list[Cell]:
        wide = {"two": 2, "code": 3, "max": 4, "stars": 4, "text": 1}[self.layout.columns]
        return [Cell((note,), wide=wide)] if wide < 4 else [Cell(("",)), Cell((note,)), *[Cell(("",))] * (wide - 2)]

    def _options(self, criterion: Criterion) -> Iterator[tuple[str, str, str]]:
        case = ""
        cases = dict(criterion.cases)
        if criterion.yes_no and self.layout.yes_no_rows:
            in_text = self.layout.columns == "text"
            for word, points in (("Có", 1), ("Không", 0)):
                shown = self.layout.points.format(n=points)
                yield f"{self.layout.bullet}{word}{shown if in_text else ''}", shown, ""
        for option in criterion.options:
            if option.case != case:
                case = option.case
                yield f"{case}. {cases[case]}", "", ""
            yield self._option(option)

    def _option(self, option: Option) -> tuple[str, str, str]:
        layout, text = self.layout, option.text
        points = "" if option.points is None else layout.points.format(n=option.points)
        mark = ""
        if option.star:
            style = "{stars}" if layout.mark == "***" else layout.mark
            stars = "*" * option.star
            mark = style.format(n=option.star, stars=stars, signs="★" * option.star, spaced=" ".join(stars))
        if mark and layout.mark_at == "start":
            text = f"{mark} {text}"
        elif mark and layout.mark_at == "bracket" and " (" in text:
            text = text.replace(" (", f" {mark} (", 1)
        elif mark and layout.mark_at == "points":
            points += mark
        elif mark and layout.mark_at in ("end", "bracket"):
            text = f"{text} {mark}"
        if layout.columns == "text":
            text += points
        if self.layout.messy and self.chance.random() < 0.2 and " " in text:
            at = self.chance.choice([i for i, c in enumerate(text) if c == " "])
            text = text[:at] + self.chance.choice(["\u00a0 ", "  ", " \n  ", " \u200b"]) + text[at + 1 :]
        return layout.bullet + text, points, mark if layout.mark_at == "column" else ""

    def _noise(self, sets: list[SetText]) -> None:
        self.blocks += [
            "THỦ TƯỚNG CHÍNH PHỦ",
            "QUYẾT ĐỊNH",
            "Điều 1. Ban hành bộ tiêu chí và quy trình đánh giá, phân hạng sản phẩm.",
        ]
        self.blocks += ["Phụ lục I", "PHÂN LOẠI SẢN PHẨM"]
        rows = [[Cell(("TT",)), Cell(("Bộ sản phẩm",)), Cell(("Cơ quan chủ trì",))]]
        for text in sets:
            rows.append([Cell((str(text.number),)), Cell((text.name,)), Cell(("Bộ Nông nghiệp và Môi trường",))])
        self.blocks += [rows, "Phụ lục II", "BỘ TIÊU CHÍ ĐÁNH GIÁ SẢN PHẨM"]

    def _forms(self) -> None:
        self.blocks += ["Phụ lục III", "Mẫu số 01", "PHIẾU ĐĂNG KÝ SẢN PHẨM"]
        rows = [[Cell(("TT",)), Cell(("Nội dung",)), Cell(("Ghi chú",))]]
        for n, words in enumerate(
            ("Tên chủ thể", "Tên sản phẩm", "Bộ sản phẩm", "Địa chỉ", "Tổ chức sản xuất", "Sở hữu trí tuệ"), 1
        ):
            rows.append([Cell((str(n),)), Cell((words,)), Cell(("",))])
        self.blocks += [rows, "Nơi nhận: - Ban Bí thư Trung ương Đảng; - Lưu: VT."]

    def _shown(self, text: str) -> str:
        return unicodedata.normalize("NFD", text) if self.layout.decomposed else text

    def _html(self) -> bytes:
        body = [self._html_block(block) for block in self.blocks]
        inside = "\n".join(body)
        if self.layout.page_table:
            inside = f"<table><tr><td><ul><li>Trang chủ</li><li>Văn bản</li></ul></td><td>{inside}</td></tr></table>"
        charset = self.layout.encoding
        page = (
            f"<!DOCTYPE html><html><head><meta charset='{charset}'><title>x</title><style>td {{}}</style></head><body>"
            f"<div class='menu'>Đăng nhập | Tra cứu</div><script>var t = '<table><tr><td>';</script>{inside}"
            "<div style='display:none'>Bộ sản phẩm: Hoa</div><!-- hết --></body></html>"
        )
        return page.encode(charset)

    def _html_block(self, block: str | list[list[Cell]]) -> str:
        if isinstance(block, str):
            return f"<p align=center><b>{html.escape(self._shown(block))}</b></p>"
        rows = []
        for row in block:
            cells = "".join(
                f"<td{f' colspan={c.wide}' if c.wide > 1 else ''}{f' rowspan={c.tall}' if c.tall > 1 else ''}>"
                + "".join(f"<p class=MsoNormal><span>{self._paragraph(line)}</span></p>" for line in c.lines)
                + (self._html_block([list(r) for r in c.inside]) if c.inside else "")
                + "</td>"
                for c in row
            )
            rows.append(f"<tr>{cells}</tr>")
        return f"<table border=1><tbody>{''.join(rows)}</tbody></table>"

    def _paragraph(self, line: str) -> str:
        text = html.escape(self._shown(line)) or "&nbsp;"
        return text.replace(" \n  ", "<br>") if self.layout.messy and self.chance.random() < 0.5 else text

    def _docx(self) -> bytes:
        body = "".join(self._word_block(block) for block in self.blocks)
        return docx_bytes(body)

    def _word_block(self, block: str | list[list[Cell]]) -> str:
        if isinstance(block, str):
            return f"<w:p><w:r><w:t>{html.escape(self._shown(block))}</w:t></w:r></w:p>"
        width = max(sum(c.wide for c in row) for row in block)
        rows, above = [], {}
        for row in block:
            cells, column, waiting = [], 0, list(row)
            while column < width:
                if above.get(column, 0):
                    above[column] -= 1
                    cells.append("<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>")
                    column += 1
                    continue
                if not waiting:
                    break
                c = waiting.pop(0)
                merge = '<w:vMerge w:val="restart"/>' if c.tall > 1 else ""
                span = f'<w:gridSpan w:val="{c.wide}"/>' if c.wide > 1 else ""
                lines = "".join(self._word_paragraph(line) for line in c.lines)
                cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{lines}</w:tc>")
                if c.tall > 1:
                    above[column] = c.tall - 1
                column += c.wide
            rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
        return f"<w:tbl>{''.join(rows)}</w:tbl>"

    def _word_paragraph(self, line: str) -> str:
        text = html.escape(self._shown(line))
        gone = "<w:del><w:r><w:delText>đã xóa</w:delText></w:r></w:del>" if self.chance.random() < 0.02 else ""
        half = len(text) // 2 if "&" not in text else 0
        runs = "".join(f'<w:r><w:t xml:space="preserve">{t}</w:t></w:r>' for t in (text[:half], text[half:]) if t)
        return f"<w:p>{gone}{runs}</w:p>"


def docx_bytes(body: str) -> bytes:
    """A Word file around the given body."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {space}><w:body>{body}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
