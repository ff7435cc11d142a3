"""Writing files whole or not at all: under another name first, then put in place in one step."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ocop_desktop.errors import UserError, why

LONGEST_NAME = 120
# Endings that say what kind a file is; anything else behind a dot belongs to the name ("so 03.2026").
ENDINGS = frozenset((
    ".pdf", ".xlsx", ".xls", ".ods", ".csv", ".docx", ".html", ".json", ".txt", ".png", ".jpg", ".zip", ".ics", ".ocop",
    ".trich"))


@contextlib.contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """A name beside ``path`` to write to; put in place when all went well, taken away when not.

    Raises:
        UserError: the folder is missing or cannot be written, the file is open elsewhere, or no ordinary file stands there.
    """
    path = path.resolve()  # what a link leads to is written, not the link
    if path.exists() and not path.is_file():
        raise UserError("Không ghi được vào {file}: đó không phải một tệp. Hãy chọn tên khác.", file=str(path))
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        yield temporary
        os.replace(temporary, path)
    except FileNotFoundError as error:
        raise UserError("Không có thư mục {folder}. Hãy tạo thư mục này hoặc chọn nơi khác.", folder=str(path.parent)) from error
    except OSError as error:
        raise UserError("Không ghi được tệp {file}: {reason}. Hãy đóng tệp nếu đang mở, hoặc chọn nơi khác.", file=str(path),
                        reason=why(error)) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write several files; the first one put in place only after the last one is written.

    Raises:
        UserError: as ``unfinished``.
    """
    with contextlib.ExitStack() as stack:
        for path, content in files.items():
            stack.enter_context(unfinished(path)).write_bytes(content)


def read_from_stick(path: Path, most: int) -> bytes:
    """A file's bytes; one heavier than any of its kind is refused before it is read.

    Args:
        most: bytes, without the first line.

    Raises:
        UserError: it cannot be read, or is too heavy.
    """
    from ocop_desktop.exchange.signed_files import LONGEST_LINE

    try:
        size = path.stat().st_size
        if size > most + LONGEST_LINE:
            raise UserError("Tệp {file} nặng {size} MB, quá giới hạn {limit} MB nên không phải tệp do chương trình này tạo ra; "
                            "hãy bỏ tệp này ra rồi thử lại.", file=path.name, size=size >> 20, limit=most >> 20)
        return path.read_bytes()
    except OSError as error:
        raise UserError("Không đọc được {file}: {reason}. Hãy cắm lại USB rồi thử lại.", file=str(path),
                        reason=why(error)) from error


def file_name(words: str, ending: str) -> str:
    """A name every system takes: "03-2026/GCN-OCOP Chè" -> "03-2026-GCN-OCOP Chè.pdf"."""
    safe = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "-", " ".join(words.split()))
    return safe[:LONGEST_NAME].rstrip(" .") + ending
