"""The key certificates are signed with: its secret, closed with a passphrase, and the file of the office's public keys."""

from __future__ import annotations

import base64
import datetime as dt

from sqlalchemy import select

from ocop_desktop.data.engine import Session
from ocop_desktop.data.settings import get_setting, put_setting
from ocop_desktop.data.tables import Certificate
from ocop_desktop.data.tables_keys import SecretKey

PUBLIC = "certificate.keys"
NAME = "certificates"  # of the secret


def public(session: Session) -> bytes:
    """The file of public keys; empty where no key was made."""
    return base64.b64decode(get_setting(session, PUBLIC, ""))


def secret(session: Session) -> SecretKey | None:
    """The secret of the key in use: closed in ``seed``, its public half in ``mark``."""
    return session.get(SecretKey, NAME)


def keep(session: Session, keys: bytes, closed: bytes, key: str, at: dt.datetime) -> None:
    """Keep public keys and the closed secret of the one in use, in place of those before."""
    put_setting(session, PUBLIC, base64.b64encode(keys).decode())
    session.merge(SecretKey(name=NAME, seed=closed, mark=key, made_at=at))
    session.flush()


def fates(session: Session) -> tuple[dict[str, dt.date], dict[str, dt.date]]:
    """Certificates with a number that are revoked, and those extended and not revoked: number -> day."""
    rows = session.execute(select(Certificate.number, Certificate.revoked_on, Certificate.extended_until).where(
        Certificate.number.is_not(None), Certificate.revoked_on.is_not(None) | Certificate.extended_until.is_not(None))).all()
    revoked = {str(number): on for number, on, _until in rows if on is not None}
    return revoked, {str(number): until for number, on, until in rows if on is None and until is not None}
