"""Extensions, conclusions, re-evaluations, inspections and deadlines on the example's register."""

from __future__ import annotations

import datetime as dt

import pytest
from icalendar import Calendar

from ocop_desktop.actions import certificate_fate, deadlines, inspections
from ocop_desktop.actions.inspections import Findings
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.actions.register import register
from ocop_desktop.data.tables import Certificate, Dossier, DossierPaper
from ocop_desktop.errors import UserError

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def example(tmp_path_factory, example_of):
    path = tmp_path_factory.mktemp("fate") / "mau.ocop"
    example_of(path, TODAY)
    db = open_or_create(path)
    yield db
    db.close()


@pytest.fixture
def session(example):
    """One transaction that is taken back at the end."""
    with pytest.raises(ZeroDivisionError), example.begin() as opened:
        yield opened
        raise ZeroDivisionError


def first_of(session, state):
    return register(session, TODAY, states=(state,), sort="expires_on", descending=False).lines[0]


def test_a_reevaluation_takes_over_what_is_known(session):
    line = first_of(session, "due")
    old = session.get(Certificate, line.id).dossier
    session.add(DossierPaper(dossier_id=old.id, kind="food_safety", number="7", expires_on=TODAY - dt.timedelta(days=1)))
    session.add(DossierPaper(dossier_id=old.id, kind="trademark", number="8"))
    session.flush()
    made = session.get(Dossier, certificate_fate.start_reevaluation(session, line.id, "Lan", TODAY))
    assert (made.product_id, made.kind, made.status, made.rulebook) == (old.product_id, "reevaluation", "draft", "26/2026/QĐ-TTg")
    papers = {p.kind: p.number for p in session.query(DossierPaper).filter_by(dossier_id=made.id)}
    assert papers["trademark"] == "8"
    assert "food_safety" not in papers
    with pytest.raises(UserError, match="đã có hồ sơ đang xử lý"):
        certificate_fate.start_reevaluation(session, line.id, "Lan", TODAY)


def test_no_reevaluation_before_its_time(session):
    line = first_of(session, "valid")
    with pytest.raises(UserError, match="Chưa đến kỳ nộp"):
        certificate_fate.start_reevaluation(session, line.id, "Lan", TODAY)


def test_an_extension_needs_a_renewal_under_way_and_ends_within_180_days(session):
    line = first_of(session, "late")
    until = line.expires_on + dt.timedelta(days=180)
    with pytest.raises(UserError, match="chưa có hồ sơ đánh giá lại"):
        certificate_fate.extend(session, line.id, until, "Đang xử lý hồ sơ")
    certificate_fate.start_reevaluation(session, line.id, "Lan", TODAY)
    for day in (line.expires_on, until + dt.timedelta(days=1)):
        with pytest.raises(UserError, match="không quá 180 ngày"):
            certificate_fate.extend(session, line.id, day, "Đang xử lý hồ sơ")
    certificate_fate.extend(session, line.id, until, "Đang xử lý hồ sơ", "Lan")
    for day, state in ((line.expires_on, "late"), (line.expires_on + dt.timedelta(days=1), "extended"), (until, "extended"),
                       (until + dt.timedelta(days=1), "expired")):
        counted = register(session, day)
        found = register(session, day, words=line.product).lines
        assert next(r.state for r in found if r.id == line.id) == state
        assert sum(counted.states.values()) == counted.count


def test_fifteen_days_run_from_a_conclusion(session):
    line = first_of(session, "valid")
    certificate_fate.conclude_against(session, line.id, "stopped", "Kết luận 12/KL-SNN", TODAY, "Lan")
    told = [d for d in deadlines.due(session, TODAY, TODAY + dt.timedelta(days=30), TODAY) if d.kind == "revocation"]
    assert [(d.on, d.days_left, d.about) for d in told] == [(TODAY + dt.timedelta(days=15), 15, ("certificate", line.id))]
    with pytest.raises(UserError, match="căn cứ"):
        certificate_fate.conclude_against(session, line.id, "dislike", "x", TODAY)


def test_an_inspection_from_plan_to_follow_up(session):
    product = session.get(Certificate, first_of(session, "valid").id).dossier.product_id
    made = inspections.plan_inspection(session, product, TODAY, "Chi cục", "Lan")

    def state(day):
        return next(line.state for line in inspections.inspections(session, day) if line.id == made)

    assert (state(TODAY), state(TODAY + dt.timedelta(days=1))) == ("planned", "overdue")
    with pytest.raises(UserError, match="cần có hạn"):
        inspections.record_inspection(session, made, Findings(TODAY, "Chi cục", "Nhãn sai", False, "In lại nhãn"), TODAY)
    found = Findings(TODAY, "Chi cục", "Nhãn sai", False, "In lại nhãn", TODAY + dt.timedelta(days=20))
    inspections.record_inspection(session, made, found, TODAY, "Lan")
    assert (state(TODAY), state(TODAY + dt.timedelta(days=21))) == ("following", "late")
    due = deadlines.due(session, TODAY, TODAY + dt.timedelta(days=30), TODAY)
    assert [d.days_left for d in due if d.kind == "follow_up"] == [20]
    inspections.finish_follow_up(session, made, TODAY + dt.timedelta(days=5), "Lan")
    assert state(TODAY + dt.timedelta(days=21)) == "held"


def test_deadlines_of_the_example_are_its_certificates_days(session):
    first, last = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    due = deadlines.due(session, first, last, TODAY)
    assert [d.on for d in due] == sorted(d.on for d in due)
    ending = {d.about[1]: d.on for d in due if d.kind == "expires"}
    expected = {c.id: c.expires_on for c in session.query(Certificate) if first <= c.expires_on <= last}
    assert ending.items() <= expected.items()
    replaced = set(expected) - set(ending)  # recognised again since
    for id in replaced:
        its = session.get(Certificate, id)
        later = [c for c in session.query(Certificate) if c.dossier.product_id == its.dossier.product_id]
        assert max(later, key=lambda c: (c.issued_on, c.id)).id != id
    assert dt.date(2026, 10, 29) in {d.on for d in due if d.kind == "round"}


def test_the_calendar_file_says_the_same(session):
    first, last = dt.date(2026, 11, 1), dt.date(2027, 3, 31)
    now = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    made = Calendar.from_ical(deadlines.as_calendar(session, first, last, TODAY, now))
    events = [(str(e["summary"]), e["dtstart"].dt) for e in made.walk("VEVENT")]
    assert events == [(d.title, d.on) for d in deadlines.due(session, first, last, TODAY)]
    keys = [str(e["uid"]) for e in made.walk("VEVENT")]
    assert len(set(keys)) == len(keys)


def test_a_viewer_reads_the_programme_and_writes_nothing(example, example_of, tmp_path):
    from ocop_desktop.actions import programme_figures, slices, targets
    from ocop_desktop.rules.rights import Actor

    path = tmp_path / "xem.ocop"
    with example.begin() as opened:
        line = first_of(opened, "valid")
        product = opened.get(Certificate, line.id).dossier.product_id
    example_of(path, TODAY)
    db = open_or_create(path)
    db.work_as(Actor("viewer", "Ông Xem", person_id=1))
    period = targets.PeriodForm("x", TODAY, TODAY)
    for write in (lambda s: inspections.plan_inspection(s, product, TODAY), lambda s: targets.save_period(s, period),
                  lambda s: certificate_fate.conclude_against(s, line.id, "stopped", "12/KL", TODAY)):
        with db.begin() as opened, pytest.raises(UserError, match="việc của thư ký"):
            write(opened)
    with db.begin() as opened:
        made = programme_figures.compare(opened, dt.date(2019, 1, 1), dt.date(2022, 12, 31), dt.date(2023, 6, 2))
        assert sum(made.now.certified.values()) == 94
        assert slices.export(opened, slices.Cut(), tmp_path / "a.trich", True, TODAY) > 0
    db.close()
