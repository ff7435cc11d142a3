"""Instant, accent-blind search of dossiers: a folded text per dossier under a trigram index.

``dossier.search`` holds product, producer, commune names and code, folded; triggers keep its two indexes: ``dossier_search``
(trigrams) finds letters anywhere, ``dossier_word`` (beginnings of words) answers when a word has only one or two letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, column, func, select, table, text, true

from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Dossier, Product
from ocop_desktop.rules.names import fold

MOST_WORDS = 12  # of what is typed; more add nothing a person could mean
MOST_LETTERS = 2000
TRIGRAM = 3  # letters from which the trigram index can find a word
LONGEST = 60  # letters of one word given to an index; the rest is compared

_RUN = re.compile(r"[a-z0-9]+")


def query_words(query_text: str) -> tuple[str, ...]:
    """The folded words of a query, each once, the longest first; without what no search text can hold."""
    printable = "".join(c if c.isprintable() else " " for c in query_text[:MOST_LETTERS])
    words = dict.fromkeys(fold(printable).split())
    return tuple(sorted(words, key=len, reverse=True)[:MOST_WORDS])


def hits(query_text: str) -> Select[int] | None:
    """A select of the ``rowid`` of matching dossiers from the index, for joining; None when the text is empty.

    Every word must occur, accents and case aside. When one has less than three letters, words count where they begin a word:
    what is typed on the way to a whole word. Any text is safe; the twelve longest words of the first 2,000 letters count.
    """
    question = _question(query_words(query_text))
    if question is None:
        return None
    index, expression, compared = question
    found = table(index, column("rowid"), column("search"), column(index))
    conditions: list[ColumnElement[bool]] = [func.instr(found.c.search, w) > 0 for w in compared]
    if expression:
        conditions.append(found.c[index].op("MATCH")(expression))
    return select(found.c.rowid).where(*conditions)


def hits_sql(query_text: str, near: bool = False) -> tuple[str, dict[str, str]] | None:
    """``hits`` as words of SQL with their values, for statements that fix their own road.

    Args:
        near: ask only how words begin, in as many letters as is quick; what is found must then be compared (``runs``).
    """
    question = _question(query_words(query_text), TRIGRAM if near and runs(query_text) else LONGEST)
    if question is None:
        return None
    index, expression, compared = question
    values = {f"compared{place}": word for place, word in enumerate(compared)}
    conditions = [f"instr(search, :{name}) > 0" for name in values]
    if expression:
        conditions.append(f"{index} MATCH :expression")
        values["expression"] = expression
    return f"SELECT rowid AS id FROM {index} WHERE {' AND '.join(conditions)}", values


def runs(query_text: str) -> tuple[str, ...]:
    """The runs of letters and figures that count where they begin a word: none unless a word has less than three letters.

    Then what is typed is on its way to a whole word; else words count anywhere.
    """
    words = query_words(query_text)
    if all(len(word) >= TRIGRAM for word in words):
        return ()
    return tuple(dict.fromkeys(run for word in words for run in _RUN.findall(word)))


def _question(words: tuple[str, ...], longest: int = LONGEST) -> tuple[str, str, list[str]] | None:
    """The index to ask, what it is asked (may be empty), and the words to be compared beside."""
    if not words:
        return None
    if all(len(w) >= TRIGRAM for w in words):
        expression = " AND ".join(_quoted(w[:LONGEST]) for w in words)
        return "dossier_search", expression, [w for w in words if len(w) > LONGEST]
    begins = dict.fromkeys(run[:longest] for w in words if w.isascii() for run in _RUN.findall(w))
    expression = " AND ".join(_quoted(run) + "*" for run in begins)
    return "dossier_word", expression, [w for w in words if not _RUN.fullmatch(w[:LONGEST]) or len(w) > LONGEST]


def matching(query_text: str) -> ColumnElement[bool]:
    """Condition on ``Dossier`` for ``hits``; true for an empty text."""
    found = hits(query_text)
    return true() if found is None else Dossier.id.in_(found)


def count_matching(session: Session, query_text: str) -> int:
    """How many dossiers match, straight from the index (no other filter)."""
    found = hits(query_text)
    counted = select(func.count()).select_from(Dossier) if found is None else found.with_only_columns(func.count())
    return session.scalar(counted) or 0


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


_REFRESH = """
    UPDATE dossier SET search = (
        SELECT fold(product.name || ' ' || producer.name || ' ' || coalesce(
            (SELECT group_concat(every.kind || ' ' || every.name, ' ') FROM commune AS here
             JOIN commune AS every ON every.code = here.code WHERE here.id = producer.commune_id), '')
            || ' ' || coalesce(dossier.code, ''))
        FROM product JOIN producer ON producer.id = product.producer_id WHERE product.id = dossier.product_id)
"""


def refresh_search(session: Session, dossier_ids: Iterable[int] | None = None) -> None:
    """Write the search text of these dossiers (None: of all) from product, producer, commune (every name its code had) and code.

    Call it after anything of that changed, inside the same transaction; 10,000 dossiers in one statement.
    """
    session.flush()
    if dossier_ids is None:
        session.execute(text(_REFRESH))
    else:
        chosen = json.dumps(list(dossier_ids))
        session.execute(text(_REFRESH + " WHERE id IN (SELECT value FROM json_each(:chosen))"), {"chosen": chosen})
    for row in session.identity_map.values():
        if isinstance(row, Dossier):
            session.expire(row, ["search"])


def dossiers_of(session: Session, producer_id: int) -> list[int]:
    """Numbers of a producer's dossiers, for ``refresh_search`` after its name or commune changed."""
    query = select(Dossier.id).join(Product, Product.id == Dossier.product_id).where(Product.producer_id == producer_id)
    return list(session.scalars(query))
