"""Asked by the actions before they show or write: who works with the file, and whether the role may (``rules.rights``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocop_desktop.data import people
from ocop_desktop.errors import UserError
from ocop_desktop.rules.rights import NOBODY, Actor, may
from ocop_desktop.text import N_

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session

ALONE = Actor("clerk", alone=True)

REFUSALS = {
    "work": N_("{name} không làm được việc này: đây là việc của thư ký."),
    "people": N_("{name} không làm được việc này: chỉ thư ký cấp mã PIN và đổi vai trò."),
    "finished_ballots": N_("{name} chưa xem được điểm của hồ sơ này: điểm chỉ hiện khi hồ sơ đã chốt."),
    "conclude": N_("{name} không kết luận được: chỉ chủ tịch của phiên, hoặc thư ký ghi theo chủ tịch."),
    "closed_results": N_("{name} không xem được kết quả của phiên này: chỉ người có tên trong phiên."),
    "register": N_("{name} không xem được sổ hồ sơ: thành viên chỉ xem hồ sơ của phiên mình."),
    "advise": N_("{name} không ghi được phiếu này: đây là việc của Tổ tư vấn."),
    "sign": N_("{name} không ký được giấy chứng nhận: đây là việc của thư ký, với cụm mật khẩu của khóa."),
    "completion": N_("{name} không xem được tiến độ chấm của phiên."),
}


def actor_of(session: Session) -> Actor:
    """Who works in this session: who signed in; the clerk alone in a file without PINs; else nobody."""
    from ocop_desktop.data.engine import Database, reading_of

    database = session.info.get(Database)
    if database is None:  # not a file people open
        return ALONE
    if database.actor is not None:
        return database.actor
    return NOBODY if people.shut(reading_of(session)) else ALONE


def named(session: Session, who: str) -> str:
    """Who is written down: the person signed in with a PIN, whatever name is given; else the name given."""
    actor = actor_of(session)
    return actor.name if actor.name and not actor.alone else who.strip()


def sees(session: Session, right: str, session_id: int | None = None) -> bool:
    """Whether who works here has a right.

    Args:
        session_id: the council session it is about; the chair's rights need the chair's seat in it.
    """
    actor = actor_of(session)
    if actor.alone or may(actor.role, right):
        return True
    if session_id is None or not may(actor.role, right, own=True):
        return False
    return people.sits(session, actor, session_id, leading=right in ("finished_ballots", "conclude"))


def need(session: Session, right: str, session_id: int | None = None) -> None:
    """Go on only with a right.

    Raises:
        UserError: nobody is signed in, or the role has not that right; says whose it is.
    """
    if not sees(session, right, session_id):
        raise _refusal(actor_of(session), REFUSALS[right])


def need_ballot(session: Session, member_id: int, item_id: int | None = None) -> None:
    """Go on only with a ballot one may open: the own one, or as clerk that of a member without a PIN (typed from paper).

    Args:
        item_id: the dossier whose ballot is to be shown: one that came sealed from a laptop, or was finished by a member whose
            PIN has been taken away, is shown to its member alone until the dossier is closed.

    Raises:
        UserError: somebody else's ballot, a sealed one, or nobody is signed in.
    """
    actor = actor_of(session)
    if not actor.alone and may(actor.role, "own_ballot", own=True) and people.owns(session, actor, member_id):
        return
    if not actor.alone and not may(actor.role, "type_ballot"):
        raise _refusal(actor, N_("{name} chỉ mở được phiếu của chính mình."))
    if not actor.alone and people.member_has_pin(session, member_id):
        raise UserError("Thành viên này có mã PIN riêng nên chỉ chính người ấy mở được phiếu. "
                        "Hãy bấm Chuyển máy để người ấy đăng nhập.")
    if item_id is not None and people.sealed(session, item_id, member_id):
        raise UserError("Phiếu này do chính thành viên giao kín hoặc hoàn tất bằng mã PIN riêng nên chưa ai khác xem được cho "
                        "đến khi chốt hồ sơ. Muốn chấm lại, hãy giao gói mới hoặc cấp mã PIN cho người ấy.")


def may_open(session: Session, member_id: int) -> bool:
    """Whether ``need_ballot`` lets the ballots of a seat be opened."""
    try:
        need_ballot(session, member_id)
    except UserError:
        return False
    return True


def need_dossier(session: Session, dossier_id: int) -> None:
    """Go on only with a dossier one may read: any with the register, else one of the own sessions.

    Raises:
        UserError: neither, or nobody is signed in.
    """
    actor = actor_of(session)
    if not (actor.alone or may(actor.role, "register") or (
            may(actor.role, "own_ballot", own=True) and people.assesses(session, actor, dossier_id))):
        raise _refusal(actor, REFUSALS["register"])


def own_sessions(session: Session) -> frozenset[int] | None:
    """Sessions a person of own sessions only may see; None: all."""
    actor = actor_of(session)
    return None if actor.alone or may(actor.role, "closed_results") else people.own_sessions(session, actor)


def _refusal(actor: Actor, words: str) -> UserError:
    if not actor.role:
        return UserError("Chưa ai đăng nhập nên chưa xem và chưa làm được gì trong tệp này. Hãy chọn tên và gõ mã PIN.")
    return UserError(words, name=actor.name)
