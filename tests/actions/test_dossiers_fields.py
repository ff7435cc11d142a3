"""A dossier's form: each field kept, refused, undone; what it still lacks."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocop_desktop.actions import completeness, dossiers, rulebooks
from ocop_desktop.actions.dossiers import NewDossier, change, open_dossier, undo_last
from ocop_desktop.data.tables import Change, Dossier, DossierPaper, Producer, SelfAnswer
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules import ballot

WHO = "Lan"


@pytest.fixture
def number(session):
    commune = dossiers.suggest_communes(session, "Mẫu Sơn", "20")[0].id
    return dossiers.create(session, NewDossier("Chè Shan", 11, "first", None, "HTX Mẫu Sơn", "cooperative", commune), WHO)


def fill(session, number):
    """Everything required."""
    form = open_dossier(session, number)
    code = dossiers.propose_code(session, form.producer.commune_id, 2026)
    for field, value in {
            "producer.representative": "Triệu Thị Lan", "producer.position": "Giám đốc", "producer.sex": "Nữ",
            "producer.ethnicity": "Dao", "producer.address": "Thôn Lặp Pịa", "producer.phone": "0963 170 669",
            "producer.founded": "12/03/2018", "producer.registration_number": "140707001",
            "product.description": "Chè cổ thụ",
            "registration.code": str(code), "registration.filed_on": "02/03/2026",
            "registration.commune_received_on": "05/03/2026",
            "registration.province_received_on": "20/03/2026", "registration.samples": "5",
            "paper.business_registration.ticked": True, "paper.food_safety.ticked": True}.items():
        change(session, number, field, value, WHO)
    for criterion in form.self_score.rules.criteria:
        change(session, number, f"self.{criterion.code}", criterion.options[-1].choice, WHO)
    return open_dossier(session, number)


@pytest.mark.parametrize(("field", "typed", "kept"), [
    ("producer.name", "  HTX   Mẫu Sơn Xanh ", "HTX Mẫu Sơn Xanh"),
    ("producer.name", "Che\u0300 Shan", "Chè Shan"),
    ("producer.phone", "+84 963.170.669", "0963170669"),
    ("producer.email", "htx@mauson.vn", "htx@mauson.vn"),
    ("producer.tax_code", "0100109106-001", "0100109106-001"),
    ("producer.tax_code", "4900 123 456", "4900123456"),
    ("producer.founded", "12/3/2018", dt.date(2018, 3, 12)),
    ("product.set_no", "12", 12),
    ("product.description", "Dòng một\n\nDòng  hai", "Dòng một\n\nDòng hai"),
    ("registration.code", "20-05980-03-2026", "20-05980-03-2026"),
    ("registration.samples", "5", 5),
    ("registration.kind", "upgrade", "upgrade"),
    ("paper.food_safety.number", "12/ATTP", "12/ATTP"),
    ("paper.food_safety.expires_on", dt.date(2029, 1, 1), dt.date(2029, 1, 1)),
    ("self.1.1", "2", "2"),
    ("self.1.1", "0", "0"),
    ("evidence.1.1", "Hợp đồng 2025.pdf", "Hợp đồng 2025.pdf"),
])
def test_a_field_is_kept_tidied_and_undone(session, number, field, typed, kept):
    before = open_dossier(session, number).value(field)
    assert change(session, number, field, typed, WHO).value(field) == kept
    assert undo_last(session, number, WHO).value(field) == before
    with pytest.raises(UserError):
        undo_last(session, number, WHO)


@pytest.mark.parametrize(("field", "typed"), [
    ("producer.name", "  "), ("product.name", ""), ("producer.phone", "12345"), ("producer.phone", "abc"),
    ("producer.email", "htx@"), ("producer.email", "a b@c.vn"), ("producer.tax_code", "123"),
    ("producer.tax_code", "123456789012"),
    ("producer.founded", "31/02/2020"), ("producer.founded", "01/01/2999"), ("producer.founded", "x"),
    ("producer.kind", "club"), ("producer.commune_id", 999999), ("product.set_no", 27), ("registration.code", "20-5980-3-26"),
    ("registration.samples", "-1"), ("registration.samples", "năm"), ("registration.kind", "other"), ("self.1.1", "9"),
    ("product.name", "x" * 600), ("product.producer_id", 77777),
])
def test_what_may_not_stand_there_is_refused_at_its_field(session, number, field, typed):
    before = open_dossier(session, number)
    with pytest.raises(ProblemsFound) as refused:
        change(session, number, field, typed, WHO)
    assert [p.place.column for p in refused.value.problems] == [field]
    assert open_dossier(session, number) == before


def test_dates_stand_in_order(session, number):
    change(session, number, "registration.filed_on", "02/03/2026", WHO)
    change(session, number, "registration.province_received_on", "20/03/2026", WHO)
    for field, value in (("registration.commune_received_on", "01/03/2026"), ("registration.filed_on", "21/03/2026")):
        with pytest.raises(ProblemsFound):
            change(session, number, field, value, WHO)
    change(session, number, "paper.food_safety.issued_on", "01/02/2026", WHO)
    with pytest.raises(ProblemsFound):
        change(session, number, "paper.food_safety.expires_on", "31/01/2026", WHO)


def test_a_code_belongs_to_one_dossier(session, number):
    change(session, number, "registration.code", "20-05980-03-2026", WHO)
    other = dossiers.create(session, NewDossier("Mật ong", producer="HKD Chi Lăng"), WHO)
    with pytest.raises(ProblemsFound) as refused:
        change(session, other, "registration.code", "20-05980-03-2026", WHO)
    assert "Chè Shan" in str(refused.value.problems[0])
    change(session, number, "registration.code", "", WHO)
    assert session.get(Dossier, number).code is None


def test_the_name_is_found_after_it_changed(session, number):
    change(session, number, "product.name", "Trà hoa vàng", WHO)
    assert dossiers.find(session, "tra hoa").count == 1 and dossiers.find(session, "che shan").count == 0
    undo_last(session, number, WHO)
    assert dossiers.find(session, "che shan").count == 1
    change(session, number, "producer.name", "Tổ hợp tác Bản Khoai", WHO)
    assert dossiers.find(session, "ban khoai").count == 1


def test_a_paper_is_ticked_with_its_number_and_unticked_with_all(session, number):
    change(session, number, "paper.trademark.number", "4-0012345", WHO)
    change(session, number, "paper.trademark.issuer", "Cục Sở hữu trí tuệ", WHO)
    assert session.get(DossierPaper, (number, "trademark")).number == "4-0012345"
    change(session, number, "paper.trademark.ticked", False, WHO)
    assert session.get(DossierPaper, (number, "trademark")) is None
    undo_last(session, number, WHO)
    assert session.get(DossierPaper, (number, "trademark")).issuer == "Cục Sở hữu trí tuệ"


def test_another_set_empties_the_self_score_and_undo_brings_it_back(session, number):
    change(session, number, "self.1.1", "2", WHO)
    change(session, number, "evidence.1.1", "Hợp đồng", WHO)
    assert not change(session, number, "product.set_no", 26, WHO).self_score.choices
    assert open_dossier(session, number).registration.samples_required == 0
    form = undo_last(session, number, WHO)
    assert form.self_score.choices == {"1.1": "2"} and form.self_score.evidence == {"1.1": "Hợp đồng"}


def story(rules):
    return next(c for c in rules.criteria if c.story)


def test_a_story_at_nothing_settles_what_depends_on_it(session, number):
    rules = rulebooks.criteria("26/2026/QĐ-TTg", 11)
    dependent = story(rules)
    change(session, number, f"self.{dependent.code}", "2", WHO)
    form = change(session, number, f"self.{dependent.story}", "0", WHO)
    assert form.self_score.choices == {dependent.story: "0", dependent.code: "0"}
    with pytest.raises(ProblemsFound):
        change(session, number, f"self.{dependent.code}", "1", WHO)
    assert undo_last(session, number, WHO).self_score.choices == {dependent.code: "2"}


@given(st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_running_total_is_that_of_the_rules(session, number, data):
    rules = rulebooks.criteria("26/2026/QĐ-TTg", 11)
    before = session.begin_nested()  # every example begins with the same dossier
    for _ in range(4):
        criterion = data.draw(st.sampled_from(rules.criteria))
        choice = data.draw(st.sampled_from(["0", "", *criterion.by_choice]))
        try:
            form = change(session, number, f"self.{criterion.code}", choice, WHO)
        except ProblemsFound:
            assert criterion.story
            continue
        kept = {a.criterion: a.choice for a in session.query(SelfAnswer).filter_by(dossier_id=number) if a.choice}
        assert kept == form.self_score.choices == ballot.settle(rules, kept) if dict(kept) else not form.self_score.choices
        assert form.self_score.so_far.total == ballot.total(rules, kept)
    before.rollback()


def test_undo_goes_back_step_by_step_and_not_over_others(session, number):
    change(session, number, "producer.phone", "0963170669", WHO)
    change(session, number, "producer.phone", "0912004118", WHO)
    assert undo_last(session, number, WHO).producer.phone == "0963170669"
    session.get(Producer, open_dossier(session, number).producer.id).phone = "0388121090"
    with pytest.raises(UserError):
        undo_last(session, number, WHO)
    history = open_dossier(session, number).history
    assert [line.what for line in history][:3] == ["undone", "field", "field"]
    assert history[1].undone and history[1].fields == (("producer.phone", "0963170669", "0912004118"),)


def test_nothing_is_written_when_nothing_changes(session, number):
    before = session.query(Change).count()
    change(session, number, "product.name", "Chè Shan ", WHO)
    assert session.query(Change).count() == before


def test_a_product_goes_to_another_producer(session, number):
    other = dossiers.create(session, NewDossier("Mật ong", producer="HKD Chi Lăng"), WHO)
    producer = open_dossier(session, other).producer.id
    assert change(session, number, "product.producer_id", producer, WHO).producer.name == "HKD Chi Lăng"
    assert dossiers.find(session, "che shan chi lang").count == 1
    assert undo_last(session, number, WHO).producer.name == "HTX Mẫu Sơn"


def test_what_the_council_has_stays(session, number):
    session.get(Dossier, number).status = "closed"
    for field, value in (("product.set_no", 12), ("self.1.1", "2"), ("product.name", "Chè"), ("registration.kind", "upgrade")):
        with pytest.raises(ProblemsFound):
            change(session, number, field, value, WHO)
    assert change(session, number, "producer.phone", "0963170669", WHO).producer.phone == "0963170669"


def test_completeness_counts_down_to_nothing_and_only_then_is_it_ready(session, number):
    form = open_dossier(session, number)
    share = completeness.share(form)
    assert 0 < share.done < share.total and share.percent < 100
    assert {m.tab for m in completeness.missing(form)} == {"producer", "product", "registration", "papers", "self_score"}
    with pytest.raises(UserError):
        dossiers.mark_ready(session, number, WHO)
    form = fill(session, number)
    assert [m.field for m in completeness.missing(form) if m.required] == []
    assert {m.field for m in completeness.missing(form)} == {"producer.email", "producer.tax_code", "registration.round"}
    assert completeness.share(form).percent == 100
    assert dossiers.mark_ready(session, number, WHO).status == "ready"


def test_a_complete_dossier_goes_back_when_something_is_taken_out(session, number):
    fill(session, number)
    dossiers.mark_ready(session, number, WHO)
    assert change(session, number, "producer.phone", "", WHO).status == "draft"
    assert undo_last(session, number, WHO).status == "ready"


def test_tourism_needs_no_samples_and_no_food_papers(session, number):
    form = change(session, number, "product.set_no", 26, WHO)
    assert completeness.needed_papers(form) == ("business_registration",)
    assert not any(m.field == "registration.samples" for m in completeness.missing(form))
    assert change(session, number, "producer.kind", "cooperative_group", WHO).producer.kind == "cooperative_group"
    assert completeness.needed_papers(open_dossier(session, number)) == ()


def test_papers_a_set_cannot_do_without_are_those_its_exclusions_name(session, number):
    book = rulebooks.rulebook("26/2026/QĐ-TTg")
    for head in book.heads:
        said = " ".join(words.vi for words in book.set(head.number).exclusions)
        assert ("an toàn thực phẩm" in said) == (head.number in completeness.FOOD_SAFETY), head.number
        assert ("bản công bố" in said) == (head.number in completeness.QUALITY_DECLARATION), head.number
        assert ("sản xuất" in said) == (head.number in completeness.PRODUCTION_CONDITIONS), head.number
