"""Checking the signatures of a PDF: who, when, with whose time; untouched since, signed further, or altered."""

from __future__ import annotations

import datetime as dt
import io
import logging
from collections.abc import Sequence
from collections.abc import Set as Set
from dataclasses import dataclass
from typing import Any, Literal

from ocop_desktop.errors import UserError
from ocop_desktop.exchange.signing_keys import Holder, holder_of

_BROKEN = (ValueError, TypeError, KeyError)  # what damaged signatures raise, pyHanko's own errors among them
State = Literal["untouched", "signed_further", "altered"]


@dataclass(frozen=True)
class CheckedSignature:
    """One signature of a PDF.

    Args:
        holder: who signed, as the certificate says; ``NOBODY`` where it cannot be read any more.
        at: when; of a time server where there is one, else of the signer's computer; None where it does not say.
        time_server: who stamped the time, or nothing.
        reason: as the signer gave it.
        state: ``untouched``: not a byte was added; ``signed_further``: only further signatures; ``altered``: anything else.
        in_time: whether the certificate was valid at ``at``.
        trusted: whether the certificate leads to one of the roots given; None where none were given.
    """

    holder: Holder
    at: dt.datetime | None
    time_server: str
    reason: str
    state: State
    in_time: bool
    trusted: bool | None

    @property
    def good(self) -> bool:
        """Whether nothing speaks against it."""
        return self.state != "altered" and self.in_time and self.trusted is not False


NOBODY = Holder("", "", "", "", dt.datetime.min, dt.datetime.max)


def check(pdf: bytes, roots: Sequence[bytes] = ()) -> tuple[CheckedSignature, ...]:
    """Every signature of a PDF, the first one first; empty where there is none. Nothing is fetched from the network.

    Args:
        roots: certificates one trusts (PEM or DER), the issuer's as a rule.

    Raises:
        UserError: it is not a readable PDF, or a root is not a certificate.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    # It logs a traceback for every certificate nobody vouches for; here that is one of the answers.
    logging.getLogger("pyhanko.sign.validation.generic_cms").setLevel(logging.CRITICAL)
    trusted = [_certificate(root) for root in roots]
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        found = reader.embedded_regular_signatures
    except PdfError as error:
        raise UserError("Tệp này không phải PDF đọc được, hoặc bị khóa bằng mật khẩu.") from error
    except _BROKEN as error:
        raise UserError("Chữ ký trong tệp bị hỏng, không đọc được: tệp đã bị sửa.") from error
    return tuple(_checked(one, trusted, {other.field_name for other in found}) for one in found)


def _certificate(content: bytes) -> Any:
    from asn1crypto import pem, x509

    try:
        if pem.detect(content):
            content = pem.unarmor(content)[2]
        certificate = x509.Certificate.load(content, strict=True)
        certificate.native  # noqa: B018 - reading it all shows whether it is one
        return certificate
    except (ValueError, TypeError) as error:
        raise UserError("Tệp chứng thư tin cậy không đọc được; cần tệp .pem, .cer hoặc .crt.") from error


def _checked(signature: Any, roots: Sequence[Any], fields: Set[str]) -> CheckedSignature:
    """One signature; ``fields``: the names of all fields that hold one."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    # The dates of the certificate are compared here, at the moment of signing: a paper stays good when its certificate ends.
    try:
        holder = holder_of(signature.signer_cert)
    except _BROKEN:
        return CheckedSignature(NOBODY, None, "", "", "altered", True, None)
    context = ValidationContext(trust_roots=[*roots], allow_fetching=False, revocation_mode="soft-fail",
                                moment=_inside(signature.self_reported_timestamp, holder))
    try:
        status = validate_pdf_signature(signature, signer_validation_context=context, ts_validation_context=context)
    except _BROKEN:
        return CheckedSignature(holder, signature.self_reported_timestamp, "", _reason(signature), "altered", True, None)
    stamp = status.timestamp_validity
    at, server = status.signer_reported_dt, ""
    if stamp is not None and stamp.intact and stamp.valid:
        at, server = stamp.timestamp, holder_of(stamp.signing_cert).name
    return CheckedSignature(
        holder, at, server, _reason(signature), _state(status, fields), at is None or holder.begins <= at <= holder.ends,
        bool(status.trusted) if roots else None)


def _inside(at: dt.datetime | None, holder: Holder) -> dt.datetime:
    """The moment asked about, brought into the certificate's time: whether it lay in it is told apart."""
    return min(max(at or holder.begins, holder.begins), holder.ends)


def _reason(signature: Any) -> str:
    return str(signature.sig_object.get("/Reason", "") or "")


def _state(status: Any, fields: Set[str]) -> State:
    from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if not (status.intact and status.valid):
        return "altered"
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "untouched"
    added = status.diff_result
    only_signed = (isinstance(added, DiffResult) and added.modification_level <= ModificationLevel.FORM_FILLING
                   and added.changed_form_fields <= fields)  # filling another field in is a change here
    return "signed_further" if only_signed else "altered"
