"""The file offices exchange records with: a ZIP of JSON, whose head says whose it is, and photos; every value is looked at.

Photos are named by their digest and read one at a time, so that a province's file need not fit into memory.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from ocop_desktop.errors import UserError
from ocop_desktop.rules.merging import CERTIFICATE, DOSSIER, INSPECTION, PRODUCER, PRODUCT, PROGRAMME
from ocop_desktop.rules.targets import MEASURES
from ocop_desktop.rules.terms import ACTIVITY_KINDS, FUNDING_SOURCES

FORMAT, VERSION = "ocop-trich", 1
RECORDS, PHOTO = "du-lieu.json", "anh/{}.jpg"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # a ZIP knows no earlier day, and a file is not to change with the clock
LARGEST, LARGEST_PHOTO = 500 * 2**20, 20 * 2**20  # bytes, unpacked
DIGEST = re.compile(r"[0-9a-f]{64}")
DAYS = frozenset(("founded", "filed_on", "commune_received_on", "province_received_on", "issued_on", "expires_on", "decided_on",
                  "revoked_on", "concluded_on", "extended_until", "planned_on", "held_on", "follow_up_due", "follow_up_done",
                  "begins_on", "ends_on"))
NUMBERS = frozenset(("set_no", "samples", "stars", "events", "people", "women", "minorities", "documents", "cost_vnd", "year",
                     "amount_vnd", "least"))
PAPER = ("kind", "number", "issuer", "issued_on", "expires_on")
ANSWER = ("criterion", "choice", "evidence")
STATES = ("open", "history")  # what a dossier is for another office: still to be decided, or the trace of what was
MOST_PHOTOS = 40  # of an inspection
LONGEST = 20_000  # letters of a value


@dataclass(frozen=True)
class Slice:
    """Records of a file.

    Args:
        office: who made it; province: whether a province's office did; made_on: the day.
        where: what was cut out: "commune", "year", "round" with their values.
        producers, programme: as in ``rules.merging``, without "id".
    """

    office: str
    province: bool
    made_on: dt.date
    where: Mapping[str, str]
    producers: tuple[Mapping[str, Any], ...]
    programme: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)


def write(made: Slice, goal: IO[bytes], photos: Iterable[tuple[str, bytes]], tick: Callable[[int], None]) -> None:
    """Write a slice; the same slice gives the same bytes.

    Args:
        photos: digest and JPEG of every photo the records name, each once.
        tick: called with the number of each producer in turn; may raise to stop.
    """
    head = {"format": FORMAT, "version": VERSION, "office": made.office, "province": made.province,
            "made_on": made.made_on.isoformat(), "where": dict(made.where)}
    told = {**head, "producers": _producers(made.producers, tick), "programme": _programme(made.programme)}
    with zipfile.ZipFile(goal, "w") as packed:
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        packed.writestr(zipfile.ZipInfo(RECORDS, EARLIEST), text, zipfile.ZIP_DEFLATED, 6)
        for digest, jpeg in photos:
            packed.writestr(zipfile.ZipInfo(PHOTO.format(digest), EARLIEST), jpeg)  # a JPEG is packed already


def read(path: Path, tick: Callable[[int], None]) -> Slice:
    """The slice of a file.

    Args:
        tick: as for ``write``.

    Raises:
        UserError: it is no such file, of a newer version, too large, or a value is not what it should be; says which.
        OSError: it cannot be read.
    """
    name = path.name
    try:
        with zipfile.ZipFile(path) as packed:
            if packed.getinfo(RECORDS).file_size > LARGEST:
                raise UserError("Tệp “{file}” quá lớn; hãy xin tệp trích theo từng xã hoặc từng năm.", file=name)
            raw = json.loads(_content(packed, RECORDS, LARGEST))
            held = {info.filename for info in packed.infolist()}
        if raw["format"] != FORMAT:
            raise ValueError
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, TypeError,
            RuntimeError) as error:  # deep nesting, an encrypted entry
        raise UserError("“{file}” không phải tệp trích dữ liệu OCOP; hãy chọn tệp .trich do chương trình này lưu.",
                        file=name) from error
    if raw.get("version") != VERSION:
        raise UserError("“{file}” do bản mới hơn của chương trình lưu; hãy cập nhật chương trình rồi nhận lại.", file=name)
    try:
        made = Slice(_text(raw["office"]), raw["province"] is True, dt.date.fromisoformat(raw["made_on"]),
                     {str(k): _text(v) for k, v in raw["where"].items()}, tuple(_producers(raw["producers"], tick)),
                     _programme(raw["programme"]))
        for digest in photos_of(made.producers):
            if PHOTO.format(digest) not in held:
                raise ValueError(PHOTO.format(digest))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError("Tệp “{file}” bị hỏng hoặc đã bị sửa tay: đọc không được “{value}”. Hãy xin lại tệp.", file=name,
                        value=str(error).strip("'\"")) from error
    return made


def photos(path: Path, digests: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Photos of a file one after another, with their digests.

    Raises:
        UserError: one is not there, or is not what its digest says.
        OSError: the file cannot be read.
    """
    wanted, name = list(digests), ""
    if not wanted:
        return
    try:
        with zipfile.ZipFile(path) as packed:
            for digest in wanted:
                name = PHOTO.format(digest)
                content = _content(packed, name, LARGEST_PHOTO)
                if hashlib.sha256(content).hexdigest() != digest:
                    raise ValueError(name)
                yield digest, content
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, RuntimeError) as error:
        raise UserError("Tệp “{file}” bị hỏng hoặc đã bị sửa tay: đọc không được “{value}”. Hãy xin lại tệp.", file=path.name,
                        value=name) from error


def photos_of(producers: Iterable[Mapping[str, Any]]) -> dict[str, None]:
    """Digests of the photos records name, each once, in order."""
    found: dict[str, None] = {}
    for producer in producers:
        for product in producer["products"]:
            if product["photo"]:
                found[product["photo"]] = None
            found |= {photo["sha256"]: None for one in product["inspections"] for photo in one["photos"]}
    return found


def _content(packed: zipfile.ZipFile, name: str, most: int) -> bytes:
    with packed.open(name) as inside:
        content = inside.read(most + 1)
    if len(content) > most:
        raise ValueError(name)
    return content


def _programme(raw: Mapping[str, Any]) -> dict[str, tuple[dict[str, Any], ...]]:
    made: dict[str, tuple[dict[str, Any], ...]] = {
        kind: tuple(_fields(one, names) for one in raw[kind]) for kind, names in PROGRAMME.items()}
    if any(one["source"] not in FUNDING_SOURCES or not one["year"] or one["amount_vnd"] is None for one in made["funding"]):
        raise ValueError("funding")
    if any(one["kind"] not in ACTIVITY_KINDS or not one["events"] for one in made["activity"]):
        raise ValueError("activity")
    if any(one["measure"] not in MEASURES or one["least"] is None or not one["period"] for one in made["target"]):
        raise ValueError("target")
    for one in (*made["activity"], *made["target"]):
        if not one["begins_on"] or not one["ends_on"] or one["begins_on"] > one["ends_on"]:
            raise ValueError("begins_on")
    return made


def _producers(raw: Iterable[Mapping[str, Any]], tick: Callable[[int], None]) -> list[dict[str, Any]]:
    made = []
    for number, producer in enumerate(raw):
        tick(number)
        made.append(_producer(producer))
    return made


def _producer(raw: Mapping[str, Any]) -> dict[str, Any]:
    made = _fields(raw, PRODUCER)
    if not made["name"]:
        raise ValueError("producers.name")
    return {**made, "products": [_product(p) for p in raw["products"]]}


def _product(raw: Mapping[str, Any]) -> dict[str, Any]:
    made = _fields(raw, PRODUCT)
    if not made["name"]:
        raise ValueError("products.name")
    return {**made, "dossiers": [_dossier(d) for d in raw["dossiers"]],
            "inspections": [_inspection(i) for i in raw["inspections"]]}


def _inspection(raw: Mapping[str, Any]) -> dict[str, Any]:
    made = _fields(raw, INSPECTION)
    if not made["planned_on"]:
        raise ValueError("inspections.planned_on")
    photos = [{"sha256": _digest(photo["sha256"]), "name": _text(photo["name"])} for photo in raw["photos"]]
    if len(photos) > MOST_PHOTOS:
        raise ValueError("inspections.photos")
    return {**made, "photos": photos}


def _digest(value: Any) -> str:
    if not isinstance(value, str) or not DIGEST.fullmatch(value):
        raise ValueError(repr(value)[:80])
    return value


def _dossier(raw: Mapping[str, Any]) -> dict[str, Any]:
    certificate = _fields(raw["certificate"], CERTIFICATE) if raw["certificate"] else None
    if certificate and not (certificate["issued_on"] and certificate["expires_on"] and certificate["stars"] in (3, 4, 5)):
        raise ValueError("certificate")
    if certificate and certificate["issued_on"] > certificate["expires_on"]:
        raise ValueError("certificate.expires_on")
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
        if value is not None and (type(value) is not int or not 0 <= value <= 10**15):
            raise ValueError(name)
        return value
    if name == "photo":
        return _digest(value) if value else ""
    if name == "label_right":
        if value not in (True, False, None) or type(value) is int:
            raise ValueError(name)
        return value
    if name in ("code", "number") and value is None:
        return None
    return _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError(value if isinstance(value, str) else repr(value)[:80])
    value.encode()  # half a letter, which no database keeps
    return value
