"""Where the window stood when it was closed."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QMainWindow

from ocop_desktop import paths
from ocop_desktop.ui.tall import on_screen


def _kept() -> QSettings:
    return QSettings(str(paths.user_folder() / "window.ini"), QSettings.Format.IniFormat)


def restore_place(window: QMainWindow) -> None:
    """Put the window where it stood; the first time 1366 x 768."""
    kept = _kept().value("geometry")
    if kept is None or not window.restoreGeometry(kept):
        window.resize(1366, 768)


def show_whole(window: QMainWindow) -> None:
    """Show the window; one its screen cannot hold with title and desktop bar fills the screen, not passing its edge."""
    if on_screen(window, window.size()) != window.size():
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
    window.show()


def keep_place(window: QMainWindow) -> None:
    """Remember where the window stands."""
    _kept().setValue("geometry", window.saveGeometry())
