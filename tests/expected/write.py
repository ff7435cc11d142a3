"""Write the kept examples anew: ``python -m tests.expected.write``. Look at what changed with ``git diff`` before it is kept."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ocop_desktop.actions.opening import open_or_create
from tests.expected.examples import FOLDER, drawn, fill, kept


def main() -> None:
    """Replace every file; papers that are no more lose theirs."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OCOP_HOME"] = folder
        database = open_or_create(Path(folder) / "a.ocop")
        with database.begin() as session:
            made = {f"{key}.txt": kept(pdf) for key, pdf in drawn(session, fill(session))}
        database.close()
    for path in FOLDER.glob("*.txt"):
        if path.name not in made:
            path.unlink()
    for name, words in made.items():
        (FOLDER / name).write_text(words, encoding="utf-8", newline="\n")
        print(FOLDER / name)


if __name__ == "__main__":
    main()
