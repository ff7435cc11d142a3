"""Commands about what the office signs: the papers of a session."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocop_desktop.commands.command import DB, DONE, SESSION, Command, argument, with_database
from ocop_desktop.text import N_, _

ENDINGS = (".pdf", ".docx")


def _papers(options: argparse.Namespace) -> int:
    from ocop_desktop.actions import session_papers

    def job(session: Any) -> int:
        session_papers.save_by_code(session, options.session, options.kind, options.out)
        print(_("Đã ghi {file}.", file=str(options.out)))
        return DONE

    return with_database(options.db, job)


def _pdf_or_word(words: str) -> Path:
    if Path(words).suffix.lower() not in ENDINGS:
        endings = " | ".join(ENDINGS)
        raise argparse.ArgumentTypeError(_("tên tệp “{file}” phải kết thúc bằng {ending}", file=words, ending=endings))
    return Path(words)


KIND = argument("--kind", N_("loại giấy tờ: minutes, results, invitation, attendance, ballots, ballot-books, ballots-filled, "
                             "decision, notice-communes, notice-producers, checklists, form-01, form-02"), N_("LOẠI"),
                required=True)
OUT = argument("--out", N_("tệp sẽ ghi: .pdf, hoặc .docx để sửa trong Word; tệp cũ cùng tên được thay"), N_("TỆP.pdf"),
               type=_pdf_or_word, required=True)
COMMANDS = (
    Command("papers", _papers, N_("In một loại giấy tờ của phiên: biên bản, phiếu, thông báo…"), (DB, SESSION, KIND, OUT)),
)
