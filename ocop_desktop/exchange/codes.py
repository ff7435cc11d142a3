"""The short code by which a member's laptop is known: shown there, read aloud, typed by the clerk.

It stands for all three keys of the meeting of two machines (office, session, laptop), so it fits only when each side has the
other's true key. Somebody who wants another key with the same code has to try 24^8 / 2 keys on average, each through
Argon2id with 64 MB: centuries of one processor, while the code is needed once, in the hall.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from nacl.pwhash import argon2id

LETTERS = "23456789ACDEFHKLMRTUVXYZ"  # none that look or, read aloud in Vietnamese, sound alike
LENGTH, GROUP = 8, 4
ROUNDS, MEMORY = 2, 64 * 1024 * 1024


@lru_cache(64)  # a tenth of a second each, on purpose
def short_code(office: str, session_key: str, session: str, member_id: int, key: str) -> str:
    """The code, e.g. ``K7MX-2ERT``.

    Args:
        office, session_key, key: public keys of the clerk's file, the session and the member's laptop, hexadecimal.
        session: the session's own mark, hexadecimal; member_id: whose laptop it is.
    """
    named = f"ocop-code 1\n{office}\n{session_key}\n{session}\n{member_id}\n{key}\n".encode()
    salt = hashlib.sha256(named).digest()[: argon2id.SALTBYTES]
    number = int.from_bytes(argon2id.kdf(16, named, salt, opslimit=ROUNDS, memlimit=MEMORY), "big")
    letters = ""
    for _place in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return "-".join(letters[n:n + GROUP] for n in range(0, LENGTH, GROUP))


def same_code(typed: str, code: str) -> bool:
    """Whether a code was typed right; blanks, dashes and small letters do not matter."""
    return "".join(c for c in typed.upper() if c.isalnum()) == code.replace("-", "")
