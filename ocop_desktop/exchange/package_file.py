"""A session on its way to one member (``.ocopgoi``), signed by the clerk's file. Not secret: dossiers, criteria, no scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from ocop_desktop.exchange.signed_files import (
    SIGNATURE,
    Plain,
    base64_text,
    day,
    fits,
    frame_line,
    hexadecimal,
    moment,
    plain_of,
    tampered,
    unframe,
    whole,
)
from ocop_desktop.rules.audit_chain import canonical, digest

FORMAT, ENDING = "ocop-package", ".ocopgoi"
MOST = 500_000_000  # bytes

_TEXT_OR_NONE, _DAY_OR_NONE = (str, None), (day, None)
_PRODUCER = {
    "id": whole, "name": str, "kind": str, "representative": str, "position": str, "address": str, "phone": str, "email": str,
    "commune": _TEXT_OR_NONE}
_PAPER = {"kind": str, "number": str, "issuer": str, "issued_on": _DAY_OR_NONE, "expires_on": _DAY_OR_NONE}
_PHOTO = {"jpeg": base64_text, "width": whole, "height": whole}
_ITEM = {
    "item": whole, "position": whole, "version": whole, "reopened_why": str,
    "dossier": {"id": whole, "code": str, "rulebook": str, "kind": str, "round": str, "filed_on": _DAY_OR_NONE,
                "samples": (whole, None), "note": str},
    "product": {"id": whole, "name": str, "set": whole, "category": str, "description": str},
    "producer": _PRODUCER, "evidence": {str: str}, "papers": [_PAPER], "photo": (_PHOTO, None),
    "advisory": [{"criterion": str, "choice": str, "comment": str}],
}
SHAPE = {
    "session": {"id": whole, "uid": hexadecimal(16), "key": hexadecimal(32), "code": str, "name": str, "kind": str,
                "held_on": day, "due_on": _DAY_OR_NONE, "place": str, "rulebook": str, "working_rules": dict},
    "council": {"id": whole, "name": str, "decision_number": str, "decision_date": _DAY_OR_NONE},
    "member": {"id": whole, "seat": whole, "name": str, "agency": str, "agency_short": str, "position": str, "role": str},
    "serial": whole, "made_at": moment,
    "rulebooks": {str: {"fingerprint": hexadecimal(32), "content": dict}},
    "wording": [{"rulebook": str, "version": whole, "set": whole, "criterion": str, "choice": str, "text": str}],
    "items": [_ITEM],
}


@dataclass(frozen=True)
class Package:
    """An opened package.

    Args:
        content: what ``SHAPE`` names. office: the key that signed it, hexadecimal. digest: of the content.
    """

    content: Mapping[str, Any]
    office: str
    digest: str


def write_package(content: Plain, seed: bytes) -> bytes:
    """The file. The same content and key give the same bytes.

    Args:
        content: as ``SHAPE``. seed: of the office's signing key.
    """
    signer, text = SigningKey(seed), canonical(content).encode()
    line = frame_line(FORMAT, SIGNATURE + len(text), office=bytes(signer.verify_key).hex())
    return line + signer.sign(line + text).signature + text


def read_package(content: bytes, name: str) -> Package:
    """Open a package; whether its office is the one expected is for the caller to say.

    Raises:
        UserError: it is no package, from a newer program, cut off, or altered in whatever way.
    """
    framed = unframe(content, name, FORMAT, {"office"}, MOST)
    office, text = framed.head["office"], framed.body[SIGNATURE:]
    if not hexadecimal(32)(office):
        raise tampered(name)
    try:
        VerifyKey(bytes.fromhex(office)).verify(framed.line + text, framed.body[:SIGNATURE])
    except (CryptoError, ValueError) as error:
        raise tampered(name) from error
    found = plain_of(text)
    if not fits(found, SHAPE):
        raise tampered(name)
    return Package(found, office, digest(found))
