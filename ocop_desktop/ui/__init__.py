"""The window: Qt only; frozen dataclasses cross into it, never sessions or rows.

PySide6 puts itself before every import of the program to look for ``from __feature__ import ...`` and reads the source text
of each module for it. We use no features: with the plain import put back, first paint comes 10 ms and SQLAlchemy 60 ms sooner.
"""

import builtins

import PySide6.QtCore  # noqa: F401  the one that takes the place

if hasattr(builtins, "__orig_import__"):
    builtins.__import__ = builtins.__orig_import__
