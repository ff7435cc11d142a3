"""Both file formats: fixed keys give the kept bytes; whatever is altered is refused with a sentence, whatever it is."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey

from ocop_desktop.errors import UserError
from ocop_desktop.exchange import ballot_file, codes, package_file
from ocop_desktop.exchange.ballot_file import open_ballots, sealing_key, sign_ballots, signing_key, write_ballots
from ocop_desktop.exchange.package_file import read_package, write_package
from ocop_desktop.exchange.signed_files import Broken, NotOurs, frame_line
from ocop_desktop.rules.audit_chain import canonical
from tests.exchange.vectors import BALLOTS, FOLDER, MEMBER, OFFICE, PACKAGE, SESSION, SESSION_MARK

GOOD_PACKAGE, GOOD_BALLOTS = write_package(PACKAGE, OFFICE), write_ballots(BALLOTS, MEMBER, sealing_key(SESSION))
READ: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "package": (GOOD_PACKAGE, lambda content: read_package(content, "x")),
    "ballots": (GOOD_BALLOTS, lambda content: open_ballots(content, "x", SESSION)),
}
BOTH = pytest.mark.parametrize("kind", READ)


def kept(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


# -- vectors --------------------------------------------------------------------------------------------------------------


def test_fixed_keys_give_the_kept_bytes(light_codes: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "ROUNDS", light_codes[0])
    monkeypatch.setattr(codes, "MEMORY", light_codes[1])
    codes.short_code.cache_clear()
    keys = json.loads(kept("khoa.json"))
    assert keys["office"]["public"] == signing_key(OFFICE) and keys["member"]["public"] == signing_key(MEMBER)
    assert keys["session"]["public"] == sealing_key(SESSION) == bytes(PrivateKey(SESSION).public_key).hex()
    assert kept("goi.ocopgoi") == GOOD_PACKAGE
    line, inner = sign_ballots(BALLOTS, MEMBER, sealing_key(SESSION))
    assert kept("phieu-truoc-khi-niem-phong.bin") == line + inner
    assert keys["code"] == codes.short_code(signing_key(OFFICE), sealing_key(SESSION), SESSION_MARK, 2, signing_key(MEMBER))
    codes.short_code.cache_clear()


def test_a_kept_file_opens_to_the_kept_content() -> None:
    found = open_ballots(kept("phieu.ocopphieu"), "x", SESSION)
    assert dict(found.content) == {**BALLOTS, "key": signing_key(MEMBER)} and found.key == signing_key(MEMBER)
    assert read_package(kept("goi.ocopgoi"), "x").content == PACKAGE


def test_the_vectors_are_checked_by_the_help_page_alone() -> None:
    """What the page says, with the library only: no line of the program reads the files here."""
    import hashlib

    from nacl.pwhash import argon2id

    keys = json.loads(kept("khoa.json"))
    line, _newline, body = kept("phieu.ocopphieu").partition(b"\n")
    inner = SealedBox(PrivateKey(bytes.fromhex(keys["session"]["seed"]))).decrypt(body)
    signed = line + b"\n" + bytes.fromhex(keys["session"]["public"]) + inner[64:]
    SigningKey(bytes.fromhex(keys["member"]["seed"])).verify_key.verify(signed, inner[:64])
    assert line + b"\n" + inner == kept("phieu-truoc-khi-niem-phong.bin")
    line, _newline, body = kept("goi.ocopgoi").partition(b"\n")
    SigningKey(bytes.fromhex(keys["office"]["seed"])).verify_key.verify(line + b"\n" + body[64:], body[:64])
    named = "\n".join(["ocop-code 1", keys["office"]["public"], keys["session"]["public"], keys["session"]["mark"], "2",
                       keys["member"]["public"], ""]).encode()
    salt = hashlib.sha256(named).digest()[:16]
    number, letters = int.from_bytes(argon2id.kdf(16, named, salt, opslimit=2, memlimit=2**26), "big"), ""
    for _place in range(8):
        number, place = divmod(number, 24)
        letters += "23456789ACDEFHKLMRTUVXYZ"[place]
    assert f"{letters[:4]}-{letters[4:]}" == keys["code"]


# -- altered files ----------------------------------------------------------------------------------------------------------


def altered(content: bytes, chance: random.Random) -> bytes:
    """A file somebody or something changed: a bit, a byte, bytes cut out, put in, cut off, put on, or two parts exchanged."""
    at, made = chance.randrange(len(content)), bytearray(content)
    match chance.randrange(7):
        case 0:
            made[at] ^= 1 << chance.randrange(8)
        case 1:
            made[at] = (made[at] + chance.randrange(1, 256)) % 256
        case 2:
            del made[at:at + chance.randrange(1, 50)]
        case 3:
            made[at:at] = chance.randbytes(chance.randrange(1, 50))
        case 4:
            del made[at:]
        case 5:
            made += chance.randbytes(chance.randrange(1, 50))
        case 6:
            other = chance.randrange(len(content))
            made[at], made[other] = made[other], made[at]
    return bytes(made)


@BOTH
def test_a_thousand_altered_files_are_refused_and_a_thousand_good_ones_accepted(kind: str, chance: random.Random) -> None:
    good, read = READ[kind]
    refused = 0
    while refused < 1000:
        bad = altered(good, chance)
        if bad != good:
            with pytest.raises((Broken, NotOurs)):
                read(bad)
            refused += 1
    for number in range(1000):
        if kind == "package":
            made = {**PACKAGE, "serial": number}
            assert read_package(write_package(made, OFFICE), "x").content["serial"] == number
        else:
            made = {**BALLOTS, "sequence": number}
            assert open_ballots(write_ballots(made, MEMBER, sealing_key(SESSION)), "x", SESSION).content["sequence"] == number


@BOTH
def test_every_shorter_file_is_refused(kind: str) -> None:
    good, read = READ[kind]
    said = set()
    for length in range(len(good)):
        with pytest.raises((Broken, NotOurs)) as refusal:
            read(good[:length])
        said.add(refusal.value.message)
    assert any("bị cụt" in words for words in said)


@BOTH
@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
@settings(max_examples=300, deadline=None)
def test_any_one_bit_turned_is_refused(kind: str, place: int, bit: int) -> None:
    good, read = READ[kind]
    made = bytearray(good)
    made[place % len(good)] ^= 1 << bit
    with pytest.raises((Broken, NotOurs)):
        read(bytes(made))


@BOTH
@given(content=st.binary(max_size=2000))
@settings(max_examples=300, deadline=None)
def test_anything_else_is_refused(kind: str, content: bytes) -> None:
    with pytest.raises(NotOurs):
        READ[kind][1](content)


# -- files signed rightly whose content is not what it should be -------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8"), max_size=5)
PLAIN = st.recursive(st.none() | st.booleans() | st.integers(-3, 2**70) | WORDS
                     | st.floats(allow_nan=False, allow_infinity=False),
                     lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=4)


def places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The way to everything in a content."""
    found = [path] if path else []
    if isinstance(value, dict):
        return found + [p for k, v in value.items() for p in places(v, (*path, k))]
    if isinstance(value, list):
        return found + [p for n, v in enumerate(value) for p in places(v, (*path, n))]
    return found


def put(value: object, path: tuple[object, ...], new: object) -> object:
    made = json.loads(json.dumps(value))
    at = made
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = new
    return made


FREE = re.compile(r"working_rules|content")  # what these hold is read with care later


@given(data=st.data(), new=PLAIN)
@settings(max_examples=400, deadline=None)
def test_a_signed_package_of_another_shape_is_refused_or_read_whole(data: st.DataObject, new: object) -> None:
    made = put(PACKAGE, data.draw(st.sampled_from([p for p in places(PACKAGE) if not FREE.search(str(p))])), new)
    try:
        assert read_package(write_package(made, OFFICE), "x").content == made  # type: ignore[arg-type]
    except UserError:
        return
    assert package_file.fits(made, package_file.SHAPE)


@given(data=st.data(), new=PLAIN)
@settings(max_examples=400, deadline=None)
def test_signed_ballots_of_another_shape_are_refused_or_read_whole(data: st.DataObject, new: object) -> None:
    made = put(BALLOTS, data.draw(st.sampled_from(places(BALLOTS))), new)
    assert isinstance(made, dict)
    try:
        assert open_ballots(write_ballots(made, MEMBER, sealing_key(SESSION)), "x", SESSION).content == {
            **made, "key": signing_key(MEMBER)}
    except UserError:
        return
    assert ballot_file.fits({**made, "key": signing_key(MEMBER)}, ballot_file.SHAPE)


def test_another_spelling_of_the_same_content_is_refused() -> None:
    _line, _newline, body = GOOD_PACKAGE.partition(b"\n")
    text = json.dumps(json.loads(body[64:]), ensure_ascii=False).encode()
    longer = frame_line(package_file.FORMAT, 64 + len(text), office=signing_key(OFFICE))
    with pytest.raises(Broken):
        read_package(longer + SigningKey(OFFICE).sign(longer + text).signature + text, "x")


def test_ballots_sealed_for_another_key_or_signed_for_another_session_do_not_open() -> None:
    with pytest.raises(Broken):
        open_ballots(GOOD_BALLOTS, "x", bytes([9]) * 32)
    line, inner = sign_ballots(BALLOTS, MEMBER, sealing_key(bytes([9]) * 32))  # signed for another key, sealed anew for ours
    with pytest.raises(Broken):
        open_ballots(line + SealedBox(PublicKey(bytes.fromhex(sealing_key(SESSION)))).encrypt(inner), "x", SESSION)


def test_ballots_signed_by_another_key_than_they_name_do_not_open() -> None:
    line, inner = sign_ballots(BALLOTS, MEMBER, sealing_key(SESSION))
    other = SigningKey(bytes([4]) * 32)
    forged = other.sign(line + bytes.fromhex(sealing_key(SESSION)) + inner[64:]).signature + inner[64:]
    with pytest.raises(Broken):
        open_ballots(line + SealedBox(PublicKey(bytes.fromhex(sealing_key(SESSION)))).encrypt(forged), "x", SESSION)


@BOTH
def test_a_file_of_a_newer_program_says_so(kind: str) -> None:
    good, read = READ[kind]
    line, _newline, body = good.partition(b"\n")
    newer = canonical({**json.loads(line), "version": 2, "more": "x"}).encode() + b"\n" + body
    with pytest.raises(NotOurs, match="cập nhật chương trình"):
        read(newer)


# -- the code ------------------------------------------------------------------------------------------------------------------


def test_the_code_changes_with_every_key_and_forgives_how_it_is_typed() -> None:
    keys = (signing_key(OFFICE), sealing_key(SESSION), SESSION_MARK, 2, signing_key(MEMBER))
    code = codes.short_code(*keys)
    assert re.fullmatch(f"[{codes.LETTERS}]{{4}}-[{codes.LETTERS}]{{4}}", code)
    for place, other in enumerate((signing_key(MEMBER), sealing_key(OFFICE), "f" * 32, 3, signing_key(SESSION))):
        assert codes.short_code(*keys[:place], other, *keys[place + 1:]) != code  # type: ignore[arg-type]
    for typed in (code, code.lower(), code.replace("-", ""), f" {code[:2]} {code[2:]} "):
        assert codes.same_code(typed, code)
    assert not codes.same_code(code[:-1], code) and not codes.same_code("", code)
