"""Commands on a file with PINs ask for the clerk's: on the terminal, or from the variable OCOP_PIN for scripts."""

from __future__ import annotations

import getpass
import os
import sys
from typing import Any

from ocop_desktop.errors import UserError
from ocop_desktop.text import _

PIN = "OCOP_PIN"


def for_command(database: Any) -> None:
    """Sign the clerk in; nothing where the file has no PIN. What the clerk may not see is not printed either.

    Raises:
        UserError: no PIN given, a wrong one, or the wait after wrong ones is not over.
    """
    from ocop_desktop.actions import people

    found = people.standing(database)
    if not found.shut:
        return
    typed = os.environ.get(PIN, "")
    if not typed and sys.stdin is not None and sys.stdin.isatty():
        typed = getpass.getpass(_("Mã PIN của thư ký: "))
    if not typed:
        raise UserError("Tệp này có mã PIN: lệnh cần mã của thư ký. Hãy gõ lệnh trong cửa sổ dòng lệnh để được hỏi mã, "
                        "hoặc đặt biến OCOP_PIN.")
    with database.begin() as session:
        tried = people.sign_in_clerk(session, typed)
    if tried.actor is not None:
        return
    if not tried.wait:
        raise UserError("Mã PIN chưa đúng. Hãy gõ lại.")
    raise UserError("Mã PIN của thư ký chưa đúng; thử lại sau {seconds} giây.", seconds=tried.wait)
