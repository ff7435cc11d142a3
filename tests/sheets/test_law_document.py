"""Reading saved web pages and Word files: spans, nesting, encodings, tracked changes, and files that are refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ocop_desktop.errors import UserError
from ocop_desktop.sheets.law_document import LARGEST, Line, Table, read_document
from tests.law_document_writer import docx_bytes

ROWS = "<tr><td>Tiêu chí</td><td>Điểm</td></tr><tr><td>Nguồn gốc sản phẩm</td><td>3</td></tr>"
PAGE = f"<html><body><table>{ROWS}</table></body></html>"


def page(folder: Path, body: str, name: str = "a.html", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(body.encode(encoding))
    return path


def grid(path: Path) -> list[list[tuple[str, ...]]]:
    return [[row.cells for row in table.rows] for table in read_document(path).tables]


def test_merged_cells_leave_covered_places_empty(tmp_path):
    table = "<table><tr><td rowspan=2>A</td><td colspan=2>B</td></tr><tr><td>C</td><td>D</td></tr></table>"
    document = read_document(page(tmp_path, table))
    first, second = document.tables[0].rows
    assert first.cells == ("A", "B", "") and first.covered == {2}
    assert second.cells == ("", "C", "D") and second.covered == {0}


def test_lines_and_tables_keep_their_order_and_scripts_are_left_out(tmp_path):
    body = f"<p>Một<br>Hai</p><script>var a='<p>x</p>'</script>{PAGE}<!-- không --><div>Ba</div><del>bỏ</del>"
    blocks = read_document(page(tmp_path, body)).blocks
    assert [b.text if isinstance(b, Line) else b.number for b in blocks] == ["Một", "Hai", 1, "Ba"]


def test_paragraphs_of_a_cell_keep_their_places_even_blank_ones(tmp_path):
    body = "<table><tr><td><p>Tên</p><p>Có</p><p>Không</p></td><td><p>&nbsp;</p><p>1</p><p>0</p></td></tr></table>"
    assert grid(page(tmp_path, body)) == [[("Tên\nCó\nKhông", "\n1\n0")]]


def test_a_page_laid_out_with_a_table_is_flow_again(tmp_path):
    inner = "<table><tr><td>x</td><td>1</td></tr></table>"
    body = f"<table><tr><td>menu</td><td><p>Bộ sản phẩm: Hoa</p>{inner}<p>Bộ sản phẩm: Cây cảnh</p>{inner}</td></tr></table>"
    blocks = read_document(page(tmp_path, body)).blocks
    assert [b.text if isinstance(b, Line) else "table" for b in blocks] == [
        "menu",
        "Bộ sản phẩm: Hoa",
        "table",
        "Bộ sản phẩm: Cây cảnh",
        "table",
    ]


def test_a_small_table_inside_a_row_follows_that_row(tmp_path):
    inner = "<table><tr><td>Có</td><td>1</td></tr></table>"
    body = f"<table><tr><td>1.1 Tên{inner}</td><td>3</td></tr><tr><td>Sau</td><td></td></tr></table>"
    assert grid(page(tmp_path, body)) == [[("1.1 Tên", "3")], [("Có", "1")], [("Sau", "")]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_common_encodings(tmp_path, encoding):
    assert grid(page(tmp_path, PAGE, encoding=encoding))[0][1] == ("Nguồn gốc sản phẩm", "3")


def test_a_declared_old_encoding_is_believed(tmp_path):
    body = "<meta charset='windows-1258'><table><tr><td>Đâu là mức tốt</td></tr></table>".replace("ứ", "ư\u0301").replace(
        "ố", "ô\u0301"
    )
    assert grid(page(tmp_path, body, encoding="cp1258")) == [[("Đâu là mức tốt",)]]


def test_unseen_signs_decomposed_letters_and_blanks_are_tidied(tmp_path):
    body = "<table><tr><td>Nguo\u0302\u0300n\u00a0 go\u0302\u0301c\u200b\n sa\u0309n</td></tr></table>"
    assert grid(page(tmp_path, body)) == [[("Nguồn gốc sản",)]]


def test_a_page_saved_as_one_file(tmp_path):
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset="utf-8"\n\n'
    mht = f"{head}{PAGE}\n--b--\n"
    assert grid(page(tmp_path, mht, "a.mhtml"))[0][1] == ("Nguồn gốc sản phẩm", "3")


def test_word_merges_insertions_deletions_and_hidden_words(tmp_path):
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{text}</w:p></w:tc>"

    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    down, across, goes_on = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>', "<w:vMerge/>"
    changed = f"<w:ins>{run('mới')}</w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
    hidden = f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>giấu</w:t></w:r>{run('3')}"
    body = (
        f"<w:p>{run('Đầu')}</w:p><w:tbl>"
        f"<w:tr>{cell(run('A'), down)}{cell(run('B'), across)}</w:tr>"
        f"<w:tr>{cell('', goes_on)}{cell(changed)}{cell(hidden)}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell(run('bỏ'))}</w:tr></w:tbl>"
    )
    path = tmp_path / "a.docx"
    path.write_bytes(docx_bytes(body))
    document = read_document(path)
    assert document.lines == (Line("Đầu"),)
    assert [row.cells for row in document.tables[0].rows] == [("A", "B", ""), ("", "mới", "3")]


def test_a_word_file_written_by_its_own_library(tmp_path):
    from docx import Document

    made = Document()
    made.add_paragraph("Bộ sản phẩm: Hoa")
    table = made.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "1.1"
    table.cell(0, 1).text = "Tên"
    table.cell(1, 2).text = "2"
    made.save(str(tmp_path / "a.docx"))
    document = read_document(tmp_path / "a.docx")
    assert document.lines[0].text == "Bộ sản phẩm: Hoa"
    assert [row.cells for row in document.tables[0].rows] == [("1.1", "Tên", ""), ("", "", "2")]


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


REFUSED = {
    "a.pdf": (b"%PDF-1.4", "PDF"),
    "pdf.html": (b"%PDF-1.4", "PDF"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "Lưu thành .docx"),
    "secret.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "rich.doc": (b"{\\rtf1 x}", "RTF"),
    "a.txt": (PAGE.encode(), ".docx hoặc trang web"),
    "a.xlsx": (b"PK", ".docx hoặc trang web"),
    "empty.html": (b" \n", "trống"),
    "plain.html": (b"xin chao", "không phải trang web"),
    "bytes.html": (bytes(range(256)) * 9, "không phải trang web"),
    "bare.html": (b"<html><p>khong co bang</p></html>", "không có bảng"),
    "broken.docx": (b"PK\x03\x04 half", "bị hỏng"),
    "other.docx": (zipped(a=b"x"), "không phải văn bản Word"),
    "entity.docx": (zipped(word__document_xml=b"").replace(b"document_xml", b"document.xml"), "bị hỏng"),
    "unsafe.docx": (
        zipped(word__document_xml=b'<!DOCTYPE x [<!ENTITY a "b">]><w>&a;</w>').replace(b"document_xml", b"document.xml"),
        "không an toàn",
    ),
    "bomb.docx": (zipped(word__document_xml=b" " * (201 << 20)).replace(b"document_xml", b"document.xml"), "bung ra"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_files_are_refused_with_one_sentence(tmp_path, name):
    data, words = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError) as refused:
        read_document(tmp_path / name)
    assert words in str(refused.value) and name in str(refused.value)


def test_missing_and_huge_files_are_refused(tmp_path):
    with pytest.raises(UserError, match="Không tìm thấy tệp"):
        read_document(tmp_path / "khong.html")
    with open(tmp_path / "lon.html", "wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(UserError, match="lớn quá"):
        read_document(tmp_path / "lon.html")


def test_spans_and_nesting_without_end_do_no_harm(tmp_path):
    spans = "<table>" + "<tr><td colspan=9999999 rowspan=9999999>x</td>" * 50 + "</table>"
    assert all(len(row) <= 260 for row in grid(page(tmp_path, spans))[0])
    deep = "<table><tr><td>a</td></tr></table>" + "<div>" * 20_000 + "<table><tr><td>" * 5_000
    assert isinstance(read_document(page(tmp_path, deep)).blocks[0], Table)
    many = "<table>" + "<tr><td colspan=60 rowspan=500>x</td><td colspan=60>y</td>" * 30_000 + "</table>"
    with pytest.raises(UserError, match="ô bảng"):
        read_document(page(tmp_path, many))


def test_progress_is_told(tmp_path):
    told = []
    read_document(page(tmp_path, PAGE), lambda done, total, what: told.append((done, total, what)))
    assert told == [(0, 2, "Đang đọc văn bản"), (1, 2, "Đang đọc văn bản")]
