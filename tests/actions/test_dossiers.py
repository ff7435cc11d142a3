"""Dossiers: lists, search, making one, codes, taking a draft away."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocop_desktop.actions import dossiers
from ocop_desktop.actions.dossiers import Filters, NewDossier, Sort
from ocop_desktop.data import dossier_lists
from ocop_desktop.data.tables import Dossier, Product
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.names import fold

ALL = Filters()


def commune(session, words="Mẫu Sơn", province="20"):
    return dossiers.suggest_communes(session, words, province)[0].id


def new(session, product="Chè Shan tuyết Mẫu Sơn", **values):
    values = {"producer": "HTX Mẫu Sơn Xanh", "producer_kind": "cooperative", "set_no": 11,
              "commune_id": commune(session)} | values
    return dossiers.create(session, NewDossier(product, **values), "Lan")


@pytest.fixture
def many(session):
    """Sixty dossiers of four producers, two of them without a commune."""
    made = []
    kinds = ("cooperative", "company", "household", "farm")
    for place in range(60):
        name = f"{('Chè Shan', 'Mật ong rừng', 'Đông trùng hạ thảo', 'Bưởi')[place % 4]} {place:02d}"
        number = new(session, name, producer=f"Chủ thể {place % 7}", producer_kind=kinds[place % 4], set_no=place % 26 + 1,
                     commune_id=None if place % 7 == 3 else commune(session, ("Mẫu Sơn", "Bắc Sơn", "Chi Lăng")[place % 3]))
        row = session.get(Dossier, number)
        row.round, row.stars = f"Đợt {place % 3}", place % 5 + 1 if place % 2 else None
        row.status = ("draft", "ready", "recognised")[place % 3]
        row.code = f"20-05980-{60 - place:02d}-2026" if place % 4 else None
        made.append(number)
    session.flush()
    return made


def walked(monkeypatch, many=dossier_lists.MANY):
    """Take the road for many on a small file."""
    monkeypatch.setattr(dossier_lists, "FEW", 0)
    monkeypatch.setattr(dossier_lists, "NEAR", 20)
    monkeypatch.setattr(dossier_lists, "FAR", 45)
    monkeypatch.setattr(dossier_lists, "MANY", many)


def test_search_is_blind_to_accents_and_order_of_words(session):
    number = new(session)
    for words in ("che shan", "CHÈ SHAN", "tuyet che", "mau son xanh che", "htx chè", "ch"):
        assert [r.id for r in dossiers.find(session, words).rows] == [number], words
    assert dossiers.find(session, "che shan ngoc").rows == ()


def test_a_row_says_what_the_list_shows(session):
    new(session)
    row = dossiers.find(session).rows[0]
    assert (row.product, row.producer, row.producer_kind, row.set_no, row.status, row.kind, row.stars) == (
        "Chè Shan tuyết Mẫu Sơn", "HTX Mẫu Sơn Xanh", "cooperative", 11, "draft", "first", None)
    assert row.filed_on == dt.date.today()


def test_names_that_begin_with_what_is_looked_for_come_first(session, monkeypatch):
    inside, begins = new(session, "Bánh chè lam"), new(session, "Chè lam")
    assert [r.id for r in dossiers.find(session, "chè lam").rows] == [begins, inside]
    walked(monkeypatch)
    assert [r.id for r in dossiers.find(session, "chè lam").rows] == [begins, inside]


@pytest.mark.parametrize("many_hits", [0, dossier_lists.MANY])
def test_all_roads_give_the_same_list_in_order(session, many, monkeypatch, many_hits):
    lists = [("", ALL), ("che", ALL), ("o", ALL), ("", Filters(round="Đợt 1")), ("rung", Filters(producer_kind="company")),
             ("", Filters(set_no=3, status="recognised")), ("", Filters(stars=0)), ("", Filters(stars=2)),
             ("", Filters(commune_id=commune(session))), ("c", Filters(status="draft")), ("che shan", ALL), ("1 mat ong", ALL),
             ("3", Filters(producer_kind="farm")), ("thao 2", ALL), ("thao 2", Filters(stars=4)), ("son th", ALL), ("26", ALL)]
    asked = [(words, filters, Sort(key, down)) for words, filters in lists for key in dossier_lists.ROADS
             for down in (False, True)]
    few = {question: dossiers.find(session, *question, page_size=100) for question in asked}
    assert all(page.count == len(page.rows) for page in few.values())
    walked(monkeypatch, many_hits)
    for question in asked:
        whole = dossiers.find(session, *question, page_size=100)
        assert whole == few[question], question
        assert dossiers.count(session, *question[:2]) == whole.count
        pages = [dossiers.find(session, *question, page, 7) for page in range((whole.count + 6) // 7)]
        assert tuple(row for page in pages for row in page.rows) == whole.rows, question
        assert dossiers.export_rows(session, *question) == whole.rows


def test_the_order_is_the_one_asked_for(session, many):
    def values(key, descending=False, column=None):
        return [getattr(r, column or key) for r in dossiers.find(session, sort=Sort(key, descending), page_size=100).rows]

    assert values("product") == sorted(values("product"), key=fold)
    assert values("product", True) == values("product")[::-1]
    assert values("producer") == sorted(values("producer"), key=fold)
    assert [c for c in values("commune") if c] == sorted(c for c in values("commune") if c)
    assert values("commune")[-8:] == [""] * 8 == values("commune", True)[-8:]
    assert values("set_no") == sorted(values("set_no"))
    assert values("stars")[-1] == 5


def test_a_first_page_does_not_count(session, many, monkeypatch):
    walked(monkeypatch)
    page = dossiers.first_page(session, "", ALL, Sort(), 7)
    assert (len(page.rows), page.count) == (7, None)
    assert dossiers.find(session, page=1, page_size=7, count=60).count == 60


@given(st.text(max_size=30))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_can_be_looked_for(session, words):
    if dossiers.count(session, "", ALL) == 0:
        new(session)
    found = dossiers.find(session, words)
    assert found.count == len(found.rows) <= 1


def test_filters_offer_what_is_in_use(session, many):
    choices = dossiers.filter_choices(session)
    assert choices.rounds == ("Đợt 2", "Đợt 1", "Đợt 0")
    assert any(name.endswith("Mẫu Sơn") for _id, name, _province in choices.communes)
    assert len(choices.communes) == 3 and choices.any


def test_a_new_dossier_takes_an_existing_producer(session):
    new(session)
    hit, = dossiers.suggest_producers(session, "mau son xanh")
    number = dossiers.create(session, NewDossier("Trà hoa vàng", producer_id=hit.id), "Lan")
    form = dossiers.open_dossier(session, number)
    assert form.producer.name == "HTX Mẫu Sơn Xanh" and form.producer.dossiers == 2
    assert form.rulebook == "26/2026/QĐ-TTg" and form.status == "draft"


def test_a_new_dossier_says_what_it_lacks(session):
    with pytest.raises(ProblemsFound) as refused:
        dossiers.create(session, NewDossier(" ", set_no=99, kind="x"), "Lan")
    assert {p.place.column for p in refused.value.problems} == {"product", "producer", "kind", "set_no"}


def test_codes_count_up_within_commune_and_year(session):
    place = commune(session)
    first = dossiers.propose_code(session, place, 2026)
    assert (first.province, first.number, first.year) == ("20", 1, 2026)
    dossiers.change(session, new(session), "registration.code", str(first), "Lan")
    assert dossiers.propose_code(session, place, 2026).number == 2
    assert dossiers.propose_code(session, place, 2027).number == 1


def test_communes_of_the_own_province_come_first(session):
    from ocop_desktop.actions.office import Office, save_office

    save_office(session, Office(province_code="20"))
    assert dossiers.suggest_communes(session, "bac son")[0].province_code == "20"
    assert dossiers.suggest_communes(session, "mau son")[0].name == "Mẫu Sơn"


def test_a_draft_is_taken_away_and_brought_back(db):
    with db.begin() as session:
        number = new(session)
        dossiers.change(session, number, "paper.food_safety.number", "12/2026/ATTP", "Lan")
        dossiers.change(session, number, "self.1.1", "2", "Lan")
        before = dossiers.open_dossier(session, number)
    with db.begin() as session:
        deleted = dossiers.delete_draft(session, number, "Lan")
        assert deleted.product == "Chè Shan tuyết Mẫu Sơn"
        assert dossiers.find(session, "che").count == 0
        assert session.get(Product, before.product.id) is None
        with pytest.raises(UserError):
            dossiers.open_dossier(session, number)
    with db.begin() as session:
        assert dossiers.undo_delete(session, deleted.change_id, "Lan") == number
        after = dossiers.open_dossier(session, number)
        assert (after.papers, after.product) == (before.papers, before.product)
        assert after.self_score.choices == before.self_score.choices == {"1.1": "2"}
        assert [r.id for r in dossiers.find(session, "che shan").rows] == [number]
        with pytest.raises(UserError):
            dossiers.undo_delete(session, deleted.change_id, "Lan")


def test_what_the_council_has_is_not_taken_away(session):
    number = new(session)
    session.get(Dossier, number).status = "in_session"
    with pytest.raises(UserError):
        dossiers.delete_draft(session, number, "Lan")
    assert session.get(Dossier, number) is not None
