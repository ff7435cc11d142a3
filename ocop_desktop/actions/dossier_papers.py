"""The papers of one dossier, printed from the dossier itself, whether it stands in a session or in none yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ocop_desktop.actions import paper_templates
from ocop_desktop.actions.certificate_papers import address_of, set_name
from ocop_desktop.actions.meeting_facts import Filed, Item, Meeting, commune_of, meeting_of
from ocop_desktop.actions.office import Office, read_office
from ocop_desktop.actions.rights import need_dossier, sees
from ocop_desktop.actions.session_papers import Listing, kind_of, save_pdf
from ocop_desktop.data import dossiers, sessions
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.rulebook import decision_of

KINDS = ("form-01", "form-02", "form-03", "commune-request", "checklists", "advisory", "score-sheets")  # keys of session_papers
TOGETHER = "commune-request"  # one letter for all products of the commune in that round


@dataclass(frozen=True)
class Picked:
    """Dossiers that are printed without a session."""

    name: str
    law: str
    office: Office
    on_agenda: tuple[Item, ...]


@dataclass(frozen=True)
class DossierPaper:
    """Which paper of which dossier."""

    dossier_id: int
    kind: str

    def where(self, session: Session) -> int | None:
        """The session it stands in, or None."""
        item = sessions.newest_item(session, self.dossier_id)
        return item.session_id if item else None

    def filed(self, session: Session) -> Filed:
        """The dossier with its session, where it has one, and nothing else of that session.

        Raises:
            UserError: the dossier is gone, is not one who works here may read, or has no such paper.
        """
        if self.kind not in KINDS:
            raise UserError("“{key}” không phải giấy tờ của một hồ sơ; các loại: {known}.", key=self.kind, known=", ".join(KINDS))
        need_dossier(session, self.dossier_id)
        if self.kind == TOGETHER:
            return _picked(session, dossiers.asked_together(session, self.dossier_id))
        found = _in_session(session, self.dossier_id)
        return found or _picked(session, (self.dossier_id,))

    def about(self, filed: Filed) -> str:
        """What stands in the title of the file."""
        return filed.on_agenda[0].product


def listing(session: Session, dossier_id: int) -> Listing:
    """The papers of a dossier: the score sheet only once its result is closed.

    Raises:
        UserError: the dossier is gone, or is not one who works here may read.
    """
    paper = DossierPaper(dossier_id, "form-01")
    filed, where = paper.filed(session), paper.where(session)
    (item,) = filed.on_agenda
    kinds = [kind_of(key) for key in KINDS if key != "score-sheets" or item.closed]
    return Listing(item.code, item.product, tuple(kind for kind in kinds if sees(session, kind.right, where)),
                   paper_templates.own_kinds(session))


def save_by_code(session: Session, code: str, key: str, path: Path) -> int:
    """Write a paper of the dossier with this product code; its size in bytes.

    Raises:
        UserError: no such dossier, or as ``session_papers.save_pdf``.
    """
    return save_pdf(session, DossierPaper(dossier_id_of(session, code), key), path)


def dossier_id_of(session: Session, code: str) -> int:
    """The dossier with this product code.

    Raises:
        UserError: there is none.
    """
    found = dossiers.by_code(session, code.strip())
    if found is None:
        raise UserError("Không có hồ sơ nào mang mã {code}; mã có dạng 20-06040-03-2026.", code=code)
    return found


def _in_session(session: Session, dossier_id: int) -> Meeting | None:
    item = sessions.newest_item(session, dossier_id)
    if item is None:
        return None
    meeting = meeting_of(session, item.session_id)
    return replace(meeting, items=tuple(one for one in meeting.items if one.id == item.id))


def _picked(session: Session, ids: tuple[int, ...]) -> Picked:
    items = tuple(_item(session, dossier_id, number) for number, dossier_id in enumerate(ids, 1))
    return Picked("", decision_of(items[0].rulebook), read_office(session), items)


def _item(session: Session, dossier_id: int, position: int) -> Item:
    found = dossiers.get(session, dossier_id)
    if found is None:
        raise UserError("Hồ sơ này không còn trong tệp dữ liệu; hãy mở lại danh sách hồ sơ.")
    dossier, product, producer, commune = found
    return Item(0, position, "", dossier_id, dossier.code or "", product.name, producer.name, producer.representative,
                producer.phone, address_of(dossier), *commune_of(commune), product.set_no,
                set_name(dossier.rulebook, product.set_no), dossier.rulebook, dossier.kind, {}, (), None)
