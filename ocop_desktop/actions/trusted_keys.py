"""Which offices' public keys and lists of revoked certificates a code is checked with.

They come from files named, from those this computer keeps (``take_in``, ``forget``), and from the data file's own key and
register. Described in ``resources/help/ma-qr.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop import paths
from ocop_desktop.actions.files import read_from_stick, write_whole
from ocop_desktop.errors import Problem, UserError
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.exchange.key_files import Keyring, RevokedList


@dataclass(frozen=True)
class Trust:
    """What codes are checked with: offices' public keys, and lists of revoked certificates."""

    keyrings: tuple[Keyring, ...] = ()
    lists: tuple[RevokedList, ...] = ()

    def and_also(self, other: Trust) -> Trust:
        """Both; where an office is in both, this one comes first. Strangers' claims to a key of this one are left out."""
        honest = tuple(ring for ring in other.keyrings if not any(_claims(ring, own) for own in self.keyrings))
        return Trust(self.keyrings + honest, self.lists + other.lists)


def list_of(ring: Keyring, trust: Trust) -> RevokedList | None:
    """The newest list of an office: signed with one of its keys, or its register."""
    return max((made for made in trust.lists if speaks_for(ring, made)), key=lambda made: made.made_at, default=None)


def speaks_for(ring: Keyring, made: RevokedList) -> bool:
    """Whether a list is an office's: whoever kept a key put out of use must not say what is revoked since."""
    return any(k.key == made.key and not k.lost and (k.until is None or made.made_at.date() <= k.until) for k in ring.keys)


def trust_of_files(keys: Iterable[Path], lists: Iterable[Path]) -> Trust:
    """Keys and lists of files; a list no key of these offices signed is refused.

    Raises:
        UserError: a file that cannot be read, is of another kind, altered, or signed by nobody known.
    """
    from ocop_desktop.exchange import key_files

    rings: list[Keyring] = []
    for path in keys:
        ring = key_files.read_keys(read_from_stick(path, key_files.MOST), path.name)
        for other in rings:
            if _claims(ring, other):
                raise _claimed(path, ring, other)
        rings.append(ring)
    found = []
    for path in lists:
        made = key_files.read_list(read_from_stick(path, key_files.MOST), path.name)
        _ring_of(made, rings, path.name)
        found.append(made)
    return Trust(tuple(rings), tuple(found))


def own_trust(session: Session) -> Trust:
    """The data file's own keys, and its register as the list."""
    from ocop_desktop.actions import certificate_keys

    ring = certificate_keys.keyring(session)
    if ring is None:
        return Trust()
    return Trust((ring,), (certificate_keys.revoked_list(session),))


def kept_trust(folder: Path | None = None) -> Trust:
    """The keys and lists this computer keeps; files altered since are left out."""
    found = _kept_files(folder)
    return Trust(tuple(ring for _path, ring, _list in found if ring), tuple(made for _path, _ring, made in found if made))


def _kept_files(folder: Path | None) -> list[tuple[Path, Keyring | None, RevokedList | None]]:
    from ocop_desktop.exchange import key_files

    found: list[tuple[Path, Keyring | None, RevokedList | None]] = []
    place = folder or paths.trusted_folder()
    for path in sorted(place.iterdir()) if place.is_dir() else ():
        try:
            if path.suffix == key_files.KEYS_ENDING:
                found.append((path, key_files.read_keys(path.read_bytes(), path.name), None))
            elif path.suffix == key_files.LIST_ENDING:
                found.append((path, None, key_files.read_list(path.read_bytes(), path.name)))
        except (UserError, OSError):
            continue
    return found


@dataclass(frozen=True)
class Trusted:
    """An office whose certificates can be checked here: its key's fingerprint, the day of its newest list.

    Args:
        own: it is the open file's own key, which no computer can forget.
    """

    office: str
    fingerprint: str
    list_day: dt.date | None
    own: bool = False


def trusted(trust: Trust, own: Trust = Trust()) -> tuple[Trusted, ...]:
    """The offices of ``trust``, each once; ``own``: which of them are the open file's."""
    found: dict[str, Trusted] = {}
    for ring in trust.keyrings:
        made = list_of(ring, trust)
        found.setdefault(ring.keys[0].key, Trusted(ring.office, ring.fingerprint, made.made_at.date() if made else None,
                                                   any(_shared(ring, one) for one in own.keyrings)))
    return tuple(found.values())


def forget(fingerprint: str, folder: Path | None = None) -> str:
    """Forget an office on this computer: its keys, all of them, and its lists. Until its keys are taken in anew its certificates
    cannot be checked here.

    Args:
        fingerprint: of its key in use, with or without blanks.

    Returns:
        the office's name.

    Raises:
        UserError: no key kept here has that fingerprint.
    """
    wanted = "".join(fingerprint.split()).upper()
    rings = [ring for ring in kept_trust(folder).keyrings if "".join(ring.fingerprint.split()) == wanted]
    if not rings:
        raise UserError("Máy này không giữ khóa nào có dấu {key}.", key=fingerprint)
    keys = {key.key for ring in rings for key in ring.keys}
    for path, ring, made in _kept_files(folder):
        if keys & ({key.key for key in ring.keys} if ring else {made.key} if made else set()):
            path.unlink(missing_ok=True)
    return rings[0].office


@dataclass(frozen=True)
class Arrival:
    """A file of keys or a list looked into.

    Args:
        keys: the offices' keys, which have to be compared before they are believed; None for a list.
        office: whose. day: of making. fingerprint: of the key in use. revoked: how many certificates a list names as revoked.
        known: this computer believes the key in use already, and with it whatever it signed.
        change: of a key that follows one believed here: which, and whether that one says so; None for any other file.
    """

    path: Path
    keys: bool
    office: str
    day: dt.date
    fingerprint: str = ""
    revoked: int = 0
    known: bool = False
    change: Problem | None = None


def look_into(path: Path | str, folder: Path | None = None) -> Arrival:
    """What a file from a stick is, before it is taken in.

    Raises:
        UserError: as ``trust_of_files``; older than what is kept; or a list of an office whose keys are not kept.
    """
    from ocop_desktop.exchange import key_files

    path, kept = Path(path), kept_trust(folder)
    content = read_from_stick(path, key_files.MOST)
    if key_files.kind_of(content) == key_files.KEYS:
        ring = key_files.read_keys(content, path.name)
        _refuse_ahead(path, ring.made_at)
        before = _before(ring, kept.keyrings)
        for other in kept.keyrings:
            if (other is not before and _shared(ring, other)) or _claims(ring, other):
                raise _claimed(path, ring, other)
        if before is not None and before.made_at > ring.made_at:
            raise _older(path, before.made_at)
        known = before is not None and before.current.key == ring.current.key and ring.carries_on(before)
        return Arrival(path, True, ring.office, ring.made_at.date(), ring.fingerprint, known=known,
                       change=None if known or before is None else _change(ring, before))
    made = key_files.read_list(content, path.name)
    _refuse_ahead(path, made.made_at)
    ring = _ring_of(made, kept.keyrings, path.name)
    newest = list_of(ring, kept)
    if newest is not None and newest.made_at > made.made_at:
        raise _older(path, newest.made_at)
    return Arrival(path, False, ring.office, made.made_at.date(), ring.fingerprint, len(made.revoked))


def take_in(path: Path | str, folder: Path | None = None) -> Arrival:
    """Keep a file of keys that were compared, or a list, in place of that office's earlier one.

    Raises:
        UserError: as ``look_into``, or the folder cannot be written.
    """
    from ocop_desktop.exchange import key_files

    arrival, kept = look_into(path, folder), kept_trust(folder)
    place = folder or paths.trusted_folder()
    place.mkdir(parents=True, exist_ok=True)
    content = read_from_stick(arrival.path, key_files.MOST)
    if arrival.keys:
        ring = key_files.read_keys(content, arrival.path.name)
        before, ending = _before(ring, kept.keyrings), key_files.KEYS_ENDING
    else:
        before = _ring_of(key_files.read_list(content, arrival.path.name), kept.keyrings, arrival.path.name)
        ring, ending = before, key_files.LIST_ENDING
    write_whole({place / f"{(before or ring).keys[0].key[:16]}{ending}": content})  # an office's first key names its files
    return arrival


def _before(ring: Keyring, kept: Sequence[Keyring]) -> Keyring | None:
    return next((old for old in kept if _shared(ring, old)), None)


def _shared(ring: Keyring, other: Keyring) -> bool:
    return bool(set(ring.by_id()) & set(other.by_id()))


def _claims(ring: Keyring, other: Keyring) -> bool:
    """Whether keys say that another office's key is theirs: under another name, and no key of that office endorses it."""
    return (_shared(ring, other) and " ".join(ring.office.split()).casefold() != " ".join(other.office.split()).casefold()
            and not ring.carries_on(other) and not other.carries_on(ring))


def _claimed(path: Path, ring: Keyring, other: Keyring) -> UserError:
    return UserError("Tệp {file} ghi khóa của {other} là của {office}, mà khóa của {other} không ký xác nhận, nên không nhận. "
                     "Hãy hỏi {other}; nếu nơi ấy đúng là đã đổi tên và thay khóa, hãy bỏ khóa cũ ở trang Quét mã rồi nhận lại.",
                     file=path.name, office=ring.office or "–", other=other.office or "–")


def _change(ring: Keyring, before: Keyring) -> Problem:
    said = (N_("Khóa này thay khóa {old} của {office}, được khóa cũ ký xác nhận.") if ring.carries_on(before) else
            N_("CHÚ Ý: tệp nói khóa này thay khóa {old} của {office}, nhưng khóa cũ KHÔNG ký xác nhận. Hãy gọi điện hỏi {office} "
               "trước khi tin."))
    return Problem(said, {"old": before.fingerprint, "office": before.office or "–"}, kind="key_change")


def _ring_of(made: RevokedList, rings: Sequence[Keyring], name: str) -> Keyring:
    found = next((ring for ring in rings if speaks_for(ring, made)), None)
    if found is None:
        raise UserError("Danh sách thu hồi {file} ký bằng khóa mà máy này chưa có; hãy nhận khóa công khai của {office} trước.",
                        file=name, office=made.office or "–")
    return found


def _refuse_ahead(path: Path, made_at: dt.datetime) -> None:
    """A file of a day to come would bar every good one until then; clocks of two computers may be a day apart."""
    if made_at.date() > dt.date.today() + dt.timedelta(days=1):
        raise UserError("Tệp {file} ghi ngày {date}, sau hôm nay, nên không nhận. Hãy xem lại ngày giờ của máy này và của máy đã "
                        "tạo tệp.", file=path.name, date=f"{made_at:%d/%m/%Y}")


def _older(path: Path, kept: dt.datetime) -> UserError:
    return UserError("Tệp {file} cũ hơn bản máy này đang giữ (ngày {date}) nên không nhận.", file=path.name,
                     date=f"{kept:%d/%m/%Y}")
