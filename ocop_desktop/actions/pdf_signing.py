"""Signing papers: one file or many with one entry of the secret, the block above the signatory's name; checking them again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop.actions.files import write_whole
from ocop_desktop.errors import Problem, UserError, missing_file, why
from ocop_desktop.exchange.signing_keys import Holder, KeyFile, SigningKey, Token

if TYPE_CHECKING:
    from ocop_desktop.exchange.pdf_checking import CheckedSignature
    from ocop_desktop.papers.signature_place import SignaturePlace

__all__ = ["CheckedSignature", "Holder", "KeyFile", "Signing", "Token", "check", "codes_and_signatures", "key_of", "open_key",
           "places", "sayings", "sign", "sign_all", "sign_file", "tokens"]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Signing:
    """How to sign.

    Args:
        reason: shown in the block; time_server: empty for none.
        place: which of the paper's places, the first is 0; above: words the block goes above where the paper notes no place.
    """

    reason: str = ""
    time_server: str = ""
    place: int = 0
    above: str = ""


@contextmanager
def open_key(source: KeyFile | Token) -> Iterator[SigningKey]:
    """Open a key for any number of papers.

    Raises:
        UserError: see ``exchange.signing_keys.opened``.
    """
    from ocop_desktop.exchange.signing_keys import opened

    with opened(source) as key:
        yield key


def key_of(signing: Mapping[str, str], secret: str) -> KeyFile | Token:
    """What the settings name, with the secret just typed.

    Raises:
        UserError: nothing is chosen.
    """
    if signing.get("source") == "file" and signing.get("file"):
        return KeyFile(Path(signing["file"]), secret)
    if signing.get("source") == "token" and signing.get("library"):
        return Token(Path(signing["library"]), secret, signing.get("token", ""))
    raise UserError("Chưa chọn chứng thư số. Hãy chọn tệp chứng thư hoặc thiết bị ký ở Cài đặt, mục Ký số.")


def tokens(library: str) -> tuple[str, ...]:
    """Labels of the tokens plugged in.

    Raises:
        UserError: the maker's library cannot be used.
    """
    from ocop_desktop.exchange.signing_keys import tokens as found

    return found(Path(library))


def places(pdf: bytes, above: str = "") -> tuple[SignaturePlace, ...]:
    """Where a paper can be signed, in the order of its pages; at least one.

    Raises:
        UserError: it is not a readable PDF.
    """
    from ocop_desktop.papers import signature_place

    try:
        return signature_place.places(pdf, above)
    except signature_place.NotReadable as error:
        raise UserError("Tệp này không phải PDF đọc được, hoặc bị khóa bằng mật khẩu; chưa ký gì.") from error


def sign(pdf: bytes, key: SigningKey, signing: Signing, at: dt.datetime | None = None) -> bytes:
    """A paper with one more signature and its block.

    Args:
        at: the moment the block shows.

    Raises:
        UserError: not a PDF, no such place, or the time server does not answer.
    """
    from ocop_desktop.exchange import pdf_signing
    from ocop_desktop.papers.signature_stamp import SignatureStamp, render

    found = places(pdf, signing.above)
    if not 0 <= signing.place < len(found):
        raise UserError("Tệp này có {count} chỗ ký; không có chỗ thứ {number}.", count=len(found), number=signing.place + 1)
    place = found[signing.place]
    moment = at or dt.datetime.now().astimezone()
    left, bottom, right, top = place.box
    block = render(SignatureStamp(key.holder.name, key.holder.body, moment, signing.reason), right - left, top - bottom)
    return pdf_signing.sign(pdf, key, pdf_signing.Visible(block, place.page, place.box), signing.reason, signing.time_server)


def sign_all(papers: Mapping[Path, bytes], source: KeyFile | Token, signing: Signing, progress: Progress | None = None) -> Holder:
    """Sign papers and write each to its file, all or none; who signed. The secret is needed once.

    Raises:
        UserError: as ``open_key`` and ``sign``, or a file cannot be written.
    """
    signed = {}
    with open_key(source) as key:
        for done, (path, pdf) in enumerate(papers.items(), 1):
            signed[path] = sign(pdf, key, signing)
            if progress:
                progress(done, len(papers), "")
        holder = key.holder
    write_whole(signed)
    return holder


def sign_file(path: Path, goal: Path, source: KeyFile | Token, signing: Signing) -> Holder:
    """Sign a PDF file and write it elsewhere, whole or not at all; who signed.

    Raises:
        UserError: as ``sign_all``, or the file cannot be read.
    """
    return sign_all({goal: _read(path)}, source, signing)


def check(path: Path, roots: Sequence[Path] = ()) -> tuple[CheckedSignature, ...]:
    """The signatures of a PDF file, the first one first.

    Args:
        roots: files of certificates one trusts.

    Raises:
        UserError: a file cannot be read, or is not what it should be.
    """
    from ocop_desktop.exchange import pdf_checking

    return pdf_checking.check(_read(path), [_read(root) for root in roots])


def codes_and_signatures(path: Path, roots: Sequence[Path] = ()) -> tuple[list[str], tuple[CheckedSignature, ...]]:
    """What a picture or PDF can prove: its QR codes, and the electronic signatures of a PDF, the first one first.

    Args:
        roots: files of certificates one trusts.

    Raises:
        UserError: a file cannot be read, or the first one has neither a code nor a signature.
    """
    from ocop_desktop.actions.files import read_from_stick
    from ocop_desktop.exchange import pdf_checking
    from ocop_desktop.papers import code_reading

    content = read_from_stick(path, code_reading.MOST_BYTES)
    signed = content.startswith(b"%PDF") and b"/ByteRange" in content  # every signature has one, and it is never packed
    signatures = pdf_checking.check(content, [_read(root) for root in roots]) if signed else ()
    codes = code_reading.codes_in(content, path.name)
    if not codes and not signatures:
        raise UserError("Không thấy mã QR hay chữ ký số nào trong {file}. Ảnh mã QR: hãy chụp gần hơn, đủ sáng, thấy trọn ô mã, "
                        "rồi chọn lại.", file=path.name)
    return codes, signatures


def sayings(signature: CheckedSignature) -> tuple[Problem, ...]:
    """What there is to say of a signature: who and when, whose time, what became of the file, whose certificate."""
    holder = signature.holder
    at = f"{signature.at.astimezone():%d/%m/%Y %H:%M:%S}" if signature.at else ""
    if not holder.name:
        return (Problem("TỆP ĐÃ BỊ SỬA SAU KHI KÝ."), Problem("Chữ ký hỏng đến mức không đọc được ai đã ký."))
    who = f"{holder.name} ({holder.body})" if holder.body and holder.body != holder.name else holder.name
    said = [Problem("Người ký: {name}, lúc {at}.", {"name": who, "at": at})]
    if not at:
        said = [Problem("Người ký: {name}.", {"name": who})]
    if signature.time_server:
        said.append(Problem("Giờ ký do máy chủ thời gian {server} xác nhận.", {"server": signature.time_server}))
    else:
        said.append(Problem("Giờ ký là giờ của máy người ký, không có máy chủ thời gian xác nhận."))
    said.append({"untouched": Problem("Tệp nguyên vẹn từ khi ký."),
                 "signed_further": Problem("Nội dung nguyên vẹn; sau chữ ký này chỉ có người khác ký thêm."),
                 "altered": Problem("TỆP ĐÃ BỊ SỬA SAU KHI KÝ.")}[signature.state])
    if not signature.in_time:
        said.append(Problem("Lúc ký, chứng thư số không còn hoặc chưa có hiệu lực ({begins} đến {ends}).",
                            {"begins": f"{holder.begins:%d/%m/%Y}", "ends": f"{holder.ends:%d/%m/%Y}"}))
    trust = {None: Problem("Nơi cấp chứng thư: {issuer} (chưa kiểm tra).", {"issuer": holder.issuer}),
             True: Problem("Nơi cấp chứng thư: {issuer} (tin cậy).", {"issuer": holder.issuer}),
             False: Problem("Nơi cấp chứng thư: {issuer} (không có trong danh sách tin cậy).", {"issuer": holder.issuer})}
    return (*said, trust[signature.trusted])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise missing_file(path) from error
    except OSError as error:
        raise UserError("Không đọc được {file}: {reason}.", file=str(path), reason=why(error)) from error
