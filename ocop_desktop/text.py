"""Words, dates and numbers of the window, the papers, the sheets and the command line. No Qt.

Sentences stand in the code in Vietnamese, the language of the law and of the users; ``resources/locale/en.po`` holds the
English ones. Reading the catalogue needs no build step, and Vietnamese costs nothing at start-up.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any

from ocop_desktop import paths
from ocop_desktop.errors import Problem, UserError

if TYPE_CHECKING:
    from fractions import Fraction

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}

_language = "vi"
_words: dict[str, str] = {}


def language() -> str:
    """Language in force: ``vi`` or ``en``."""
    return _language


def set_language(code: str) -> None:
    """Speak ``code`` from now on; screens built before keep their words until rebuilt."""
    global _language, _words
    if code not in LANGUAGES:
        raise UserError("Không có ngôn ngữ “{code}”; hãy chọn vi hoặc en.", code=code)
    _words = {} if code == "vi" else _read_catalogue(code)
    _language = code


@cache
def _read_catalogue(code: str) -> dict[str, str]:
    from babel.messages.pofile import read_po

    with open(paths.resources() / "locale" / f"{code}.po", "rb") as file:
        catalogue = read_po(file, locale=code)
    return {str(m.id): str(m.string) for m in catalogue if m.id and m.string}


def _(message: str, **values: Any) -> str:
    """``message`` (a Vietnamese literal, so that the catalogue finds it) in the language in force, places filled."""
    found = _words.get(message, message)
    return found.format(**values) if values else found


def N_(message: str) -> str:
    """Mark a literal for the catalogue without translating it now (constants; give it to ``_`` when shown)."""
    return message


def say(problem: UserError | Problem) -> str:
    """The sentence of an error or problem in the language in force; problems inside it are said too."""
    values = {k: say(v) if isinstance(v, (UserError, Problem)) else v for k, v in problem.values.items()}
    return _words.get(problem.message, problem.message).format(**values)


def date(day: dt.date | None) -> str:
    """``dd/mm/yyyy``, or an empty text."""
    return day.strftime("%d/%m/%Y") if day else ""


def long_date(day: dt.date) -> str:
    """``ngày 05 tháng 02 năm 2026``: zero before days 1-9 and months 1-2 (Decree 30/2020/NĐ-CP, annex I)."""
    if _language == "en":
        from babel.dates import format_date

        return format_date(day, "d MMMM y", locale="en")
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def clock(moment: dt.datetime) -> str:
    """``14:32:05``."""
    return moment.strftime("%H:%M:%S")


def number(value: int) -> str:
    """A whole number with the language's thousands mark: 17.500 (vi), 17,500 (en)."""
    if -1000 < value < 1000:  # no mark to place: the first screen needs no locale data
        return str(value)
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=_language))


def points(value: Fraction | int, digits: int = 2) -> str:
    """Points for people: never shows a rank line the exact value is below; decimal comma in Vietnamese."""
    from fractions import Fraction

    from babel.numbers import get_decimal_symbol

    from ocop_desktop.rules.scoring import shown

    return shown(Fraction(value), digits).replace(".", get_decimal_symbol(_language))
