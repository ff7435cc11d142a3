"""The command that checks a certificate by its QR code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ocop_desktop import text
from ocop_desktop.commands.command import DONE, JSON, WITH_FINDINGS, Command, argument, print_json, with_database
from ocop_desktop.commands.programme import day
from ocop_desktop.errors import UserError
from ocop_desktop.text import N_, _, say

LONGEST_NAME = 255  # bytes of a file's name
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".pdf")  # of certificates


def _verify(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import trusted_keys, verifying

    trust = trusted_keys.trust_of_files(options.key or (), options.revoked or ())
    if options.db:
        trust = trust.and_also(with_database(options.db, trusted_keys.own_trust))
    if not (options.key or options.db):
        trust = trust.and_also(trusted_keys.kept_trust())
    today = day(options.on) if options.on else None
    found = [(source, verifying.verify(code, trust, today)) for source, code in _codes(options.code)]
    if options.json:
        print_json([{"source": source, **verifying.as_plain(verdict)} for source, verdict in found])
    else:
        for source, verdict in found:
            _tell(source, verdict)
    return DONE if all(verdict.good for _source, verdict in found) else WITH_FINDINGS


def _codes(words: list[str]) -> Iterator[tuple[str, str]]:
    """Codes with where each came from: a picture or PDF, a text file with a code a line, the standard input (-), or itself."""
    from ocop_desktop.actions import verifying

    for word in words:
        if word == "-" or Path(word).suffix == ".txt":
            lines = sys.stdin.read() if word == "-" else Path(word).read_text("utf-8-sig", "replace")
            yield from (("" if word == "-" else word, line) for line in lines.split("\n") if line.strip())
        elif _names_file(word):
            yield from ((word, code) for code in verifying.codes_of(Path(word)))
        else:
            yield "", word


def _names_file(word: str) -> bool:
    """Whether a word is meant as a file; text a keyboard garbled may be longer than any file's name, or nothing at all.

    A photo called "OCOP-che-shan.jpg" is a file, there or not: taken for a code, a genuine certificate would be called none.
    """
    if not word.strip() or (len(os.fsencode(word)) > LONGEST_NAME and not any(mark in word for mark in "/\\")):
        return False
    try:
        if Path(word).exists():
            return True
    except (OSError, ValueError):  # too long, or with letters no name has
        return False
    suffix = Path(word).suffix.lower()
    return suffix in PICTURES if word.upper().startswith("OCOP") else bool(suffix)


def _tell(source: str, verdict: Any) -> None:
    print(f"{source}: {say(verdict.said)}" if source else say(verdict.said))
    code = verdict.code
    if code is None:
        return
    print("  " + _("Trên giấy phải ghi đúng như sau:"))
    lines = ((_("Số giấy"), code.number), (_("Sản phẩm"), code.product), (_("Mã sản phẩm"), code.product_code),
             (_("Chủ thể"), code.producer), (_("Hạng"), _("{count} sao", count=code.stars)),
             (_("Quyết định"), _("{number} ngày {date}", number=code.decision_number, date=text.date(code.decision_date))),
             (_("Ngày cấp"), text.date(code.issued_on)), (_("Có giá trị đến"), text.date(code.valid_until)),
             (_("Nơi ký"), verdict.office), (_("Dấu khóa"), verdict.fingerprint))
    for name, value in lines:
        print(f"    {name + ':':16} {value or '–'}")
    print("  " + say(verdict.by_list))


def _take_in(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import trusted_keys

    for path in options.file:
        arrival = trusted_keys.look_into(path)
        if arrival.keys and not arrival.known and arrival.fingerprint.replace(" ", "") != _bare(options.fingerprint):
            if arrival.change:
                print(say(arrival.change), file=sys.stderr)
            raise UserError("Khóa của {office} có dấu {key}. Hãy so với dấu khóa in ở phụ lục quyết định; nếu đúng thì chạy lại "
                            "với --fingerprint và dấu ấy.", office=arrival.office, key=arrival.fingerprint)
        trusted_keys.take_in(path)
        print(_("Đã nhận khóa của {office}, dấu {key}.", office=arrival.office, key=arrival.fingerprint) if arrival.keys else
              _("Đã nhận danh sách thu hồi ngày {date} của {office}: {count} giấy.", date=text.date(arrival.day),
                office=arrival.office, count=arrival.revoked))
    return DONE


def _forget(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import trusted_keys

    print(_("Đã bỏ khóa và danh sách thu hồi của {office} khỏi máy này.", office=trusted_keys.forget(options.fingerprint) or "–"))
    return DONE


def _bare(fingerprint: str) -> str:
    return "".join(fingerprint.split()).upper()


COMMANDS = (
    Command("verify", _verify, N_("Kiểm tra giấy chứng nhận bằng mã QR, không cần mạng"), (
        argument("code", N_("chữ đọc từ mã; tệp ảnh hay PDF có mã; tệp .txt mỗi dòng một mã; - là đọc từ đầu vào"),
                 N_("MÃ-HOẶC-ẢNH"), nargs="+"),
        argument("--key", N_("tệp khóa công khai; không ghi thì dùng các khóa máy này đã nhận"), N_("KHÓA.ocopkhoa"), type=Path,
                 action="append"),
        argument("--revoked", N_("danh sách thu hồi"), N_("DANH-SÁCH.ocopthuhoi"), type=Path, action="append"),
        argument("--db", N_("tệp dữ liệu có khóa ký: dùng khóa và sổ của tệp ấy"), N_("TỆP.ocop"), type=Path),
        argument("--on", N_("xét hiệu lực ở ngày này thay vì hôm nay"), N_("NGÀY")), JSON)),
    Command("verify-import", _take_in, N_("Nhận khóa công khai và danh sách thu hồi để kiểm tra giấy trên máy này"), (
        argument("file", N_("tệp .ocopkhoa hoặc .ocopthuhoi"), N_("TỆP"), type=Path, nargs="+"),
        argument("--fingerprint", N_("dấu khóa in ở phụ lục quyết định"), N_("DẤU"), default=""))),
    Command("verify-forget", _forget, N_("Bỏ khóa và danh sách thu hồi của một nơi khỏi máy này"),
            (argument("fingerprint", N_("dấu khóa của nơi ấy"), N_("DẤU")),)),
)
