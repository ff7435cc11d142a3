"""Exchange between offices with real files: a commune's and a province's data meet, and nothing is doubled or lost."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from ocop_desktop import cli
from ocop_desktop.actions import importing, inspection_photos, inspections, photos, slices
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.actions.slices import Cut
from ocop_desktop.data.engine import Session
from ocop_desktop.data.tables import Certificate, Commune, Dossier, DossierPaper, Producer, Product
from ocop_desktop.data.tables_programme import Activity, Funding, Inspection, Target
from ocop_desktop.errors import UserError
from ocop_desktop.exchange import slice_file
from ocop_desktop.papers import picture
from ocop_desktop.rules.merging import FIELDS
from tests.actions.slice_files import tell, told

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def example(tmp_path_factory, example_of) -> Path:
    path = tmp_path_factory.mktemp("slices") / "tinh.ocop"
    return example_of(path, TODAY)


@pytest.fixture
def province(example: Path, tmp_path: Path):
    shutil.copyfile(example, tmp_path / "tinh.ocop")
    db = open_or_create(tmp_path / "tinh.ocop")
    yield db
    db.close()


@pytest.fixture
def commune(tmp_path: Path):
    db = open_or_create(tmp_path / "xa.ocop")
    yield db
    db.close()


def numbers(session: Session) -> tuple[int, ...]:
    return tuple(session.query(table).count() for table in (Producer, Product, Dossier, Certificate))


def cut(province, path: Path, wanted: Cut = Cut(), as_province: bool = True) -> int:  # noqa: B008 - frozen
    with province.begin() as session:
        return slices.export(session, wanted, path, as_province, TODAY)


def busiest(session: Session) -> str:
    """The code of the commune with most dossiers."""
    codes = [d.product.producer.commune.code for d in session.query(Dossier) if d.product.producer.commune]
    return max(set(codes), key=codes.count)


def test_everything_goes_into_an_empty_file_and_back_without_a_difference(province, commune, tmp_path: Path):
    count = cut(province, tmp_path / "a.trich")
    with commune.begin() as session:
        batch = slices.accept(session, slices.preview(session, tmp_path / "a.trich"))
        assert session.query(Dossier).count() == count
        extra = sum(session.query(table).count() for table in (Activity, Funding, Target))
        assert batch.counts["created"] == sum(numbers(session)) + extra > extra > 0
        again = slices.preview(session, tmp_path / "a.trich").merged
        assert (again.additions, again.differences) == ([], [])
        with pytest.raises(UserError, match="không có gì mới"):
            slices.accept(session, slices.preview(session, tmp_path / "a.trich"))
        slices.export(session, Cut(), tmp_path / "b.trich", False, TODAY)
    there, back = (told(tmp_path / name)["producers"] for name in ("a.trich", "b.trich"))
    assert sorted(map(json.dumps, there)) == sorted(map(json.dumps, back))
    with province.begin() as session:
        before, merged = numbers(session), slices.preview(session, tmp_path / "b.trich").merged
        assert (merged.additions, merged.differences, merged.locked) == ([], [], [])
        assert numbers(session) == before


def test_everything_taken_in_is_taken_back(province, commune, tmp_path: Path):
    with province.begin() as session:
        one = session.query(Certificate).filter(Certificate.number.is_not(None)).first()
        session.add(DossierPaper(dossier_id=one.dossier_id, kind="trademark", number="7"))
    cut(province, tmp_path / "a.trich")
    with commune.begin() as session:
        batch = slices.accept(session, slices.preview(session, tmp_path / "a.trich"))
        assert session.query(DossierPaper).count() and session.query(Certificate).filter(Certificate.number.is_not(None)).count()
        importing.undo(session, batch.id)
        assert numbers(session) == (0, 0, 0, 0)
        assert not session.query(DossierPaper).count()


def test_a_cut_has_exactly_the_dossiers_asked_for(province, tmp_path: Path):
    with province.begin() as session:
        code = busiest(session)
        places = {d.id: d.product.producer.commune for d in session.query(Dossier)}
        of_commune = [d for d in session.query(Dossier) if places[d.id] and places[d.id].code == code]
        issued = {c.dossier_id for c in session.query(Certificate) if c.issued_on.year == 2021}
        of_year = [d for d in session.query(Dossier) if (d.filed_on and d.filed_on.year == 2021) or d.id in issued]
        assert slices.count(session, Cut(commune=code)).dossiers == len(of_commune) > 0
        assert slices.count(session, Cut(year=2021)).dossiers == len(of_year) > 0
        both = {d.id for d in of_commune} & {d.id for d in of_year}
        assert slices.count(session, Cut(commune=code, year=2021)).dossiers == len(both)
    assert cut(province, tmp_path / "a.trich", Cut(commune=code)) == len(of_commune)
    said = told(tmp_path / "a.trich")
    assert said["where"] == {"commune": code}
    assert {p["commune"] for p in said["producers"]} == {code}
    with pytest.raises(UserError, match="Không có gì khớp"):
        cut(province, tmp_path / "b.trich", Cut(round="Đợt 99"))


def test_the_province_keeps_its_own_unless_chosen_and_gaps_are_filled(province, commune, tmp_path: Path):
    with province.begin() as session:
        code = busiest(session)
    cut(province, tmp_path / "a.trich", Cut(commune=code))
    with commune.begin() as session:
        slices.accept(session, slices.preview(session, tmp_path / "a.trich"))
        first, second = session.query(Producer).order_by(Producer.id).limit(2)
        names = first.name, second.name
        first.phone, first.email, second.phone = "0999000001", "xa@example.vn", "0999000002"
        session.add(Product(producer=first, name="Măng khô mới", folded="mang kho moi"))
        session.flush()
        made = session.query(Product).filter_by(name="Măng khô mới").one()
        session.add(Dossier(product=made, status="draft", kind="first", filed_on=TODAY, search="mang kho moi"))
        session.flush()
        slices.export(session, Cut(), tmp_path / "b.trich", False, TODAY)
    with province.begin() as session:
        seen = slices.preview(session, tmp_path / "b.trich")
        assert seen.proposed == frozenset()
        assert {(d.field, d.theirs) for d in seen.merged.conflicts} == {("phone", "0999000001"), ("phone", "0999000002")}
        assert seen.merged.counts() == {
            **dict.fromkeys(FIELDS, 0), "product": 1, "dossier": 1}
        chosen = next(d.key for d in seen.merged.conflicts if d.theirs == "0999000002")
        before = {name: session.query(Producer).filter_by(name=name).one().phone for name in names}
        batch = slices.accept(session, seen, [chosen])
        assert session.query(Producer).filter_by(name=names[0]).one().phone == before[names[0]]
        assert session.query(Producer).filter_by(name=names[0]).one().email == "xa@example.vn"
        assert session.query(Producer).filter_by(name=names[1]).one().phone == "0999000002"
        assert session.query(Product).filter_by(name="Măng khô mới").one().producer.name == names[0]
        importing.undo(session, batch.id)
        assert session.query(Producer).filter_by(name=names[1]).one().phone == before[names[1]]
        assert not session.query(Product).filter_by(name="Măng khô mới").count()


def test_a_province_file_is_proposed_to_win_where_a_commune_takes_it_in(province, commune, tmp_path: Path):
    cut(province, tmp_path / "a.trich")
    with commune.begin() as session:
        slices.accept(session, slices.preview(session, tmp_path / "a.trich"))
        session.query(Producer).filter(Producer.phone != "").order_by(Producer.id).first().phone = "0000"
        session.flush()
        seen = slices.preview(session, tmp_path / "a.trich")
        assert seen.proposed == {d.key for d in seen.merged.conflicts} != set()
        slices.accept(session, seen)
        assert not session.query(Producer).filter_by(phone="0000").count()


def test_what_stands_before_a_council_stays_as_it_is(province, tmp_path: Path):
    with province.begin() as session:
        code = next(d.product.producer.commune.code for d in session.query(Dossier).filter_by(status="in_session"))
    cut(province, tmp_path / "a.trich", Cut(commune=code))
    raw = told(tmp_path / "a.trich")
    for producer in raw["producers"]:
        for product in producer["products"]:
            for dossier in product["dossiers"]:
                dossier["note"] = "viết lại"
    tell(tmp_path / "a.trich", raw)
    with province.begin() as session:
        seen = slices.preview(session, tmp_path / "a.trich")
        slices.accept(session, seen, [d.key for d in seen.merged.conflicts])
        changed = {d.status for d in session.query(Dossier).filter_by(note="viết lại")}
    assert seen.merged.locked
    assert not changed & {"in_session", "closed", "recognised"}


@pytest.mark.parametrize("spoil", [
    lambda raw: raw["producers"][0].update(name=""), lambda raw: raw["producers"][0].update(phone=7),
    lambda raw: raw["producers"][0].pop("products"), lambda raw: raw.update(producers=None),
    lambda raw: raw["producers"][0]["products"][0].update(set_no="11"), lambda raw: raw.update(made_on="hôm qua"),
    lambda raw: raw["producers"][0].update(note="nửa chữ \ud800"),
])
def test_a_spoiled_file_is_refused_with_a_sentence(province, tmp_path: Path, spoil):
    cut(province, tmp_path / "a.trich")
    raw = told(tmp_path / "a.trich")
    spoil(raw)
    tell(tmp_path / "a.trich", raw)
    with province.begin() as session, pytest.raises(UserError, match=r"a\.trich"):
        slices.preview(session, tmp_path / "a.trich")


def test_a_certificate_that_ends_before_it_begins_and_an_album_of_photos_are_refused(province, commune, tmp_path: Path):
    with province.begin() as session:
        looked_at(session)
    cut(province, tmp_path / "a.trich")
    raw = told(tmp_path / "a.trich")
    products = [product for producer in raw["producers"] for product in producer["products"]]
    check = next(one for product in products for one in product["inspections"])
    photos_before = list(check["photos"])
    check["photos"] = [{"sha256": f"{n:064x}", "name": ""} for n in range(41)]
    tell(tmp_path / "b.trich", raw)
    check["photos"] = photos_before
    certificate = next(d["certificate"] for product in products for d in product["dossiers"] if d["certificate"])
    certificate["expires_on"] = "1999-01-01"
    tell(tmp_path / "c.trich", raw)
    for name, said in (("b.trich", "inspections.photos"), ("c.trich", "certificate.expires_on")):
        with commune.begin() as session, pytest.raises(UserError, match=said):
            slices.preview(session, tmp_path / name)
    with commune.begin() as session:  # forty here and two more from there
        slices.accept(session, slices.preview(session, tmp_path / "a.trich"))
        own = session.query(Inspection).one()
        for photo in inspection_photos.photos(session, own.id):
            inspection_photos.remove(session, photo.id)
        inspection_photos.add(session, own.id, [(f"{n}.jpg", jpeg(f"rgb({n * 6},0,0)")) for n in range(40)])
    with pytest.raises(UserError, match="quá 40 ảnh"), commune.begin() as session:
        slices.accept(session, slices.preview(session, tmp_path / "a.trich"))
    with commune.begin() as session:
        assert len(inspection_photos.photos(session, session.query(Inspection).one().id)) == 40


def test_a_photo_cut_off_is_refused_though_its_digest_fits():
    out = io.BytesIO()
    Image.effect_noise((900, 700), 90).save(out, "JPEG")
    whole = out.getvalue()
    assert picture.as_kept(whole).content == whole
    with pytest.raises(UserError, match="bị hỏng"):
        picture.as_kept(whole[:len(whole) // 2])


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\x00\x01", b"[" * 100_000, b'{"format": "khac"}'])
def test_no_such_file_is_refused(commune, tmp_path: Path, content: bytes):
    (tmp_path / "a.trich").write_bytes(content)
    with commune.begin() as session, pytest.raises(UserError, match="không phải tệp trích"):
        slices.preview(session, tmp_path / "a.trich")


def test_a_newer_version_and_a_missing_file_say_so(commune, tmp_path: Path):
    tell(tmp_path / "a.trich", {"format": "ocop-trich", "version": 2})
    with commune.begin() as session:
        with pytest.raises(UserError, match="cập nhật chương trình"):
            slices.preview(session, tmp_path / "a.trich")
        with pytest.raises(UserError, match="Không đọc được"):
            slices.preview(session, tmp_path / "b.trich")
        assert session.query(Commune).count() > 3000


def test_the_commands_cut_and_merge(example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    province, commune, file = tmp_path / "tinh.ocop", tmp_path / "xa.ocop", str(tmp_path / "a.trich")
    shutil.copyfile(example, province)
    assert cli.main(["slice", "--db", str(province), "--out", file, "--year", "2021", "--from-commune", "--json"]) == 0
    count = json.loads(capsys.readouterr().out)["dossiers"]
    assert cli.main(["merge", file, "--db", str(commune), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["new"]["dossier"] == count > 0
    raw = told(Path(file))
    raw["producers"][0]["phone"] = "0911222333"
    tell(Path(file), raw)
    for more, phone in (([], "kept"), (["--prefer", "theirs"], "taken")):
        code = cli.main(["merge", file, "--db", str(province), "--dry-run", "--json", *more])
        said = json.loads(capsys.readouterr().out)
        assert (code, said[phone], len(said["conflicts"])) == (int(phone == "kept"), 1, 1)
    assert cli.main(["merge", file, "--db", str(province), "--prefer", "theirs"]) == 0
    assert "0911222333" in capsys.readouterr().out
    assert cli.main(["merge", file, "--db", str(province)]) == 2
    assert "không có gì mới" in capsys.readouterr().err


def jpeg(color: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), color).save(out, "JPEG")
    return out.getvalue()


def looked_at(session: Session) -> int:
    """A product with a photo and an inspection with one; its number."""
    product = session.query(Certificate).order_by(Certificate.id).first().dossier.product_id
    photos.keep_photo(session, product, jpeg("red"), "Lan")
    check = inspections.plan_inspection(session, product, dt.date(2026, 5, 4), "Chi cục", "Lan")
    inspections.record_inspection(session, check, inspections.Findings(dt.date(2026, 5, 4), "Chi cục", "Nhãn đúng", True), TODAY)
    inspection_photos.add(session, check, [("nhan.jpg", jpeg("green")), ("kho.jpg", jpeg("blue"))], "Lan")
    return product


def everything(session: Session) -> tuple[object, ...]:
    """What a file is to carry, without numbers."""
    checks = [(one.product.name, one.planned_on, one.findings, one.label_right,
               [(p.name, p.content) for p in inspection_photos.photos(session, one.id)]) for one in session.query(Inspection)]
    pictures = {p.name: photos.photo(session, p.id) for p in session.query(Product) if photos.photo(session, p.id)}
    acts = sorted((a.kind, a.name, str(a.begins_on), a.place, a.people or 0, a.cost_vnd or 0) for a in session.query(Activity))
    money = sorted((f.source, f.year, f.amount_vnd, f.note) for f in session.query(Funding))
    aims = sorted((t.period.name, t.period.source, t.measure, t.least) for t in session.query(Target))
    return checks, pictures, acts, money, aims


def test_photos_inspections_and_the_programme_travel_meet_and_come_back(province, commune, tmp_path: Path):
    with province.begin() as session:
        product = looked_at(session)
    cut(province, tmp_path / "a.trich")
    first = (tmp_path / "a.trich").read_bytes()
    assert cut(province, tmp_path / "a.trich") and (tmp_path / "a.trich").read_bytes() == first
    with province.begin() as session:
        there, picture = everything(session), photos.photo(session, product)
    with commune.begin() as session:
        batch = slices.accept(session, slices.preview(session, tmp_path / "a.trich"))
        assert everything(session) == there and all(there)
        again = slices.preview(session, tmp_path / "a.trich").merged
        assert (again.additions, again.differences, again.locked) == ([], [], [])
        importing.undo(session, batch.id)
        assert everything(session) == ([], {}, [], [], [])
    with commune.begin() as session:
        slices.accept(session, slices.preview(session, tmp_path / "a.trich"))
        own = session.query(Inspection).one()
        photos.keep_photo(session, own.product_id, jpeg("yellow"), "Xã")
        own.findings, own.follow_up = "Nhãn thiếu mã", "In lại"
        session.query(Activity).filter(Activity.people > 0).order_by(Activity.id).first().people += 1
        session.query(Funding).order_by(Funding.id).first().amount_vnd += 1
        session.query(Target).order_by(Target.id).first().least += 1
        inspection_photos.add(session, own.id, [("them.jpg", jpeg("black"))], "Xã")
        session.flush()
        slices.export(session, Cut(), tmp_path / "b.trich", False, TODAY)
    with province.begin() as session:
        seen = slices.preview(session, tmp_path / "b.trich")
        assert sorted((d.entity, d.field) for d in seen.merged.conflicts) == [
            ("activity", "people"), ("funding", "amount_vnd"), ("inspection", "findings"), ("product", "photo"),
            ("target", "least")]
        assert [(d.entity, d.field) for d in seen.merged.fills] == [("inspection", "follow_up")]
        assert [(a.entity, a.values["name"]) for a in seen.merged.additions] == [("inspection_photo", "them.jpg")]
        batch = slices.accept(session, seen, [d.key for d in seen.merged.conflicts if d.field == "photo"])
        now = everything(session)
        assert now[2:] == there[2:] and photos.photo(session, product) != picture
        assert [name for name, _jpeg in now[0][0][4]] == ["nhan.jpg", "kho.jpg", "them.jpg"]
        assert now[0][0][2] == "Nhãn đúng"  # the province's own stays
        importing.undo(session, batch.id)
        assert everything(session) == there


def test_a_cut_takes_of_the_rest_what_belongs_to_it(province):
    with province.begin() as session:
        looked_at(session)
        code = session.query(Inspection).one().product.producer.commune.code
        name = session.query(Inspection).one().product.producer.commune.name
        session.add_all([Activity(kind="training", name="Tập huấn", begins_on=dt.date(2031, 2, 1), ends_on=dt.date(2031, 2, 2),
                                  place=f"Nhà văn hóa, xã {name}."),
                         Activity(kind="training", name="Khác", begins_on=dt.date(2031, 3, 1), ends_on=dt.date(2031, 3, 1),
                                  place="Hà Nội"), Funding(source="central", amount_vnd=7, year=2031)])
        session.flush()
        assert slices.count(session, Cut(year=2031)) == slices.Counted(0, 0, 2, 1, 0)
        assert slices.count(session, Cut(commune=code, year=2031)) == slices.Counted(0, 0, 1, 0, 0)
        assert slices.count(session, Cut(commune=code, year=2026)).inspections == 1
        assert slices.count(session, Cut(commune=code, year=2025)).inspections == 0
        of_round = slices.count(session, Cut(round=session.query(Dossier).filter(Dossier.round != "").first().round))
        assert of_round.dossiers and (of_round.activities, of_round.funding, of_round.targets) == (0, 0, 0)


class Stop(Exception):
    """A person pressed Cancel."""


def test_what_is_cancelled_leaves_nothing_behind(province, commune, tmp_path: Path):
    with province.begin() as session:
        looked_at(session)
    cut(province, tmp_path / "a.trich")

    def stop_at(words: str):
        def progress(_done: int, _total: int, what: str) -> None:
            if what == words:
                raise Stop

        return progress

    for words in (slices.READING, slices.PHOTOS):
        with pytest.raises(Stop), province.begin() as session:
            slices.export(session, Cut(), tmp_path / "b.trich", True, TODAY, stop_at(words))
    assert [p.name for p in tmp_path.iterdir() if "b.trich" in p.name] == []
    for words in (slices.WRITING, slices.PHOTOS, slices.SEARCHING):
        with pytest.raises(Stop), commune.begin() as session:
            slices.accept(session, slices.preview(session, tmp_path / "a.trich"), None, stop_at(words))
        with commune.begin() as session:
            assert numbers(session) == (0, 0, 0, 0) and everything(session) == ([], {}, [], [], [])


def test_a_photo_that_is_not_what_the_file_says_is_refused(province, commune, tmp_path: Path):
    with province.begin() as session:
        looked_at(session)
    cut(province, tmp_path / "a.trich")
    raw = told(tmp_path / "a.trich")
    with zipfile.ZipFile(tmp_path / "b.trich", "w") as packed:
        packed.writestr("du-lieu.json", json.dumps(raw))
        for digest in slice_file.photos_of(raw["producers"]):
            packed.writestr(f"anh/{digest}.jpg", b"khac")
    with pytest.raises(UserError, match="bị hỏng"), commune.begin() as session:
        slices.accept(session, slices.preview(session, tmp_path / "b.trich"))
    tell(tmp_path / "c.trich", raw)  # photos missing
    with commune.begin() as session:
        with pytest.raises(UserError, match="bị hỏng"):
            slices.preview(session, tmp_path / "c.trich")
        assert numbers(session) == (0, 0, 0, 0)
