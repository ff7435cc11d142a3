"""The signed text of a certificate's QR code: ``OCOP2:``, then Base45 (RFC 9285) of the packed certificate and its signature.

The signature (Ed25519) is over ``OCOP2:`` and the packed bytes, so no other thing signed with the same key can pass for a
certificate. Described in ``resources/help/ma-qr.md``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import base45
from nacl.bindings import crypto_core_ed25519_is_valid_point
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from ocop_desktop.errors import UserError
from ocop_desktop.exchange.signed_files import SIGNATURE
from ocop_desktop.rules.certificate_code import KEY_ID, CertificateCode, pack, unpack

PREFIX = "OCOP2:"
MOST = 700  # letters: at 26 mm a module is then 0.3 mm wide (QR version 17, level M)
ALPHABET = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


class NotGenuine(UserError):
    """The code is not as any office's program wrote it."""


class UnknownKey(UserError):
    """The code names a key that is not among the known ones."""


@dataclass(frozen=True)
class Signed:
    """A code whose signature holds.

    Args:
        key: the public key that signed it, hexadecimal.
    """

    code: CertificateCode
    key: str


def key_id(key: str) -> bytes:
    """The eight bytes by which a code names a public key (hexadecimal): the beginning of its fingerprint."""
    return hashlib.sha256(bytes.fromhex(key)).digest()[:KEY_ID]


def fingerprint(key: str) -> str:
    """What people compare a public key by: 32 hexadecimal digits in groups of four."""
    return _grouped(hashlib.sha256(bytes.fromhex(key)).hexdigest()[:32])


def _grouped(digits: str) -> str:
    return " ".join(digits[n:n + 4] for n in range(0, len(digits), 4)).upper()


def sound_key(key: str) -> bool:
    """Whether a public key (hexadecimal) is one a secret belongs to; the few "small" points anybody can sign for are not."""
    return crypto_core_ed25519_is_valid_point(bytes.fromhex(key))


class Signer:
    """Signs certificates with one key.

    Args:
        seed: the secret, 32 bytes.
    """

    def __init__(self, seed: bytes) -> None:
        self._key = SigningKey(seed)
        self.key = bytes(self._key.verify_key).hex()
        self._id = key_id(self.key)

    def __call__(self, code: CertificateCode) -> str:
        """The text for the QR code.

        Raises:
            UserError: its names are longer than a code holds.
        """
        packed = pack(code, self._id)
        text = PREFIX + base45.b45encode(packed + self.sign(PREFIX.encode() + packed)).decode()
        if len(text) > MOST:
            raise UserError("Mã của giấy chứng nhận “{product}” dài {count} ký tự, quá {most}; hãy rút gọn tên trong hồ sơ.",
                            product=code.product[:60], count=len(text), most=MOST)
        return text

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""
        return self._key.sign(message).signature


def holds(key: str, message: bytes, signature: bytes) -> bool:
    """Whether a signature of a message is by a public key (hexadecimal)."""
    try:
        VerifyKey(bytes.fromhex(key)).verify(message, signature)
    except (CryptoError, ValueError):
        return False
    return True


def read_text(text: str, keys: Mapping[bytes, str]) -> Signed:
    """What a code says, once its signature holds.

    Args:
        text: as scanned; only the ends of lines are taken off. keys: known public keys (hexadecimal) by ``key_id``.

    Raises:
        UnknownKey: everything is well formed, but the key is not known.
        NotGenuine: anything else.
    """
    text = text.strip("\r\n")
    body = text.removeprefix(PREFIX)
    try:
        if body == text or len(text) > MOST:
            raise ValueError
        content = base45.b45decode(body.encode())
        if base45.b45encode(content).decode() != body:
            raise ValueError
        packed, signature = content[:-SIGNATURE], content[-SIGNATURE:]
        code, id = unpack(packed)
    except (ValueError, UserError) as error:
        raise NotGenuine("Mã này không do chương trình OCOP của một tỉnh tạo ra.") from error
    key = keys.get(id)
    if key is None:
        raise UnknownKey("Chưa có khóa {key} trên máy này.", key=_grouped(id.hex()))
    if not holds(key, PREFIX.encode() + packed, signature):
        raise NotGenuine("Chữ ký trong mã không đúng.")
    return Signed(code, key)
