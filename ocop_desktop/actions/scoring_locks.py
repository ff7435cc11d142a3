"""Why a ballot cannot be written now: the member, the dossier, the session, the ballot itself, or the words for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from ocop_desktop.errors import UserError
from ocop_desktop.rules.working_rules import read_working_rules

LONGEST_NOTE, LONGEST_WORDS = 500, 20_000  # characters of a note; of an opinion or a reason


def seen(words: str) -> str:
    """Words without what cannot be seen: blanks at the ends, control characters; line ends stay."""
    return "".join(c for c in words if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def written(words: str, most: int = LONGEST_WORDS) -> str:
    """Typed words as they are kept.

    Raises:
        UserError: too long.
    """
    kept = seen(words)
    if len(kept) > most:
        raise UserError("Nội dung dài {count} ký tự; chỉ nhận nhiều nhất {most} ký tự.", count=len(kept), most=most)
    return kept


def refusal_of(row: Any) -> UserError | None:
    """Why this member cannot score this item now, whatever the ballot says; None when scoring is open."""
    named = {"session": row.session_name or row.session_code, "member": row.member_name, "product": row.product}
    if row.session_status == "draft":
        return UserError("Phiên “{session}” chưa mở nên chưa chấm được; thư ký mở phiên rồi mới chấm.", **named)
    if row.recused is not None:
        return UserError("{member} không chấm hồ sơ này: {reason}.", **named, reason=row.recused.rstrip(".") or "?")
    if row.scores is None or not row.scores:
        return UserError("{member} không có tên trong danh sách chấm của phiên “{session}”.", **named)
    if not role_scores(row.role, row.working_rules):
        return UserError("Theo quy chế của phiên “{session}”, thư ký không chấm điểm.", **named)
    if row.item_status == "removed":
        return UserError("Hồ sơ “{product}” đã được rút khỏi phiên nên không chấm nữa.", **named)
    if row.item_status != "open":
        return UserError("Hồ sơ “{product}” đã chốt kết quả nên phiếu không sửa được nữa.", **named)
    if row.session_status != "open":
        return UserError("Phiên “{session}” đã kết thúc nên phiếu không sửa được nữa.", **named)
    return None


def finished(ballot: Any) -> UserError | None:
    """Why a finished ballot cannot be written."""
    if ballot is None or ballot.finished_at is None:
        return None
    return UserError("Phiếu đã hoàn tất lúc {time} ngày {day} và đã khóa. Muốn sửa, đề nghị Hội đồng mở lại phiếu.",
                     time=ballot.finished_at.strftime("%H:%M:%S"), day=ballot.finished_at.strftime("%d/%m/%Y"))


def role_scores(role: str, working_rules: Mapping[str, Any]) -> bool:
    """Whether a seat of this role fills in ballots by the session's working rules."""
    return role != "secretary" or read_working_rules(dict(working_rules)).secretary_scores
