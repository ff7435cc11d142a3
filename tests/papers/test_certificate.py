"""Certificates: what stands on the page, what can be read back, what is refused, and that nothing leaves its frame."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from dataclasses import replace
from itertools import pairwise

import pdfplumber
import pypdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop_desktop.papers import fonts
from ocop_desktop.papers.certificate import Certificate, code_of, render
from ocop_desktop.papers.preview import pictures, preview, preview_png
from ocop_desktop.rules.certificate_code import CertificateCode

GOOD = Certificate(
    number="03-2026/GCN-OCOP", product="Chè Shan tuyết Mẫu Sơn", producer="Hợp tác xã Nông nghiệp Mẫu Sơn Xanh", stars=3,
    decision_number="3981/QĐ-UBND", decision_date=dt.date(2026, 1, 9), issued_on=dt.date(2026, 2, 5),
    valid_until=dt.date(2029, 2, 5), code="20-05980-03-2026", set_name="Chè tươi, chè chế biến",
    address="Thôn 4, xã Mẫu Sơn, tỉnh Lạng Sơn",
    authority="Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn", body=("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"), place="Lạng Sơn",
    signatory=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), signatory_name="Nguyễn Văn Ậu")
LONG = ("Thịt lợn bản hun khói gác bếp truyền thống của đồng bào Tày – Nùng vùng cao Bắc Sơn, "
        "hộp quà tặng đặc biệt 500 gam loại I")
LINES = (
    "ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN", "Số: 03-2026/GCN-OCOP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc", "GIẤY CHỨNG NHẬN", "SẢN PHẨM OCOP", "Chứng nhận sản phẩm", "Chè Shan tuyết Mẫu Sơn",
    "Mã số 20-05980-03-2026 · Bộ sản phẩm: Chè tươi, chè chế biến", "của chủ thể Hợp tác xã Nông nghiệp Mẫu Sơn Xanh",
    "Thôn 4, xã Mẫu Sơn, tỉnh Lạng Sơn", "đạt hạng 3 sao",
    "Theo Quyết định số 3981/QĐ-UBND ngày 09 tháng 01 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn",
    "Lạng Sơn, ngày 05 tháng 02 năm 2026", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Ậu", "Có giá trị đến 05/02/2029")
VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
words = st.text(VIETNAMESE + VIETNAMESE.upper() + "0123456789 ,.-–()&%'/", min_size=1, max_size=120).filter(
    lambda name: fonts.clean(name) != "")


def _one(certificate: Certificate) -> bytes:
    pdf, problems = render([certificate], invariant=True)
    assert problems == ()
    return pdf


def _bare(text: str) -> str:
    return "".join(text.split())


def _texts(pdf: bytes) -> dict[str, str]:
    document = pypdfium2.PdfDocument(pdf)
    with pdfplumber.open(io.BytesIO(pdf)) as plumber:
        return {"pypdf": pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(), "pdfplumber": plumber.pages[0].extract_text(),
                "pypdfium2": document[0].get_textpage().get_text_range()}


def _scanned(pdf: bytes, page: int = 0, dpi: int = 300) -> str:
    image = pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72).to_pil()
    found = zxingcpp.read_barcodes(image)
    assert len(found) == 1
    return found[0].text


def test_every_line_stands_on_the_page_and_reads_as_nfc():
    for reader, text in _texts(_one(GOOD)).items():
        flat = " ".join(text.split())
        assert unicodedata.is_normalized("NFC", text), reader
        for line in LINES:
            assert " ".join(line.split()) in flat, (reader, line, flat)


def test_page_is_a4_landscape_with_title_author_and_language():
    reader = pypdf.PdfReader(io.BytesIO(_one(GOOD)))
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (842, 595)
    assert reader.metadata is not None
    assert reader.metadata.title == "Giấy chứng nhận sản phẩm OCOP"
    assert reader.metadata.author == "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"
    assert reader.trailer["/Root"]["/Lang"] == "vi"


def test_only_our_fonts_are_listed_and_all_are_embedded():
    reader = pypdf.PdfReader(io.BytesIO(_one(GOOD)))
    listed = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert listed
    for font in listed:
        assert "Spectral" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font


def test_same_input_gives_the_same_bytes():
    assert _one(GOOD) == _one(GOOD)


def test_what_is_signed_is_what_the_page_says_and_what_is_scanned_is_what_was_signed():
    signed: list[CertificateCode] = []

    def sign(code: CertificateCode) -> str:
        signed.append(code)
        return "OCOP2:" + "ABC:7 $" * 99  # as long as a code may be

    c = replace(GOOD, product=unicodedata.normalize("NFD", LONG) + "\u200b", producer=" Hợp  tác xã ")
    pdf, problems = render([c], invariant=True, sign=sign)
    assert problems == () and _scanned(pdf) == "OCOP2:" + "ABC:7 $" * 99
    assert signed == [CertificateCode(c.number, c.code, LONG, "Hợp tác xã", 3, c.decision_number, dt.date(2026, 1, 9),
                                      c.issued_on, c.valid_until)]
    assert "quét mã bằng OCOP Desktop" in _texts(pdf)["pypdf"]


def test_a_code_without_a_signature_says_so_itself_and_beside_it():
    pdf = _one(GOOD)
    assert _scanned(pdf).startswith("OCOP: mã chưa có chữ ký số, không chứng minh được giấy này là thật.")
    assert "không chứng minh giấy là thật" in _texts(pdf)["pypdf"] and "quét mã bằng" not in _texts(pdf)["pypdf"]


@pytest.mark.parametrize("capacity", [("CHỦ TỊCH",), GOOD.signatory, ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")])
def test_signature_and_seal_have_25_millimetres_and_the_lines_above_do_not_meet(capacity: tuple[str, ...]):
    for certificate in (GOOD, replace(GOOD, product=LONG, producer=LONG, address=LONG, stars=5)):
        with pdfplumber.open(io.BytesIO(_one(replace(certificate, signatory=capacity)))) as plumber:
            lines = plumber.pages[0].crop((480, 0, 840, 595)).extract_text_lines()
            decision = plumber.pages[0].search("Theo Quyết định")[0]
        texts = [line["text"] for line in lines]
        last, name = lines[texts.index(capacity[-1])], lines[texts.index("Nguyễn Văn Ậu")]
        assert texts[texts.index(capacity[-1]) + 1] == "Nguyễn Văn Ậu"  # nothing stands between
        assert name["top"] - last["bottom"] >= 25 * 72 / 25.4
        day = next(line for line in lines if line["text"].startswith("Lạng Sơn, ngày"))
        assert decision["bottom"] <= day["top"]


def test_code_can_be_scanned_from_a_poor_copy():
    assert _scanned(_one(GOOD), dpi=110) == code_of(GOOD)


@pytest.mark.parametrize("stars", [3, 4, 5])
def test_as_many_gold_stars_are_drawn(stars: int):
    image = pypdfium2.PdfDocument(_one(replace(GOOD, stars=stars)))[0].render(scale=2).to_pil().convert("RGB")
    middle = 193 * 2
    gold = [image.getpixel((x, middle)) == (242, 182, 50) for x in range(image.width)]
    assert sum(on and not before for before, on in pairwise(gold)) == stars


@pytest.mark.parametrize("change, kind", [
    ({"decision_number": ""}, "no_decision"), ({"decision_date": None}, "no_decision"), ({"number": " "}, "no_number"),
    ({"product": "\u200b"}, "no_product"), ({"producer": ""}, "no_producer"), ({"stars": 2}, "stars"), ({"stars": 6}, "stars"),
    ({"product": "Trà 漢方"}, "characters"), ({"product": "dài " * 400}, "too_long"), ({"address": "W" * 999}, "too_long")])
def test_a_bad_one_is_reported_and_does_not_stop_the_rest(change: dict[str, object], kind: str):
    done: list[int] = []
    pdf, problems = render([GOOD, replace(GOOD, **change), replace(GOOD, number="04-2026/GCN-OCOP")], done.append)
    assert [(p.kind, p.place.row) for p in problems] == [(kind, 2)]
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2
    assert done == [1, 2, 3]
    assert str(problems[0])


def test_nothing_good_gives_no_file():
    assert render([replace(GOOD, stars=1)])[0] == b""
    assert render([]) == (b"", ())
    assert preview_png(replace(GOOD, stars=1), 50) == b""
    assert preview(replace(GOOD, stars=1), 50) is None


def test_marked_page_may_lack_number_and_decision_and_its_code_says_nothing():
    pdf = _one(replace(GOOD, number="", decision_number="", decision_date=None, mark="TRANG IN THỬ"))
    assert "THỬ" in _texts(pdf)["pypdf"]
    assert _scanned(pdf) == "OCOP: TRANG IN THỬ"


def test_text_is_cleaned_before_it_is_drawn():
    dirty = replace(GOOD, product=unicodedata.normalize("NFD", " Chè\u00a0Shan\u200b  tuyết\tMẫu Sơn\n"))
    assert _one(dirty) == _one(GOOD)


def test_preview_is_a_picture_of_the_page():
    assert preview_png(GOOD, 50).startswith(b"\x89PNG")
    picture = preview(GOOD, 72)
    assert picture is not None
    assert (picture.width, picture.height) == (842, 596)
    assert len(picture.pixels) == picture.stride * picture.height
    assert len(list(pictures(render([GOOD, GOOD])[0], 30))) == 2


@settings(max_examples=15, deadline=None)
@given(product=words, producer=words, address=words, stars=st.sampled_from([3, 4, 5]))
def test_any_names_fit_and_read_back(product: str, producer: str, address: str, stars: int):
    pdf = _one(replace(GOOD, product=product, producer=producer, address=address, stars=stars))
    flat = _bare(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text())
    for text in (product, producer, address):
        assert _bare(fonts.clean(text)) in flat
    with pdfplumber.open(io.BytesIO(pdf)) as plumber:
        letters = plumber.pages[0].chars
    assert all(c["x0"] > 40 and c["x1"] < 842 - 40 and c["top"] > 40 and c["bottom"] < 595 - 30 for c in letters)
