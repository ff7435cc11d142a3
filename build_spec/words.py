"""Bring resources/locale/en.po up to date with the sentences in the code; says how many wait for a translation.

Run by ``dev.py words``. A sentence is the first argument of one of KEYWORDS or of a kind of UserError, written as a literal.
"""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "resources" / "locale" / "en.po"
KEYWORDS = ("_", "N_", "UserError", "Problem", "fault", "problem", "_fault", "_problem", "_refused")


def refusals() -> set[str]:
    """The kinds of ``UserError``: their sentences are sentences too."""
    files = (ROOT / "ocop_desktop").rglob("*.py")
    return {name for file in files for name in re.findall(r"^class (\w+)\(UserError\)", file.read_text(encoding="utf-8"), re.M)}


def sentences() -> Catalog:
    """Every sentence of the code with the files it stands in."""
    found = Catalog(locale="en", charset="utf-8", fuzzy=False)
    keywords: dict[str, None] = dict.fromkeys((*KEYWORDS, *sorted(refusals())))
    for file, _line, message, _comments, _context in extract_from_dir(
        ROOT / "ocop_desktop", [("**.py", "python")], keywords=keywords
    ):
        text = message if isinstance(message, str) else message[0]
        if text and not re.fullmatch("[a-z_]+", text):  # a bare name is a key, not a sentence
            found.add(text, locations=[(file, None)])
    return found


def main() -> int:
    """Merge and write the catalogue; 1 when a sentence has no translation."""
    old = Catalog(locale="en", fuzzy=False)
    if CATALOGUE.exists():
        with CATALOGUE.open("rb") as file:
            old = read_po(file, locale="en")
    new = sentences()
    for message in new:
        known = old.get(message.id) if message.id else None
        if known and known.string:
            message.string = known.string
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, new, width=0, sort_output=True, omit_header=True)
    missing = [m.id for m in new if m.id and not m.string]
    print(f"{len(new)} sentences, {len(missing)} without English")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
