"""Commands about electronic signatures of PDFs: sign one, check one."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from ocop_desktop.commands.command import DONE, FAILED, JSON, OUT_PDF, WITH_FINDINGS, Command, argument, print_json
from ocop_desktop.errors import UserError
from ocop_desktop.text import N_, _, say


def _sign(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import pdf_signing

    secret = _secret(options)
    source = (pdf_signing.KeyFile(options.p12, secret) if options.p12
              else pdf_signing.Token(options.pkcs11, secret, options.token))
    signing = pdf_signing.Signing(options.reason, options.tsa, options.place - 1, options.above)
    holder = pdf_signing.sign_file(options.file, options.out, source, signing)
    print(_("Đã ký và ghi {file}; người ký: {name}.", file=str(options.out), name=holder.name))
    return DONE


def _secret(options: argparse.Namespace) -> str:
    """Passphrase or PIN: the first line of the file named, else asked for without showing it."""
    if options.secret_file is not None:
        lines: list[str] = options.secret_file.read_text(encoding="utf-8").splitlines()
        return lines[0] if lines else ""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError("Cần mật khẩu của chứng thư hoặc mã PIN của thiết bị. Hãy gõ lệnh trong cửa sổ dòng lệnh để được hỏi, "
                        "hoặc ghi nó vào một tệp và thêm --secret-file TỆP.")
    return getpass.getpass(_("Mật khẩu của chứng thư: ") if options.p12 else _("Mã PIN của thiết bị ký: "))


def _verify(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import pdf_signing

    found = pdf_signing.check(options.file, options.trust or ())
    if options.json:
        print_json([{"name": s.holder.name, "organisation": s.holder.body, "issuer": s.holder.issuer, "serial": s.holder.serial,
                     "at": s.at.isoformat() if s.at else None, "time_server": s.time_server, "reason": s.reason,
                     "state": s.state, "in_time": s.in_time, "trusted": s.trusted, "good": s.good} for s in found])
    elif not found:
        print(_("Tệp không có chữ ký số nào."))
    for number, signature in enumerate(() if options.json else found, 1):
        print(_("Chữ ký {number}", number=number))
        for line in pdf_signing.sayings(signature):
            print("  " + say(line))
    if not found:
        return FAILED
    return DONE if all(s.good for s in found) else WITH_FINDINGS


PDF = argument("file", N_("tệp PDF"), N_("TỆP.pdf"), type=Path)
WITH = (
    argument("--p12", N_("ký bằng tệp chứng thư số này (.p12, .pfx)"), N_("TỆP.p12"), type=Path),
    argument("--pkcs11", N_("ký bằng thiết bị ký; đây là tệp thư viện PKCS#11 của nhà cung cấp"), N_("THƯ-VIỆN"), type=Path),
)
COMMANDS = (
    Command("sign", _sign, N_("Ký số một tệp PDF bằng tệp chứng thư hoặc thiết bị ký"), (
        PDF, *WITH,
        argument("--token", N_("tên thiết bị, khi cắm nhiều thiết bị"), N_("TÊN"), default=""),
        argument("--secret-file", N_("đọc mật khẩu hoặc mã PIN ở dòng đầu của tệp này thay vì hỏi"), N_("TỆP"), type=Path),
        argument("--tsa", N_("địa chỉ máy chủ thời gian, để giờ ký được xác nhận"), N_("ĐỊA-CHỈ"), default=""),
        argument("--reason", N_("lý do ký, hiện trong khung chữ ký"), N_("LÝ-DO"), default=""),
        argument("--place", N_("chỗ ký thứ mấy của giấy tờ, mặc định 1"), N_("SỐ"), type=int, default=1),
        argument("--above", N_("giấy không ghi chỗ ký: đặt khung chữ ký trên những chữ này"), N_("HỌ-TÊN"), default=""),
        OUT_PDF), one_of=WITH),
    Command("verify-pdf", _verify, N_("Kiểm tra chữ ký số của một tệp PDF: ai ký, lúc nào, có bị sửa sau khi ký không"), (
        PDF,
        argument("--trust", N_("tệp chứng thư gốc tin cậy (.pem, .cer); ghi được nhiều tệp"), N_("TỆP.pem"), type=Path,
                 nargs="+"),
        JSON)),
)
