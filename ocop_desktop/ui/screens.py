"""The screens of the window, in the order of the rail. A new screen is a file and a line here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from ocop_desktop.text import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


@dataclass(frozen=True)
class Screen:
    """One screen: its key, its words and icon on the rail, where its class lives.

    The class takes ``(work, shell)`` and has ``show_place(**where)``, ``refresh()`` and, where leaving may be refused,
    ``leave() -> bool``.
    """

    key: str
    title: str
    icon: str
    module: str
    class_name: str

    def make(self, work: Work, shell: Shell) -> QWidget:
        """Build the screen; its module is read now, not at start."""
        made: QWidget = getattr(import_module(f"ocop_desktop.ui.{self.module}"), self.class_name)(work, shell)
        return made


SCREENS = (
    Screen("home", N_("Bàn làm việc"), "home", "home_screen", "HomeScreen"),
    Screen("dossiers", N_("Hồ sơ"), "dossier", "dossiers_screen", "DossiersScreen"),
    Screen("importing", N_("Nhập bảng tính"), "import", "importing_screen", "ImportingScreen"),
    Screen("sessions", N_("Phiên đánh giá"), "session", "sessions_screen", "SessionsScreen"),
    Screen("scoring", N_("Chấm điểm"), "scoring", "scoring_screen", "ScoringScreen"),
    Screen("results", N_("Kết quả"), "results", "results_screen", "ResultsScreen"),
    Screen("certificates", N_("Giấy chứng nhận"), "certificate", "certificates_screen", "CertificatesScreen"),
    Screen("programme", N_("Chương trình"), "chart", "programme_screen", "ProgrammeScreen"),
    Screen("criteria", N_("Bộ tiêu chí"), "criteria", "criteria_screen", "CriteriaScreen"),
    Screen("settings", N_("Cài đặt"), "settings", "settings_screen", "SettingsScreen"),
)


def keys_of(screen: Screen) -> str:
    """The keys that go to a screen from anywhere: Alt and its place on the rail, 0 for the tenth."""
    return f"Alt+{(SCREENS.index(screen) + 1) % 10}"
