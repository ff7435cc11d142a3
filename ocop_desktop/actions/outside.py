"""Copies of the data on another disk: a USB stick, a shared folder. The program remembers when the last one was made."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocop_desktop.data import backup, settings
from ocop_desktop.errors import UserError, why

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.file import Database

LAST = "backup.outside"  # key in the office's settings
UNFINISHED = ".dang-ghi"


@dataclass(frozen=True)
class OutsideCopy:
    """The last copy on another disk: its file and when it was made."""

    path: Path
    made_at: dt.datetime


def last_copy(session: Session) -> OutsideCopy | None:
    """The last copy made with ``copy_to``, whether or not its disk is plugged in now."""
    return copy_of(settings.get_setting(session, LAST))


def copy_of(kept: Any) -> OutsideCopy | None:
    """The copy a setting ``LAST`` tells of."""
    return OutsideCopy(Path(kept["path"]), dt.datetime.fromisoformat(kept["at"])) if kept else None


def copy_to(db: Database, folder: Path) -> OutsideCopy:
    """Back the open database up and put a verified copy of it into ``folder``.

    Raises:
        UserError: not the clerk, or the folder is the data's own, missing, full or read-only; nothing half-written is left.
    """
    from ocop_desktop.actions import backups

    folder = Path(folder)
    if folder.resolve() in (db.path.parent.resolve(), backup.folder_of(db.path).resolve()):
        raise UserError("{folder} là thư mục chứa chính dữ liệu này. Hãy chọn một ổ đĩa khác, ví dụ USB.", folder=str(folder))
    made = backups.by_hand(db)
    target = folder / f"{db.path.stem}_{made.made_at:%Y-%m-%d_%H-%M-%S}.ocop"
    unfinished = target.with_name(target.name + UNFINISHED)
    try:
        shutil.copyfile(made.path, unfinished)
        with open(unfinished, "rb+") as file:
            os.fsync(file.fileno())
        backup.verify(unfinished)
        os.replace(unfinished, target)
    except OSError as error:
        raise UserError("Không ghi được bản sao vào {folder}: {reason}. Hãy kiểm tra chỗ trống và quyền ghi của thư mục.",
                        folder=str(folder), reason=why(error)) from error
    finally:
        _remove(unfinished)
    with db.begin() as session:
        settings.put_setting(session, LAST, {"path": str(target), "at": made.made_at.isoformat()})
    return OutsideCopy(target, made.made_at)


def _remove(unfinished: Path) -> None:
    try:
        unfinished.unlink(missing_ok=True)
    except OSError:  # the disk was pulled out: there is nothing to tidy
        return
