"""Commands about what the office signs: the papers of a session, of one dossier, and of the register of certificates."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from ocop_desktop.commands.command import DB, DONE, Command, argument, with_database
from ocop_desktop.errors import UserError
from ocop_desktop.text import N_, _

ENDINGS = (".pdf", ".docx")


def _papers(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import dossier_papers, register_papers, session_papers

    of_register = options.kind in {kind.key for kind in register_papers.REGISTER_PAPERS} and not options.session
    if not of_register and bool(options.session) == bool(options.dossier):
        raise UserError("Hãy nêu một trong hai: mã phiên (--session) hoặc mã sản phẩm của hồ sơ (--dossier).")

    def job(session: Any) -> int:
        if of_register:
            register_papers.save_by_number(session, options.kind, options.out, options.certificate, dt.date.today())
        elif options.dossier:
            dossier_papers.save_by_code(session, options.dossier, options.kind, options.out)
        else:
            session_papers.save_by_code(session, options.session, options.kind, options.out)
        print(_("Đã ghi {file}.", file=str(options.out)))
        return DONE

    return with_database(options.db, job)


def _pdf_or_word(words: str) -> Path:
    if Path(words).suffix.lower() not in ENDINGS:
        endings = " | ".join(ENDINGS)
        raise argparse.ArgumentTypeError(_("tên tệp “{file}” phải kết thúc bằng {ending}", file=words, ending=endings))
    return Path(words)


KIND = argument("--kind", N_("loại giấy tờ: minutes, results, score-sheets, invitation, attendance, ballots, ballot-books, "
                             "ballots-filled, advisory, council-report, decision, ministry, notice-communes, "
                             "notice-producers, handover, checklists, form-01, form-02, form-03, commune-request; của một hồ "
                             "sơ: form-01, form-02, form-03, commune-request, checklists, advisory, score-sheets; của sổ "
                             "giấy chứng nhận: handover, revocation, renewal-letters"), N_("LOẠI"), required=True)
MEETING = argument("--session", N_("mã phiên, ví dụ 2026-2: giấy tờ của cả phiên"), N_("MÃ"))
DOSSIER = argument("--dossier", N_("mã sản phẩm của một hồ sơ, ví dụ 20-06040-03-2026: giấy tờ của riêng hồ sơ ấy"), N_("MÃ"))
NUMBERS = argument("--certificate", N_("số giấy chứng nhận của handover, revocation; ghi được nhiều lần"), N_("SỐ"),
                   action="append", default=[])
OUT = argument("--out", N_("tệp sẽ ghi: .pdf, hoặc .docx để sửa trong Word; tệp cũ cùng tên được thay"), N_("TỆP.pdf"),
               type=_pdf_or_word, required=True)
COMMANDS = (
    Command("papers", _papers, N_("In một loại giấy tờ của phiên, của một hồ sơ hay của sổ giấy chứng nhận: biên bản, phiếu…"),
            (DB, KIND, MEETING, DOSSIER, NUMBERS, OUT)),
)
