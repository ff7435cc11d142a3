"""What a product lacks for the next star on paper: from the council's result of an agenda item, or from a self-score."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop.actions import advice as sentences
from ocop_desktop.actions import self_score
from ocop_desktop.actions.dossier_form import open_dossier
from ocop_desktop.actions.files import write_whole
from ocop_desktop.actions.office import read_office
from ocop_desktop.actions.results import result_of
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.rules.next_star import Advice, Step
from ocop_desktop.rules.rulebook import decision_of
from ocop_desktop.rules.scoring import Outcome, shown

if TYPE_CHECKING:
    from ocop_desktop.papers.next_star import Line, NextStarSheet


@dataclass(frozen=True)
class AdvicePaper:
    """Which page: of a council's result (``item_id``), else of a dossier's self-score.

    Args:
        who: who makes it, for the signature.
    """

    item_id: int = 0
    dossier_id: int = 0
    who: str = ""


def pdf(session: Session, paper: AdvicePaper) -> bytes:
    """The page as PDF, Vietnamese whatever the window speaks.

    Raises:
        UserError: there is nothing to advise: not all ballots in, criteria open, excluded, or at the highest rank.
    """
    from ocop_desktop.papers.next_star import render

    return render(_of_result(session, paper) if paper.item_id else _of_self_score(session, paper))


def save_pdf(session: Session, paper: AdvicePaper, path: Path) -> int:
    """Write the page to a file, whole or not at all; its size in bytes.

    Raises:
        UserError: as ``pdf``, or the file cannot be written.
    """
    content = pdf(session, paper)
    write_whole({path: content})
    return len(content)


def _of_result(session: Session, paper: AdvicePaper) -> NextStarSheet:
    view = result_of(session, paper.item_id)
    if view.outcome is None or view.advice is None:
        raise UserError("Chưa có gì để in: hồ sơ chưa đủ phiếu, đã bị loại, hoặc đã ở hạng cao nhất.")
    basis = f"Phiếu đánh giá của Hội đồng, {view.session_name}"
    if view.stage != "closed":
        basis += " (chưa chốt kết quả)"
    return _sheet(session, view.dossier_id, view.outcome, view.advice, basis, view.working.digits, paper.who)


def _of_self_score(session: Session, paper: AdvicePaper) -> NextStarSheet:
    form = open_dossier(session, paper.dossier_id)
    outcome, found = self_score.outcome_of(form), self_score.advice_of(form)
    if outcome is None or found is None:
        raise UserError("Chưa có gì để in: phần tự chấm chưa đủ các tiêu chí, hoặc đã ở hạng cao nhất.")
    return _sheet(session, form.id, outcome, found, "Điểm tự chấm của chủ thể, chưa qua Hội đồng", 2, paper.who)


def _sheet(session: Session, dossier_id: int, outcome: Outcome, found: Advice, basis: str, digits: int,
           who: str) -> NextStarSheet:
    from ocop_desktop.papers.next_star import NextStarSheet

    form, office = open_dossier(session, dossier_id), read_office(session)
    address, commune = form.producer.address, form.producer.commune
    where = address if commune.casefold() in address.casefold() else ", ".join(part for part in (address, commune) if part)
    rules = form.self_score.rules
    name = f"Bộ {rules.number} - {rules.name.vi}" if rules else ""
    return NextStarSheet(
        body=office.body, agency=office.agency, place=office.place, day=dt.date.today(), product=form.product.name,
        code=form.registration.code, producer=form.producer.name, address=where, set_name=name, law=decision_of(form.rulebook),
        basis=basis, points=_comma(shown(outcome.mean, digits)), stars=outcome.stars, target=found.stars,
        summary=_summary(found, digits), gates=tuple(_line(s, digits) for s in found.gates),
        more=tuple(_line(s, digits) for s in found.points), enough=found.enough, signer=who)


def _line(step: Step, digits: int) -> Line:
    from ocop_desktop.papers.next_star import Line

    return Line(step.criterion.code, step.criterion.name.vi, step.option.label.vi, f"+{_comma(shown(step.gain, digits))}")


def _summary(found: Advice, digits: int) -> str:
    message, short = sentences.missing(found, digits)
    return message.format(stars=found.stars, points=_comma(short), count=len(found.gates))


def _comma(figure: str) -> str:
    return figure.replace(".", ",")
