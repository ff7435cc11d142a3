"""Commands about the key certificates are signed with, and the signed list of revoked ones."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import Any

from ocop_desktop.commands.command import DB, DONE, PASSPHRASE_FILE, Command, argument, out, with_database
from ocop_desktop.errors import UserError, why
from ocop_desktop.text import N_, _

PASSPHRASE = "OCOP_PASSPHRASE"


def passphrase(file: Path | None, again: bool = False) -> str:
    """The key's passphrase: the first line of a file, else the variable OCOP_PASSPHRASE, else asked on the terminal.

    Args:
        again: it is a new one and is asked twice.

    Raises:
        UserError: none of them, or what was typed differs.
    """
    if file is not None:
        try:
            return (file.read_text(encoding="utf-8-sig").splitlines() or [""])[0]
        except UnicodeError as error:
            raise UserError("Không đọc hoặc ghi được {file}: {reason}", file=str(file), reason=why(error)) from error
    if PASSPHRASE in os.environ:
        return os.environ[PASSPHRASE]
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError("Lệnh cần cụm mật khẩu của khóa ký: hãy ghi --passphrase-file TỆP, đặt biến OCOP_PASSPHRASE, hoặc gõ "
                        "lệnh trong cửa sổ dòng lệnh để được hỏi.")
    typed = getpass.getpass(_("Cụm mật khẩu của khóa ký: "))
    if again and getpass.getpass(_("Gõ lại cụm mật khẩu: ")) != typed:
        raise UserError("Hai lần gõ cụm mật khẩu không giống nhau; hãy làm lại.")
    return typed


def unlock(session: Any, file: Path | None) -> None:
    """Open the key of a file that has one; nothing where there is none."""
    from ocop_desktop.actions import certificate_keys

    if certificate_keys.fingerprint(session):
        certificate_keys.unlock(session, passphrase(file))


def _make(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import certificate_keys

    typed = passphrase(options.passphrase_file, again=True)
    made = with_database(options.db, lambda session: certificate_keys.make(session, typed))
    print(_("Đã tạo khóa ký. Dấu khóa: {key}. Hãy sao lưu khóa ra nơi khác: mất khóa hoặc quên cụm mật khẩu thì phải thay khóa.",
            key=made))
    return DONE


def _change(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import certificate_keys

    typed = passphrase(options.passphrase_file, again=True)
    old = passphrase(options.old_passphrase_file) if options.old_passphrase_file else ""
    made = with_database(options.db, lambda session: certificate_keys.change(session, typed, options.lost, old=old))
    if not old and not options.lost:
        print(_("Khóa cũ không ký xác nhận khóa mới vì không có --old-passphrase-file; nơi kiểm tra sẽ được nhắc hỏi lại."))
    print(_("Đã thay khóa ký. Dấu khóa mới: {key}. Hãy xuất lại khóa công khai và gửi cho nơi kiểm tra.", key=made))
    return DONE


def _show(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import certificate_keys

    print(with_database(options.db, certificate_keys.fingerprint) or _("Tệp này chưa có khóa ký."))
    return DONE


def _export(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import certificate_keys

    with_database(options.db, lambda session: certificate_keys.save_public(session, options.out))
    print(_("Đã ghi {file}.", file=str(options.out)))
    return DONE


def _back_up(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import certificate_keys

    with_database(options.db, lambda session: certificate_keys.save_backup(session, options.out))
    print(_("Đã ghi {file}.", file=str(options.out)))
    return DONE


def _restore(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import certificate_keys

    typed = passphrase(options.passphrase_file)
    made = with_database(options.db, lambda session: certificate_keys.restore(session, options.file, typed))
    print(_("Đã khôi phục khóa ký. Dấu khóa: {key}.", key=made))
    return DONE


def _revoked(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import certificate_keys

    def job(session: Any) -> int:
        unlock(session, options.passphrase_file)
        return certificate_keys.save_list(session, options.out)

    count = with_database(options.db, job)
    print(_("Đã ghi danh sách {count} giấy bị thu hồi vào {file}.", count=count, file=str(options.out)))
    return DONE


LOST = argument("--lost", N_("khóa cũ đã lộ: mọi giấy ký bằng khóa ấy không còn được tin"), action="store_true")
OLD = argument("--old-passphrase-file", N_("tệp có cụm mật khẩu của khóa cũ: khóa cũ ký xác nhận khóa mới"), N_("TỆP"), type=Path)
COMMANDS = (
    Command("key make", _make, N_("Tạo khóa ký giấy chứng nhận"), (DB, PASSPHRASE_FILE)),
    Command("key show", _show, N_("Cho xem dấu của khóa ký"), (DB,)),
    Command("key change", _change, N_("Thay khóa ký; khóa cũ vẫn kiểm tra được giấy đã ký"), (DB, PASSPHRASE_FILE, LOST, OLD)),
    Command("key export", _export, N_("Xuất khóa công khai cho nơi kiểm tra"), (DB, out(N_("KHÓA.ocopkhoa")))),
    Command("key backup", _back_up, N_("Sao lưu khóa ký; bản sao vẫn đóng bằng cụm mật khẩu"), (DB, out(N_("KHÓA.ocopkhoamat")))),
    Command("key restore", _restore, N_("Khôi phục khóa ký từ bản sao lưu"),
            (argument("file", N_("bản sao lưu khóa"), N_("KHÓA.ocopkhoamat"), type=Path), DB, PASSPHRASE_FILE)),
    Command("key revoked", _revoked, N_("Ghi danh sách thu hồi có chữ ký cho nơi kiểm tra"),
            (DB, out(N_("DANH-SÁCH.ocopthuhoi")), PASSPHRASE_FILE)),
)
