"""What the hall may see of a session: the dossier, how many ballots are in, the result once it is closed; no score before."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ocop_desktop.actions import photos, rulebooks
from ocop_desktop.actions.session_matrix import matrix_for_all
from ocop_desktop.data import communes
from ocop_desktop.data import results as stored
from ocop_desktop.data import sessions as rows
from ocop_desktop.data.engine import Session
from ocop_desktop.rules.terms import Words


@dataclass(frozen=True)
class HallDossier:
    """One dossier of a session as the hall sees it.

    Args:
        place, of: its place on the agenda, from 1, and how many there are; item_ids: all of them in order.
        set_name: of its set of criteria; None while no set is chosen.
        photo: JPEG; None without one.
        done, needed: ballots finished, and how many have to be.
        mean, stars, excluded: of the closed result; None and False before. digits: decimals the mean is shown with.
    """

    session: str
    item_id: int
    item_ids: tuple[int, ...]
    place: int
    product: str
    producer: str
    commune: str
    set_name: Words | None
    photo: bytes | None
    done: int
    needed: int
    closed: bool
    removed: bool
    mean: Fraction | None
    stars: int | None
    excluded: bool
    digits: int

    @property
    def of(self) -> int:
        """How many dossiers are on the agenda."""
        return len(self.item_ids)


def dossier(session: Session, session_id: int, item_id: int | None = None) -> HallDossier | None:
    """A dossier of a session for the hall.

    Args:
        item_id: which; None or one that is not on the agenda: the first that is not closed yet, else the first.

    Returns:
        None when the agenda is empty.

    Raises:
        UserError: there is no such session.
    """
    meeting = matrix_for_all(session, session_id)
    if not meeting.rows:
        return None
    line = next((r for r in meeting.rows if r.item_id == item_id), None)
    if line is None:
        line = next((r for r in meeting.rows if r.state not in ("closed", "removed")), meeting.rows[0])
    ((_item, file, product, producer, _stars, _excluded),) = rows.agenda(session, session_id, [line.item_id])
    unit = communes.by_id(session, producer.commune_id) if producer.commune_id is not None else None
    rules = rulebooks.criteria(file.rulebook or meeting.rulebook, product.set_no) if product.set_no else None
    closed = line.state == "closed"
    result = stored.result_of(session, line.item_id) if closed else None
    photo = photos.photo(session, product.id)
    order = tuple(r.item_id for r in meeting.rows)
    return HallDossier(
        meeting.name, line.item_id, order, order.index(line.item_id) + 1, product.name, producer.name,
        unit.full_name if unit else "", rules.name if rules else None, photo.content if photo else None,
        sum(c.state == "done" for c in line.cells), sum(c.state in ("done", "half", "empty") for c in line.cells),
        closed, line.state == "removed",
        Fraction(result.mean_numerator, result.mean_denominator) if result else None,
        result.stars if result else None, bool(result and result.excluded), meeting.working.digits)
