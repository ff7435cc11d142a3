"""What a certificate's QR code says, as bytes that have exactly one spelling; described in ``resources/help/ma-qr.md``.

A letter of Vietnamese, ASCII or the usual punctuation is one byte, so two names of 120 letters fit whatever their accents.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass

from ocop_desktop.errors import UserError

# The order is the format: never change it, only add at the end (up to 255 letters).
LETTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    + "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
    + "–—‘’“”…·•×°®™²³½«»")
OTHER = 255  # before any other letter: its number in three bytes
FIRST_DAY = dt.date(2000, 1, 1)
KEY_ID = 8  # bytes
LONGEST_VALUE = 255  # bytes
_PLACE = {letter: place for place, letter in enumerate(LETTERS)}
_KNOWN, _BYTE = frozenset(LETTERS), {ord(letter): place for place, letter in enumerate(LETTERS)}
_UNFIT = "Mã của giấy chứng nhận không đúng dạng."


@dataclass(frozen=True)
class CertificateCode:
    """What a certificate's code says: what stands on the paper.

    Args:
        number, product_code, product, producer, decision_number: as printed; the product's code may be empty.
        stars: 3, 4 or 5.
        valid_until: last day of validity.
    """

    number: str
    product_code: str
    product: str
    producer: str
    stars: int
    decision_number: str
    decision_date: dt.date
    issued_on: dt.date
    valid_until: dt.date


def pack(code: CertificateCode, key_id: bytes) -> bytes:
    """The bytes that get signed: key id (8), stars (1), days of decision, issue and end since 01/01/2000 (2 each), then number,
    product code, decision number, product and producer, each after a byte with its length.

    Raises:
        UserError: a name that takes more than 255 bytes, stars or days out of reach; says which.
    """
    days = (code.decision_date, code.issued_on, code.valid_until)
    if code.stars not in (3, 4, 5) or len(key_id) != KEY_ID:
        raise UserError(_UNFIT)
    head = key_id + bytes((code.stars,)) + b"".join(map(_day, days))
    return head + b"".join(map(_value, (code.number, code.product_code, code.decision_number, code.product, code.producer)))


def unpack(packed: bytes) -> tuple[CertificateCode, bytes]:
    """What bytes say, and the id of the key they name. Nothing is believed yet: the signature is for the caller to check.

    Raises:
        UserError: they are not exactly what ``pack`` writes.
    """
    try:
        key_id, stars = packed[:KEY_ID], packed[KEY_ID]
        at = KEY_ID + 1
        decided, issued, until = (FIRST_DAY + dt.timedelta(days=int.from_bytes(packed[n:n + 2])) for n in (at, at + 2, at + 4))
        at, values = at + 6, []
        for _value_no in range(5):
            size = packed[at]
            values.append(_text(packed[at + 1:at + 1 + size]))
            at += 1 + size
        number, product_code, decision, product, producer = values
        code = CertificateCode(number, product_code, product, producer, stars, decision, decided, issued, until)
        same = pack(code, key_id) == packed  # also refuses letters spelled otherwise, blanks, and anything at the end
    except (IndexError, ValueError, OverflowError) as error:
        raise UserError(_UNFIT) from error
    if not same or until < issued or not (number and product and producer and decision):
        raise UserError(_UNFIT)
    return code, key_id


def _day(day: dt.date) -> bytes:
    days = (day - FIRST_DAY).days
    if not 0 <= days < 1 << 16:
        raise UserError("Ngày {date} không ghi được vào mã của giấy chứng nhận; hãy sửa ngày.", date=f"{day:%d/%m/%Y}")
    return days.to_bytes(2)


def _value(text: str) -> bytes:
    """A value after its length, as it is printed: NFC, single blanks, nothing that cannot be seen."""
    whole = unicodedata.normalize("NFC", text)
    if not whole.isprintable():
        whole = "".join(c for c in whole if c.isprintable() or c.isspace())
    seen = " ".join(whole.split())
    if _KNOWN.issuperset(seen):
        written = seen.translate(_BYTE).encode("latin-1")
    else:
        written = b"".join(bytes((_PLACE[c],)) if c in _PLACE else bytes((OTHER,)) + ord(c).to_bytes(3) for c in seen)
    if len(written) > LONGEST_VALUE:
        raise UserError("“{text}” quá dài, không ghi đủ vào mã của giấy chứng nhận; hãy rút gọn trong hồ sơ.",
                        text=seen[:60] + "…")
    return bytes((len(written),)) + written


def _text(written: bytes) -> str:
    letters, at = [], 0
    while at < len(written):
        if written[at] == OTHER:
            letters.append(chr(int.from_bytes(written[at + 1:at + 4])))
            at += 4
        else:
            letters.append(LETTERS[written[at]])
            at += 1
    return "".join(letters)
