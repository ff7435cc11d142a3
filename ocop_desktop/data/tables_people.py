"""The table of people who sign in. Changing it needs a migration in ``data/migrations/versions``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ocop_desktop.data.tables import NEVER_REUSED, Table


class Person(Table):
    """Somebody who may sign in; ``role`` is one of rules.rights.ROLES. Seats of the same name and agency are theirs.

    ``pin`` and ``recovery`` are argon2id text as JSON (so that the audit chain keeps their digest); ``once``: the PIN is a code
    from the clerk and must be replaced at the first signing in. ``wrong`` counts wrong PINs in a row, the last at ``wrong_at``.
    """

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    agency: Mapped[str] = mapped_column(default="")
    role: Mapped[str]
    pin: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    once: Mapped[bool] = mapped_column(default=False)
    recovery: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    wrong: Mapped[int] = mapped_column(default=0)
    wrong_at: Mapped[dt.datetime | None]
    __table_args__ = (UniqueConstraint("name", "agency"), NEVER_REUSED)
