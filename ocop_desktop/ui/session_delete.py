"""Deletes a session made by mistake: asked in place with a reason, then offered to be made again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocop_desktop.text import _
from ocop_desktop.ui.session_reason import ReasonBar

if TYPE_CHECKING:
    from ocop_desktop.actions.session_draft import Draft
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class SessionDeletion(QObject):
    """Asks in a page's reason bar whether a session may go; what stands in the way is said before a reason is typed."""

    deleted = Signal()

    def __init__(self, owner: QWidget, work: Work, shell: Shell, reason: ReasonBar) -> None:
        super().__init__(owner)
        self._owner, self._work, self._shell, self._reason = owner, work, shell, reason

    def ask(self, session_id: int) -> None:
        """Look whether the session can be deleted, then ask."""
        self._work.read(self._owner, lambda session: _deletable(session, session_id),
                        lambda draft: self._ask(session_id, draft), key="deletable")

    def _ask(self, session_id: int, draft: Draft) -> None:
        self._reason.ask(_("Xóa {session} ({code}); {count} hồ sơ trở lại chờ phiên khác", session=draft.name, code=draft.code,
                           count=len(draft.dossier_ids)), _("Xóa phiên"), lambda why: self._delete(session_id, why),
                         [_("Nhập sai thành viên hội đồng"), _("Tạo nhầm")], _("Lý do (giữ trong nhật ký)"))

    def _delete(self, session_id: int, why: str) -> None:
        who = self._shell.settings.user
        self._work.save(self._owner, lambda session: _delete(session, session_id, why, who), self._deleted)

    def _deleted(self, draft: Draft) -> None:
        self.deleted.emit()
        self._shell.go("sessions")
        self._shell.say.ok(_("Đã xóa {session}; hồ sơ đã trở lại, lý do giữ trong nhật ký.", session=draft.name),
                           _("Tạo lại phiên này…"), lambda: self._shell.go("sessions", new=True, draft=draft))


def _deletable(session: Any, session_id: int) -> Draft:
    from ocop_desktop.actions.session_deletion import deletable

    return deletable(session, session_id)


def _delete(session: Any, session_id: int, why: str, who: str) -> Draft:
    from ocop_desktop.actions.session_deletion import delete_session

    return delete_session(session, session_id, why, who)
