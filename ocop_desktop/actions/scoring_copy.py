"""Copying one's own ballot of a sister product (same producer, same set, same session). Each copied answer stays marked until the
member looks at it; that a ballot was copied stands in the history for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.rights import need_ballot
from ocop_desktop.data import ballots, sessions
from ocop_desktop.errors import UserError
from ocop_desktop.rules.ballot import unanswered

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

COPIED, CONFIRMED = "copied", "copies_confirmed"  # lines in a ballot's history


@dataclass(frozen=True)
class Sister:
    """A ballot of the same member that could be copied: ``answers`` of its criteria are answered."""

    item_id: int
    product: str
    answers: int


def sisters(session: Session, item_id: int, member_id: int) -> tuple[Sister, ...]:
    """The member's own ballots that can be copied into this one, the fullest first; none where this one has answers already."""
    own = ballots.newest(session, item_id, member_id)
    if own is not None and (own.finished_at is not None or ballots.choices_of(session, own.id)):
        return ()
    return tuple(Sister(*row) for row in ballots.sisters(session, item_id, member_id))


def copied(session: Session, answers: Sequence[Any]) -> dict[str, str]:
    """Of a ballot's rows the copied ones: criterion -> the product whose ballot they come from."""
    origin = {a.criterion: a.copied_from for a in answers if a.copied_from is not None}
    names = ballots.products_of(session, set(origin.values())) if origin else {}
    return {code: names.get(item, "?") for code, item in origin.items()}


def copy_ballot(session: Session, item_id: int, member_id: int, source_item_id: int) -> int:
    """Copy the answers (not notes, opinion or exclusion) of the member's own ballot of a sister product into an empty one.

    Args:
        source_item_id: the sister product's place on the same agenda.

    Returns:
        how many answers were copied.

    Raises:
        UserError: the ballot has answers already or cannot be written, or there is nothing to copy there, or it is sealed.
    """
    from ocop_desktop.actions.scoring import writable

    need_ballot(session, member_id, source_item_id)  # a copy would show it
    row, ballot_id = writable(session, item_id, member_id)
    found = next((s for s in sisters(session, item_id, member_id) if s.item_id == source_item_id), None)
    if found is None:
        raise UserError("Không chép được: phiếu này đã có câu trả lời, hoặc phiếu kia chưa có câu nào.")
    source = ballots.newest(session, source_item_id, member_id)
    count = ballots.copy(session, source.id, ballot_id, source_item_id)
    sessions.record(session, "ballot", ballot_id, COPIED, None, {
        "item_id": source_item_id, "product": found.product, "version": source.version, "answers": count}, row.member_name)
    return count


def confirm(session: Session, item_id: int, member_id: int, criterion: str | None = None) -> None:
    """The member looked at a copied answer and it is right; without a criterion, at all of them.

    Raises:
        UserError: as ``actions.scoring.choose``; or something is not answered yet where all are confirmed.
    """
    from ocop_desktop.actions.scoring import writable

    row, ballot_id = writable(session, item_id, member_id)
    if criterion is None:
        rules = rulebooks.criteria(row.rulebook, row.set_no)
        rest = unanswered(rules, ballots.choices_of(session, ballot_id))
        if rest:
            raise UserError("Còn {count} tiêu chí chưa chấm; hãy chấm rồi mới xác nhận các câu chép.", count=len(rest))
        left = sum(a.copied_from is not None for a in ballots.answers_of(session, ballot_id))
        sessions.record(session, "ballot", ballot_id, CONFIRMED, None, {"answers": left}, row.member_name)
    ballots.confirm_copied(session, ballot_id, criterion)
