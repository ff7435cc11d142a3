"""Hồ sơ: the list, one dossier, a new dossier, a dossier's papers - pages in one place."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui.dossier_form import DossierFormPage
from ocop_desktop.ui.dossier_list import FILTERS, DossierList
from ocop_desktop.ui.dossier_new import NewDossierPage
from ocop_desktop.ui.dossier_print import DossierPapersPage
from ocop_desktop.ui.flow import Pages

if TYPE_CHECKING:
    from ocop_desktop.actions.dossiers import Deleted
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


class DossiersScreen(QWidget):
    """Shows one of its pages; the others keep what they showed."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self._read_once = False
        self.papers: DossierPapersPage | None = None  # made when it is first asked for
        self.stack = Pages()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)  # empty: Qt dresses all of it anew with every move
        self.list, self.new = DossierList(work, shell), NewDossierPage(work, shell)
        for page in (self.list, self.new):
            self.stack.addWidget(page)
        self.list.opened.connect(lambda number: shell.go("dossiers", dossier_id=number))
        self.list.new_wanted.connect(lambda: shell.go("dossiers", new=True))
        self.new.made.connect(lambda number: shell.go("dossiers", dossier_id=number))
        self.new.closed.connect(lambda: shell.go("dossiers"))

    @cached_property
    def form(self) -> DossierFormPage:
        """The form, built when the first dossier is opened: it has three times as many parts as the list."""
        made = DossierFormPage(self._work, self._shell)
        self.stack.addWidget(made)
        made.closed.connect(lambda: self._shell.go("dossiers"))
        made.deleted.connect(self._show_deleted)
        made.print_wanted.connect(self._print)
        return made

    # -- the window asks ----------------------------------------------------------------------------------------------

    def show_place(self, dossier_id: int = 0, new: bool = False, tab: str = "", field: str = "", printing: bool = False,
                   **where: Any) -> None:
        """Show a dossier (at a tab or field, or its papers to print), a new one, or the list: as it was, or narrowed by
        ``query`` and filters."""
        if dossier_id and printing:
            self._show_papers(dossier_id)
        elif dossier_id:
            self.stack.setCurrentWidget(self.form)
            self._shell.set_crumbs(self, _("Hồ sơ"))
            self.form.open(dossier_id, tab, field)
        elif new:
            self.stack.setCurrentWidget(self.new)
            self._shell.set_crumbs(self, _("Hồ sơ"), _("Thêm hồ sơ"))
            self.new.begin()
        else:
            self._show_list(**where)

    def refresh(self) -> None:
        """Read again what is on show; the list always, since it is what one comes back to."""
        if isinstance(self.stack.currentWidget(), DossierFormPage):
            self.form.refresh()
        if self.papers is not None and self.stack.currentWidget() is self.papers:
            self.papers.refresh()
        if self.stack.currentWidget() is self.list:
            self.list.refresh()
        else:
            self._read_once = False

    def leave(self) -> bool:
        """Whether nothing typed would be lost."""
        return not isinstance(self.stack.currentWidget(), DossierFormPage) or self.form.may_leave()

    # -- going about --------------------------------------------------------------------------------------------------

    def _print(self) -> None:
        if self.form.form is not None:
            self._shell.go("dossiers", dossier_id=self.form.form.id, printing=True)

    def _show_papers(self, dossier_id: int) -> None:
        if self.papers is None:
            self.papers = DossierPapersPage(self._work, self._shell)
            self.stack.addWidget(self.papers)
        self.stack.setCurrentWidget(self.papers)
        self.papers.show_dossier(dossier_id)

    def _show_list(self, **where: Any) -> None:
        came_back = self.stack.currentWidget() is not self.list
        self.stack.setCurrentWidget(self.list)
        self._shell.set_crumbs(self, _("Hồ sơ"))
        if where:
            self.list.narrow(**{key: where[key] for key in ("query", *FILTERS) if key in where})
        if came_back or not self._read_once:
            self._read_once = True
            self.list.refresh()
        self.list.focus()

    def _show_deleted(self, deleted: Deleted) -> None:
        self._shell.go("dossiers")
        self._shell.say.info(_("Đã xóa bản nháp “{product}”.", product=deleted.product), _("Lấy lại"),
                             lambda: self._bring_back(deleted))

    def _bring_back(self, deleted: Deleted) -> None:
        who = self._shell.settings.user
        self._shell.say.clear()

        def bring(session: Any) -> int:
            from ocop_desktop.actions import dossiers

            return dossiers.undo_delete(session, deleted.change_id, who)

        self._work.save(self, bring, lambda number: self._shell.go("dossiers", dossier_id=number))
