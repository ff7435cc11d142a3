"""Every reader of cells by its short name."""

from __future__ import annotations

from ocop_desktop.sheets import amounts, repair

READERS = {**repair.READERS, **amounts.READERS}
