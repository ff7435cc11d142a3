"""What the drop-down lists of templates offer, in the words the import understands."""

from __future__ import annotations

from ocop_desktop.rules import terms

PRODUCER_KINDS = tuple(words.vi for words in terms.PRODUCER_KINDS.values())
APPLICATION_KINDS = tuple(words.vi for words in terms.APPLICATION_KINDS.values())
STARS = ("3", "4", "5")
SETS = tuple(str(number) for number in range(1, 27))
