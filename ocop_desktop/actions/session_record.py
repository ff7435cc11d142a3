"""A session's record: everything an inspector needs to recount it, as JSON for machines and PDF for people, in a folder or a zip.

The format and the recount are described in ``resources/help/ho-so-phien.md``, which goes along. Ballots of dossiers that are not
closed are never in it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ocop_desktop import __version__, paths
from ocop_desktop.actions import audit, paper_ballots, reopening, rulebooks
from ocop_desktop.actions.counting import seats_of
from ocop_desktop.actions.rights import need
from ocop_desktop.actions.session_paper import paper_of
from ocop_desktop.actions.sessions import RULES
from ocop_desktop.data import attendance
from ocop_desktop.data import record as rows
from ocop_desktop.data import results as stored
from ocop_desktop.data import sessions as meetings
from ocop_desktop.data.changes import lines_of
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Result
from ocop_desktop.errors import UserError, why
from ocop_desktop.rules.audit_chain import Entry
from ocop_desktop.rules.rulebook import CriteriaSet

FORMAT, VERSION = "ocop-record", 1
JSON_NAME, PDF_NAME, HELP_NAME = "ho-so-phien.json", "ho-so-phien.pdf", "ho-so-phien.md"
UNFINISHED = ".dang-ghi"
ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same record gives the same bytes


def export_record(session: Session, code: str, out: Path) -> tuple[Path, ...]:
    """Write a session's record.

    Args:
        code: the session's code, e.g. "2026-2".
        out: a folder (made where it is missing), or a file ending in ``.zip``.

    Returns:
        What was written: the zip, or the files in the folder.

    Raises:
        UserError: no such session, or the place cannot be written; nothing half-written is left.
    """
    found = meetings.by_code(session, code)
    if found is None:
        known = ", ".join(sorted(meetings.codes(session)))
        raise UserError("Không có phiên {code}; các phiên có trong tệp: {known}.", code=code, known=known or "-")
    files = record_files(session, found.id)
    try:
        return _write_zip(files, out) if out.suffix.lower() == ".zip" else _write_folder(files, out)
    except OSError as error:
        raise UserError("Không ghi được hồ sơ phiên vào {file}: {reason}.", file=str(out),
                        reason=why(error)) from error


def record_files(session: Session, session_id: int) -> dict[str, bytes]:
    """The record's files by name."""
    from ocop_desktop.papers import session_record as paper

    plain = record_of(session, session_id)
    text = (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()
    printed = paper.render(paper_of(plain, hashlib.sha256(text).hexdigest()))
    return {JSON_NAME: text, PDF_NAME: printed, HELP_NAME: (paths.resources() / "help" / HELP_NAME).read_bytes()}


def record_of(session: Session, session_id: int) -> dict[str, Any]:
    """The record in plain values.

    Raises:
        UserError: there is no such session.
    """
    meeting = meetings.get(session, session_id)
    if meeting is None:
        raise UserError("Không tìm thấy phiên này; có thể phiên đã bị xóa. Hãy mở lại danh sách phiên.")
    need(session, "closed_results", session_id)
    seats = seats_of(session, session_id)
    dossiers = _dossiers(session, session_id, {s.member_id: s.label for s in seats})
    decisions, certificates = rows.decisions(session, session_id), rows.certificates(session, session_id)
    scope = _scope(session, session_id, dossiers)
    scope.add("decision", [d.id for d in decisions])
    scope.add("certificate", [c.id for c in certificates])
    scope.add("council", [meeting.council_id])
    scope.add("member", [s.member_id for s in seats])
    return {
        "format": FORMAT, "version": VERSION, "program": __version__,
        "made_at": dt.datetime.now().replace(microsecond=0).isoformat(),
        "session": {"id": meeting.id, "code": meeting.code, "name": meeting.name, "kind": meeting.kind,
                    "held_on": meeting.held_on.isoformat(), "due_on": meeting.due_on.isoformat() if meeting.due_on else None,
                    "place": meeting.place, "status": meeting.status, "council": meeting.council.name,
                    "decision_number": meeting.council.decision_number, "rulebook": meeting.rulebook},
        "working_rules": dict(meeting.working_rules), "rule_changes": _rule_changes(session, session_id),
        "seats": [{"member_id": s.member_id, "ballot": s.label, "name": s.name, "agency": s.agency, "role": s.role,
                   "present": s.present, "scores": s.scores} for s in seats],
        "dossiers": dossiers,
        "figures": _figures(dossiers),
        "decisions": [{"id": d.id, "number": d.number, "date": d.date.isoformat(), "authority": d.authority,
                       "corrects": rows.decision_number(session, d.corrects_id)} for d in decisions],
        "certificates": [{"id": c.id, "dossier_id": c.dossier_id, "number": c.number, "stars": c.stars,
                          "issued_on": c.issued_on.isoformat(), "expires_on": c.expires_on.isoformat(),
                          "revoked_on": c.revoked_on.isoformat() if c.revoked_on else None, "revoked_why": c.revoked_why}
                         for c in certificates],
        "chain": _chain(session, session_id, scope),
    }


def _dossiers(session: Session, session_id: int, labels: Mapping[int, str]) -> list[dict[str, Any]]:
    results = {item.id: result for result, item in stored.results_of(session, session_id)}
    recused, present = meetings.recusals(session, session_id), attendance.presences(session, session_id)
    agenda = meetings.agenda(session, session_id)
    gone = reopening.withdrawn(session, [item.id for item, *_more in agenda])
    paper = paper_ballots.told(session, [item.id for item, *_more in agenda if item.status == "closed"])
    made = []
    for item, dossier, product, producer, _stars, _excluded in agenda:
        closed = item.status == "closed" and item.id in results
        made.append({
            "item_id": item.id, "position": item.position, "dossier_id": dossier.id, "code": dossier.code,
            "product": product.name, "producer": producer.name,
            "set": product.set_no, "rulebook": dossier.rulebook, "kind": dossier.kind,
            "status": item.status,
            "recusals": [{"member_id": m, "ballot": labels.get(m, ""), "reason": why}
                         for (i, m), why in sorted(recused.items()) if i == item.id],
            "present": {labels.get(m, str(m)): there for m, there in present.get(item.id, {}).items()},
            "result": _result(results[item.id]) if closed else None,
            "paper": [{"ballot": labels.get(m, ""), **said} for m, said in paper.get(item.id, ())] if closed else [],
            "withdrawn": [{"at": w.at.isoformat(), "who": w.who, "chair": w.chair, "reason": w.reason, "snapshot": w.snapshot}
                          for w in gone.get(item.id, ())] if closed else []})
    return made


def _result(result: Result) -> dict[str, Any]:
    return {"mean": f"{result.mean_numerator}/{result.mean_denominator}", "stars_by_points": result.stars_by_points,
            "stars": result.stars, "excluded": result.excluded, "rulebook": result.rulebook,
            "rulebook_fingerprint": result.rulebook_fingerprint, "closed_at": result.closed_at.isoformat(), "id": result.id,
            "snapshot": result.snapshot}


def _rule_changes(session: Session, session_id: int) -> list[dict[str, Any]]:
    made = []
    for line in lines_of(session, "session", [session_id], RULES):
        after = dict(line.after or {})
        made.append({"seq": line.id, "at": line.at.isoformat(), "who": line.who, "reason": after.pop("reason", ""),
                     "before": line.before or {}, "after": after})
    return made


def _figures(dossiers: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Points, marks and lines of every set used: all a recount needs of the rulebook."""
    used: dict[str, set[int]] = {}
    for dossier in dossiers:
        if dossier["result"]:
            used.setdefault(dossier["result"]["rulebook"], set()).add(dossier["result"]["snapshot"]["dossier"]["set"])
    made: dict[str, Any] = {}
    for id, numbers in sorted(used.items()):
        book = rulebooks.rulebook(id)
        made[id] = {"fingerprint": book.fingerprint, "lines": {str(s): line for s, line in book.lines.items()},
                    "sets": {str(n): _set(book.set(n)) for n in sorted(numbers)}}
    return made


def _set(rules: CriteriaSet) -> list[dict[str, Any]]:
    return [{"code": c.code, "part": c.part, "name": c.name.vi, "zero_excludes": c.zero_excludes, "story": c.story,
             "options": [{"choice": o.choice, "points": o.points, "level": o.level, "star": o.star} for o in c.options]}
            for c in rules.criteria]


def _scope(session: Session, session_id: int, dossiers: Iterable[Mapping[str, Any]]) -> rows.Scope:
    """Entries that may be read; what concerns dossiers not closed stays hidden behind its digest."""
    scope, every = rows.Scope(), list(dossiers)
    shown = [d["item_id"] for d in every if d["status"] != "open"]
    for entity in ("session", "session_member"):
        scope.add(entity, [session_id])
    for entity in ("agenda_item", "recusal", "presence"):
        scope.add(entity, shown)
    scope.add("ballot", rows.ballot_ids(session, [d["item_id"] for d in every if d["result"]]))
    for entity, ids in rows.paper_ids(session, [d["item_id"] for d in every if d["result"]]).items():
        scope.add(entity, ids)
    scope.add("result", [d["result"]["id"] for d in every if d["result"]])
    return scope


def _chain(session: Session, session_id: int, scope: rows.Scope) -> dict[str, Any]:
    before, found = rows.chain_from(session, session_id)
    made = [_entry(entry, old, new, scope.holds(entry)) for entry, old, new in found]
    return {"previous": before, "entries": made, "head": str(audit.head(session))}


def _entry(entry: Entry, before: Any, after: Any, shown: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"seq": entry.seq, "at": entry.at, "who": entry.who, "entity": entry.entity,
                            "entity_id": entry.entity_id, "what": entry.what, "before_sha256": entry.before,
                            "after_sha256": entry.after, "hash": entry.hash}
    return {**made, "before": before, "after": after} if shown else made


def _write_folder(files: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        _put(folder / name, content)
    return tuple(folder / name for name in files)


def _write_zip(files: Mapping[str, bytes], target: Path) -> tuple[Path, ...]:
    import io

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, ZIP_MOMENT), content, zipfile.ZIP_DEFLATED)
    _put(target, made.getvalue())
    return (target,)


def _put(target: Path, content: bytes) -> None:
    unfinished = target.with_name(target.name + UNFINISHED)
    try:
        unfinished.write_bytes(content)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
