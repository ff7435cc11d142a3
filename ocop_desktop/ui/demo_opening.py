"""Open the example province: a file of its own, made on first use, never mixed with real data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ocop_desktop import paths
from ocop_desktop.text import _
from ocop_desktop.ui.home_welcome import DEMO_FILE

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


def open_demo(work: Work, shell: Shell) -> None:
    """Make the example file when it is not there yet, then open it."""
    path = paths.user_folder() / DEMO_FILE
    if path.exists():
        shell.open_file(str(path))
        return
    note = shell.say.info(_("Đang tạo dữ liệu mẫu…"))

    def create(_database: Any) -> None:
        from ocop_desktop.actions import demo

        demo.create(path)

    def done(_made: Any) -> None:
        shell.say.close_note(note)
        shell.open_file(str(path))

    work.whole(shell, create, done, shell.say.error)
