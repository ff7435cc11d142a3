"""What states are called, and their tones: one place for every screen, so that a word means the same everywhere.

Dossiers take their words from ``rules.terms``, since papers and spreadsheets say them too.
"""

from __future__ import annotations

from ocop_desktop import text
from ocop_desktop.rules.terms import DOSSIER_STATES
from ocop_desktop.text import N_, _

DOSSIER_TONES = {"draft": "warn", "ready": "info", "in_session": "info", "closed": "ok", "recognised": "ok", "history": "quiet"}
# state -> (words, tone), in the order they are shown
SESSIONS = {"draft": (N_("Chưa mở"), "quiet"), "open": (N_("Đang mở"), "info"), "closed": (N_("Đã đóng"), "ok")}
AGENDA = {
    "closed": (N_("Đã chốt"), "ok"), "complete": (N_("Đủ phiếu"), "ok"), "discuss": (N_("Cần bàn lại"), "warn"),
    "scoring": (N_("Đang chấm"), "info"), "not_started": (N_("Chưa bắt đầu"), "quiet"),
    "removed": (N_("Đã rút"), "quiet"),
}
ROWS = {  # of a spreadsheet being imported
    "new": (N_("Mới"), "ok"), "update": (N_("Cập nhật"), "info"), "unchanged": (N_("Không đổi"), "quiet"),
    "waiting": (N_("Chờ chọn"), "warn"), "doubtful": (N_("Cần hỏi"), "warn"),
    "rejected": (N_("Lỗi"), "bad"), "skipped": (N_("Bỏ qua"), "quiet"),
}


def dossier(status: str, stars: int | None = None) -> tuple[str, str]:
    """A dossier's state as a pill: (words, tone); one closed below three stars is no success and has no success's tone."""
    words = DOSSIER_STATES[status].said(text.language()) if status in DOSSIER_STATES else status
    return words, "quiet" if status == "closed" and (stars or 0) < 3 else DOSSIER_TONES.get(status, "quiet")


def session(status: str) -> tuple[str, str]:
    """A session's state as a pill: (words, tone)."""
    words, tone = SESSIONS[status]
    return _(words), tone


def agenda(state: str) -> tuple[str, str]:
    """The state of a dossier on an agenda as a pill: (words, tone)."""
    words, tone = AGENDA[state]
    return _(words), tone


def row(state: str) -> tuple[str, str]:
    """What becomes of a row of a spreadsheet, as a pill: (words, tone)."""
    words, tone = ROWS[state]
    return _(words), tone
