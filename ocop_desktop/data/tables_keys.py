"""Tables of secrets and of members' own laptops. Changing one needs a migration in ``data/migrations/versions``."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ocop_desktop.data.tables import Table


class SecretKey(Table):
    """A secret this file keeps: ``office``, ``session 3``, or in a member's own file ``member``. Never exported."""

    __tablename__ = "secret_key"
    name: Mapped[str] = mapped_column(primary_key=True)
    seed: Mapped[bytes]
    mark: Mapped[str] = mapped_column(default="")  # of a session: what packages and ballots name it by
    made_at: Mapped[dt.datetime]


class OwnLaptop(Table):
    """A member with a laptop of their own in one session: the package handed out, the key known, the ballots that came."""

    __tablename__ = "own_laptop"
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
    package: Mapped[int] = mapped_column(default=0)
    packaged_at: Mapped[dt.datetime | None]
    key: Mapped[str] = mapped_column(String(64), default="")
    enrolled_at: Mapped[dt.datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(String(64), default="")
    received_at: Mapped[dt.datetime | None]
