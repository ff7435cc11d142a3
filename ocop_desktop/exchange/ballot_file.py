"""A member's ballots on the way back (``.ocopphieu``): signed by the member's laptop, sealed for the clerk's file alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

from ocop_desktop.exchange.signed_files import (
    SIGNATURE,
    Plain,
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

FORMAT, ENDING = "ocop-ballots", ".ocopphieu"
MOST = 50_000_000  # bytes
SEAL = 48  # bytes a sealed box adds

SHAPE = {
    "session": hexadecimal(16), "member": whole, "key": hexadecimal(32), "office": hexadecimal(32), "sequence": whole,
    "package": whole, "handed_at": moment, "rulebooks": {str: str},
    "ballots": [{
        "item": whole, "code": str, "rulebook": str, "set": whole, "version": whole, "choices": {str: str}, "notes": {str: str},
        "opinion": str, "exclusion": (str, None), "finished_at": (moment, None)}],
}


@dataclass(frozen=True)
class Ballots:
    """An opened file.

    Args:
        content: what ``SHAPE`` names. key: the laptop that signed it. digest: of the content; equal ones are the same file.
    """

    content: Mapping[str, Any]
    key: str
    digest: str


def new_seed() -> bytes:
    """A new secret from which a key is made, 32 bytes."""
    return bytes(SigningKey.generate())


def signing_key(seed: bytes) -> str:
    """The public half of a signing key, hexadecimal."""
    return bytes(SigningKey(seed).verify_key).hex()


def sealing_key(seed: bytes) -> str:
    """The public half of a key files are sealed to, hexadecimal."""
    return bytes(PrivateKey(seed).public_key).hex()


def sign_ballots(content: Plain, seed: bytes, session_key: str) -> tuple[bytes, bytes]:
    """The first line, and what gets sealed: signature, then content. The same values give the same bytes.

    Args:
        content: as ``SHAPE``; ``key`` is written here. seed: of the member's key. session_key: the session's public key.
    """
    signer = SigningKey(seed)
    text = canonical({**content, "key": bytes(signer.verify_key).hex()}).encode()
    line = frame_line(FORMAT, SEAL + SIGNATURE + len(text), session=content["session"])
    return line, signer.sign(line + bytes.fromhex(session_key) + text).signature + text


def write_ballots(content: Plain, seed: bytes, session_key: str) -> bytes:
    """The whole file: signed, then sealed. Sealing uses chance, so two files of the same content differ."""
    line, inner = sign_ballots(content, seed, session_key)
    return line + SealedBox(PublicKey(bytes.fromhex(session_key))).encrypt(inner)


def session_of(content: bytes, name: str) -> str:
    """Which session a file says it is for; not to be believed before it is opened.

    Raises:
        UserError: it is no ballot file, or cut off.
    """
    session = unframe(content, name, FORMAT, {"session"}, MOST).head["session"]
    if not hexadecimal(16)(session):
        raise tampered(name)
    return str(session)


def open_ballots(content: bytes, name: str, session_seed: bytes) -> Ballots:
    """Open a file with the session's secret and check who signed it. Whether that key is known is for the caller to say.

    Raises:
        UserError: it is no ballot file, cut off, or altered in whatever way.
    """
    framed = unframe(content, name, FORMAT, {"session"}, MOST)
    secret = PrivateKey(session_seed)
    try:
        inner = SealedBox(secret).decrypt(framed.body)
        text = inner[SIGNATURE:]
        found = plain_of(text)
        if not fits(found, SHAPE) or found["session"] != framed.head["session"]:
            raise tampered(name)
        VerifyKey(bytes.fromhex(found["key"])).verify(framed.line + bytes(secret.public_key) + text, inner[:SIGNATURE])
    except (CryptoError, ValueError) as error:
        raise tampered(name) from error
    return Ballots(found, found["key"], digest(found))
