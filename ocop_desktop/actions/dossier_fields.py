"""Changing a dossier field by field: each change one transaction, kept with what stood there before, so that it can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ocop_desktop.actions import completeness, rulebooks
from ocop_desktop.actions.dossier_checks import checked, refuse
from ocop_desktop.actions.dossier_form import DossierForm, open_dossier
from ocop_desktop.data import dossiers, search
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.answering import effects
from ocop_desktop.rules.names import fold

PAPER_EMPTY: dict[str, Any] = {"number": "", "issuer": "", "issued_on": None, "expires_on": None}
SEARCHED = {"producer.name", "producer.commune_id", "product.name", "product.producer_id", "registration.code"}


def change(session: Session, dossier_id: int, field: str, value: Any, who: str) -> DossierForm:
    """Keep one field of a dossier's form.

    Args:
        field: part and name: "producer.phone", "product.set_no", "registration.filed_on", "paper.food_safety.ticked",
            "paper.food_safety.number", "self.1.5" (a choice, "" takes it back), "evidence.1.5".
        value: as typed or chosen.
        who: for the history.

    Returns:
        the form as it is now. A dossier marked complete goes back to preparation when something required is taken out.

    Raises:
        ProblemsFound: the value may not stand there; each problem's column is the field. Nothing is written.
        UserError: the dossier is gone, or the field is closed because the council has the dossier.
    """
    form = open_dossier(session, dossier_id)
    _refuse_fixed(form, field)
    wanted = checked(session, form, field, value)
    writes = {f: v for f, v in _effects(form, field, wanted).items() if f == "product.producer_id" or v != form.value(f)}
    if "product.producer_id" in writes and writes["product.producer_id"] == form.producer.id:
        del writes["product.producer_id"]
    if not writes:
        return form
    return _keep(session, form, writes, who, "field", _owner(form, field))


def undo_last(session: Session, dossier_id: int, who: str) -> DossierForm:
    """Take back the last change made in the form that was not taken back yet; said in the history too.

    Raises:
        UserError: there is nothing to undo, the field was changed elsewhere since, or it is closed now.
    """
    form = open_dossier(session, dossier_id)
    line = form.undo
    if line is None:
        raise UserError("Không còn thay đổi nào để hoàn tác.")
    owner = dossiers.line(session, line.id)
    assert owner is not None
    for field, _before, after in line.fields:
        _refuse_fixed(form, field)
        if field != "registration.status" and dossiers.plain(_value(form, field)) != after:
            raise UserError("Mục này đã được sửa ở nơi khác sau đó nên không hoàn tác được; hãy sửa trực tiếp.")
    writes = {field: _typed(field, before) for field, before, _after in line.fields}
    return _keep(session, form, writes, who, "undone", (owner.entity, owner.entity_id), line.id)


def mark_ready(session: Session, dossier_id: int, who: str) -> DossierForm:
    """Say that a dossier is complete: the clerk has looked through it and nothing required is missing.

    Raises:
        UserError: something required is missing, or it is not in preparation.
    """
    form = open_dossier(session, dossier_id)
    missing = [m for m in completeness.missing(form) if m.required]
    if form.status != "draft":
        raise UserError("Hồ sơ này không ở bước hoàn thiện nữa.")
    if missing:
        raise UserError("Hồ sơ còn thiếu {count} mục bắt buộc; xem cột “Còn thiếu”.", count=len(missing))
    return _keep(session, form, {"registration.status": "ready"}, who, "field", ("dossier", form.id))


def reopen(session: Session, dossier_id: int, who: str) -> DossierForm:
    """Take a complete dossier back into preparation.

    Raises:
        UserError: it is not marked complete.
    """
    form = open_dossier(session, dossier_id)
    if form.status != "ready":
        raise UserError("Hồ sơ này không ở bước đủ hồ sơ.")
    return _keep(session, form, {"registration.status": "draft"}, who, "field", ("dossier", form.id))


def _refuse_fixed(form: DossierForm, field: str) -> None:
    if field in form.fixed or (field.startswith(("self.", "evidence.")) and form.self_score_fixed):
        refuse(field, "Hội đồng đã nhận hồ sơ này nên không sửa được mục này nữa.")


def _effects(form: DossierForm, field: str, value: Any) -> dict[str, Any]:
    """Everything that changes with a field: a story at 0 settles what depends on it, another set empties the self-score, and the
    day of filing or the kind says which decision the dossier falls under (Article 12 of Decision 26/2026/QĐ-TTg)."""
    part, _dot, name = field.partition(".")
    if part == "self" and form.self_score.rules is not None:
        changed = effects(form.self_score.rules, form.self_score.choices, name, value or None)
        return {f"self.{code}": choice or "" for code, choice in changed.items()}
    if part == "paper":
        stem = field.rsplit(".", 1)[0]
        if field.endswith(".ticked"):
            emptied = {} if value else {f"{stem}.{column}": empty for column, empty in PAPER_EMPTY.items()}
            return {field: value, **emptied}
        return {field: value, f"{stem}.ticked": True} if value else {field: value}
    if field == "product.set_no" and value != form.product.set_no:
        answered = {f"self.{code}": "" for code in form.self_score.choices}
        return {field: value, **answered, **{f"evidence.{code}": "" for code in form.self_score.evidence}}
    if field in ("registration.filed_on", "registration.kind") and form.status in ("draft", "ready"):
        said = {"filed_on": form.registration.filed_on, "kind": form.registration.kind, name: value}
        return {field: value, "registration.rulebook": rulebooks.falls_under(said["filed_on"], said["kind"]).rulebook}
    return {field: value}


def _owner(form: DossierForm, field: str) -> tuple[str, int]:
    part = field.split(".")[0]
    return {"producer": ("producer", form.producer.id), "product": ("product", form.product.id)}.get(part, ("dossier", form.id))


def _value(form: DossierForm, field: str) -> Any:
    return form.producer.id if field == "product.producer_id" else form.value(field)


def _typed(field: str, value: Any) -> Any:
    is_date = field.endswith(("_on", "founded"))
    return dt.date.fromisoformat(value) if is_date and isinstance(value, str) else value


def _keep(session: Session, form: DossierForm, writes: Mapping[str, Any], who: str, what: str, owner: tuple[str, int],
          undone: int | None = None) -> DossierForm:
    """Write fields with their line of history; the form as it is then."""
    before = {field: dossiers.plain(_value(form, field)) for field in writes}
    after = {field: dossiers.plain(value) for field, value in writes.items()}
    _write(session, form, writes)
    now = open_dossier(session, form.id)
    if now.status == "ready" and any(m.required for m in completeness.missing(now)):
        before["registration.status"], after["registration.status"] = "ready", "draft"
        _write(session, now, {"registration.status": "draft"})
    if undone is not None:
        after["line"] = undone
    dossiers.write_line(session, who, *owner, what, before, after)
    if SEARCHED & set(writes):
        search.refresh_search(session, [*search.dossiers_of(session, form.producer.id), form.id])
    return open_dossier(session, form.id)


def _write(session: Session, form: DossierForm, writes: Mapping[str, Any]) -> None:
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    papers: dict[str, dict[str, Any]] = {}
    answers: dict[str, dict[str, str]] = {}
    for field, value in writes.items():
        part, _dot, name = field.partition(".")
        if part == "paper":
            kind, _dot, column = name.partition(".")
            papers.setdefault(kind, {})[column] = value
        elif part in ("self", "evidence"):
            answers.setdefault(name, {})["choice" if part == "self" else "evidence"] = value
        else:
            values = rows.setdefault(_owner(form, field), {})
            values[name] = (value or None) if field == "registration.code" else value
            if name == "name":
                values["folded"] = fold(value)
    for (entity, number), values in rows.items():
        dossiers.set_values(dossiers.get_row(session, entity, number), values)
    for kind, values in papers.items():
        _write_paper(session, form.id, kind, values)
    for code, values in answers.items():
        _write_answer(session, form.id, code, values)


def _write_paper(session: Session, dossier_id: int, kind: str, values: dict[str, Any]) -> None:
    row = dossiers.get_row(session, "dossier_paper", (dossier_id, kind))
    ticked = values.pop("ticked", row is not None)
    if not ticked and row is not None:
        dossiers.delete_row(session, row)
    elif ticked and row is None:
        dossiers.add_row(session, "dossier_paper", {"dossier_id": dossier_id, "kind": kind, **PAPER_EMPTY, **values})
    elif ticked:
        dossiers.set_values(row, values)


def _write_answer(session: Session, dossier_id: int, code: str, values: dict[str, str]) -> None:
    row = dossiers.get_row(session, "self_answer", (dossier_id, code))
    kept = {"choice": row.choice, "evidence": row.evidence} if row is not None else {"choice": "", "evidence": ""}
    kept.update(values)
    if not any(kept.values()):
        if row is not None:
            dossiers.delete_row(session, row)
    elif row is None:
        dossiers.add_row(session, "self_answer", {"dossier_id": dossier_id, "criterion": code, **kept})
    else:
        dossiers.set_values(row, kept)
