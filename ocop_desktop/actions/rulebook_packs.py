"""Rulebooks as workbooks: export one, look at one as it would come in, keep it as a further version with its reason.

A published version is never changed. Nothing is kept until the pack is sound or its faults are accepted with a reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocop_desktop.actions import backups, rulebooks
from ocop_desktop.data import rulebooks as kept
from ocop_desktop.data.engine import Session
from ocop_desktop.data.rulebooks import StoredVersion
from ocop_desktop.errors import Problem, ProblemsFound, UserError, why
from ocop_desktop.rules.rulebook import Rulebook, as_plain, decision_of, from_plain, version_id
from ocop_desktop.rules.rulebook_differences import Difference, differences
from ocop_desktop.rules.rulebook_plain import Plain
from ocop_desktop.text import _, say


@dataclass(frozen=True)
class Preview:
    """A pack as it would be kept; nothing is written yet.

    Args:
        decision: number of the decision; version: what it would become, or is when ``unchanged``.
        after: the rulebook of the pack, faults included; before: the version it follows, or None.
        differences: from ``before``; empty where there is none.
        problems: every fault and remark at its cell.
        sets, criteria, options: read from the file itself.
        plain: the values to be kept.
    """

    file: str
    sha256: str
    decision: str
    version: int
    after: Rulebook
    before: Rulebook | None
    differences: tuple[Difference, ...]
    problems: tuple[Problem, ...]
    sets: int
    criteria: int
    options: int
    plain: Plain

    @property
    def id(self) -> str:
        """The id of the version."""
        return version_id(self.decision, self.version)

    @property
    def unchanged(self) -> bool:
        """Whether the pack says what the latest version says."""
        return self.before is not None and not self.differences

    @property
    def faults(self) -> tuple[Problem, ...]:
        """What keeps the pack out until it is mended or accepted; nothing where it is unchanged."""
        return () if self.unchanged else tuple(p for p in self.problems if p.severity == "error")


@dataclass(frozen=True)
class Line:
    """One rulebook of the list.

    Args:
        source: "program" or "file"; sets: how many, 0 where a decision is kept as history.
        made_at, made_by, reason, source_file, differences, accepted: of a version kept in the file; empty for the program's.
    """

    id: str
    decision: str
    version: int
    in_force: dt.date
    sets: int
    source: str
    fingerprint: str
    made_at: dt.datetime | None = None
    made_by: str = ""
    reason: str = ""
    source_file: str = ""
    differences: int = 0
    accepted: int = 0
    accepted_why: str = ""


def export(path: Path, id: str = "") -> Rulebook:
    """Write a rulebook as one .xlsx that a clerk can edit and import again; which one.

    Args:
        id: its id; the one in force when not given.

    Raises:
        UserError: unknown, kept without criteria, or the folder does not take the file.
        ProblemsFound: a set of it is wrong.
    """
    from ocop_desktop.sheets.rulebook_pack_writing import write_pack

    book = rulebooks.rulebook(id) if id else rulebooks.current()
    if not book.heads:
        raise UserError("Quyết định {law} được giữ làm lịch sử, không có bộ tiêu chí để xuất.", law=book.id)
    try:
        write_pack(book, Path(path))
    except OSError as error:
        raise UserError(
            "Không ghi được tệp {file}: {reason}. Hãy đóng tệp hoặc chọn nơi khác.",
            file=str(path),
            reason=why(error),
        ) from error
    return book


def look(session: Session, path: Path, decision: str = "") -> Preview:
    """Read a pack and compare it with the latest version of its decision. Nothing is written.

    Args:
        decision: number of the decision a table without a cover corrects; that in force when not given.

    Raises:
        UserError: no spreadsheet, no criteria table in it, or an unknown decision.
    """
    from ocop_desktop.sheets.rulebook_pack import read_pack

    every = (*rulebooks.program_rulebooks(), *rulebooks.stored(session))
    latest = {book.decision: book for book in sorted(every, key=lambda b: b.version)}
    scored = {law: book for law, book in latest.items() if book.heads}
    pack = read_pack(Path(path), scored, latest[rulebooks.current().decision], decision_of(decision))
    before = latest.get(pack.law)
    after = from_plain(pack.plain, pack.law)
    found = () if before is None or _same(before, pack.plain) else differences(before, after)
    version = 1 if before is None else before.version + bool(found)
    return Preview(
        pack.file,
        pack.sha256,
        pack.law,
        version,
        from_plain(pack.plain, version_id(pack.law, version)),
        before,
        found,
        pack.problems,
        pack.sets,
        pack.criteria,
        pack.options,
        pack.plain,
    )


def _same(before: Rulebook, plain: Plain) -> bool:
    return bool(before.heads) and as_plain(before) == plain


def keep(
    session: Session, seen: Preview, reason: str = "", accepted: str = "", who: str = "", now: dt.datetime | None = None
) -> Rulebook:
    """Keep a pack as a further version and make it known; after a backup. What is unchanged is not kept again.

    The backup comes first, so this begins its own transaction, not the one of ``look``.

    Args:
        reason: why there is a new version; the file's name when not given.
        accepted: why its faults are accepted; needed where there are any.
        who: the person; now: the moment.

    Returns:
        The rulebook as kept, or the one known already when unchanged.

    Raises:
        ProblemsFound: faults that nobody accepted.
        UserError: another version was kept since ``look``.
    """
    if seen.unchanged:
        return seen.before or seen.after
    if seen.faults and not accepted.strip():
        raise ProblemsFound(list(seen.faults))
    backups.before_import(session)
    _refuse_taken(session, seen)
    plain = _scorable(seen.plain)
    book = from_plain(plain, seen.id)
    kept.add(
        session,
        StoredVersion(
            seen.decision,
            seen.version,
            book.in_force,
            (now or dt.datetime.now()).replace(microsecond=0),
            who.strip(),
            reason.strip() or _("Nhập từ tệp {file}", file=seen.file),
            seen.file,
            seen.sha256,
            book.fingerprint,
            [d.as_plain() for d in seen.differences],
            [_problem(p) for p in seen.faults],
            accepted.strip(),
        ),
        plain,
    )
    rulebooks.reload(session)
    return book


def _refuse_taken(session: Session, seen: Preview) -> None:
    every = (*rulebooks.program_rulebooks(), *rulebooks.stored(session))
    if any(book.id == seen.id for book in every):
        raise UserError(
            "Đã có bản {version} của Quyết định {law}; hãy xem lại tệp {file} rồi nhập.",
            version=seen.version,
            law=seen.decision,
            file=seen.file,
        )


def _scorable(plain: Plain) -> Plain:
    """Codes said twice, where that was accepted, told apart ("1.2" and "1.2-2"): an answer must belong to one criterion."""
    sets = []
    for rules in plain["sets"]:
        seen: dict[str, int] = {}
        criteria = []
        for criterion in rules["criterion"]:
            code = criterion["code"]
            seen[code] = seen.get(code, 0) + 1
            criteria.append(criterion if seen[code] == 1 else {**criterion, "code": f"{code}-{seen[code]}"})
        sets.append({**rules, "criterion": criteria})
    return {**plain, "sets": sets}


def listing(session: Session | None = None) -> tuple[Line, ...]:
    """Every rulebook: the program's, and with a session those kept in the file; by the day in force and version."""
    lines = [
        Line(b.id, b.decision, b.version, b.in_force, len(b.heads), "program", b.fingerprint)
        for b in rulebooks.program_rulebooks()
    ]
    if session is not None:
        sets = {book.id: len(book.heads) for book in rulebooks.stored(session)}
        lines += [
            Line(
                v.id,
                v.decision,
                v.version,
                v.in_force,
                sets[v.id],
                "file",
                v.fingerprint,
                v.made_at,
                v.made_by,
                v.reason,
                v.source_file,
                len(v.differences),
                len(v.accepted),
                v.accepted_why,
            )
            for v in kept.history(session)
        ]
    return tuple(sorted(lines, key=lambda line: (line.in_force, line.decision, line.version)))


def between(before: str, after: str) -> tuple[Difference, ...]:
    """What differs between two rulebooks known, by their ids. Raises UserError for an unknown one."""
    return differences(rulebooks.rulebook(before), rulebooks.rulebook(after))


def summary(seen: Preview, stored: bool) -> dict[str, Any]:
    """What the command line prints of an import; ``sets``, ``criteria`` and ``options`` are those read from the file."""
    return {
        "rulebook": seen.decision,
        "version": seen.version,
        "stored": stored,
        "sets": seen.sets,
        "criteria": seen.criteria,
        "options": seen.options,
        "differences": [{**d.as_plain(), "message": say(d.sentence)} for d in seen.differences],
        "problems": [_problem(p) for p in seen.problems],
    }


def list_as_plain(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The list as the command line prints it."""
    return [
        {
            "id": line.id,
            "decision": line.decision,
            "version": line.version,
            "in_force": line.in_force.isoformat(),
            "sets": line.sets,
            "source": line.source,
            "fingerprint": line.fingerprint,
            "made_at": line.made_at.isoformat() if line.made_at else None,
            "made_by": line.made_by,
            "reason": line.reason,
            "source_file": line.source_file,
            "differences": line.differences,
            "accepted": line.accepted,
            "accepted_why": line.accepted_why,
        }
        for line in lines
    ]


def _problem(p: Problem) -> dict[str, Any]:
    return {
        "sheet": p.place.sheet,
        "row": p.place.row,
        "column": p.place.column,
        "value": p.value,
        "message": say(p),
        "severity": p.severity,
        "kind": p.kind,
    }
