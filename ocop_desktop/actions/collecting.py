"""Python's search for dead cycles, put off while hundreds of thousands of live values are made: a good part of the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the search off while this runs."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()  # what was made is to live: with the old, where the next search of the young does not go through it
            gc.unfreeze()
            gc.enable()
