"""The file offices exchange records with: JSON with a head that says whose it is; read with every value looked at."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ocop_desktop.errors import UserError
from ocop_desktop.rules.merging import CERTIFICATE, DOSSIER, PRODUCER, PRODUCT

FORMAT, VERSION = "ocop-trich", 1
LARGEST = 300 * 2**20  # bytes
DAYS = frozenset(("founded", "filed_on", "commune_received_on", "province_received_on", "issued_on", "expires_on", "decided_on",
                  "revoked_on", "concluded_on", "extended_until"))
NUMBERS = frozenset(("set_no", "samples", "stars"))
PAPER = ("kind", "number", "issuer", "issued_on", "expires_on")
ANSWER = ("criterion", "choice", "evidence")
STATES = ("open", "history")  # what a dossier is for another office: still to be decided, or the trace of what was
LONGEST = 20_000  # letters of a value


@dataclass(frozen=True)
class Slice:
    """Records of a file.

    Args:
        office: who made it; province: whether a province's office did; made_on: the day.
        where: what was cut out: "commune", "year", "round" with their values.
        producers: as in ``rules.merging``, without "id".
    """

    office: str
    province: bool
    made_on: dt.date
    where: Mapping[str, str]
    producers: tuple[Mapping[str, Any], ...]


def encode(made: Slice) -> bytes:
    """A slice as the file's bytes; the same slice gives the same bytes."""
    head = {"format": FORMAT, "version": VERSION, "office": made.office, "province": made.province,
            "made_on": made.made_on.isoformat(), "where": dict(made.where)}
    producers = [_producer(p) for p in made.producers]
    return json.dumps({**head, "producers": producers}, ensure_ascii=False, indent=1).encode()


def decode(content: bytes, name: str) -> Slice:
    """The slice of a file's bytes.

    Args:
        name: of the file, for the sentences.

    Raises:
        UserError: it is no such file, of a newer version, too large, or a value is not what it should be; says which.
    """
    try:
        if len(content) > LARGEST:
            raise ValueError
        raw = json.loads(content)
        if raw["format"] != FORMAT:
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError("“{file}” không phải tệp trích dữ liệu OCOP; hãy chọn tệp .trich do chương trình này lưu.",
                        file=name) from error
    if raw.get("version") != VERSION:
        raise UserError("“{file}” do bản mới hơn của chương trình lưu; hãy cập nhật chương trình rồi nhận lại.", file=name)
    try:
        return Slice(_text(raw["office"]), raw["province"] is True, dt.date.fromisoformat(raw["made_on"]),
                     {str(k): _text(v) for k, v in raw["where"].items()}, tuple(_producer(p) for p in raw["producers"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError("Tệp “{file}” bị hỏng hoặc đã bị sửa tay: đọc không được “{value}”. Hãy xin lại tệp.", file=name,
                        value=str(error).strip("'\"")) from error


def _producer(raw: Mapping[str, Any]) -> dict[str, Any]:
    made = _fields(raw, PRODUCER)
    if not made["name"]:
        raise ValueError("producers.name")
    return {**made, "products": [_product(p) for p in raw["products"]]}


def _product(raw: Mapping[str, Any]) -> dict[str, Any]:
    made = _fields(raw, PRODUCT)
    if not made["name"]:
        raise ValueError("products.name")
    return {**made, "dossiers": [_dossier(d) for d in raw["dossiers"]]}


def _dossier(raw: Mapping[str, Any]) -> dict[str, Any]:
    certificate = _fields(raw["certificate"], CERTIFICATE) if raw["certificate"] else None
    if certificate and not (certificate["issued_on"] and certificate["expires_on"] and certificate["stars"] in (3, 4, 5)):
        raise ValueError("certificate")
    if raw["status"] not in STATES:
        raise ValueError(raw["status"])
    more = {"rulebook": _text(raw["rulebook"]), "status": raw["status"], "stars": _value("stars", raw["stars"])}
    return {**_fields(raw, DOSSIER), **more, "certificate": certificate,
            "papers": [_fields(p, PAPER) for p in raw["papers"]], "answers": [_fields(a, ANSWER) for a in raw["answers"]]}


def _fields(raw: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _value(name, raw[name]) for name in names}


def _value(name: str, value: Any) -> Any:
    if name in DAYS:
        return None if value in (None, "") else dt.date.fromisoformat(value).isoformat()
    if name in NUMBERS:
        if value is not None and (type(value) is not int or not 0 <= value < 10**6):
            raise ValueError(name)
        return value
    if name in ("code", "number") and value is None:
        return None
    return _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError(value if isinstance(value, str) else repr(value)[:80])
    return value
