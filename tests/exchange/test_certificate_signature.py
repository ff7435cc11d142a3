"""Signed codes of certificates: fixed keys give the kept texts, any names come back whole, every kind of forgery is refused."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import base45
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from ocop_desktop.actions.trusted_keys import Trust
from ocop_desktop.actions.verifying import verify
from ocop_desktop.errors import UserError
from ocop_desktop.exchange import key_files
from ocop_desktop.exchange.certificate_signature import MOST, PREFIX, Signer, fingerprint, key_id, read_text, sound_key
from ocop_desktop.exchange.signed_files import frame_line
from ocop_desktop.rules.audit_chain import canonical
from ocop_desktop.rules.certificate_code import LETTERS, pack
from tests.exchange.vectors import FOLDER
from tests.exchange.vectors.qr import CODE, EARLIER, LIST, OFFICE, RING, SIGNER, made

DAY = dt.date(2026, 11, 24)
TEXT, TRUST = SIGNER(CODE), Trust((RING,), (LIST,))
SEED = bytes(range(32))
ID = key_id(SIGNER.key)
VIETNAMESE = LETTERS.replace(" ", "")


def state(text: str, trust: Trust = TRUST, day: dt.date = DAY) -> str:
    return verify(text, trust, day).state


def bytes_of(text: str) -> bytes:
    return base45.b45decode(text.removeprefix(PREFIX).encode())


def text_of(content: bytes) -> str:
    return PREFIX + base45.b45encode(content).decode()


def signed(packed: bytes, seed: bytes = SEED, context: bytes = PREFIX.encode()) -> str:
    """What somebody who has a key makes of any bytes."""
    return text_of(packed + SigningKey(seed).sign(context + packed).signature)


# -- vectors ----------------------------------------------------------------------------------------------------------


def test_fixed_keys_give_the_kept_files() -> None:
    for name, content in made().items():
        assert (FOLDER / name).read_bytes() == content, name


def test_the_vector_is_checked_by_the_help_page_alone() -> None:
    """What the page says, with libraries only: no line of the program reads the code here."""
    import hashlib

    from nacl.signing import VerifyKey

    kept = json.loads((FOLDER / "ma-qr.json").read_bytes())
    content = base45.b45decode(kept["text"].removeprefix("OCOP2:"))
    packed, signature = content[:-64], content[-64:]
    VerifyKey(bytes.fromhex(kept["key"])).verify(b"OCOP2:" + packed, signature)
    assert hashlib.sha256(bytes.fromhex(kept["key"])).digest()[:8] == packed[:8]
    days = [dt.date(2000, 1, 1) + dt.timedelta(int.from_bytes(packed[n:n + 2], "big")) for n in (9, 11, 13)]
    assert [str(d) for d in days] == [kept["certificate"][k] for k in ("decision_date", "issued_on", "valid_until")]
    at, values = 15, []
    for _value in range(5):
        size = packed[at]
        values.append(packed[at + 1:at + 1 + size])
        at += 1 + size
    assert at == len(packed) and packed[8] == 4
    assert bytes(b + 0x20 for b in values[0]).decode() == kept["certificate"]["number"]  # of ASCII letters a byte is 32 less


def test_the_alphabet_never_changes() -> None:
    import hashlib

    assert len(set(LETTERS)) == len(LETTERS) == 247 and unicodedata.is_normalized("NFC", LETTERS)
    assert hashlib.sha256(LETTERS.encode()).hexdigest()[:16] == "745f474af25501e8"


# -- round trip -------------------------------------------------------------------------------------------------------

names = st.text(VIETNAMESE + "  ", min_size=1, max_size=120).map(lambda s: " ".join(s.split())).filter(bool)
days = st.dates(dt.date(2018, 1, 1), dt.date(2099, 1, 1))


@settings(max_examples=60, deadline=None)
@given(product=names, producer=names, stars=st.sampled_from((3, 4, 5)), decided=days, issued=days)
def test_any_vietnamese_names_come_back_whole(product: str, producer: str, stars: int, decided: dt.date, issued: dt.date) -> None:
    code = replace(CODE, product=product, producer=producer, stars=stars, decision_date=decided, issued_on=issued,
                   valid_until=issued + dt.timedelta(1096))
    text = SIGNER(code)
    assert len(text) <= MOST and read_text(text, RING.by_id()).code == code


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_text_comes_back_as_it_is_printed_or_is_refused(product: str) -> None:
    from ocop_desktop.papers.fonts import clean

    text = SIGNER(replace(CODE, product=product))
    if clean(product):
        assert read_text(text, RING.by_id()).code.product == clean(product)
    else:
        assert state(text) == "not_genuine"


def test_names_too_long_to_stand_whole_are_refused_not_cut() -> None:
    assert len(SIGNER(replace(CODE, product="Ợ" * 120, producer="Ợ" * 120))) <= 600
    for code in (replace(CODE, product="a" * 256), replace(CODE, product="a" * 200, producer="a" * 200),
                 replace(CODE, product="漢" * 90)):
        with pytest.raises(UserError, match="rút gọn"):
            SIGNER(code)


# -- forgeries --------------------------------------------------------------------------------------------------------

def _flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes((content[at] ^ 1,)) + content[at + 1:]


def _forged(**changed: object) -> str:
    """Other words under the true signature."""
    return text_of(pack(replace(CODE, **changed), ID) + bytes_of(TEXT)[-64:])  # type: ignore[arg-type]


SMALL = ("01" + "00" * 31, "00" * 32, "ec" + "ff" * 30 + "7f", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
ORDER = 2**252 + 27742317777372353535851937790883648493
TRUE = bytes_of(TEXT)
FORGERIES: dict[str, Callable[[], str]] = {
    "number": lambda: _forged(number="04-2026/GCN-OCOP"),
    "product code": lambda: _forged(product_code="20-05980-04-2026"),
    "product": lambda: _forged(product="Chè Shan tuyết Mẫu Sơn"),
    "producer": lambda: _forged(producer="HTX Khác"),
    "stars": lambda: _forged(stars=5),
    "decision": lambda: _forged(decision_number="3982/QĐ-UBND"),
    "day of decision": lambda: _forged(decision_date=dt.date(2026, 1, 10)),
    "day of issue": lambda: _forged(issued_on=dt.date(2026, 2, 6)),
    "last day": lambda: _forged(valid_until=dt.date(2039, 2, 5)),
    "key id of another known key": lambda: text_of(pack(CODE, key_id(EARLIER.key)) + TRUE[-64:]),
    "another key under this key's id": lambda: signed(pack(CODE, ID), bytes([9]) * 32),
    "a key nobody knows": lambda: Signer(bytes([9]) * 32)(CODE),
    "signature flipped": lambda: text_of(_flip(TRUE, len(TRUE) - 10)),
    "signature with S + order": lambda: text_of(
        TRUE[:-32] + (int.from_bytes(TRUE[-32:], "little") + ORDER).to_bytes(32, "little")),
    "signature of zeros": lambda: text_of(TRUE[:-64] + bytes(64)),
    "signature left out": lambda: text_of(TRUE[:-64]),
    "truncated": lambda: TEXT[:-30],
    "trailing bytes": lambda: text_of(TRUE + b"\0"),
    "trailing letters": lambda: TEXT + "00",
    "trailing bytes that are signed": lambda: signed(pack(CODE, ID) + b"\0"),
    "no prefix": lambda: TEXT.removeprefix(PREFIX),
    "prefix of another version": lambda: TEXT.replace("OCOP2:", "OCOP3:"),
    "signed for another version": lambda: signed(pack(CODE, ID), context=b"OCOP1:"),
    "signed without its prefix": lambda: signed(pack(CODE, ID), context=b""),
    "prefix twice": lambda: PREFIX + TEXT,
    "small letters": lambda: TEXT.lower(),
    "blanks between": lambda: TEXT[:40] + "\n" + TEXT[40:],
    "letters outside Base45": lambda: TEXT[:40] + "_" + TEXT[41:],
    "Base45 too large": lambda: TEXT[:-3] + ":::",
    "Base45 of one letter too many": lambda: TEXT + "A",
    "re-encoded in Base64": lambda: PREFIX + __import__("base64").b64encode(TRUE).decode(),
    "letters that only look alike": lambda: TEXT.replace("A", "А", 1),  # Cyrillic
    "names that only look alike": lambda: _forged(producer=CODE.producer.replace("a", "а", 1)),
    "letters taken apart, signed": lambda: signed(_spelled(unicodedata.normalize("NFD", CODE.product))),
    "a common letter spelled as a rare one, signed": lambda: signed(_escaped()),
    "an invisible letter, signed": lambda: signed(_spelled(CODE.product + "\u202e")),
    "days the wrong way round, signed": lambda: signed(pack(replace(CODE, valid_until=dt.date(2025, 1, 1)), ID)),
    "stars there are not, signed": lambda: signed(ID + b"\x06" + pack(CODE, ID)[9:]),
    "no product, signed": lambda: signed(pack(replace(CODE, product=""), ID)),
    "issued in the future, signed": lambda: SIGNER(
        replace(CODE, issued_on=dt.date(2027, 1, 1), valid_until=dt.date(2030, 1, 1))),
    "by an earlier key after its last day": lambda: EARLIER(replace(CODE, issued_on=dt.date(2026, 2, 2))),
    "the list of revoked certificates as a certificate": lambda: text_of(
        (lambda body: body[64:] + body[:64])(key_files.write_list(LIST, SIGNER).partition(b"\n")[2])),
    "too long": lambda: TEXT + "0" * 702,
    "nothing": lambda: "",
    "only the prefix": lambda: PREFIX,
    "words": lambda: "https://ocop.example/giay/03-2026",
}


def _spelled(product: str) -> bytes:
    """The packed code with a product spelled letter by letter, whatever the letters."""
    written = b"".join(bytes((LETTERS.index(c),)) if c in LETTERS else b"\xff" + ord(c).to_bytes(3, "big") for c in product)
    plain = pack(replace(CODE, product="Z"), ID)
    return plain.replace(b"\x01" + bytes((LETTERS.index("Z"),)), bytes((len(written),)) + written)


def _escaped() -> bytes:
    plain = pack(replace(CODE, product="Z"), ID)
    return plain.replace(b"\x01" + bytes((LETTERS.index("Z"),)), b"\x04\xff" + ord("Z").to_bytes(3, "big"))


def test_the_true_code_is_genuine() -> None:
    verdict = verify(TEXT, TRUST, DAY)
    assert (verdict.state, verdict.code, verdict.office, verdict.fingerprint) == ("valid", CODE, OFFICE, fingerprint(SIGNER.key))
    assert verdict.list_day == dt.date(2026, 10, 1)
    assert state(TEXT + "\r\n") == "valid"  # a hand scanner ends the line
    assert signed(pack(CODE, ID)) == TEXT and _spelled(CODE.product) == pack(CODE, ID)  # tools alone forge nothing


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forgery_is_refused(kind: str) -> None:
    text = FORGERIES[kind]()
    assert text != TEXT
    verdict = verify(text, TRUST, DAY)
    expected = {"a key nobody knows": "unknown_key", "issued in the future, signed": "early", "small letters": "garbled",
                "by an earlier key after its last day": "old_key", "letters that only look alike": "garbled"}
    assert verdict.state == expected.get(kind, "not_genuine") and not verdict.good
    assert (verdict.code is None) == (verdict.state != "early")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TRUE) * 8 - 1))
def test_every_flipped_bit_is_refused(bit: int) -> None:
    content = bytearray(TRUE)
    content[bit // 8] ^= 1 << bit % 8
    assert state(text_of(bytes(content))) in ("not_genuine", "unknown_key")


@pytest.mark.parametrize("key", SMALL)
def test_a_key_anybody_can_sign_for_is_refused(key: str) -> None:
    """With such a key R = the identity, S = 0 is a signature of everything, where nobody looks at the key."""
    assert not sound_key(key)
    forged = text_of(pack(CODE, key_id(key)) + bytes.fromhex(SMALL[0]) + bytes(32))
    ring = replace(RING, keys=(key_files.Key(key, DAY),))
    assert state(forged, Trust((ring,))) == "not_genuine"
    line = frame_line(key_files.KEYS, 64 + 10, key=key)
    with pytest.raises(UserError):
        key_files.read_keys(line + bytes.fromhex(SMALL[0]) + bytes(32) + b"0123456789", "x")


# -- what a genuine code comes to -------------------------------------------------------------------------------------


def test_a_genuine_code_is_judged_by_day_list_and_key() -> None:
    last = CODE.valid_until
    assert state(TEXT, day=last) == "valid" and state(TEXT, day=last + dt.timedelta(1)) == "expired"
    gone = SIGNER(replace(CODE, number="01-2026/GCN-OCOP"))
    assert state(gone) == "revoked" and verify(gone, TRUST, DAY).day == dt.date(2026, 9, 15)
    assert state(gone, day=dt.date(2026, 9, 14)) == "valid"
    assert verify(gone, Trust((RING,)), DAY).by_list.kind == "no_list"  # type: ignore[union-attr]
    longer = SIGNER(replace(CODE, number="02-2026/GCN-OCOP"))
    found = [state(longer, day=dt.date(2029, *d)) for d in ((2, 5), (2, 6), (8, 1), (8, 2))]
    assert found == ["valid", "extended", "extended", "expired"]
    earlier = replace(CODE, issued_on=dt.date(2026, 1, 20))
    assert state(EARLIER(earlier)) == "valid"
    lost = replace(RING, keys=(replace(RING.keys[0], lost=True), RING.keys[1]))
    assert verify(EARLIER(earlier), Trust((lost,)), DAY).state == "lost_key"


def test_a_list_somebody_else_signed_says_nothing() -> None:
    other = Signer(bytes([9]) * 32)
    made = replace(LIST, key=other.key, revoked={CODE.number: dt.date(2026, 3, 1)})
    assert state(TEXT, Trust((RING,), (made,))) == "valid" and verify(TEXT, Trust((RING,), (made,)), DAY).list_day is None


def test_a_key_put_out_of_use_does_not_say_what_is_revoked_since() -> None:
    gone, old = SIGNER(replace(CODE, number="01-2026/GCN-OCOP")), RING.keys[0]
    assert old.until is not None and state(gone) == "revoked"
    kept = replace(LIST, key=old.key, made_at=LIST.made_at + dt.timedelta(days=900), revoked={})
    assert state(gone, replace(TRUST, lists=(*TRUST.lists, kept))) == "revoked"
    while_in_use = replace(kept, made_at=dt.datetime.combine(old.until, dt.time()))
    assert verify(gone, Trust((RING,), (while_in_use,)), DAY).list_day == old.until


# -- files ------------------------------------------------------------------------------------------------------------


def test_files_come_back_and_altered_ones_are_refused() -> None:
    keys, made = key_files.write_keys(RING, SIGNER), key_files.write_list(LIST, SIGNER)
    assert key_files.read_keys(keys, "x") == RING and key_files.read_list(made, "x") == LIST
    for content, read in ((keys, key_files.read_keys), (made, key_files.read_list)):
        for bad in (_flip(content, 5), _flip(content, len(content) - 5), content[:-1], content + b" ", b"",
                    content.replace(b"2026", b"2027")):
            with pytest.raises(UserError):
                read(bad, "x")
    with pytest.raises(UserError, match="không phải tệp khóa"):
        key_files.read_keys(made, "x")
    with pytest.raises(UserError, match="phiên bản mới hơn"):
        key_files.read_keys(keys.replace(b'"version":1', b'"version":2'), "x")


@pytest.mark.parametrize("keys", [
    (), RING.keys[:1], (RING.keys[1], RING.keys[1]), (replace(RING.keys[1], lost=True),), RING.keys[::-1],
    (replace(RING.keys[0], until=None), RING.keys[1]), (key_files.Key(SMALL[0], DAY, DAY), RING.keys[1])])
def test_a_list_of_keys_that_does_not_end_with_its_signer_is_refused(keys: tuple[key_files.Key, ...]) -> None:
    with pytest.raises(UserError):
        key_files.read_keys(key_files.write_keys(replace(RING, keys=keys), SIGNER), "x")


def test_a_secret_opens_with_its_passphrase_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_files, "MEMORY", 1 << 20)  # argon2id the same, only quicker
    closed = key_files.close_secret(SEED, "con gà gáy sáng")
    assert key_files.open_secret(closed, unicodedata.normalize("NFD", "con gà gáy sáng")) == SEED
    assert key_files.open_secret(closed, "con gà gáy sáng") == SEED and key_files.open_secret(closed, "con ga gay sang") is None
    kept = json.loads(closed)
    for wrong in ({"rounds": 10**6}, {"memory": 1 << 40}, {"salt": "00"}, {"box": "?"}):
        with pytest.raises(UserError, match="đã hỏng"):
            key_files.open_secret(canonical({**kept, **wrong}).encode(), "con gà gáy sáng")
    backup = key_files.write_backup(key_files.write_keys(RING, SIGNER), closed)
    assert key_files.read_backup(backup, "x") == (key_files.write_keys(RING, SIGNER), RING, closed)
    assert key_files.kind_of(backup) == key_files.BACKUP and SEED.hex().encode() not in backup
