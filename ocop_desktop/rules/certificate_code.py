"""The text inside a certificate's QR code: compact, readable without the network, with room for a signature at its end.

``OCOP1|number|product code|product|producer|stars|decision number|decision date|issued on|valid until|signature``;
dates as yyyy-mm-dd; a bar or backslash inside a value is preceded by a backslash.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ocop_desktop.errors import UserError

FORM = "OCOP1"
_VALUE = re.compile(r"((?:[^|\\]|\\.)*)(\||$)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SPECIAL = re.compile(r"([|\\])")


@dataclass(frozen=True)
class CertificateCode:
    """What a certificate's code says; ``signature`` is empty where the certificate is not signed electronically."""

    number: str
    product_code: str
    product: str
    producer: str
    stars: int
    decision_number: str
    decision_date: dt.date
    issued_on: dt.date
    valid_until: dt.date
    signature: str = ""


def write_code(code: CertificateCode) -> str:
    """The text for the QR code; an empty signature leaves no trace."""
    values = [
        code.number,
        code.product_code,
        code.product,
        code.producer,
        str(code.stars),
        code.decision_number,
        code.decision_date.isoformat(),
        code.issued_on.isoformat(),
        code.valid_until.isoformat(),
        code.signature,
    ]
    if not code.signature:
        values.pop()
    return "|".join([FORM, *(_SPECIAL.sub(r"\\\1", value) for value in values)])


def read_certificate_code(text: str) -> CertificateCode:
    """What a scanned text says.

    Raises:
        UserError: the text is not a certificate's code, or damaged.
    """
    values = _split(text)
    if values[0] != FORM:
        raise UserError("Mã vừa quét không phải mã của giấy chứng nhận OCOP.")
    if len(values) not in (10, 11):
        raise UserError("Mã của giấy chứng nhận bị thiếu dữ liệu; hãy quét lại.")
    try:
        return CertificateCode(
            values[1],
            values[2],
            values[3],
            values[4],
            int(values[5]),
            values[6],
            dt.date.fromisoformat(values[7]),
            dt.date.fromisoformat(values[8]),
            dt.date.fromisoformat(values[9]),
            *values[10:],
        )
    except ValueError:
        raise UserError("Mã của giấy chứng nhận bị hỏng ở số sao hoặc ngày; hãy quét lại.") from None


def _split(text: str) -> list[str]:
    values = []
    for match in _VALUE.finditer(text):
        values.append(_ESCAPED.sub(r"\1", match[1]))
        if not match[2]:
            break
    return values
