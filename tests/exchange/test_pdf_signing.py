"""Signed PDFs, read back with another reader's eyes: who, when, untouched or altered; and every refusal in plain words."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

import pypdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from ocop_desktop.actions import pdf_signing
from ocop_desktop.actions.pdf_signing import KeyFile, Signing, Token
from ocop_desktop.errors import UserError
from ocop_desktop.papers import signature_place, state_pdf
from ocop_desktop.papers.blocks import Letterhead, Paper, Para, Signature, Signatures, Title
from ocop_desktop.text import say
from tests.exchange.certificates_made import BODY, NAME, PASSPHRASE, made, time_server

LIBRARIES = (os.environ.get("SOFTHSM2_LIB", ""), "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so",
             "/opt/homebrew/lib/softhsm/libsofthsm2.so", "C:/SoftHSM2/lib/softhsm2-x64.dll")
TOKENS = ("ocop", "trong", "rut")
PIN = "123456"


@pytest.fixture(scope="module")
def paper() -> bytes:
    """Minutes of two pages with two places to sign on the last one."""
    body = tuple(Para(f"{number}. Hội đồng đã thảo luận và thống nhất.") for number in range(60))
    signatures = Signatures(right=Signature(("CHỦ TỊCH HỘI ĐỒNG",), "Hoàng Văn Nghiệm", "(Ký, ghi rõ họ tên)"),
                            left=Signature(("THƯ KÝ",), NAME, "(Ký, ghi rõ họ tên)"))
    head = Letterhead("Ủy ban nhân dân tỉnh Lạng Sơn", "Hội đồng đánh giá", "Số: 1/BB-HĐ", "Lạng Sơn, ngày 05 tháng 02 năm 2026")
    return state_pdf.render([Paper("bb", (head, Title("Biên bản"), *body, signatures))], "Biên bản")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A certificate file."""
    path = tmp_path / "chung-thu.p12"
    path.write_bytes(made().p12())
    return path


def signed(paper: bytes, source: KeyFile | Token, signing: Signing = Signing(), folder: Path = Path()) -> Path:  # noqa: B008
    before, after = folder / "giay.pdf", folder / "da-ky.pdf"
    before.write_bytes(paper)
    pdf_signing.sign_file(before, after, source, signing)
    return after


def refused(paper: bytes, source: KeyFile | Token, folder: Path, signing: Signing = Signing()) -> str:  # noqa: B008
    before = sorted(p.name for p in folder.iterdir())
    with pytest.raises(UserError) as told:
        signed(paper, source, signing, folder)
    assert sorted(p.name for p in folder.iterdir()) == sorted({*before, "giay.pdf"})  # nothing half-written
    assert PASSPHRASE not in say(told.value) and PIN not in repr(source) and PASSPHRASE not in repr(source)
    return say(told.value)


def test_places_to_sign_are_noted_above_each_name(paper: bytes) -> None:
    left, right = signature_place.places(paper)
    assert left.page == right.page == len(pypdf.PdfReader(io.BytesIO(paper)).pages) - 1 > 0
    assert "Hoàng Văn Nghiệm" in left.name + right.name and NAME in left.name + right.name
    assert {left.box[0] < 300, right.box[0] < 300} == {True, False}
    (found,) = signature_place.places(plain_page(), "Nguyễn Văn A")
    assert found.box[1] > 200 and found.name == "Nguyễn Văn A"
    (corner,) = signature_place.places(plain_page())
    assert corner.box[2] > 500 and corner.box[1] < 60


def plain_page() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    from ocop_desktop.papers import fonts

    fonts.faces()
    out = io.BytesIO()
    canvas = Canvas(out, initialFontName=fonts.SERIF)
    canvas.setFont(fonts.SERIF, 13)
    canvas.drawString(350, 200, "Nguyễn Văn A")
    canvas.save()
    return out.getvalue()


def test_a_certificate_file_signs_and_the_block_says_who_when_why(paper: bytes, file: Path, tmp_path: Path) -> None:
    done = signed(paper, KeyFile(file, PASSPHRASE), Signing("Phê duyệt kết quả", place=1), tmp_path)
    (found,) = pdf_signing.check(done)
    assert (found.holder.name, found.holder.body, found.state, found.reason) == (NAME, BODY, "untouched", "Phê duyệt kết quả")
    assert found.good and found.time_server == "" and found.trusted is None
    reader = pypdf.PdfReader(done)
    field = reader.get_fields()["ChuKy1"]
    assert field["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"
    words = shown(done)
    assert f"Ký bởi: {NAME}" in words and f"Cơ quan: {BODY}" in words and "Lý do: Phê duyệt kết quả" in words
    assert "Thời gian ký: " in words
    assert [p.message[:9] for p in pdf_signing.sayings(found)] == ["Người ký:", "Giờ ký là", "Tệp nguyê", "Nơi cấp c"]


def shown(path: Path) -> str:
    """The words of the signature's block as a viewer draws it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    page = document[len(document) - 1]
    pypdfium2.raw.FPDFPage_Flatten(page, 0)
    flat = document[len(document) - 1].get_textpage().get_text_bounded()
    return " ".join(flat.split())


def test_a_second_person_signs_and_a_change_is_seen(paper: bytes, file: Path, tmp_path: Path) -> None:
    once = signed(paper, KeyFile(file, PASSPHRASE), Signing(place=0), tmp_path)
    twice = tmp_path / "hai.pdf"
    other = tmp_path / "khac.p12"
    other.write_bytes(made("rsa", "Lê Văn Hai").p12())
    pdf_signing.sign_file(once, twice, KeyFile(other, PASSPHRASE), Signing(place=1))
    assert [(s.holder.name, s.state) for s in pdf_signing.check(twice)] == [(NAME, "signed_further"), ("Lê Văn Hai", "untouched")]
    content = bytearray(once.read_bytes())
    place = content.index(b"/MediaBox")
    content[place : place + 9] = b"/MediaBux"
    (tmp_path / "sua.pdf").write_bytes(content)
    (altered,) = pdf_signing.check(tmp_path / "sua.pdf")
    assert altered.state == "altered" and not altered.good
    writer = pypdf.PdfWriter(once, incremental=True)  # a page more, appended by the rules of the format
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "them.pdf")
    (added,) = pdf_signing.check(tmp_path / "them.pdf")
    assert added.state == "altered" and "TỆP ĐÃ BỊ SỬA SAU KHI KÝ." in [p.message for p in pdf_signing.sayings(added)]


def test_a_damaged_signature_is_told_as_altered(paper: bytes, file: Path, tmp_path: Path) -> None:
    content = signed(paper, KeyFile(file, PASSPHRASE), folder=tmp_path).read_bytes()
    begin = content.index(b"/Contents <") + 11
    for place in (900, 1500):  # somewhere in the certificate, in the signature
        changed = bytearray(content)
        changed[begin + place] = ord("1") if changed[begin + place] == ord("0") else ord("0")
        (tmp_path / "hong.pdf").write_bytes(changed)
        (found,) = pdf_signing.check(tmp_path / "hong.pdf")
        assert not found.good and "TỆP ĐÃ BỊ SỬA SAU KHI KÝ." in [p.message for p in pdf_signing.sayings(found)]
    (tmp_path / "nat.pdf").write_bytes(content[: begin + 40] + b"0" * 200 + content[begin + 240 :])
    with pytest.raises(UserError, match="bị hỏng"):
        pdf_signing.check(tmp_path / "nat.pdf")


def test_trust_is_told_only_where_roots_are_given(paper: bytes, file: Path, tmp_path: Path) -> None:
    done = signed(paper, KeyFile(file, PASSPHRASE), folder=tmp_path)
    own, foreign = tmp_path / "goc.pem", tmp_path / "la.cer"
    own.write_bytes(made().pem())
    foreign.write_bytes(made("rsa", "Nơi khác").der())
    assert pdf_signing.check(done, [own])[0].trusted is True
    assert pdf_signing.check(done, [foreign])[0].trusted is False
    with pytest.raises(UserError, match="chứng thư tin cậy"):
        pdf_signing.check(done, [done])


def test_with_a_time_server_the_time_is_the_servers(paper: bytes, file: Path, tmp_path: Path) -> None:
    with time_server() as address:
        done = signed(paper, KeyFile(file, PASSPHRASE), Signing(time_server=address), tmp_path)
    (found,) = pdf_signing.check(done)
    assert found.time_server == "Máy chủ thời gian thử" and found.good and found.at is not None
    with done.open("rb") as content:  # and so says pyHanko's own validation with both roots trusted
        (one,) = PdfFileReader(content).embedded_regular_signatures
        from asn1crypto import x509

        roots = [x509.Certificate.load(m.der()) for m in (made(), made("rsa", "Máy chủ thời gian thử", stamps=True))]
        context = ValidationContext(trust_roots=roots, allow_fetching=False)
        status = validate_pdf_signature(one, context, ts_validation_context=context)
        assert status.bottom_line and status.timestamp_validity.trusted and status.timestamp_validity.intact


def test_a_time_server_that_does_not_answer_leaves_nothing_behind(paper: bytes, file: Path, tmp_path: Path) -> None:
    key = KeyFile(file, PASSPHRASE)
    assert "http://127.0.0.1:9/ không trả lời đúng; chưa ký gì" in refused(paper, key, tmp_path, Signing(time_server="http://127.0.0.1:9/"))
    with time_server(answers=False) as address:
        assert "không trả lời đúng" in refused(paper, key, tmp_path, Signing(time_server=address))
    assert "http:// hoặc https://" in refused(paper, key, tmp_path, Signing(time_server="tsa.gov.vn"))


def test_refusals_of_a_certificate_file_are_plain(paper: bytes, file: Path, tmp_path: Path) -> None:
    assert refused(paper, KeyFile(file, "sai"), tmp_path) == "Mật khẩu của tệp chứng thư chung-thu.p12 chưa đúng. Hãy gõ lại."
    for name, content, words in (
            ("cu.p12", made(days=(-400, -2)).p12(), f"Chứng thư số của {NAME} đã hết hạn ngày "),
            ("moi.p12", made(days=(2, 400)).p12(), "mới có hiệu lực"),
            ("mahoa.p12", made(signs=False).p12(), "không dùng để ký được"),
            ("ed.p12", made("ed25519").p12(), "dùng loại khóa không ký PDF được"),
            ("anh.p12", b"\x89PNG", "không phải tệp chứng thư số")):
        path = tmp_path / name
        path.write_bytes(content)
        assert words in refused(paper, KeyFile(path, PASSPHRASE), tmp_path)
    assert "Không tìm thấy tệp" in refused(paper, KeyFile(tmp_path / "khong.p12", PASSPHRASE), tmp_path)
    assert "không phải PDF" in refused(b"xin chao", KeyFile(file, PASSPHRASE), tmp_path)
    damaged = paper.replace(b"/Count", b"/Cxunt")  # read by the program that shows it, but not whole
    assert damaged != paper and "không phải PDF" in refused(damaged, KeyFile(file, PASSPHRASE), tmp_path)
    assert "có 2 chỗ ký" in refused(paper, KeyFile(file, PASSPHRASE), tmp_path, Signing(place=4))


def test_many_papers_are_signed_with_one_entry_all_or_none(paper: bytes, file: Path, tmp_path: Path) -> None:
    goals = [tmp_path / f"{n}.pdf" for n in range(3)]
    seen: list[int] = []
    holder = pdf_signing.sign_all(dict.fromkeys(goals, paper), KeyFile(file, PASSPHRASE), Signing(),
                                  lambda done, _total, _what: seen.append(done))
    assert holder.name == NAME and seen == [1, 2, 3] and all(pdf_signing.check(goal)[0].good for goal in goals)
    lost = {tmp_path / "a.pdf": paper, tmp_path / "b.pdf": b"khong phai"}
    with pytest.raises(UserError):
        pdf_signing.sign_all(lost, KeyFile(file, PASSPHRASE), Signing())
    assert not (tmp_path / "a.pdf").exists()


# -- a token --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SoftHSM with two tokens: "ocop" with an RSA and an EC key, "trong" with none. Without SoftHSM these tests fail."""
    found = next((Path(name) for name in LIBRARIES if name and Path(name).is_file()), None)
    if found is None:
        pytest.fail("SoftHSM is not here, so signing with a token is not tested. On Debian: sudo apt-get install softhsm2; "
                    "elsewhere install SoftHSM 2 and name its library in SOFTHSM2_LIB.")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)  # the library reads it once, when it is loaded
    for label in TOKENS:
        util("--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", PIN)
    return found


def util(*words: str) -> None:
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)


def put(library: Path, token: str, kind: str, folder: Path) -> None:
    """A key and its certificate onto a token."""
    import pkcs11
    from pkcs11 import Attribute, CertificateType, ObjectClass

    owner, id = made(kind, f"Người giữ {kind}", days=(-1, 30 if kind == "rsa" else 60)), kind.encode()
    (folder / "key.pem").write_bytes(owner.key_pem())
    util("--import", str(folder / "key.pem"), "--token", token, "--label", kind, "--id", id.hex(), "--pin", PIN)
    with pkcs11.lib(str(library)).get_token(token_label=token).open(rw=True, user_pin=PIN) as session:
        session.create_object({Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                               Attribute.TOKEN: True, Attribute.ID: id, Attribute.LABEL: kind, Attribute.VALUE: owner.der(),
                               Attribute.SUBJECT: owner.certificate.subject.public_bytes()})


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_token_signs(paper: bytes, library: Path, tmp_path: Path, kind: str) -> None:
    put(library, "ocop", kind, tmp_path)
    done = signed(paper, Token(library, PIN, "ocop"), Signing("Ký bằng thiết bị"), tmp_path)
    (found,) = pdf_signing.check(done)
    assert (found.holder.name, found.state, found.good) == (f"Người giữ {kind}", "untouched", True)


def test_refusals_of_a_token_are_plain(paper: bytes, library: Path, tmp_path: Path) -> None:
    assert set(pdf_signing.tokens(str(library))) == set(TOKENS)
    assert "Mã PIN của thiết bị ký chưa đúng" in refused(paper, Token(library, "000000", "ocop"), tmp_path)
    assert "không có chứng thư số nào" in refused(paper, Token(library, PIN, "trong"), tmp_path)
    assert "Không thấy thiết bị ký “vgca”" in refused(paper, Token(library, PIN, "vgca"), tmp_path)
    assert "Đang cắm nhiều thiết bị ký" in refused(paper, Token(library, PIN), tmp_path)
    wrong = tmp_path / "thu-vien.so"
    wrong.write_bytes(b"khong phai thu vien")
    assert "Không dùng được thư viện thu-vien.so" in refused(paper, Token(wrong, PIN), tmp_path)
    assert "Không tìm thấy tệp" in refused(paper, Token(tmp_path / "khong.so", PIN), tmp_path)


def test_a_token_taken_away_while_signing_is_told(paper: bytes, library: Path, tmp_path: Path) -> None:
    import pkcs11

    put(library, "rut", "rsa", tmp_path)
    with pytest.raises(UserError, match="có thể đã bị rút ra"), pdf_signing.open_key(Token(library, PIN, "rut")) as key:
        pkcs11.lib(str(library)).reinitialize()  # every session with it is gone, as when it is pulled out
        pdf_signing.sign(paper, key, Signing())
