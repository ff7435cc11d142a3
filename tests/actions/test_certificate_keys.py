"""The office's key from its making to its change, certificates signed with it, and the computer that only verifies."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from ocop_desktop.actions import (
    certificate_keys,
    certificate_printing,
    certificates,
    outcome_papers,
    people,
    trusted_keys,
    verifying,
)
from ocop_desktop.actions.certificates import Revocation
from ocop_desktop.actions.meeting_facts import meeting_of
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.engine import Database
from ocop_desktop.data.tables import Certificate, Change
from ocop_desktop.data.tables_keys import SecretKey
from ocop_desktop.errors import KeyLocked, UserError
from ocop_desktop.exchange import key_files
from ocop_desktop.exchange.certificate_signature import Signer
from ocop_desktop.papers.decision_draft import papers
from ocop_desktop.rules.rights import Actor
from tests.actions.decided import Decided, issue_round

DAY = dt.date(2026, 11, 30)
WORDS, OTHER = "con gà gáy sáng", "bốn con trâu đen"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_files, "MEMORY", 1 << 20)  # argon2id the same, only quicker


@pytest.fixture(scope="module")
def made(new_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Decided]:
    """A file with two certificates, made once."""
    path = tmp_path_factory.mktemp("issued") / "tinh.ocop"
    shutil.copyfile(new_file, path)
    found = open_or_create(path)
    with found.begin() as session:
        decided = issue_round(session, DAY)
    found.close()
    return path, decided


@pytest.fixture
def issued(made: tuple[Path, Decided]) -> Decided:
    return made[1]


@pytest.fixture
def db(made: tuple[Path, Decided], tmp_path: Path) -> Iterator[Database]:
    shutil.copyfile(made[0], tmp_path / "tinh.ocop")
    found = open_or_create(tmp_path / "tinh.ocop")
    yield found
    found.close()


def codes(db: Database, folder: Path, signed: bool = True) -> list[str]:
    """The codes of the register's certificates, printed and read from the pages."""
    with db.begin() as session:
        certificates.write_pdf(session, folder / "in.pdf", signed=signed)
    return verifying.codes_of(folder / "in.pdf")


def handed_out(db: Database, folder: Path) -> tuple[Path, Path]:
    """The files for verifying computers."""
    keys, made = folder / "khoa.ocopkhoa", folder / "thu-hoi.ocopthuhoi"
    with db.begin() as session:
        certificate_keys.save_public(session, keys)
        certificate_keys.save_list(session, made)
    return keys, made


def state(text: str, trust: trusted_keys.Trust, day: dt.date = DAY) -> str:
    return verifying.verify(text, trust, day).state


def test_a_province_signs_and_a_computer_with_two_files_verifies(db: Database, issued: Decided, tmp_path: Path) -> None:
    assert {state(text, trusted_keys.Trust()) for text in codes(db, tmp_path)} == {"unsigned"}  # no key yet: printed all the same
    with db.begin() as session:
        fingerprint = certificate_keys.make(session, WORDS, "Bà Lan")
        assert certificate_keys.view(session) == certificate_keys.KeyView(fingerprint, dt.date.today(), True, 0)
        with pytest.raises(UserError, match="đã có khóa ký"):
            certificate_keys.make(session, WORDS)
        kept = session.get_one(SecretKey, "certificates")
        assert b"box" in kept.seed and session.query(Change).filter_by(entity="certificate_key", what="made").count() == 1
    texts = codes(db, tmp_path)
    keys, made = handed_out(db, tmp_path)
    trust = trusted_keys.trust_of_files([keys], [made])
    with db.begin() as session:
        rows = {c.number: c for c in session.query(Certificate)}
        for text in texts:
            verdict = verifying.verify(text, trust, DAY)
            row = rows[verdict.code.number]  # type: ignore[union-attr]
            assert verdict.state == "valid" and verdict.fingerprint == fingerprint
            assert (verdict.code.product, verdict.code.producer, verdict.code.stars, verdict.code.valid_until) == (  # type: ignore
                row.dossier.product.name, row.dossier.product.producer.name, row.stars, row.expires_on)
        assert len(texts) == len(rows) == 2
        assert state(texts[0], trusted_keys.own_trust(session)) == "valid"
        draft = outcome_papers.decision_draft(session, meeting_of(session, issued.session_id))
    assert draft.key == fingerprint and f"{fingerprint}." in str(papers(draft))


def test_the_passphrase_is_asked_once_and_never_stands_in_the_way(db: Database, issued: Decided, tmp_path: Path) -> None:
    with db.begin() as session:
        certificate_keys.make(session, WORDS)
    path = db.path
    db.close()
    again = open_or_create(path)
    try:
        with pytest.raises(KeyLocked), again.begin() as session:
            certificates.write_pdf(session, tmp_path / "in.pdf")
        assert not (tmp_path / "in.pdf").exists()
        assert len(codes(again, tmp_path, signed=False)) == 2
        with again.begin() as session:
            with pytest.raises(UserError, match="chưa đúng"):
                certificate_keys.unlock(session, OTHER)
            certificate_keys.unlock(session, WORDS)
        for _time in range(2):
            assert all(text.startswith("OCOP2:") for text in codes(again, tmp_path))
    finally:
        again.close()


def test_only_the_clerk_signs(db: Database, issued: Decided, tmp_path: Path) -> None:
    with db.begin() as session:
        certificate_keys.make(session, WORDS)
        people.begin(session, "Bà Lan", "2580")
        viewer = people.add(session, "Ông Hải", "Sở Y tế", "viewer")
        code = people.give_code(session, viewer)
        people.choose_pin(session, viewer, code, "7391")
    with db.begin() as session:
        for refused in (lambda: certificate_keys.unlock(session, WORDS), lambda: certificate_keys.change(session, OTHER),
                        lambda: certificate_keys.save_backup(session, tmp_path / "x.ocopkhoamat")):
            with pytest.raises(UserError):
                refused()
        with pytest.raises(KeyLocked):
            certificate_keys.signing(session)


@pytest.mark.parametrize("role", ["viewer", "member", "chair", "advisory", ""])
def test_only_the_clerk_decides_issues_revokes_and_prints(db: Database, issued: Decided, tmp_path: Path, role: str) -> None:
    with db.begin() as session:
        people.begin(session, "Bà Lan", "2580")
        ids = [c.id for c in session.query(Certificate)]
        before = [(c.revoked_on, c.printed_at) for c in session.query(Certificate)]
    with db.begin() as session:
        db.actor = Actor(role, name="Ông Hải", person_id=99)
        for refused in (lambda: certificates.record_decision(session, "9/QĐ-UBND", DAY),
                        lambda: certificates.issue(session, [1], 1, DAY),
                        lambda: certificates.revoke(session, ids[0], Revocation(DAY, "untruthful", "9/QĐ-UBND")),
                        lambda: certificates.write_pdf(session, tmp_path / "x.pdf", signed=False),
                        lambda: certificates.print_pdf(session, ids, tmp_path / "x.pdf", signed=False),
                        lambda: certificates.print_separately(session, ids, tmp_path, signed=False),
                        lambda: certificate_printing.pieces(session, ids, signed=False),
                        lambda: certificate_printing.note_printed(session, ids, "", "máy in"),
                        lambda: certificate_printing.note_copied(session, ids, "", "máy in"),
                        lambda: certificate_printing.note_spoiled(session, ids, ""),
                        lambda: certificate_printing.note_signed(session, ids, "", "ai đó")):
            with pytest.raises(UserError, match=r"việc của thư ký|Chưa ai đăng nhập"):
                refused()
        assert [(c.revoked_on, c.printed_at) for c in session.query(Certificate)] == before
    assert not list(tmp_path.glob("*.pdf"))


def test_revoked_and_extended_reach_the_verifying_computer(db: Database, issued: Decided, tmp_path: Path) -> None:
    with db.begin() as session:
        certificate_keys.make(session, WORDS)
    texts, shelf = codes(db, tmp_path), tmp_path / "may-kiem-tra"
    keys, before = handed_out(db, tmp_path)
    earlier = tmp_path / "cu.ocopthuhoi"
    earlier.write_bytes(before.read_bytes())
    with db.begin() as session:
        first, second = (session.query(Certificate).filter_by(number=verifying.verify(
            t, trusted_keys.own_trust(session), DAY).code.number).one() for t in texts[:2])  # type: ignore[union-attr]
        certificates.revoke(session, first.id, Revocation(dt.date(2026, 12, 1), "untruthful", "9/QĐ-UBND"))
        second.extended_until = dt.date(2030, 3, 1)
        certificate_keys.save_list(session, before, dt.datetime.now() + dt.timedelta(seconds=5))
    with pytest.raises(UserError, match="nhận khóa công khai"):
        trusted_keys.take_in(before, shelf)
    assert state(texts[0], trusted_keys.kept_trust(shelf)) == "unknown_key"
    arrival = trusted_keys.look_into(keys, shelf)
    assert arrival.keys and not arrival.known
    trusted_keys.take_in(keys, shelf)
    assert verifying.verify(texts[0], trusted_keys.kept_trust(shelf), DAY).by_list.kind == "no_list"  # type: ignore[union-attr]
    assert trusted_keys.take_in(before, shelf).revoked == 1
    trust = trusted_keys.kept_trust(shelf)
    assert state(texts[0], trust) == "valid" and state(texts[0], trust, dt.date(2026, 12, 1)) == "revoked"
    assert [state(texts[1], trust, dt.date(2030, *d)) for d in ((1, 1), (3, 2))] == ["extended", "expired"]
    with pytest.raises(UserError, match="cũ hơn"):
        trusted_keys.take_in(earlier, shelf)
    with db.begin() as session:
        certificate_keys.save_list(session, earlier, dt.datetime.now() + dt.timedelta(days=3))
    with pytest.raises(UserError, match="sau hôm nay"):  # a clock that runs ahead would bar every list to come
        trusted_keys.take_in(earlier, shelf)
    assert trusted_keys.trusted(trust)[0].list_day == dt.date.today() and trusted_keys.look_into(keys, shelf).known
    fingerprint = trusted_keys.trusted(trust)[0].fingerprint
    with db.begin() as session:
        assert trusted_keys.trusted(trust, trusted_keys.own_trust(session))[0].own
    with pytest.raises(UserError, match="không giữ khóa"):
        trusted_keys.forget(fingerprint[:-1], shelf)
    assert trusted_keys.kept_trust(shelf) == trust
    trusted_keys.forget(fingerprint.lower(), shelf)
    assert not list(shelf.iterdir()) and not trusted_keys.look_into(keys, shelf).known


def test_a_changed_key_verifies_on_and_a_lost_one_no_more(db: Database, issued: Decided, tmp_path: Path) -> None:
    with db.begin() as session:
        old = certificate_keys.make(session, WORDS, today=DAY)
        certificate_keys.save_backup(session, tmp_path / "khoa.ocopkhoamat")
    texts, shelf = codes(db, tmp_path), tmp_path / "may-kiem-tra"
    trusted_keys.take_in(handed_out(db, tmp_path)[0], shelf)
    with db.begin() as session:
        new = certificate_keys.change(session, OTHER, today=DAY)
        assert new != old and certificate_keys.view(session).earlier == 1 and not certificate_keys.view(session).stranger
        with pytest.raises(UserError, match="đang dùng khóa"):
            certificate_keys.restore(session, tmp_path / "khoa.ocopkhoamat", WORDS)
    keys, made = handed_out(db, tmp_path)
    arrival = trusted_keys.look_into(keys, shelf)
    assert not arrival.known and f"thay khóa {old} của" in str(arrival.change)  # the new key is compared again
    assert "được khóa cũ ký xác nhận" in str(arrival.change)
    trusted_keys.take_in(keys, shelf)
    trusted_keys.take_in(made, shelf)
    assert len(list(shelf.iterdir())) == 2  # in place of the earlier ones
    trust = trusted_keys.kept_trust(shelf)
    newer = codes(db, tmp_path)
    assert set(newer).isdisjoint(texts) and {state(t, trust) for t in (*texts, *newer)} == {"valid"}
    with db.begin() as session:
        certificate_keys.change(session, WORDS, lost=True, today=DAY)
        assert certificate_keys.view(session).stranger
    trust = trusted_keys.trust_of_files([handed_out(db, tmp_path)[0]], [])
    assert {state(t, trust) for t in texts} == {"valid"} and {state(t, trust) for t in newer} == {"lost_key"}


def test_a_backup_brings_the_key_back_and_a_passphrase_can_be_changed(db: Database, issued: Decided, tmp_path: Path) -> None:
    backup = tmp_path / "khoa.ocopkhoamat"
    with db.begin() as session:
        made = certificate_keys.make(session, WORDS)
        certificate_keys.save_backup(session, backup)
        for old, new, words in ((OTHER, "x" * 10, "chưa đúng"), (WORDS, "ngắn", "ít nhất 10")):
            with pytest.raises(UserError, match=words):
                certificate_keys.change_passphrase(session, old, new)
        certificate_keys.change_passphrase(session, WORDS, OTHER)
        certificate_keys.unlock(session, OTHER)
    text = codes(db, tmp_path)[0]
    other = open_or_create(tmp_path / "may-moi.ocop")
    try:
        with other.begin() as session:
            with pytest.raises(UserError, match="chưa đúng"):
                certificate_keys.restore(session, backup, OTHER)
            assert certificate_keys.fingerprint(session) == ""
            assert certificate_keys.restore(session, backup, WORDS) == made
            assert state(text, trusted_keys.own_trust(session)) == "valid"
    finally:
        other.close()


def test_codes_are_found_in_photos_and_what_is_none_is_told(db: Database, issued: Decided, tmp_path: Path) -> None:
    with db.begin() as session:
        certificate_keys.make(session, WORDS)
    texts = codes(db, tmp_path)
    pages = [page.render(scale=2).to_pil() for page in pypdfium2.PdfDocument(tmp_path / "in.pdf")]
    table = Image.new("RGB", (3200, 1500), (120, 90, 70))  # two papers on a table, a little askew, as a telephone sees them
    table.paste(pages[0].rotate(6, expand=True, fillcolor=(120, 90, 70)).resize((1500, 1150)), (40, 100))
    table.paste(pages[1].rotate(-4, expand=True, fillcolor=(120, 90, 70)).resize((1500, 1150)), (1620, 200))
    table.save(tmp_path / "anh.jpg", quality=70)
    assert set(verifying.codes_of(tmp_path / "anh.jpg")) == set(texts[:2])
    Image.new("L", (50, 50), 255).save(tmp_path / "trang.png")
    (tmp_path / "hong.jpg").write_bytes((tmp_path / "anh.jpg").read_bytes()[:5000])
    (tmp_path / "hong.pdf").write_bytes(b"%PDF-1.7 hong")
    for name, words in (("trang.png", "Không thấy mã QR"), ("hong.jpg", "không phải ảnh"), ("hong.pdf", "không phải ảnh"),
                        ("khong-co.png", "Không đọc được")):
        with pytest.raises(UserError, match=words):
            verifying.codes_of(tmp_path / name)


def test_keys_of_two_offices_of_one_name_stay_apart(db: Database, issued: Decided, tmp_path: Path) -> None:
    with db.begin() as session:
        certificate_keys.make(session, WORDS)
        own = trusted_keys.own_trust(session)
    texts = codes(db, tmp_path)
    from tests.exchange.vectors.qr import CODE, RING, SIGNER

    both = own.and_also(trusted_keys.Trust((replace(RING, office=own.keyrings[0].office),)))
    assert verifying.verify(texts[0], both, DAY).by_list.kind == "register"  # type: ignore[union-attr]
    assert verifying.verify(SIGNER(CODE), both, DAY).by_list.kind == "no_list"  # type: ignore[union-attr]


def test_an_office_cannot_claim_the_key_of_another(db: Database, tmp_path: Path) -> None:
    from tests.exchange.vectors.qr import CODE, EARLIER, RING, SIGNER

    def file(name: str, ring: key_files.Keyring, signer: object) -> Path:
        path = tmp_path / name
        path.write_bytes(key_files.write_keys(ring, signer))  # type: ignore[arg-type]
        return path

    shelf, thief = tmp_path / "may-kiem-tra", Signer(bytes([9]) * 32)
    trusted_keys.take_in(file("that.ocopkhoa", RING, SIGNER), shelf)
    (ours, theirs), old = RING.keys, replace(RING.keys[1], until=DAY, lost=True)
    claim = replace(RING, office="Ủy ban nhân dân tỉnh B", made_at=dt.datetime(2026, 11, 2),
                    keys=(old, key_files.Key(thief.key, DAY)))
    stolen = file("gia.ocopkhoa", claim, thief)
    for refused in (lambda: trusted_keys.look_into(stolen, shelf),
                    lambda: trusted_keys.trust_of_files([tmp_path / "that.ocopkhoa", stolen], [])):
        with pytest.raises(UserError, match="không ký xác nhận"):
            refused()
    trust = trusted_keys.kept_trust(shelf).and_also(trusted_keys.Trust((claim,)))
    assert state(SIGNER(CODE), trust) == "valid"
    same = file("cung-ten.ocopkhoa", replace(claim, office=RING.office), thief)  # its own name: told, and asked
    arrival = trusted_keys.look_into(same, shelf)
    assert not arrival.known and "KHÔNG ký xác nhận" in str(arrival.change)
    other = replace(claim, keys=(key_files.Key(thief.key, DAY),))  # a trusted office that later claims
    trusted_keys.take_in(file("b.ocopkhoa", other, thief), shelf)
    with pytest.raises(UserError, match="không ký xác nhận"):
        trusted_keys.look_into(stolen, shelf)
    more = replace(other, keys=(key_files.Key(EARLIER.key, DAY, DAY), key_files.Key(thief.key, DAY)))
    assert ours.key == EARLIER.key and theirs.key == SIGNER.key
    with pytest.raises(UserError, match="không ký xác nhận"):
        trusted_keys.look_into(file("b2.ocopkhoa", more, thief), shelf)
    with db.begin() as session:  # a locked key endorses nothing
        certificate_keys.make(session, WORDS)
        before = certificate_keys.keyring(session)
        db.unlocked = None
        certificate_keys.change(session, OTHER)
        assert not certificate_keys.keyring(session).carries_on(before)  # type: ignore[union-attr, arg-type]
        before = certificate_keys.keyring(session)
        db.unlocked = None
        certificate_keys.change(session, WORDS, old=OTHER)
        assert certificate_keys.keyring(session).carries_on(before)  # type: ignore[union-attr, arg-type]
