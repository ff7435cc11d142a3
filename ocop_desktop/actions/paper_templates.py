"""The office's own Word files for papers: saved with fields, edited in Word, put back, tried before they are accepted.

A paper with an own file is written as Word only. Its PDF would have other words than the office's, so none is offered.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop.actions.files import write_whole
from ocop_desktop.actions.paper_fields import KINDS
from ocop_desktop.actions.rights import named, need
from ocop_desktop.data import office_papers as rows
from ocop_desktop.data.changes import record_change
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import ProblemsFound, UserError, missing_file, why

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class TemplateLine:
    """A kind of paper an office may write its own text for; ``name``: of its own file, empty while the shipped text is used."""

    kind: str
    name: str = ""
    who: str = ""
    kept_at: dt.datetime | None = None


def listed(session: Session) -> tuple[TemplateLine, ...]:
    """Every kind, with the office's own file where there is one."""
    own = {kind: TemplateLine(kind, name, who, at) for kind, name, who, at in rows.templates(session)}
    return tuple(own.get(kind, TemplateLine(kind)) for kind in KINDS)


def has_own(session: Session, kind: str) -> bool:
    """Whether the office has its own file for a kind of paper."""
    return kind in own_kinds(session)


def own_kinds(session: Session) -> frozenset[str]:
    """Kinds of paper the office has its own file for."""
    return frozenset(kind for kind, _name, _who, _at in rows.templates(session))


def refuse_pdf(session: Session, kind: str) -> None:
    """A PDF would have the shipped words, not the office's: there would be two versions of one paper.

    Raises:
        UserError: the office has its own file for this kind of paper.
    """
    if has_own(session, kind):
        raise UserError("Giấy tờ này theo mẫu Word riêng của cơ quan nên không in thẳng ra PDF. Hãy bấm Lưu Word rồi in từ Word, "
                        "hoặc trở về mẫu có sẵn ở Cài đặt, mục Văn bản.")


def fields(kind: str) -> tuple[tuple[str, str], ...]:
    """The fields of a kind of paper, each with an example.

    Raises:
        UserError: this kind has no fields.
    """
    from ocop_desktop.papers.example_fields import names

    return names(_known(kind))


def save_for_editing(session: Session, kind: str, path: Path) -> None:
    """Write the text in force as a Word file with fields: the office's own, else the shipped one.

    Raises:
        UserError: this kind has no fields, or the file cannot be written.
    """
    from ocop_desktop.papers.shipped_texts import word_file

    own = rows.template(session, _known(kind))
    write_whole({path: own.content if own else word_file(kind)})


def use(session: Session, kind: str, path: Path, who: str = "") -> None:
    """Take a Word file as the office's own text, once every field is known and it was filled in with the example.

    Raises:
        ProblemsFound: what is wrong, each with its paragraph.
        UserError: this kind has no fields, or the file cannot be read.
    """
    from ocop_desktop.data.tables_office import PaperTemplate
    from ocop_desktop.papers.example_fields import EXAMPLES
    from ocop_desktop.papers.word_template import LARGEST, problems

    need(session, "work")
    _known(kind)
    if not path.is_file():
        raise missing_file(path)
    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST + 1)  # a heavier one is refused unread
    except OSError as error:
        raise UserError("Không đọc được {file}: {reason}.", file=str(path), reason=why(error)) from error
    found = problems(content, EXAMPLES[kind])
    if found:
        raise ProblemsFound(list(found))
    row = rows.template(session, kind) or PaperTemplate(kind=kind)
    row.name, row.content, row.sha256 = path.name, content, hashlib.sha256(content).hexdigest()
    row.who, row.kept_at = named(session, who), dt.datetime.now().replace(microsecond=0)
    rows.keep(session, row)
    record_change(session, row.who, "paper_template", row.id, "accepted", None, {"kind": kind, "name": row.name})


def reset(session: Session, kind: str, who: str = "") -> None:
    """Go back to the shipped text.

    Raises:
        UserError: this kind has no fields.
    """
    need(session, "work")
    own = rows.template(session, _known(kind))
    if own is not None:
        record_change(session, named(session, who), "paper_template", own.id, "removed", {"kind": kind, "name": own.name}, None)
        rows.drop_template(session, kind)


def filled(session: Session, kind: str, values: Mapping[str, object]) -> bytes:
    """The office's own Word file with these values.

    Raises:
        UserError: it cannot be filled in, or it is not what was accepted.
    """
    from ocop_desktop.papers.word_template import fill

    own = rows.template(session, kind)
    if own is None:
        raise UserError("Giấy tờ “{kind}” chưa có mẫu Word riêng.", kind=kind)
    if hashlib.sha256(own.content).hexdigest() != own.sha256:
        raise UserError("Mẫu Word “{name}” trong tệp dữ liệu đã bị thay từ bên ngoài. Hãy nạp lại mẫu hoặc trở về mẫu có sẵn.",
                        name=own.name)
    return fill(own.content, values)


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise UserError("Giấy tờ “{kind}” không có mẫu Word riêng; những loại có: {known}.", kind=kind, known=", ".join(KINDS))
    return kind
