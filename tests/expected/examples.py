"""A small province with one closed session, every paper made of it, and what is kept of a paper: its words and their places."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2

from ocop_desktop.actions import (
    advice_paper,
    certificate_fate,
    certificates,
    criteria,
    dashboard,
    dashboard_files,
    minutes_paper,
    programme_figures,
    programme_paper,
    programme_report,
    register_papers,
    renewal_letters,
    session_paper,
    session_papers,
    session_record,
)
from ocop_desktop.actions.certificate_papers import Pages
from ocop_desktop.actions.meeting_facts import meeting_of
from ocop_desktop.data.communes import find_communes
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import AgendaItem, Certificate
from ocop_desktop.papers import certificate, minutes, next_star, renewal_letter, state_pdf, state_word
from ocop_desktop.papers import dashboard as dashboard_paper
from ocop_desktop.papers import programme_report as report_paper
from ocop_desktop.papers import session_record as record_paper
from ocop_desktop.papers.blocks import Paper
from tests.actions.decided import Decided, close_round, set_up_office
from tests.actions.meeting import LAW
from tests.exchange.vectors.qr import SIGNER

FOLDER = Path(__file__).parent
DAY = dt.date(2026, 11, 30)
MOMENT = dt.datetime(2026, 11, 23, 16, 30)
PAGES = 3  # of each paper that are kept
COMMUNES = ("Mẫu Sơn", "Bắc Sơn", "Văn Lãng", "Bắc Sơn", "Mẫu Sơn")
CHANGING = re.compile(r"[0-9a-f]{8}( [0-9a-f]{8})+|[0-9a-f]{16,}")  # the chain's head holds the moment of every entry


def fill(session: Session) -> Decided:
    """The office, five dossiers scored by two members, a decision, certificates, a conclusion against one of them."""
    set_up_office(session)
    made = close_round(session, 2)
    for item_id, commune in zip(made.items, COMMUNES, strict=True):
        producer = session.get_one(AgendaItem, item_id).dossier.product.producer
        producer.commune_id = find_communes(session, commune, "20")[0].id
        producer.representative, producer.phone, producer.address = "Hoàng Thị Sẻn", "0912345678", "Thôn 4"
    session.flush()
    decision = certificates.record_decision(session, "2117/QĐ-UBND", DAY, "Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn",
                                            made.session_id)
    certificates.issue(session, [c.result_id for c in certificates.certifiable(session)], decision, DAY)
    first = session.query(Certificate).order_by(Certificate.id).first()
    assert first is not None
    certificate_fate.conclude_against(session, first.id, "breach", "Kết luận thanh tra số 45/KL-SYT của Sở Y tế", DAY)
    return made


def state_papers(session: Session, made: Decided) -> Mapping[str, tuple[Paper, ...]]:
    """Every paper that is written as PDF and as Word, by kind."""
    meeting = meeting_of(session, made.session_id)
    ids = [c.id for c in session.query(Certificate).order_by(Certificate.id)]
    found = {kind.key: tuple(kind.make(session, meeting)) for kind in session_papers.PAPERS if kind.make}
    found["minutes"] = minutes.papers(minutes_paper.minutes(session, meeting, MOMENT))
    for kind in register_papers.REGISTER_PAPERS:
        chosen = ids[:1] if kind.key == "revocation" else ids
        found[kind.key] = tuple(kind.make(session, chosen, DAY))
    report = programme_figures.compare(session, dt.date(2026, 1, 1), DAY, DAY)
    found["programme-report"] = tuple(report_paper.papers(programme_paper._paper(session, report)))
    found["renewal-letters"] = renewal_letter.papers(renewal_letters.letters(session, DAY.replace(year=2029, month=7)))
    return found


def drawn(session: Session, made: Decided) -> Iterator[tuple[str, bytes]]:
    """Every paper as PDF, by kind."""
    meeting = meeting_of(session, made.session_id)
    for key, papers in state_papers(session, made).items():
        yield key, state_pdf.render(papers, key, invariant=True)
    for kind in session_papers.PAPERS:
        if kind.draw:
            yield kind.key, kind.draw(session, meeting, None)
    advice = advice_paper._of_result(session, advice_paper.AdvicePaper(made.items[0], who="Lan Thị Thư"))
    yield "next-star", next_star.render(replace(advice, day=DAY), invariant=True)
    overview = dashboard.dashboard(session, DAY)
    yield "dashboard", dashboard_paper.render(dashboard_files._paper(overview, programme_report.standing_periods(session, DAY)))
    yield "session-record", record_paper.render(session_paper.paper_of(_record(session, made.session_id), "0" * 64))
    for name in ("set", "gates"):
        yield f"criteria-{name}", criteria.pdf(session, criteria.Paper(name, LAW, 11, 4))
    signed = certificate.render(list(Pages(session).of_all(session.query(Certificate))), invariant=True, sign=SIGNER)
    yield "certificates", signed[0]


def _record(session: Session, session_id: int) -> dict[str, Any]:
    """A session's record, made and closed at one moment."""
    plain = session_record.record_of(session, session_id) | {"made_at": MOMENT.isoformat()}
    for dossier in plain["dossiers"]:
        dossier["result"]["closed_at"] = MOMENT.isoformat()
    return plain


def word_files(session: Session, made: Decided) -> Iterator[tuple[str, bytes]]:
    """Every paper that is edited in Word, by kind."""
    for key, papers in state_papers(session, made).items():
        yield key, state_word.render(papers, key)


def kept(pdf: bytes) -> str:
    """What is kept of a paper: the number of its pages, and of the first ones every line with its place in points."""
    document = pypdfium2.PdfDocument(pdf)
    lines = [f"{len(document)} pages"]
    for number, page in enumerate(list(document)[:PAGES], 1):
        lines.append(f"\npage {number}: {page.get_width():.0f} x {page.get_height():.0f}")
        lines += _lines(page)
    document.close()
    return "\n".join(lines) + "\n"


def _lines(page: pypdfium2.PdfPage) -> Iterator[str]:
    text, high = page.get_textpage(), page.get_height()
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        words = " ".join(text.get_text_bounded(left, bottom, right, top).split())
        fixed, changing = CHANGING.subn("(hash)", words)
        yield f"{'-' if changing else round(left):>4} {high - bottom:4.0f}  {fixed}"
