"""Names of many dossiers, read back from every paper of a session: ``python -m tests.papers.test_every_name 500`` for more."""

from __future__ import annotations

import copy
import datetime as dt
import random
import re
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from ocop_desktop.actions import certificate_fate, certificates, register_papers, session_papers
from ocop_desktop.actions.certificate_papers import Pages
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.actions.session_papers import SessionPaper
from ocop_desktop.data.communes import by_province
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import AgendaItem, Certificate, Dossier, Producer, Product, Result
from ocop_desktop.papers import certificate, fonts
from ocop_desktop.rules.names import fold
from tests.actions.decided import close_round, set_up_office

SEED = 20261130
SUITE = 9  # dossiers in the suite
LETTERS = "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệghiíìỉĩịklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvxyýỳỷỹỵ"
MARKS = ("&", "<b>", "(đặc biệt)", "“hữu cơ”", "–", "100%", "25g/hộp", "O'Lè", "4.0", "A+")
# What each paper says of every dossier; the request to the Ministry names only those of 5 stars.
TOLD = {
    "minutes": ("code", "product", "producer"), "results": ("code", "product", "producer"), "invitation": ("product", "producer"),
    "ballots": ("code", "product", "producer"), "ballot-books": ("code", "product", "producer"),
    "ballots-filled": ("code", "product", "producer"), "decision": ("code", "product", "producer"),
    "notice-communes": ("code", "product", "producer"), "notice-producers": ("code", "product", "producer"),
    "checklists": ("code", "product", "producer"), "form-01": ("product", "producer", "representative", "phone"),
    "form-02": ("product", "producer", "representative", "phone"), "handover": ("product", "producer"),
    "score-sheets": ("code", "product", "producer"), "advisory": ("code", "product", "producer"),
    "council-report": ("code", "product", "producer"), "form-03": ("code", "product", "producer"),
    "commune-request": ("code", "product", "producer"), "attendance": (), "ministry": (),
    "revocation": ("code", "product", "producer"), "certificates": ("code", "product", "producer"),
}


def name(chance: random.Random, length: int) -> str:
    """A name of Vietnamese letters and marks, of just that length where it has more than a few."""
    words: list[str] = []
    while len(" ".join(words)) < length + 8:
        word = "".join(chance.choice(LETTERS) for _ in range(chance.randint(1, 6)))
        words.append(chance.choice(MARKS) if chance.random() < 0.06 else word.title() if chance.random() < 0.3 else word)
    made = " ".join(words)[:length]
    return made[:-1] + "k" if made[-1] in " (<“" else made


def fill(session: Session, count: int, chance: random.Random) -> tuple[int, list[dict[str, str]]]:
    """A closed session with ``count`` more dossiers, results like that of its first one; its number, what the dossiers are."""
    set_up_office(session)
    made = close_round(session, 1)
    pattern = session.get_one(Result, made.results[0])
    communes, told = by_province(session, "20"), []
    for number in range(count):
        product, producer = (name(chance, 120 if number % 3 == 0 else chance.randint(4, 119)) for _ in range(2))
        one = {"code": f"20-05980-{number + 101}-2026", "product": product, "producer": producer,
               "representative": name(chance, chance.randint(6, 40)), "phone": f"09{chance.randrange(10**8):08d}"}
        told.append({key: fonts.clean(words) for key, words in one.items()})
        if number % 2:  # as other programs write it
            one = {key: unicodedata.normalize("NFD", words) for key, words in one.items()}
        _add(session, made.session_id, number, one, pattern, communes[chance.randrange(len(communes))].id)
    session.flush()
    decision = certificates.record_decision(session, "2117/QĐ-UBND", dt.date(2026, 11, 30), "UBND tỉnh Lạng Sơn", made.session_id)
    codes = {one["code"] for one in told}
    ready = [c for c in certificates.certifiable(session) if fonts.clean(c.code) in codes]
    certificates.issue(session, [c.result_id for c in ready], decision, dt.date(2026, 11, 30))
    return made.session_id, told


def _add(session: Session, session_id: int, number: int, one: dict[str, str], pattern: Result, commune_id: int) -> None:
    producer = Producer(name=one["producer"], folded=fold(one["producer"]), representative=one["representative"],
                        phone=one["phone"], commune_id=commune_id)
    session.add(producer)
    session.flush()
    product = Product(producer_id=producer.id, name=one["product"], folded=fold(one["product"]), set_no=11)
    session.add(product)
    session.flush()
    old = pattern.item.dossier
    dossier = Dossier(product_id=product.id, code=one["code"], status="closed", stars=3, rulebook=old.rulebook, round=old.round,
                      search="")
    session.add(dossier)
    session.flush()
    item = AgendaItem(session_id=session_id, dossier_id=dossier.id, position=number + 10, status="closed")
    session.add(item)
    session.flush()
    snapshot = copy.deepcopy(dict(pattern.snapshot))
    snapshot["dossier"] |= {"id": dossier.id, "code": one["code"], "product": one["product"], "producer": one["producer"]}
    session.add(Result(item_id=item.id, snapshot=snapshot, **{key: getattr(pattern, key) for key in (
        "mean_numerator", "mean_denominator", "stars_by_points", "stars", "excluded", "rulebook", "rulebook_fingerprint",
        "conclusions", "closed_at")}))


def papers(session: Session, session_id: int) -> Iterator[tuple[str, bytes]]:
    """Every paper of the session and of its certificates, each in one file."""
    from ocop_desktop.papers.state_pdf import render

    for kind in session_papers.PAPERS:
        yield kind.key, session_papers.pdf(session, SessionPaper(session_id, kind.key))
    every = list(session.query(Certificate).order_by(Certificate.id))
    for one in every:
        certificate_fate.conclude_against(session, one.id, "stopped", "Kết luận số 45/KL-SYT", one.issued_on)
    kind = next(k for k in register_papers.REGISTER_PAPERS if k.key == "revocation")
    yield "revocation", render(kind.make(session, [c.id for c in every], dt.date(2026, 12, 1)), "revocation")
    pdf, problems = certificate.render(list(Pages(session).of_all(every)))
    assert not problems, problems[0]
    yield "certificates", pdf


def bare(words: str) -> str:
    """Without blanks: where a line ends is the paper's own affair."""
    return re.sub(r"\s", "", words)


def said(pdf: bytes) -> str:
    """Everything a file says, page numbers aside, without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range().replace("\ufffe", "-").replace("\x02", "-") for page in document]
    document.close()
    whole = "\n".join(re.sub(r"(?m)^\d+/\d+\s*$", "", page) for page in pages)
    assert unicodedata.is_normalized("NFC", whole)
    return bare(whole)


def faults(session: Session, count: int, seed: int) -> Iterator[str]:
    """What is not found in a paper that should say it."""
    session_id, told = fill(session, count, random.Random(seed))
    for key, pdf in papers(session, session_id):
        assert key in TOLD, f"say in TOLD what {key} says of every dossier"
        words = said(pdf)
        for one in told:
            for field in TOLD[key]:
                if bare(one[field]) not in words:
                    yield f"{key}: {field} “{one[field]}”"
        if "--count" in sys.argv:
            print(f"{key}: {len(pdf):,} bytes, {len(words):,} letters", flush=True)


@pytest.mark.timeout(300)
def test_every_paper_says_every_name_whole(tmp_path: Path):
    database = open_or_create(tmp_path / "a.ocop")
    with database.begin() as session:
        found = list(faults(session, SUITE, SEED))
    database.close()
    assert not found, "\n".join(found[:20])


if __name__ == "__main__":
    began, sys.argv = time.process_time(), [*sys.argv, "--count"]
    with tempfile.TemporaryDirectory() as folder:
        opened = open_or_create(Path(folder) / "a.ocop")
        with opened.begin() as writing:
            missed = list(faults(writing, int(sys.argv[1]), SEED))
        opened.close()
    print(*missed[:50], f"{len(missed)} names not found, {time.process_time() - began:.0f} CPU s", sep="\n")
