"""Files about the keys certificates are signed with: the public keys, the list of revoked certificates, the secret's backup.

The first two are signed, the third is closed with a passphrase. One line that names the file, then canonical JSON.
Described in ``resources/help/ma-qr.md``.
"""

from __future__ import annotations

import base64
import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

from ocop_desktop.errors import UserError
from ocop_desktop.exchange.certificate_signature import Signer, fingerprint, holds, key_id, sound_key
from ocop_desktop.exchange.signed_files import (
    SIGNATURE,
    Newer,
    NotOurs,
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
from ocop_desktop.rules.audit_chain import canonical

KEYS, KEYS_ENDING = "ocop-keys", ".ocopkhoa"
LIST, LIST_ENDING = "ocop-revoked", ".ocopthuhoi"
BACKUP, BACKUP_ENDING = "ocop-key-backup", ".ocopkhoamat"
MOST = 20_000_000  # bytes
ROUNDS, MEMORY = argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE  # about a second and 256 MB for each guess
MOST_ROUNDS, MOST_MEMORY = 20, 1 << 30  # a file from a stick must not stop the computer

_KEY = {"key": hexadecimal(32), "from": day, "until": (day, None), "lost": bool}
KEYS_SHAPE = {"office": str, "made_at": moment, "keys": [(_KEY, {**_KEY, "endorsed": hexadecimal(SIGNATURE)})]}
LIST_SHAPE = {"office": str, "made_at": moment, "revoked": [[str]], "extended": [[str]]}
BOX_SHAPE = {"box": base64_text, "salt": hexadecimal(argon2id.SALTBYTES), "rounds": whole, "memory": whole}
BACKUP_SHAPE = {"keys": str, "secret": BOX_SHAPE}


@dataclass(frozen=True)
class Key:
    """A public key of an office.

    Args:
        key: hexadecimal. made_on: since when it signs. until: last day it signed; None while it is in use.
        lost: it may be in strange hands, so nothing it signed is believed any more.
        endorsed: the signature, hexadecimal, by which the key before it says that this one takes its place.
    """

    key: str
    made_on: dt.date
    until: dt.date | None = None
    lost: bool = False
    endorsed: str = ""


@dataclass(frozen=True)
class Keyring:
    """All keys of an office, the one in use last.

    Args:
        office: whose ("Ủy ban nhân dân tỉnh Lạng Sơn"). made_at: when the list was made.
    """

    office: str
    made_at: dt.datetime
    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        """The key in use."""
        return self.keys[-1]

    @property
    def fingerprint(self) -> str:
        """What people compare the key in use by."""
        return fingerprint(self.current.key)

    def by_id(self) -> dict[bytes, str]:
        """Keys by the id codes name them by."""
        return {key_id(k.key): k.key for k in self.keys}

    def carries_on(self, before: Keyring) -> bool:
        """Whether this is an earlier keyring with nothing but keys added after it, each endorsed by the one before."""
        count = len(before.keys)
        return ([k.key for k in self.keys[:count]] == [k.key for k in before.keys]
                and all(_endorses(old, new) for old, new in pairwise(self.keys[count - 1:])))


@dataclass(frozen=True)
class RevokedList:
    """Certificates of an office that are revoked, or extended beyond the day printed on them.

    Args:
        made_at: the state of which moment; key: who signed it, hexadecimal.
        revoked, extended: certificate number -> day it is revoked from, last day it is extended to.
        register: it is no file, but read from the register of whoever has that key.
    """

    office: str
    made_at: dt.datetime
    key: str
    revoked: Mapping[str, dt.date]
    extended: Mapping[str, dt.date]
    register: bool = False


def endorse(signer: Signer, key: str) -> str:
    """The word of a key that another (hexadecimal) takes its place; hexadecimal."""
    return signer.sign(_endorsement(signer.key, key)).hex()


def _endorsement(old: str, new: str) -> bytes:
    return f"OCOP-KEY-CHANGE:{old}:{new}".encode()


def _endorses(old: Key, new: Key) -> bool:
    return not old.lost and bool(new.endorsed) and holds(old.key, _endorsement(old.key, new.key), bytes.fromhex(new.endorsed))


def write_keys(ring: Keyring, signer: Signer) -> bytes:
    """The file of an office's public keys, signed with the one in use."""
    return _write(KEYS, {
        "office": ring.office, "made_at": ring.made_at.isoformat(),
        "keys": [{"key": k.key, "from": k.made_on.isoformat(), "until": k.until.isoformat() if k.until else None, "lost": k.lost,
                  **({"endorsed": k.endorsed} if k.endorsed else {})} for k in ring.keys]}, signer)


def read_keys(content: bytes, name: str) -> Keyring:
    """An office's public keys. Whether the office is who it says it is, only the fingerprint on its papers tells.

    Raises:
        UserError: it is no such file, cut off, altered, or not signed by its own last key.
    """
    found, key = _read(content, name, KEYS, KEYS_SHAPE)
    keys = [Key(k["key"], dt.date.fromisoformat(k["from"]), dt.date.fromisoformat(k["until"]) if k["until"] else None, k["lost"],
                k.get("endorsed", ""))
            for k in found["keys"]]
    sound = keys and keys[-1].key == key and not keys[-1].lost and all(sound_key(k.key) for k in keys)
    in_use = [k for k in keys if k.until is None]
    if not sound or in_use != keys[-1:] or len({key_id(k.key) for k in keys}) != len(keys):
        raise tampered(name)
    return Keyring(found["office"], dt.datetime.fromisoformat(found["made_at"]), tuple(keys))


def write_list(made: RevokedList, signer: Signer) -> bytes:
    """The file of an office's revoked and extended certificates."""
    def pairs(days: Mapping[str, dt.date]) -> list[list[str]]:
        return [[number, on.isoformat()] for number, on in sorted(days.items())]

    return _write(LIST, {"office": made.office, "made_at": made.made_at.isoformat(), "revoked": pairs(made.revoked),
                         "extended": pairs(made.extended)}, signer)


def read_list(content: bytes, name: str) -> RevokedList:
    """A list of revoked certificates. Whether its key is a known office's is for the caller to say.

    Raises:
        UserError: it is no such file, cut off or altered.
    """
    found, key = _read(content, name, LIST, LIST_SHAPE)
    pairs = [*found["revoked"], *found["extended"]]
    if not all(len(pair) == 2 and day(pair[1]) for pair in pairs):
        raise tampered(name)
    revoked, extended = ({number: dt.date.fromisoformat(on) for number, on in found[part]} for part in ("revoked", "extended"))
    return RevokedList(found["office"], dt.datetime.fromisoformat(found["made_at"]), key, revoked, extended)


def close_secret(seed: bytes, passphrase: str) -> bytes:
    """A secret closed with a passphrase (argon2id, XSalsa20-Poly1305), as canonical JSON."""
    salt, rounds, memory = random(argon2id.SALTBYTES), ROUNDS, MEMORY
    box = SecretBox(_stretched(passphrase, salt, rounds, memory)).encrypt(seed)
    kept = {"box": base64.b64encode(box).decode(), "salt": salt.hex(), "rounds": rounds, "memory": memory}
    return canonical(kept).encode()


def open_secret(closed: bytes, passphrase: str) -> bytes | None:
    """The secret, or None with a wrong passphrase.

    Raises:
        UserError: what is kept is damaged.
    """
    kept = plain_of(closed)
    if not fits(kept, BOX_SHAPE) or not 1 <= kept["rounds"] <= MOST_ROUNDS or not 8192 <= kept["memory"] <= MOST_MEMORY:
        raise UserError("Khóa ký được giữ trong tệp này đã hỏng; hãy khôi phục từ bản sao lưu khóa.")
    try:
        key = _stretched(passphrase, bytes.fromhex(kept["salt"]), kept["rounds"], kept["memory"])
        return SecretBox(key).decrypt(base64.b64decode(kept["box"]))
    except CryptoError:
        return None


def write_backup(keys: bytes, closed: bytes) -> bytes:
    """The backup of a secret: still closed with its passphrase, with the public keys it belongs to."""
    text = canonical({"keys": base64.b64encode(keys).decode(), "secret": plain_of(closed)}).encode()
    return frame_line(BACKUP, len(text)) + text


def read_backup(content: bytes, name: str) -> tuple[bytes, Keyring, bytes]:
    """The public keys' file, what it says, and the closed secret.

    Raises:
        UserError: it is no such file, cut off or altered.
    """
    found = plain_of(_unframe(content, name, BACKUP, set()).body)
    if not fits(found, BACKUP_SHAPE) or not base64_text(found["keys"]):
        raise tampered(name)
    keys = base64.b64decode(found["keys"])
    return keys, read_keys(keys, name), canonical(found["secret"]).encode()


def kind_of(content: bytes) -> str:
    """Which of the three files it is; empty for anything else."""
    return next((f for f in (KEYS, LIST, BACKUP) if f'"format":"{f}"'.encode() in content[:400].partition(b"\n")[0]), "")


def _stretched(passphrase: str, salt: bytes, rounds: int, memory: int) -> bytes:
    """The key of a passphrase; keyboards spell accents in two ways, both open it."""
    typed = unicodedata.normalize("NFC", passphrase).encode()
    return argon2id.kdf(SecretBox.KEY_SIZE, typed, salt, opslimit=rounds, memlimit=memory)


def _write(format: str, content: dict[str, Any], signer: Signer) -> bytes:
    text = canonical(content).encode()
    line = frame_line(format, SIGNATURE + len(text), key=signer.key)
    return line + signer.sign(line + text) + text


def _read(content: bytes, name: str, format: str, shape: Any) -> tuple[dict[str, Any], str]:
    framed = _unframe(content, name, format, {"key"})
    key, text = framed.head["key"], framed.body[SIGNATURE:]
    found = plain_of(text)
    if not hexadecimal(32)(key) or not holds(key, framed.line + text, framed.body[:SIGNATURE]) or not fits(found, shape):
        raise tampered(name)
    return found, key


def _unframe(content: bytes, name: str, format: str, keys: set[str]) -> Any:
    try:
        return unframe(content, name, format, keys, MOST)
    except Newer:
        raise
    except NotOurs as error:
        raise UserError("Tệp {file} không phải tệp khóa, danh sách thu hồi hay bản sao lưu khóa của chương trình này.",
                        file=name) from error
