"""PINs as they are kept: argon2id of libsodium, at its limits for signing in (about a tenth of a second, 64 MB)."""

from __future__ import annotations

import secrets

from nacl import exceptions
from nacl.pwhash import argon2id

LIMITS = (argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE)  # of work and memory; a kept PIN names its own
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another when copied from paper


def keep(pin: str) -> str:
    """What is kept of a PIN: argon2id with its own salt and limits, as text."""
    return argon2id.str(pin.encode(), *LIMITS).decode()


def fits(kept: str, pin: str) -> bool:
    """Whether a PIN is the one kept."""
    try:
        return bool(kept) and argon2id.verify(kept.encode(), pin.encode())
    except (exceptions.InvalidkeyError, exceptions.ValueError, ValueError):
        return False


def new_code() -> str:
    """A code of six digits for signing in once."""
    return f"{secrets.randbelow(1_000_000):06d}"


def recovery_code() -> str:
    """Twelve letters and digits to be kept in an envelope, in groups of four."""
    made = "".join(secrets.choice(LETTERS) for _place in range(12))
    return "-".join(made[at:at + 4] for at in (0, 4, 8))
