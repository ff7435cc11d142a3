"""The key an office signs its certificates with: made, unlocked, changed, saved elsewhere; and the list of revoked certificates.

The secret lies in the file closed with a passphrase, and is open only in memory, until the file is closed. Without a key
certificates are printed all the same; their code then says that it proves nothing. Described in ``resources/help/ma-qr.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop.actions.files import read_from_stick, write_whole
from ocop_desktop.actions.office import read_office
from ocop_desktop.actions.rights import need, sees
from ocop_desktop.data import certificate_keys as rows
from ocop_desktop.data.changes import record_change
from ocop_desktop.data.engine import Session, database_of
from ocop_desktop.errors import KeyLocked, UserError

if TYPE_CHECKING:
    from ocop_desktop.exchange.certificate_signature import Signer
    from ocop_desktop.exchange.key_files import Key, Keyring, RevokedList
    from ocop_desktop.rules.certificate_code import CertificateCode

SHORTEST = 10  # letters of a passphrase
Sign = Callable[["CertificateCode"], str]


@dataclass(frozen=True)
class KeyView:
    """The office's key.

    Args:
        fingerprint: what people compare it by; empty where no key was made. made_on: since when it signs.
        unlocked: whether certificates can be signed now. earlier: keys used before it.
        stranger: it follows another that has not endorsed it, so that verifying computers ask before they take it.
    """

    fingerprint: str = ""
    made_on: dt.date | None = None
    unlocked: bool = False
    earlier: int = 0
    stranger: bool = False


def view(session: Session) -> KeyView:
    """What the settings show of the key."""
    ring = keyring(session)
    if ring is None:
        return KeyView()
    earlier = len(ring.keys) - 1
    return KeyView(ring.fingerprint, ring.current.made_on, _unlocked(session) is not None, earlier,
                   earlier > 0 and not ring.current.endorsed)


def keyring(session: Session) -> Keyring | None:
    """The office's public keys, or None where none was made."""
    from ocop_desktop.exchange.key_files import read_keys

    content = rows.public(session)
    return read_keys(content, "") if content else None


def fingerprint(session: Session) -> str:
    """The fingerprint of the key in use; empty without one."""
    ring = keyring(session)
    return ring.fingerprint if ring else ""


def make(session: Session, passphrase: str, who: str = "", today: dt.date | None = None) -> str:
    """Make the office's first key; it is unlocked then. Its fingerprint.

    Raises:
        UserError: there is one, the passphrase is too short, or the right is missing.
    """
    need(session, "sign")
    if keyring(session) is not None:
        raise UserError("Tệp này đã có khóa ký; muốn khóa khác thì thay khóa.")
    return _new(session, passphrase, (), who, today or dt.date.today(), "made")


def change(session: Session, passphrase: str, lost: bool = False, who: str = "", today: dt.date | None = None,
           old: str = "") -> str:
    """Put a new key in place of the one in use, which goes on verifying what it signed; the new fingerprint.

    A key that is open, or opened with ``old``, endorses the new one, so that verifying computers see whom it follows.

    Args:
        passphrase: of the new key. old: of the one in use.
        lost: the old one may be in strange hands: nothing it signed is believed any more.

    Raises:
        UserError: there is no key, the passphrase is too short, or the right is missing.
    """
    need(session, "sign")
    ring, day = _ring(session), today or dt.date.today()
    earlier = (*ring.keys[:-1], replace(ring.current, until=day, lost=lost))
    if not lost and old:
        unlock(session, old)
    return _new(session, passphrase, earlier, who, day, "lost" if lost else "changed")


def _new(session: Session, passphrase: str, earlier: tuple[Key, ...], who: str, day: dt.date, what: str) -> str:
    from ocop_desktop.exchange import key_files
    from ocop_desktop.exchange.ballot_file import new_seed
    from ocop_desktop.exchange.certificate_signature import Signer

    _refuse_short(passphrase)
    seed, now = new_seed(), dt.datetime.now().replace(microsecond=0)
    signer, before = Signer(seed), _unlocked(session)
    office = read_office(session)
    endorsed = key_files.endorse(before, signer.key) if before is not None and earlier and not earlier[-1].lost else ""
    ring = key_files.Keyring(office.body or office.province_name, now,
                             (*earlier, key_files.Key(signer.key, day, endorsed=endorsed)))
    closed = key_files.close_secret(seed, passphrase)
    rows.keep(session, key_files.write_keys(ring, signer), closed, signer.key, now)
    record_change(session, who, "certificate_key", 0, what, None, {"key": signer.key, "fingerprint": ring.fingerprint})
    database_of(session).unlocked = signer
    return ring.fingerprint


def change_passphrase(session: Session, old: str, new: str, who: str = "") -> None:
    """Close the secret with another passphrase. Backups made before still open with the old one.

    Raises:
        UserError: there is no key, the old passphrase is wrong, the new one too short, or the right is missing.
    """
    from ocop_desktop.exchange import key_files

    need(session, "sign")
    seed = _opened(session, old)
    _refuse_short(new)
    ring = _ring(session)
    rows.keep(session, rows.public(session), key_files.close_secret(seed, new), ring.current.key, ring.made_at)
    record_change(session, who, "certificate_key", 0, "passphrase", None, {"fingerprint": ring.fingerprint})


def unlock(session: Session, passphrase: str) -> None:
    """Open the key for as long as the file stays open.

    Raises:
        UserError: there is no key, the passphrase is wrong, or the right is missing.
    """
    from ocop_desktop.exchange.certificate_signature import Signer

    need(session, "sign")
    database_of(session).unlocked = Signer(_opened(session, passphrase))


def signing(session: Session, signed: bool = True) -> Sign | None:
    """What certificates are signed with; None where there is no key, or ``signed`` says to do without.

    Raises:
        KeyLocked: there is a key and it is locked, or not for who works here.
    """
    if not signed or not rows.public(session):
        return None
    found = _unlocked(session)
    if found is None:
        raise KeyLocked("Khóa ký giấy chứng nhận đang đóng: hãy mở khóa bằng cụm mật khẩu.")
    return found


def for_looking(session: Session) -> Sign | None:
    """Like ``signing`` for a picture on the screen: with a locked key the code says that it is only a preview."""
    if not rows.public(session):
        return None
    return _unlocked(session) or (lambda _code: "OCOP: XEM TRƯỚC")


def save_public(session: Session, path: Path | str) -> None:
    """Write the file of public keys that verifying computers take in.

    Raises:
        UserError: there is no key, or the file cannot be written.
    """
    _ring(session)
    write_whole({Path(path): rows.public(session)})


def save_backup(session: Session, path: Path | str, who: str = "") -> None:
    """Write a backup of the key, still closed with its passphrase.

    Raises:
        UserError: there is no key, the right is missing, or the file cannot be written.
    """
    from ocop_desktop.exchange.key_files import write_backup

    need(session, "sign")
    ring, kept = _ring(session), rows.secret(session)
    assert kept is not None  # kept together with the public keys
    write_whole({Path(path): write_backup(rows.public(session), kept.seed)})
    record_change(session, who, "certificate_key", 0, "backed_up", None, {"fingerprint": ring.fingerprint})


def restore(session: Session, path: Path | str, passphrase: str, who: str = "") -> str:
    """Bring a key back from its backup, into a file without one or one that has the same; its fingerprint. It is unlocked then.

    Raises:
        UserError: no backup, altered, a wrong passphrase, another key in use here, or the right is missing.
    """
    from ocop_desktop.exchange import key_files
    from ocop_desktop.exchange.certificate_signature import Signer

    need(session, "sign")
    path = Path(path)
    keys, ring, closed = key_files.read_backup(read_from_stick(path, key_files.MOST), path.name)
    here = keyring(session)
    if here is not None and here.current.key != ring.current.key:
        raise UserError("Bản sao lưu là của khóa {theirs}, tệp này đang dùng khóa {ours}; hãy chọn đúng bản sao lưu.",
                        theirs=ring.fingerprint, ours=here.fingerprint)
    seed = key_files.open_secret(closed, passphrase)
    signer = Signer(seed) if seed is not None and len(seed) == 32 else None
    if signer is None or signer.key != ring.current.key:
        raise _wrong()
    rows.keep(session, keys, closed, signer.key, ring.made_at)
    record_change(session, who, "certificate_key", 0, "restored", None, {"fingerprint": ring.fingerprint})
    database_of(session).unlocked = signer
    return ring.fingerprint


def revoked_list(session: Session, at: dt.datetime | None = None) -> RevokedList:
    """The list of the register as it stands: revoked certificates and extended ones."""
    from ocop_desktop.exchange.key_files import RevokedList

    office = read_office(session)
    moment = (at or dt.datetime.now()).replace(microsecond=0)
    key = _ring(session).current.key
    return RevokedList(office.body or office.province_name, moment, key, *rows.fates(session), register=True)


def save_list(session: Session, path: Path | str, at: dt.datetime | None = None) -> int:
    """Write the signed list of revoked certificates for verifying computers; how many are revoked.

    Raises:
        KeyLocked: the key is locked.
        UserError: there is no key, or the file cannot be written.
    """
    from ocop_desktop.exchange.key_files import write_list

    signing(session)  # says so where it is locked
    made, signer = revoked_list(session, at), _unlocked(session)
    assert signer is not None
    write_whole({Path(path): write_list(made, signer)})
    return len(made.revoked)


def _unlocked(session: Session) -> Signer | None:
    """The open key, for whoever may sign; a file restored meanwhile may have another key, which has to be opened anew."""
    signer, kept = database_of(session).unlocked, rows.secret(session)
    return signer if signer is not None and kept is not None and kept.mark == signer.key and sees(session, "sign") else None


def _opened(session: Session, passphrase: str) -> bytes:
    from ocop_desktop.exchange.key_files import open_secret

    _ring(session)
    kept = rows.secret(session)
    assert kept is not None  # kept together with the public keys
    seed = open_secret(kept.seed, passphrase)
    if seed is None:
        raise _wrong()
    return seed


def _ring(session: Session) -> Keyring:
    ring = keyring(session)
    if ring is None:
        raise UserError("Tệp này chưa có khóa ký giấy chứng nhận; hãy tạo khóa ở Cài đặt, mục Khóa mã QR.")
    return ring


def _wrong() -> UserError:
    return UserError("Cụm mật khẩu chưa đúng; hãy gõ lại.")


def _refuse_short(passphrase: str) -> None:
    if len(passphrase.strip()) < SHORTEST:
        raise UserError("Cụm mật khẩu phải có ít nhất {count} ký tự, ví dụ bốn từ không liên quan.", count=SHORTEST)
