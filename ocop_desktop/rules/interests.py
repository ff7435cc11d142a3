"""Hints that a member may have an interest in a producer: what both have in common. A hint is a question. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ocop_desktop.rules.names import fold

HintKind = Literal["name", "phone", "address", "organisation"]
_TITLES = re.compile(r"^(ong|ba|anh|chi|co|ths|ts|ks|pgs|gs|bs)\.? ")
_FORMS = re.compile(r"\b(hop tac xa|htx|cong ty|tnhh|co phan|cp|mtv|mot thanh vien|doanh nghiep tu nhan|dntn|ho kinh doanh|hkd|"
                    r"to hop tac|tht|trang trai|ho san xuat|co so san xuat|co so)\b")
_SHORT = {"tp": "thanh pho", "tt": "thi tran", "tx": "thi xa", "p": "phuong", "q": "quan", "h": "huyen", "t": "tinh", "x": "xa"}
LEAST_WORDS = 2  # of a name or an organisation's own words; one word alone says nothing
LEAST_ADDRESS = 4  # words of an address


@dataclass(frozen=True)
class Person:
    """A member of the council."""

    name: str
    agency: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Maker:
    """A producer."""

    name: str
    representative: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Hint:
    """What a member and a producer share: ``shared`` folded, so that a hint put aside is known again."""

    kind: HintKind
    shared: str


def hints(person: Person, maker: Maker) -> tuple[Hint, ...]:
    """Everything the two have in common that could mean an interest."""
    return tuple(_found(person, maker))


def _found(person: Person, maker: Maker) -> Iterator[Hint]:
    name = person_key(person.name)
    if len(name.split()) >= LEAST_WORDS and (name == person_key(maker.representative) or _contains(maker.name, name)):
        yield Hint("name", name)
    for phone in sorted(phones(person.phone) & phones(maker.phone)):
        yield Hint("phone", phone)
    own, theirs = address_key(person.address), address_key(maker.address)
    if _long(LEAST_ADDRESS, own, theirs) and (_begins(own, theirs) or _begins(theirs, own)):
        yield Hint("address", min(own, theirs, key=len))
    agency, firm = organisation_key(person.agency), organisation_key(maker.name)
    if _long(LEAST_WORDS, agency, firm) and (_within(agency, firm) or _within(firm, agency)):
        yield Hint("organisation", min(agency, firm, key=len))


@lru_cache(maxsize=4096)
def person_key(name: str) -> str:
    """A person's name to compare by: folded, without a title before it."""
    return _TITLES.sub("", " ".join(fold(name).split()))


@lru_cache(maxsize=4096)
def phones(text: str) -> frozenset[str]:
    """Phone numbers in a cell, each as 0 and nine or ten digits, whichever way it was written."""
    found = set()
    for part in re.split(r"[;,/\n]|-(?=\s)|(?<=\s)-", text):
        digits = re.sub(r"\D", "", part)
        if digits.startswith("84") and len(digits) in (11, 12):
            digits = "0" + digits[2:]
        elif len(digits) == 9 and not digits.startswith("0"):
            digits = "0" + digits
        if len(digits) in (10, 11) and digits.startswith("0"):
            found.add(digits)
    return frozenset(found)


@lru_cache(maxsize=4096)
def address_key(address: str) -> str:
    """An address to compare by: folded words, short forms written out."""
    return " ".join(_SHORT.get(w, w) for w in re.findall(r"[a-z0-9]+", fold(address)))


@lru_cache(maxsize=4096)
def organisation_key(name: str) -> str:
    """An organisation's own words, without its legal form."""
    return " ".join(re.findall(r"[a-z0-9]+", _FORMS.sub(" ", fold(name))))


def _long(least: int, *texts: str) -> bool:
    return all(len(text.split()) >= least for text in texts)


def _contains(text: str, words: str) -> bool:
    return _within(words, " ".join(re.findall(r"[a-z0-9]+", fold(text))))


def _within(few: str, many: str) -> bool:
    return f" {few} " in f" {many} "


def _begins(few: str, many: str) -> bool:
    return f"{many} ".startswith(f"{few} ")
