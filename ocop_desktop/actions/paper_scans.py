"""The scanned sheet of a paper ballot: kept as it came, with the ballot's version it belongs to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop.actions.rights import named, need_ballot
from ocop_desktop.data import ballots, paper_ballots, sessions
from ocop_desktop.errors import UserError

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

MOST_BYTES = 8 << 20
KINDS = {b"%PDF-": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n": ".png"}


def read_file(path: str | Path) -> tuple[str, bytes]:
    """Name and bytes of a scan.

    Raises:
        UserError: the file cannot be read, is too heavy, or is neither a picture nor a PDF.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise UserError("Không đọc được tệp “{file}” ({why}); hãy kiểm tra tệp rồi thử lại.", file=path.name,
                        why=error.strerror or type(error).__name__) from error
    if size > MOST_BYTES:
        raise UserError("Tệp “{file}” nặng {size} MB, quá giới hạn {limit} MB; hãy quét lại với độ nét thấp hơn.",
                        file=path.name, size=size >> 20, limit=MOST_BYTES >> 20)
    if not content.startswith(tuple(KINDS)):
        raise UserError("Tệp “{file}” không phải ảnh hay PDF; bản quét phải là tệp .pdf, .jpg hoặc .png.", file=path.name)
    return path.name, content


def attach_scan(session: Session, item_id: int, member_id: int, path: str | Path, who: str,
                at: dt.datetime | None = None) -> str:
    """Keep a scanned sheet (PDF, JPEG, PNG) with the ballot, as it is, in place of the one before.

    Returns:
        its name.

    Raises:
        UserError: as ``read_file``; the dossier is closed, or the member has a PIN and the ballot alone.
    """
    need_ballot(session, member_id)
    who = named(session, who)
    name, content = read_file(path)
    row = ballots.standing(session, item_id, member_id)
    if row is None or row.item_status != "open":
        raise UserError("Hồ sơ đã chốt hoặc đã rút nên không đính kèm được bản quét nữa.")
    kept = paper_ballots.put_scan(session, (item_id, member_id, _version(session, item_id, member_id)), name, content, who,
                                  at or dt.datetime.now().replace(microsecond=0))
    sessions.record(session, "paper_scan", kept.id, "attached", None, {"name": kept.name, "sha256": kept.sha256}, who)
    return kept.name


def scan_of(session: Session, item_id: int, member_id: int) -> tuple[str, bytes] | None:
    """The scan of the sheet of the ballot that counts: a name with the right ending, and the bytes.

    Raises:
        UserError: not for who works here to see.
    """
    need_ballot(session, member_id)
    found = paper_ballots.scan(session, item_id, member_id, _version(session, item_id, member_id))
    if found is None:
        return None
    ending = next(end for start, end in KINDS.items() if found.content.startswith(start))
    return Path(found.name).stem + ending, found.content


def _version(session: Session, item_id: int, member_id: int) -> int:
    found = ballots.newest(session, item_id, member_id)
    return found.version if found is not None else 1
