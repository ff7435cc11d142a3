"""Fixed keys and contents, and the files they give; described in ``resources/help/goi-phien.md``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ocop_desktop.exchange.ballot_file import sealing_key, signing_key

FOLDER = Path(__file__).resolve().parent
OFFICE, SESSION, MEMBER = (bytes([n]) * 32 for n in (1, 2, 3))  # seeds
SESSION_MARK = "0" * 31 + "1"
LAW = "26/2026/QĐ-TTg"

PACKAGE: dict[str, Any] = {
    "session": {"id": 1, "uid": SESSION_MARK, "key": sealing_key(SESSION), "code": "2026-2", "name": "Đợt 2 – 2026",
                "kind": "meeting", "held_on": "2026-11-23", "due_on": None, "place": "Hội trường", "rulebook": LAW,
                "working_rules": {"gate_rule": "majority"}},
    "council": {"id": 1, "name": "Hội đồng tỉnh", "decision_number": "1253/QĐ-UBND", "decision_date": "2026-06-12"},
    "member": {"id": 2, "seat": 2, "name": "Nông Thị Hà", "agency": "Sở Công Thương", "agency_short": "Công Thương",
               "position": "", "role": "member"},
    "serial": 1, "made_at": "2026-11-20T08:00:00",
    "rulebooks": {LAW: {"fingerprint": "a" * 64, "content": {}}}, "wording": [],
    "items": [{
        "item": 5, "position": 1, "version": 1, "reopened_why": "",
        "dossier": {"id": 7, "code": "20-05980-01-2026", "rulebook": LAW, "kind": "first", "round": "2026-2", "filed_on": None,
                    "samples": 5, "note": ""},
        "product": {"id": 6, "name": "Chè Shan tuyết Mẫu Sơn", "set": 11, "category": "", "description": ""},
        "producer": {"id": 4, "name": "HTX Mẫu Sơn Xanh", "kind": "", "representative": "", "position": "", "address": "",
                     "phone": "", "email": "", "commune": None},
        "evidence": {"1.5": "Hợp đồng liên kết 2025"}, "papers": [], "photo": None, "advisory": []}],
}
BALLOTS: dict[str, Any] = {
    "session": SESSION_MARK, "member": 2, "office": signing_key(OFFICE), "sequence": 1, "package": 1,
    "handed_at": "2026-11-23T10:15:00", "rulebooks": {LAW: "a" * 64},
    "ballots": [{"item": 5, "code": "20-05980-01-2026", "rulebook": LAW, "set": 11, "version": 1, "choices": {"1.1": "3"},
                 "notes": {"1.1": "Xem bản gốc"}, "opinion": "", "exclusion": None, "finished_at": None}],
}
