"""What a person answers about a file's rows, as a JSON file: typed values, rows left out, choices for doubtful rows.

``{"12": {"choice": "new"}, "13": {"choice": {"product": "s7"}}, "15": {"skip": true}, "20": {"commune": "Mẫu Sơn"}}``
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ocop_desktop.actions.importing_doubts import PARTS
from ocop_desktop.errors import UserError, missing_file, why
from ocop_desktop.sheets.headings import FIELDS


@dataclass(frozen=True)
class Answers:
    """Answers as ``importing.preview`` takes them."""

    fixes: Mapping[tuple[int, str], str] = field(default_factory=dict)
    skip: frozenset[int] = frozenset()
    choices: Mapping[tuple[int, str], str] = field(default_factory=dict)

    def for_all(self, choice: str) -> Answers:
        """The same choice (``new`` or ``same``) for every doubtful row that has none; ``wait`` leaves them waiting."""
        return self if choice == "wait" else replace(self, choices={**{(0, part): choice for part in PARTS}, **self.choices})


def read(path: str | Path) -> Answers:
    """Read answers from a JSON file.

    Raises:
        UserError: missing, not JSON, or an entry that is not understood; names it.
    """
    path = Path(path)
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise missing_file(path) from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UserError("Không đọc được tệp trả lời “{file}”: {why}.", file=str(path), why=why(error)) from None
    fixes: dict[tuple[int, str], str] = {}
    choices: dict[tuple[int, str], str] = {}
    skip: set[int] = set()
    if not isinstance(raw, dict):
        raise _wrong(path, "", raw)
    for number, said in raw.items():
        if not (number.isdigit() and int(number) > 0 and isinstance(said, dict)):
            raise _wrong(path, number, said)
        for name, value in said.items():
            if name == "skip" and value is True:
                skip.add(int(number))
            elif name == "choice" and _is_choice(value):
                named = value if isinstance(value, dict) else dict.fromkeys(PARTS, value)
                choices |= {(int(number), part): str(chosen) for part, chosen in named.items()}
            elif (name in FIELDS or name.startswith("score:")) and isinstance(value, (str, int)) and not isinstance(value, bool):
                fixes[int(number), name] = str(value)
            else:
                raise _wrong(path, number, {name: value})
    return Answers(fixes, frozenset(skip), choices)


def _is_choice(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value) and set(value) <= set(PARTS) and all(isinstance(v, str) for v in value.values())
    return value in ("new", "same")


def _wrong(path: Path, number: str, said: Any) -> UserError:
    return UserError("Tệp trả lời “{file}”, dòng “{row}”: không hiểu {value}; cần choice, skip hoặc tên một trường.",
                     file=path.name, row=number, value=json.dumps(said, ensure_ascii=False))
