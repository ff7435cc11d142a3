"""Commands of the window itself, for the command field."""

from __future__ import annotations

from collections.abc import Callable

from ocop_desktop.text import _
from ocop_desktop.ui.shell import Found, Shell


def window_commands(shell: Shell, resize: Callable[[int], object]) -> list[Found]:
    """Look, text size, another file, handing the machine on: what the role signed in may do."""
    dark = shell.settings.theme == "dark"
    other = "light" if dark else "dark"
    made = [
        Found(_("Giao diện sáng") if dark else _("Giao diện tối"), icon="moon",
              action=lambda: shell.change_settings(theme=other)),
        Found(_("Chữ to hơn"), "Ctrl+=", "plus", action=lambda: resize(1)),
        Found(_("Chữ nhỏ hơn"), "Ctrl+-", "minus", action=lambda: resize(-1)),
    ]
    if shell.may_see("settings"):
        made.append(Found(_("Mở tệp khác"), icon="folder", action=shell.open_file))
    if not shell.person.alone:
        made.append(Found(_("Chuyển máy"), "Ctrl+L", "session", action=shell.lock_wanted.emit))
    return made
