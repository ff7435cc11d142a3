"""The papers of one dossier, printed from the dossier itself: the page of a session's papers, read from the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ocop_desktop.text import _
from ocop_desktop.ui.session_papers import PapersPage

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class DossierPapersPage(PapersPage):
    """The page; ``show_dossier`` says whose papers."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(work, shell)
        self.dossier_id: int | None = None

    def show_dossier(self, dossier_id: int) -> None:
        """Show the papers of a dossier."""
        self.dossier_id = dossier_id
        self.list.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Read again."""
        if self.dossier_id is not None:
            self._read(self.dossier_id)

    def _name(self) -> str:
        return _("Giấy tờ của hồ sơ")

    def _back_words(self) -> str:
        return _("‹ Về hồ sơ")

    def _back(self) -> None:
        self._shell.go("dossiers", dossier_id=self.dossier_id)

    def _set_crumbs(self, found: Any) -> None:
        self._shell.set_crumbs(self, _("Hồ sơ"), found.name, self._name())

    def _read(self, number: int) -> None:
        def listing(session: Any) -> Any:
            from ocop_desktop.actions import dossier_papers

            return dossier_papers.listing(session, number)

        self._work.read(self, listing, self._show, self._gone, key="papers")

    def _gone(self, error: Any) -> None:
        self._shell.go("dossiers")
        self._shell.say.error(error)

    def _paper(self) -> Any:
        from ocop_desktop.actions.dossier_papers import DossierPaper

        return DossierPaper(self.dossier_id or 0, self.kind())
