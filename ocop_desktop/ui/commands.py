"""Everything the command field offers besides screens and what they find: one list, each with its name and what it does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui.screens import SCREENS, keys_of
from ocop_desktop.ui.shell import Found, Shell

if TYPE_CHECKING:
    from ocop_desktop.ui.work import Work

FOUND_AT_ONCE = 6  # dossiers
SIZES = (80, 90, 100, 110, 125, 150, 175, 200)  # percent


def bind_keys(window: QWidget, shell: Shell, open_field: Callable[[], object]) -> None:
    """The keys of the whole window: the command field, text size, a screen each."""
    for keys, slot in (("Ctrl+K", open_field), ("Ctrl+=", partial(resize_text, shell, 1)),
                       ("Ctrl+-", partial(resize_text, shell, -1)), ("Ctrl+0", lambda: shell.change_settings(text_size=100))):
        QShortcut(QKeySequence(keys), window, slot)
    for screen in SCREENS:
        QShortcut(QKeySequence(keys_of(screen)), window, partial(shell.go, screen.key))


def resize_text(shell: Shell, step: int) -> None:
    """Larger letters by 1, smaller ones by -1."""
    now = min(range(len(SIZES)), key=lambda i: abs(SIZES[i] - shell.settings.text_size))
    shell.change_settings(text_size=SIZES[max(0, min(len(SIZES) - 1, now + step))])


def commands(shell: Shell) -> list[Found]:
    """The commands as they stand now, named in the language in force; those the role signed in may do."""
    dark, language = shell.settings.theme == "dark", shell.settings.language
    other = next(code for code in text.LANGUAGES if code != language)
    settings = partial(Found, screen="settings")
    handing_on = [] if shell.person.alone else [
        Found(_("Chuyển máy"), "Ctrl+L", "session", also="khoa man hinh lock", action=shell.lock_wanted.emit)]
    offered = [
        Found(_("Thêm hồ sơ"), icon="plus", where={"new": True}, also="tao ho so new dossier"),
        Found(_("Tạo phiên"), icon="session", screen="sessions", where={"new": True}, also="phien danh gia new session"),
        Found(_("Kiểm tra giấy chứng nhận bằng mã QR"), icon="certificate", screen="certificates", where={"page": "verify"},
              also="quet ma qr that gia verify scan"),
        Found(_("Kiểm tra chữ ký số của tệp PDF"), icon="certificate", screen="certificates", where={"page": "verify"},
              also="ai ky da ky bi sua verify signature"),
        settings(_("Khóa ký giấy chứng nhận"), icon="key", where={"section": "key"}, also="khoa ky chu ky so key sign"),
        settings(_("Sao lưu, khôi phục"), icon="database", where={"section": "data"}, also="backup restore du lieu"),
        Found(_("Giao diện sáng") if dark else _("Giao diện tối"), icon="moon", also="che do nen toi sang dark light theme",
              action=lambda: shell.change_settings(theme="light" if dark else "dark")),
        Found(_("Chữ to hơn"), "Ctrl+=", "plus", also="co chu text size", action=lambda: resize_text(shell, 1)),
        Found(_("Chữ nhỏ hơn"), "Ctrl+-", "minus", also="co chu text size", action=lambda: resize_text(shell, -1)),
        Found(_("Chữ cỡ thường"), "Ctrl+0", "check", also="co chu text size",
              action=lambda: shell.change_settings(text_size=100)),
        Found(_("Ngôn ngữ: {name}", name=text.LANGUAGES[other]), icon="settings", also="ngon ngu language tieng anh viet",
              action=lambda: shell.change_settings(language=other)),
        settings(_("Đơn vị"), icon="settings", where={"section": "office"}, also="tinh co quan office"),
        settings(_("Văn bản: người ký, số, lời văn"), icon="settings", where={"section": "papers"},
                 also="nguoi ky so van ban mau word signatory number template letterhead"),
        settings(_("Quy chế làm việc"), icon="settings", where={"section": "rules"}, also="working rules hoi dong"),
        settings(_("Tên người dùng máy này"), icon="settings", where={"section": "user"}, also="user name"),
    ] + ([Found(_("Mở tệp khác"), icon="folder", also="open file", action=shell.open_file)] if shell.may_see("settings") else [])
    return handing_on + [made for made in offered if made.action is not None or shell.may_see(made.screen)]


def offer(work: Work, shell: Shell) -> None:
    """Give the command field all it offers, whatever page is on show."""
    shell.register_commands(partial(commands, shell))
    shell.register_search(partial(find_dossiers, work, shell))


def find_dossiers(work: Work, shell: Shell, words: str, found: Callable[[list[Found]], None]) -> None:
    """What the command field finds: dossiers by product, producer, commune or code."""

    def look(session: Any) -> list[Found]:
        from ocop_desktop.actions import dossiers

        page = dossiers.first_page(session, words, dossiers.Filters(), dossiers.Sort(), FOUND_AT_ONCE)
        return [Found(row.product, " · ".join(word for word in (row.producer, row.round) if word),
                      where={"dossier_id": row.id}) for row in page.rows]

    work.read(shell, look, found, key="search")
