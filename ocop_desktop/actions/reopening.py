"""A closed result opened again before the decision, and corrected after it.

Before the recognition decision the chair may open a closed dossier again with a reason; the result it had stays in the history,
whole. After the decision nothing of it changes any more: whoever has it corrected starts a new assessment of the dossier, whose
result needs a decision of its own that names the one it corrects.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ocop_desktop.actions.counting import facts_of
from ocop_desktop.actions.results import presiding_of
from ocop_desktop.actions.rights import need
from ocop_desktop.data import results as stored
from ocop_desktop.data import sessions as rows
from ocop_desktop.data.changes import lines_of
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError

WITHDRAWN = "withdrawn"  # the history line that keeps a result taken out of force
CORRECTION = "correction"  # the history line of a dossier assessed again after its decision


@dataclass(frozen=True)
class Withdrawn:
    """A result that was closed and opened again: when, why, by whom, and the snapshot it had."""

    at: dt.datetime
    who: str
    chair: str
    reason: str
    snapshot: dict[str, Any]


def reopen_dossier(session: Session, item_id: int, reason: str, who: str = "") -> None:
    """Open a closed dossier again: its ballots and conclusions stand as they were, and it has to be closed anew.

    Args:
        reason: the chair's; it stands in the record beside the chair's name.

    Raises:
        UserError: not closed, a decision has been made on it, no reason, or nobody presides.
    """
    facts = facts_of(session, item_id)
    need(session, "conclude", facts.meeting.id)
    product = facts.dossier.product.name
    result = stored.result_of(session, item_id)
    if facts.item.status != "closed" or result is None:
        raise UserError("Hồ sơ {product} chưa chốt nên không cần mở lại.", product=product)
    decision = stored.decided(session, item_id)
    if decision is not None:
        raise UserError("Kết quả của {product} đã có Quyết định {number} nên chỉ để xem; muốn đính chính cần đánh giá lại "
                        "và có quyết định mới.", product=product, number=decision.number)
    if not reason.strip():
        raise UserError("Cần ghi lý do mở lại kết quả; lý do được giữ trong hồ sơ phiên.")
    chair = presiding_of(facts)
    kept = stored.withdraw(session, result)
    rows.record(session, "agenda_item", item_id, WITHDRAWN, {k: v for k, v in kept.items() if k not in ("id", "item_id")},
                {"reason": reason.strip(), "chair": chair}, who)
    before = {"status": facts.dossier.status, "stars": facts.dossier.stars}
    facts.item.status, facts.dossier.status, facts.dossier.stars = "open", "in_session", None
    rows.record(session, "dossier", facts.dossier.id, "reopened", before,
                {"status": "in_session", "stars": None, "reason": reason.strip()}, who)
    if facts.meeting.status == "closed":
        facts.meeting.status = "open"
        rows.record(session, "session", facts.meeting.id, "reopened", {"status": "closed"},
                    {"status": "open", "reason": reason.strip()}, who)


def start_correction(session: Session, item_id: int, reason: str, who: str = "") -> None:
    """Let a dossier whose result rests under a decision be assessed again: it can go on a new agenda from now on.

    The result, the decision and the certificate stay as they are. The new result needs a decision that corrects the earlier one
    (``certificates.record_decision``); a certificate issued under it replaces the earlier certificate.

    Raises:
        UserError: no decision yet (then it is simply opened again), no reason, or the dossier is being assessed already.
    """
    facts = facts_of(session, item_id)
    need(session, "conclude", facts.meeting.id)
    product, decision = facts.dossier.product.name, stored.decided(session, item_id)
    if facts.item.status != "closed" or decision is None:
        raise UserError("Kết quả của {product} chưa có quyết định; Hội đồng mở lại kết quả là sửa được.", product=product)
    if not reason.strip():
        raise UserError("Cần ghi lý do đính chính; lý do được giữ trong hồ sơ phiên.")
    if facts.dossier.status in ("ready", "draft", "in_session"):
        raise UserError("Hồ sơ {product} đang được đánh giá lại rồi.", product=product)
    before = {"status": facts.dossier.status}
    facts.dossier.status = "ready"
    rows.record(session, "dossier", facts.dossier.id, CORRECTION, before,
                {"status": "ready", "decision": decision.number, "reason": reason.strip()}, who)


def withdrawn(session: Session, item_ids: Sequence[int]) -> dict[int, list[Withdrawn]]:
    """Results that were closed and opened again, by item, the earliest first."""
    found: dict[int, list[Withdrawn]] = {}
    for line in lines_of(session, "agenda_item", item_ids, WITHDRAWN):
        after = line.after or {}
        found.setdefault(line.entity_id, []).append(Withdrawn(line.at, line.who, after.get("chair", ""), after.get("reason", ""),
                                                              (line.before or {}).get("snapshot", {})))
    return found
