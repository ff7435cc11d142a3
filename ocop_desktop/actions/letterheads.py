"""Heads of papers of the offices that issue them: the superior body, the name, the sign in numbers, the place of the date."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from ocop_desktop.actions.office import LONGEST_TEXT, Office, read_office
from ocop_desktop.actions.rights import named, need
from ocop_desktop.data import settings
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.names import one_line
from ocop_desktop.rules.paper_number import CODES
from ocop_desktop.rules.signatories import ISSUERS, TEAM

COMMUNES = ("ủy ban nhân dân xã", "ủy ban nhân dân phường", "ủy ban nhân dân đặc khu")


@dataclass(frozen=True)
class Head:
    """One office's head.

    Args:
        issuer: one of ``rules.signatories.ISSUERS``.
        above: the superior body; own: the office's name, empty where each paper says it (a session's council, a commune).
        code: in numbers, after the kind of paper ("UBND"); place: before the date.
    """

    issuer: str
    above: str = ""
    own: str = ""
    code: str = ""
    place: str = ""


def proposed(office: Office, issuer: str) -> Head:
    """What stands there until the office says otherwise."""
    above = {"council": office.body, "agency": office.body, "team": office.agency}.get(issuer, "")
    own = {"committee": office.body, "agency": office.agency, "team": TEAM}.get(issuer, "")
    return Head(issuer, above, own, CODES.get(issuer, ""), "" if issuer == "commune" else office.place)


def read_heads(session: Session, office: Office | None = None) -> dict[str, Head]:
    """Every office's head by issuer; what was never said is as proposed."""
    kept: dict[str, dict[str, str]] = settings.get_setting(session, settings.LETTERHEADS, {})
    of = office or read_office(session)
    return {issuer: replace(proposed(of, issuer), **{k: v for k, v in kept.get(issuer, {}).items() if v}) for issuer in ISSUERS}


def save_head(session: Session, head: Head, who: str = "") -> Head:
    """Keep one office's head; an empty field is as proposed again.

    Returns:
        the head as it stands on papers now.

    Raises:
        UserError: no such office, a text that is too long, or a sign that is no short word.
    """
    need(session, "work")
    if head.issuer not in ISSUERS:
        raise UserError("Không có cơ quan “{issuer}”; các cơ quan: {known}.", issuer=head.issuer, known=", ".join(ISSUERS))
    texts = {key: one_line(value) for key, value in asdict(head).items() if key != "issuer"}
    for value in texts.values():
        if len(value) > LONGEST_TEXT:
            raise UserError("Nội dung dài {count} ký tự; chỉ nhận nhiều nhất {most} ký tự.", count=len(value), most=LONGEST_TEXT)
    if any(sign in texts["code"] for sign in " /{}") or len(texts["code"]) > 20:
        raise UserError("Chữ viết tắt “{code}” dùng trong số văn bản phải là một từ ngắn, không có dấu cách, ví dụ UBND.",
                        code=texts["code"])
    usual = asdict(proposed(read_office(session), head.issuer))
    own = {key: value for key, value in texts.items() if value and value != usual[key]}
    kept: dict[str, Any] = settings.get_setting(session, settings.LETTERHEADS, {})
    before, after = kept.get(head.issuer, {}), {key: value for key, value in kept.items() if key != head.issuer}
    settings.put_setting(session, settings.LETTERHEADS, after | ({head.issuer: own} if own else {}))
    if before != own:
        from ocop_desktop.data.changes import record_change

        record_change(session, named(session, who), "letterhead", 0, "saved", {head.issuer: before},
                      {head.issuer: own})
    return read_heads(session)[head.issuer]


def issuer_of(name: str, office: Office, council: str = "") -> str:
    """Which office a name at the head of a paper is; empty where it is none of the known ones."""
    said = name.casefold()
    if said.startswith(COMMUNES):
        return "commune"
    known = {"agency": office.agency, "committee": office.body, "council": council, "team": TEAM}
    return next((issuer for issuer, own in known.items() if own and own.casefold() == said), "")
