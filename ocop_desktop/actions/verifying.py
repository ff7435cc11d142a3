"""Whether a certificate is genuine, by its QR code alone: no network, no register, only keys and the list of revoked ones.

What it is checked with: ``trusted_keys``.
Described in ``resources/help/ma-qr.md``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ocop_desktop.actions.files import read_from_stick
from ocop_desktop.actions.trusted_keys import Trust, list_of
from ocop_desktop.errors import Problem, UserError
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.exchange.certificate_signature import Signed
    from ocop_desktop.exchange.key_files import Key, Keyring, RevokedList
    from ocop_desktop.rules.certificate_code import CertificateCode

State = Literal["valid", "extended", "expired", "revoked", "early", "not_genuine", "unknown_key", "lost_key", "old_key",
                "unsigned", "garbled"]
GOOD: frozenset[State] = frozenset(("valid", "extended"))
UNSIGNED = ("OCOP: mã chưa có chữ ký số", "OCOP1|")  # how codes without a signature begin
LIST_AGED = 90  # days after which a list of revoked certificates is called old
SAYS: dict[State, str] = {
    "valid": N_("GIẤY THẬT, CÒN HIỆU LỰC đến {date}."),
    "extended": N_("GIẤY THẬT, ĐƯỢC GIA HẠN đến {date}."),
    "expired": N_("GIẤY THẬT nhưng ĐÃ HẾT HẠN từ sau ngày {date}."),
    "revoked": N_("ĐÃ THU HỒI từ ngày {date}: giấy không còn giá trị."),
    "early": N_("CHƯA CÓ HIỆU LỰC: giấy ghi ngày cấp {date}, sau hôm nay. Hãy xem đồng hồ của máy này có đúng không."),
    "not_genuine": N_("KHÔNG PHẢI GIẤY THẬT: mã này không do tỉnh ký, hoặc đã bị sửa."),
    "unknown_key": N_("CHƯA XÁC ĐỊNH ĐƯỢC: máy này chưa có khóa công khai của nơi ký ({key})."),
    "lost_key": N_("KHÔNG TIN ĐƯỢC: ký bằng khóa đã bị hủy vì lộ; hãy hỏi nơi cấp xem giấy đã được in lại chưa."),
    "old_key": N_("KHÔNG TIN ĐƯỢC: giấy ghi ngày cấp {date}, sau khi khóa ký giấy này đã thôi dùng; hãy hỏi nơi cấp."),
    "unsigned": N_("KHÔNG CHỨNG MINH ĐƯỢC GÌ: mã này không có chữ ký số; hãy đối chiếu với sổ của nơi cấp."),
    "garbled": N_("ĐỌC SAI: chữ bị đổi khi nhập. Hãy tắt bộ gõ tiếng Việt và phím Caps Lock rồi quét lại."),
}
BY_REGISTER = N_("Theo sổ giấy chứng nhận của tệp đang mở.")
NO_LIST = N_("Chưa có danh sách thu hồi của nơi cấp trên máy này, nên không biết giấy đã bị thu hồi hay chưa.")
BY_LIST = N_("Theo danh sách thu hồi ngày {date} của {office}.")
BY_OLD_LIST = N_("Theo danh sách thu hồi ngày {date} của {office}; danh sách đã cũ, hãy xin danh sách mới.")


@dataclass(frozen=True)
class Verdict:
    """What a code comes to.

    Args:
        state: see ``SAYS``. code: what the paper has to say; None where nothing can be believed.
        office: who signed. fingerprint: of the key. list_day: of the list looked into; None where there is none.
        day: what the state is about: last day, day of revocation, of issue. said: the state as a sentence.
        by_list: which list that rests on, as a sentence; None where it rests on none.
    """

    state: State
    said: Problem
    code: CertificateCode | None = None
    office: str = ""
    fingerprint: str = ""
    day: dt.date | None = None
    list_day: dt.date | None = None
    by_list: Problem | None = None

    @property
    def good(self) -> bool:
        """Genuine and in force, as far as this computer knows."""
        return self.state in GOOD


def verify(text: str, trust: Trust, today: dt.date | None = None) -> Verdict:
    """What the text of a QR code comes to.

    Args:
        text: as a camera or hand scanner gives it.
        today: the day it has to be in force.
    """
    from ocop_desktop.exchange import certificate_signature as signature

    keys = {id: key for ring in trust.keyrings for id, key in ring.by_id().items()}
    try:
        signed = signature.read_text(text, keys)
    except signature.UnknownKey as error:
        return _verdict("unknown_key", key=error.values["key"])
    except signature.NotGenuine:
        return _verdict(_other(text.strip("\r\n")))
    ring = max((r for r in trust.keyrings if signed.key in r.by_id().values()), key=lambda r: r.made_at)
    return _judged(signed, ring, trust, today or dt.date.today())


def _other(text: str) -> State:
    """Text that is no signed code: honest about having no signature, altered by the keyboard's settings, or a forgery."""
    from ocop_desktop.exchange.certificate_signature import ALPHABET, PREFIX

    if text.startswith(UNSIGNED):
        return "unsigned"
    typed_wrong = text.upper().startswith(PREFIX) and (text.swapcase() == text.upper() or not text.isascii())
    return "garbled" if typed_wrong and not set(text) <= ALPHABET else "not_genuine"


def _judged(signed: Signed, ring: Keyring, trust: Trust, today: dt.date) -> Verdict:
    code = signed.code
    key: Key = next(k for k in ring.keys if k.key == signed.key)
    newest = list_of(ring, trust)
    revoked = newest.revoked.get(code.number) if newest else None
    until = max(code.valid_until, (newest.extended.get(code.number) if newest else None) or code.valid_until)
    state: State
    if key.lost:
        return _verdict("lost_key")
    if key.until is not None and code.issued_on > key.until:  # somebody may have kept the key that was put out of use
        return _verdict("old_key", day=code.issued_on)
    if revoked is not None and revoked <= today:
        state, day = "revoked", revoked
    elif code.issued_on > today:
        state, day = "early", code.issued_on
    elif until < today:
        state, day = "expired", until
    else:
        state, day = "extended" if code.valid_until < today else "valid", until
    return _verdict(state, code, ring, signed.key, day, newest, today)


def _verdict(state: State, code: CertificateCode | None = None, ring: Keyring | None = None, signed_by: str = "",
             day: dt.date | None = None, made: RevokedList | None = None, today: dt.date | None = None, key: str = "") -> Verdict:
    from ocop_desktop.exchange.certificate_signature import fingerprint

    said = Problem(SAYS[state], {"key": key} | ({"date": f"{day:%d/%m/%Y}"} if day else {}), kind=state)
    if ring is None:
        return Verdict(state, said)
    if made is None:
        by_list = Problem(NO_LIST, kind="no_list")
    elif made.register:
        by_list = Problem(BY_REGISTER, kind="register")
    else:
        old = today is not None and (today - made.made_at.date()).days > LIST_AGED
        by_list = Problem(BY_OLD_LIST if old else BY_LIST, {"date": f"{made.made_at:%d/%m/%Y}", "office": ring.office},
                          kind="list")
    return Verdict(state, said, code, ring.office, fingerprint(signed_by), day, made.made_at.date() if made else None, by_list)


def codes_of(path: Path | str) -> list[str]:
    """The QR codes in a picture or PDF.

    Raises:
        UserError: the file cannot be read, or no code is in it.
    """
    from ocop_desktop.papers import code_reading

    path = Path(path)
    found = code_reading.codes_in(read_from_stick(path, code_reading.MOST_BYTES), path.name)
    if not found:
        raise UserError("Không thấy mã QR trong {file}; hãy chụp gần hơn, đủ sáng, thấy trọn ô mã, rồi chọn lại.", file=path.name)
    return found


def as_plain(verdict: Verdict) -> dict[str, Any]:
    """A verdict as plain values, for JSON."""
    code = verdict.code
    paper = {} if code is None else {
        "number": code.number, "product_code": code.product_code, "product": code.product, "producer": code.producer,
        "stars": code.stars, "decision_number": code.decision_number, "decision_date": code.decision_date.isoformat(),
        "issued_on": code.issued_on.isoformat(), "valid_until": code.valid_until.isoformat()}
    return {"state": verdict.state, "genuine": verdict.code is not None, "in_force": verdict.good,
            "day": verdict.day.isoformat() if verdict.day else None, "office": verdict.office, "key": verdict.fingerprint,
            "list_of": verdict.list_day.isoformat() if verdict.list_day else None, "paper": paper or None}
