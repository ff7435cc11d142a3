"""Search finds what a person means and is safe whatever is typed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from ocop_desktop.actions.backups import check_open
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.data.search import count_matching, dossiers_of, hits, matching, query_words, refresh_search
from ocop_desktop.data.tables import Commune, Dossier, Producer, Product
from ocop_desktop.rules.names import fold

NAMES = ("Chè Shan tuyết Mẫu Sơn", "Miến dong 100% tự nhiên", "Mật ong \"bạc hà\"", "Đắk R'Lấp cà phê", "Rượu 40° (chai)",
         "Na_dai*", "Muối ớt 🌶 xanh", "Thạch đen")


def fill(session: Session) -> None:
    """One dossier per name, all of one producer."""
    commune = session.scalars(select(Commune).where(Commune.code == "05980")).one_or_none()
    commune = commune or session.scalars(select(Commune).where(Commune.province_code == "20").order_by(Commune.id)).first()
    producer = Producer(name="Hợp tác xã Xuân Tình", folded="", commune=commune)
    session.add_all(Dossier(product=Product(producer=producer, name=name, folded=fold(name)), code=f"20-05980-{n:02d}-2026")
                    for n, name in enumerate(NAMES, 1))
    refresh_search(session)


@pytest.fixture
def filled(session: Session) -> Session:
    fill(session)
    return session


@pytest.fixture(scope="module")
def kept(new_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A filled database for the tests that only ask."""
    path = tmp_path_factory.mktemp("search") / "x.ocop"
    shutil.copyfile(new_file, path)
    db = open_or_create(path)
    with db.begin() as session:
        fill(session)
    yield db
    db.close()


def names(session: Session, query: str) -> list[str]:
    return list(session.scalars(select(Product.name).join(Dossier).where(matching(query)).order_by(Dossier.id)))


@pytest.mark.parametrize(("query", "found"), [
    ("che shan", [0]), ("CHÈ SHAN TUYẾT", [0]), ("chè mẫu", [0]), ("uyet", [0]), ("c", [0, 3, 4]), ("ch", [0, 4]), ("che s", [0]),
    ("40", [4]), ("100%", [1]), ("%", [1]), ("_", [5]), ("*", [5]), ("na_dai*", [5]), ('"bac', [2]), ('"', [2]), ("'", [3]),
    ("dak rlap", []), ("đắk r'lấp", [3]), ("🌶", [6]), ("20-05980-03", [2]), ("xuan tinh", list(range(8))), ("xuan thach", [7]),
    ("", list(range(8))), ("   ", list(range(8))),
    ("shan AND tuyet", []), ("NOT che", []), ("search:che", []), ("^che", []), ("che*", []),
    ("x" * 10_000, []), ("chè\x00shan", [0]), ("\ud800", list(range(8))), ("40°", [4]), ("0° (", [4]),
])
def test_finds(kept: Database, query: str, found: list[int]) -> None:
    with kept.begin() as session:
        assert names(session, query) == [NAMES[n] for n in found]
        assert count_matching(session, query) == len(found)


def test_the_commune_and_every_name_it_had_are_found(session: Session) -> None:
    fill(session)
    commune = session.scalars(select(Commune).join(Producer)).one()
    assert len(names(session, f"{commune.kind} {commune.name}")) == len(NAMES)
    session.add(Commune(code=commune.code, name="Tên Mới", kind=commune.kind, province_code="20", province=commune.province,
                        folded="ten moi", valid_from=commune.valid_from.replace(year=2026)))
    refresh_search(session)
    assert len(names(session, "ten moi")) == len(names(session, commune.name)) == len(NAMES)


def test_follows_every_change(filled: Session) -> None:
    first = filled.scalars(select(Dossier).order_by(Dossier.id)).first()
    assert first is not None
    first.product.name = "Trà xanh"
    refresh_search(filled, [first.id])
    assert first.search.startswith("tra xanh ")
    assert names(filled, "shan") == []
    assert names(filled, "tra xanh") == ["Trà xanh"]
    first.product.producer.name = "Công ty Bắc"
    refresh_search(filled, dossiers_of(filled, first.product.producer_id))
    assert len(names(filled, "cong ty bac")) == len(NAMES)
    filled.delete(first)
    filled.flush()
    assert names(filled, "tra xanh") == []
    filled.execute(update(Dossier).values(search=""))
    assert names(filled, "cong ty") == names(filled, "c") == []


def test_the_index_agrees_with_the_table(db: Database) -> None:
    with db.begin() as session:
        fill(session)
        session.add(Dossier(product=session.scalars(select(Product)).first()))  # without a search text yet
        session.flush()
        session.delete(session.scalars(select(Dossier)).first())
        second = session.scalars(select(Dossier).offset(1)).first()
        assert second is not None
        second.search = "khac han"
    assert check_open(db) == ()


def test_ten_thousand_at_once(session: Session) -> None:
    fill(session)
    product = session.scalars(select(Product.id)).first()
    session.execute(Dossier.__table__.insert(), [{"product_id": product, "code": None} for _ in range(10_000)])  # type: ignore[attr-defined]
    refresh_search(session, session.scalars(select(Dossier.id)).all())
    assert count_matching(session, "che shan tuyet") == 10_001
    assert session.scalar(select(func.count()).where(Dossier.search == "")) == 0


WORD = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
PIECE = st.sampled_from(["che", "sh", "c", '"', "'", "%", "_", "*", "-", "(", ")", "AND", "OR", "NEAR(", "{", ":", "^", "+",
                         "\\", "\x00", "🌶", "中文", "ß", "İ", "ﬁ", "a\u0301", "\u200b", "Đ"])


@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(WORD, PIECE), max_size=6).flatmap(lambda ws: st.sampled_from([" ".join(ws), "".join(ws)])))
@example('" OR 1=1 --')
@example("a" * 10_000)
@example("a b " * 2_500)
def test_whatever_is_typed_is_safe_and_true(kept: Database, query: str) -> None:
    with kept.begin() as session:
        found = set(session.scalars(select(Dossier.search).where(matching(query))))
        every = set(session.scalars(select(Dossier.search)))
        assert count_matching(session, query) == len(found)
    words = query_words(query)
    holding = {s for s in every if all(w in s for w in words)}
    assert found <= holding
    if all(len(w) >= 3 for w in words):
        assert found == holding
    assert (hits(query) is None) == (not words)


@given(st.text(max_size=60))
def test_words_are_few_folded_and_once(query: str) -> None:
    words = query_words(query)
    assert len(words) == len(set(words)) <= 12
    assert all(w == fold(w) for w in words)


def test_a_long_query_is_cut(kept: Database) -> None:
    query = " ".join(f"w{n}" for n in range(500))
    assert len(query_words(query)) == 12
    with kept.begin() as session:
        assert names(session, query) == []
