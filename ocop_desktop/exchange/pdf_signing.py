"""Signing a PDF so that any reader of PDF can check it: PAdES B-B, and B-T with a time stamp where a time server is named."""

from __future__ import annotations

import io
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocop_desktop.errors import UserError

if TYPE_CHECKING:
    from ocop_desktop.exchange.signing_keys import SigningKey

Box = tuple[float, float, float, float]  # left, bottom, right, top in points
PATIENCE = 10  # seconds for a time server
LONGEST_ANSWER = 1 << 20  # bytes


@dataclass(frozen=True)
class Visible:
    """What the signature shows: a PDF page with the block, the page it goes to (the first is 0) and where."""

    block: bytes
    page: int
    box: Box


def sign(pdf: bytes, key: SigningKey, visible: Visible, reason: str = "", time_server: str = "") -> bytes:
    """A PDF with one more signature; earlier signatures stay good.

    Args:
        time_server: address of an RFC 3161 time server; empty: none, the signature says the time of this computer.

    Raises:
        UserError: it is not a PDF or is locked, the time server does not answer, or an earlier signature allows no further one.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers
    from pyhanko.sign.general import SigningError
    from pyhanko.stamp import StaticStampStyle

    stamper = _time_stamper(time_server) if time_server else None
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        name = _free_name(writer)
        fields.append_signature_field(writer, fields.SigFieldSpec(name, on_page=visible.page, box=_whole(visible.box)))
        meta = signers.PdfSignatureMetadata(field_name=name, md_algorithm="sha256", reason=reason or None,
                                            subfilter=fields.SigSeedSubFilter.PADES)
        style = StaticStampStyle(background=_content(visible.block), border_width=0)
        out = io.BytesIO()
        signers.PdfSigner(meta, signer=key.signer, timestamper=stamper, stamp_style=style).sign_pdf(writer, output=out)
        return out.getvalue()
    except OSError as error:  # also pyHanko's TimestampRequestError
        raise UserError("Máy chủ thời gian {address} không trả lời đúng; chưa ký gì. Hãy xem lại mạng và địa chỉ ở Cài đặt, "
                        "hoặc bỏ trống để ký không có dấu thời gian.", address=time_server) from error
    except PdfError as error:
        raise UserError("Tệp này không phải PDF đọc được, hoặc bị khóa bằng mật khẩu; chưa ký gì.") from error
    except SigningError as error:
        raise UserError("Không ký thêm được vào tệp này: chữ ký trước không cho phép; chưa ký gì.") from error


def _free_name(writer: Any) -> str:
    from pyhanko.sign.fields import enumerate_sig_fields

    taken = {name for name, *_rest in enumerate_sig_fields(writer)}
    return next(name for number in range(1, 10_000) if (name := f"ChuKy{number}") not in taken)


def _whole(box: Box) -> tuple[int, int, int, int]:
    left, bottom, right, top = (int(side) for side in box)
    return left, bottom, right, top


def _content(block: bytes) -> Any:
    """A PDF page as what pyHanko puts into a signature's appearance; its own class wants a file's name."""
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.reader import PdfFileReader

    class Block(PdfContent):
        def render(self) -> bytes:
            writer: Any = self._ensure_writer
            drawn = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(block)), page_ix=0)
            self.resources.xobject["/Block"] = drawn
            left, bottom, right, top = drawn.get_object()["/BBox"]
            self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
            return b"/Block Do"

    return Block()


def _time_stamper(address: str) -> Any:
    """Asks an RFC 3161 server by plain HTTP; pyHanko's own client keeps an event loop for it."""
    from asn1crypto import tsp
    from pyhanko.sign.timestamps import TimeStamper

    if not address.startswith(("http://", "https://")):
        raise UserError("Địa chỉ máy chủ thời gian phải bắt đầu bằng http:// hoặc https://; đọc được “{address}”.",
                        address=address)

    class Server(TimeStamper):
        async def async_request_tsa_response(self, req: Any) -> Any:
            request = urllib.request.Request(address, req.dump(), {"Content-Type": "application/timestamp-query"})
            try:
                with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                    return tsp.TimeStampResp.load(answer.read(LONGEST_ANSWER))
            except ValueError as error:  # no answer in the form of a time stamp
                raise OSError(str(error)) from error

    return Server()
