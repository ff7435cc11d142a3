"""Save the programme report of a period: Word, PDF or Excel by the file's ending."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from ocop_desktop.actions import office, paper_dress, programme_report
from ocop_desktop.actions.files import write_whole
from ocop_desktop.data.programme import ListedProduct
from ocop_desktop.errors import UserError
from ocop_desktop.rules.targets import LIGHTS, MEASURES, Measured
from ocop_desktop.rules.terms import CERTIFICATE_STATES

if TYPE_CHECKING:
    from ocop_desktop.actions.programme_figures import Compared, Figure
    from ocop_desktop.actions.programme_report import TargetState
    from ocop_desktop.data.engine import Session
    from ocop_desktop.papers.programme_report import Line, ProgrammePaper, TargetLine

ENDINGS = (".docx", ".pdf", ".xlsx")


def write_report(session: Session, made: Compared, path: Path | str) -> None:
    """Write the report of a period, whole or not at all. Word and PDF are state papers in Vietnamese; Excel speaks as the window.

    Raises:
        UserError: another ending than .docx, .pdf or .xlsx, or the file cannot be written.
    """
    goal = Path(path)
    if goal.suffix.lower() not in ENDINGS:
        raise UserError("Báo cáo lưu thành tệp {endings}; đọc được “{file}”.", endings=", ".join(ENDINGS), file=goal.name)
    if goal.suffix.lower() == ".xlsx":
        from ocop_desktop.actions.programme_sheets import write_workbook

        write_workbook(session, made, goal)
        return
    if goal.suffix.lower() == ".pdf":
        content = report_pdf(session, made)
    else:
        from ocop_desktop.papers import state_word
        from ocop_desktop.papers.programme_report import papers

        paper = paper_dress.dressed(paper_dress.desk(session), papers(_paper(session, made)))
        content = state_word.render(paper, paper[0].title)
    write_whole({goal: content})


def report_pdf(session: Session, made: Compared) -> bytes:
    """The report of a period as PDF: a state paper in Vietnamese."""
    from ocop_desktop.papers import state_pdf
    from ocop_desktop.papers.programme_report import papers

    paper = paper_dress.dressed(paper_dress.desk(session), papers(_paper(session, made)))
    return state_pdf.render(paper, paper[0].title)


def _paper(session: Session, made: Compared) -> ProgrammePaper:
    from ocop_desktop.papers.programme_report import ProgrammePaper

    of, span, before = office.read_office(session), made.now.span, made.before.span
    products = programme_report.behind(session, "certified", span)
    return ProgrammePaper(
        of.body, of.agency, of.place, of.signatory_title, of.signatory_name, span.first, span.last, span.day,
        (before.first, before.last, before.day),
        tuple((part.words.vi, tuple(map(_line, part.figures))) for part in made.parts),
        tuple((p.name, p.source, tuple(map(_target, p.targets))) for p in made.now.periods if p.targets),
        tuple(_product(one) for one in products if isinstance(one, ListedProduct)))


def _line(figure: Figure) -> Line:
    from ocop_desktop.papers.programme_report import Line

    change = figure.value - figure.before
    signed = f"+{whole(change)}" if change > 0 else whole(change)
    return Line(figure.words.vi, whole(figure.value), whole(figure.before), signed, figure.inside)


def _target(target: TargetState) -> TargetLine:
    from ocop_desktop.papers.programme_report import TargetLine

    least = f"{target.least} %" if target.now.unit == "share" else whole(target.least)
    return TargetLine(MEASURES[target.measure].words.vi, least, _measured(target.now), _measured(target.at_end),
                      LIGHTS[target.light].vi)


def _measured(value: Measured) -> str:
    return f"{decimal(value.cut)} % ({whole(value.part)})" if value.unit == "share" else whole(value.part)


def _product(one: ListedProduct) -> tuple[str, ...]:
    issued = f"{one.issued_on:%d/%m/%Y}" if one.issued_on else ""
    return (one.product, one.producer, one.commune, f"{one.stars} sao" if one.stars else "", issued,
            CERTIFICATE_STATES[one.state].vi if one.state else "")


def whole(value: int) -> str:
    """A whole number as Vietnamese papers write it: 17.500.000.000."""
    return f"{value:,}".replace(",", ".")


def decimal(value: Fraction) -> str:
    """Hundredths after a comma, without idle zeros: 41,48."""
    hundredths = value.numerator * 100 // value.denominator
    return f"{whole(hundredths // 100)},{hundredths % 100:02d}".rstrip("0").rstrip(",")


