"""What a screen may ask of the window: go elsewhere, speak, name the place, settings, remembered columns, search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ocop_desktop.rules.rights import Actor, may_see
from ocop_desktop.settings import Settings
from ocop_desktop.ui.say import Say

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Found:
    """One thing the command field found: what it says and where it leads."""

    words: str
    quiet: str = ""
    icon: str = "dossier"
    screen: str = "dossiers"
    where: dict[str, Any] = field(default_factory=dict)
    also: str = ""  # further words it is found by, without accents
    action: Callable[[], object] | None = None  # done instead of going to a screen


Search = Callable[[str, Callable[[list[Found]], None]], None]


class TableStore:
    """Remembers the columns of every table in the user's settings."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def get(self, name: str) -> dict[str, Any]:
        """What is remembered of the table ``name``: column key -> width, hidden."""
        return dict((self._shell.settings.columns or {}).get(name, {}))

    def put(self, name: str, columns: dict[str, Any]) -> None:
        """Remember it; written when the window closes."""
        kept = dict(self._shell.settings.columns or {})
        kept[name] = columns
        self._shell.keep_settings(columns=kept)


class Shell(QObject):
    """The window as a screen sees it.

    Args:
        settings: the user's settings as they stand.
        say: the bars under the top line.
    """

    went = Signal(str, dict)  # screen, where
    crumbs_set = Signal(tuple)
    settings_changed = Signal(object, object)  # before, after
    file_wanted = Signal(str)  # open another file; empty: ask which
    place_named = Signal(str)  # the province, at the foot of the rail
    lock_wanted = Signal()  # hand the machine on
    person_changed = Signal()

    def __init__(self, settings: Settings, say: Say) -> None:
        super().__init__()
        self.settings, self.say = settings, say
        self.table_store = TableStore(self)
        self.searches: list[Search] = []
        self.session_id: int | None = None  # the council session last worked in; a page that is given no place begins there
        self.person = Actor("clerk", alone=True)  # who works; the clerk alone until a file says otherwise
        self._own_name = settings.user
        self._commands: list[Callable[[], list[Found]]] = []

    def go(self, screen: str, **where: Any) -> None:
        """Show a screen at a place, e.g. ``go("dossiers", dossier_id=7)``."""
        self.went.emit(screen, where)

    def set_crumbs(self, page: QWidget, *words: str) -> None:
        """Name the place in the top line, from the general to the particular.

        Only a page on show may: a reading that comes home after the person went on names nothing.
        """
        if page.isVisibleTo(page.window()):
            self.crumbs_set.emit(words)

    def set_place(self, province: str) -> None:
        """Name the province at the foot of the rail."""
        self.place_named.emit(province)

    def change_settings(self, **changes: Any) -> None:
        """Change the user's settings and write them at once; language, text size and look apply at once."""
        before = self.settings
        self.settings = replace(before, **changes)
        self._own_name = changes.get("user", self._own_name)
        if self.settings != before:
            self.settings_changed.emit(before, self.settings)

    def keep_settings(self, **changes: Any) -> None:
        """Change settings nobody needs to hear of; they are written when the window closes."""
        self.settings = replace(self.settings, **changes)

    def sign_in(self, person: Actor) -> None:
        """Work as ``person`` from now on: the name in the history is theirs while they are signed in with a PIN."""
        self.person = person
        self.keep_settings(user=self._own_name if person.alone or not person.role else person.name)
        self.person_changed.emit()

    def may_see(self, screen: str) -> bool:
        """Whether who works may open a screen."""
        return may_see(self.person.role, screen)

    def own_settings(self) -> Settings:
        """The settings of this computer, to be written: with its own user, whoever is signed in."""
        return replace(self.settings, user=self._own_name)

    def open_file(self, path: str = "") -> None:
        """Open another database; without a path the person is asked which."""
        self.file_wanted.emit(path)

    def commands(self) -> list[Found]:
        """What can be done from the command field besides going somewhere."""
        return [found for commands in self._commands for found in commands()]

    def register_commands(self, commands: Callable[[], list[Found]]) -> None:
        """Add commands to the command field; asked for each time it opens."""
        self._commands.append(commands)

    def register_search(self, search: Search) -> None:
        """Let the command field search further: ``search(words, found)`` calls ``found([Found, ...])`` when it knows."""
        self.searches.append(search)
