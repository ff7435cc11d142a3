"""PINs: what makes one acceptable, and how long to wait after wrong ones."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from ocop_desktop.errors import UserError

SHORTEST, LONGEST = 4, 12
WAITS = (0, 0, 5, 15, 60, 300)  # seconds after the 1st, 2nd ... wrong one in a row
LONGEST_WAIT = 900


def tidy(typed: str) -> str:
    """What was typed, without the blanks that make it readable; the recovery code's letters in capitals."""
    return "".join(typed.split()).replace("-", "").upper()


def check(pin: str) -> None:
    """Accept a PIN somebody chose.

    Raises:
        UserError: not 4 to 12 digits, one digit over and over, or digits in a row.
    """
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise UserError("Mã PIN gồm từ {shortest} đến {longest} chữ số.", shortest=SHORTEST, longest=LONGEST)
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    if steps in ({0}, {1}, {-1}):
        raise UserError("Mã PIN này dễ đoán (một chữ số lặp lại hoặc các chữ số liên tiếp); hãy chọn mã khác.")


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong PINs in a row: 0, 0, 5, 15, 60, 300, then 900 each."""
    if wrong <= 0:
        return 0
    return WAITS[wrong - 1] if wrong <= len(WAITS) else LONGEST_WAIT


def still_to_wait(wrong: int, last: dt.datetime | None, now: dt.datetime) -> int:
    """Seconds still to wait; a clock set back does not shorten it. The caller then dates ``last`` to ``now``, so that it ends."""
    whole = wait_after(wrong)
    if last is None or whole == 0:
        return 0
    gone = (now - last).total_seconds()
    return whole if gone < 0 else max(0, whole - int(gone))
