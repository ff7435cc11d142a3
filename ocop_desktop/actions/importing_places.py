"""Communes of an import: which province the file speaks of, and which unit each written name is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ocop_desktop.actions.office import read_office
from ocop_desktop.data import communes, old_communes
from ocop_desktop.data.communes import Unit, name_forms
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import Place, Problem, UserError
from ocop_desktop.sheets.contents import Contents, Row, keep
from ocop_desktop.text import N_

_GUESSED = N_("Không nói rõ tỉnh; lấy {province} vì {count} trên {total} tên xã của tệp thuộc tỉnh này.")
_ELSEWHERE = N_("Tệp có {count} tên xã của {other} nhưng chỉ {known} tên thuộc {province}; hãy kiểm tra tỉnh đã chọn.")
_UNKNOWN = N_("Ô {cell} ({heading}): không có xã, phường “{value}” trong {province}; hãy chọn tên đúng. Tạm nhập không có xã.")
_NOWHERE = N_("Ô {cell} ({heading}): không có xã, phường “{value}” trong danh mục; hãy chọn tên đúng. Tạm nhập không có xã.")
_AMBIGUOUS = N_("Ô {cell} ({heading}): “{value}” có thể là {choices}; hãy chọn một. Tạm nhập không có xã.")
_DIVIDED = N_("Ô {cell} ({heading}): “{value}” trước 7/2025 nay thuộc {choices}; hãy chọn một. Tạm nhập không có xã.")
_MISSING = N_("Ô {cell} ({heading}): chưa có xã, phường.")

_KIND = re.compile(r"(?i)^(xã|phường|đặc khu|thị trấn|xa|phuong|dac khu|thi tran|tt|p|x)[.\s]+")


@dataclass(frozen=True)
class Gazetteer:
    """The units of one province, found by what people write.

    Args:
        code, name: the province; empty when the file names no place.
    """

    code: str
    name: str
    units: tuple[Unit, ...]
    _by_form: dict[str, list[Unit]]
    _by_code: dict[str, Unit]

    def find(self, written: str) -> tuple[Unit, ...]:
        """The units a text may mean: one is certain, several are ambiguous, none is unknown."""
        found = self._find(written)
        if not found and ("," in written or "-" in written or "(" in written):
            head = written.replace("(", ",").split(",")[0].strip()
            found = self._find(head) or self._find(head.split(" - ")[0].strip())
        return found

    def find_old(self, written: str, district: str) -> tuple[Unit, ...]:
        """The units of today that the old commune a text may mean belongs to."""
        units = old_communes.find(self.code, written, district) if self.code else ()
        if len(units) > 1:
            meant = _bare(_without_kind(written))
            units = tuple(u for u in units if _bare(_without_kind(u.name)) == meant) or units
        return tuple(self._by_code[code] for code in dict.fromkeys(code for u in units for code in u.codes))

    def is_old(self, written: str, district: str) -> bool:
        """Whether a text names a district, so that its commune is one of before July 2025."""
        return bool(self.code) and old_communes.names_district(self.code, written, district)

    def _find(self, written: str) -> tuple[Unit, ...]:
        if written in self._by_code:
            return (self._by_code[written],)
        units = {unit.code: unit for form in name_forms(written) for unit in self._by_form.get(form, ())}
        if len(units) > 1:
            meant = {_bare(written), _bare(_without_kind(written))}
            same = [u for u in units.values() if _bare(u.name) in meant]
            return tuple(same if len(same) == 1 else units.values())
        return tuple(units.values())


def _without_kind(written: str) -> str:
    """A written name without its xã, phường, đặc khu, thị trấn; the kind itself proves nothing, offices mix them up."""
    return _KIND.sub("", written.strip(), count=1)


def _bare(name: str) -> str:
    """Letters with their accents, but blind to case and to where the tone stands (Hoà, Hòa)."""
    parts = unicodedata.normalize("NFD", name.casefold())
    tones = "".join(sorted(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323"))
    return "".join(c for c in parts if c not in "\u0300\u0301\u0303\u0309\u0323") + tones


def gazetteer(session: Session, contents: Contents, province: str) -> Gazetteer:
    """The units of the province a file speaks of: the one given, the office's, or the one where most of its names are.

    A guess, and a province that fits badly, are told as problems of the whole file.

    Raises:
        UserError: there is no such province.
    """
    names = {code.code: code.name for code in communes.province_list(session)}
    if province and province not in names:
        raise UserError("Không có tỉnh mang mã “{code}”; mã tỉnh có hai chữ số, ví dụ 20 là Lạng Sơn.", code=province)
    written = Counter(t for row in contents.rows if (t := row.values.get("commune")) and "commune" not in row.filled)
    chosen = province or read_office(session).province_code
    if chosen:
        own = _gazetteer(session, chosen, names[chosen])
        if len(written) >= 3 and sum(1 for name in written if own.find(name)) * 2 < len(written):
            _tell_better(session, contents, own, written, names)
        return own
    fits = _fits(session, written)
    if not fits:
        return Gazetteer("", "", (), {}, {})
    best, count = fits.most_common(1)[0]
    contents.problems.append(
        Problem(
            _GUESSED,
            {"province": names[best], "count": count, "total": len(written)},
            Place(contents.file, contents.table.sheet.name),
            names[best],
            "warning",
            "province_guessed",
        )
    )
    return _gazetteer(session, best, names[best])


def _gazetteer(session: Session, code: str, name: str) -> Gazetteer:
    units = communes.by_province(session, code)
    latest: dict[str, Unit] = {}
    by_form: dict[str, list[Unit]] = defaultdict(list)
    for unit in sorted(units, key=lambda u: u.valid_from):
        latest[unit.code] = unit
    for unit in units:  # an earlier name finds the unit as it is called now
        by_form[communes.folded_name(unit.name)].append(latest[unit.code])
    return Gazetteer(code, name, tuple(latest.values()), by_form, latest)


def _fits(session: Session, written: Iterable[str]) -> Counter[str]:
    """How many of the written names each province has."""
    provinces: dict[str, set[str]] = defaultdict(set)
    for province in communes.province_list(session):
        for unit in communes.by_province(session, province.code):
            provinces[communes.folded_name(unit.name)].add(province.code)
    return Counter(
        code for name in written for code in {c for form in name_forms(name.split(",")[0]) for c in provinces.get(form, ())}
    )


def _tell_better(session: Session, contents: Contents, own: Gazetteer, written: Counter[str], names: dict[str, str]) -> None:
    fits = _fits(session, written)
    known = sum(1 for name in written if own.find(name))
    if fits and fits.most_common(1)[0][1] > known:
        best, count = fits.most_common(1)[0]
        contents.problems.append(
            Problem(
                _ELSEWHERE,
                {"count": count, "other": names[best], "known": known, "province": own.name},
                Place(contents.file, contents.table.sheet.name),
                own.name,
                "warning",
                "other_province",
            )
        )


def place_rows(contents: Contents, places: Gazetteer) -> None:
    """Put ``commune_id`` and ``commune_code`` into every row; ask where a name is unknown or may be two."""
    if contents.column("commune") is None and not any(r.values.get("commune") for r in contents.rows):
        return
    known: dict[tuple[str, str], tuple[tuple[Unit, ...], bool]] = {}
    letter = column.letter if (column := contents.column("commune")) else ""
    for row in contents.rows:
        written, district = row.values.get("commune"), row.values.get("district") or ""
        if not written:
            if row.values.get("product") and not any(p.values["field"] == "commune" for p in row.problems):
                contents.ask(row, "commune", "no_commune", "warning", _MISSING)
            continue
        if (written, district) not in known:
            known[written, district] = _meant(places, written, district)
        found, old = known[written, district]
        if old and contents.refused.of("old_commune", letter, row.number):
            found, old = (), False
        if len(found) == 1:
            row.values["commune_id"], row.values["commune"] = found[0].id, found[0].name
            if old:
                contents.mended(row.number, "commune", "old_commune", written, found[0].full_name)
            elif written.casefold() not in (found[0].name.casefold(), found[0].full_name.casefold(), found[0].code):
                contents.mended(row.number, "commune", "commune", written, found[0].full_name)
        else:
            _ask(contents, row, written, found, places, old)
        if old or district or (len(found) != 1 and not row.values.get("address")):
            _keep_as_address(row, written, district)


def _meant(places: Gazetteer, written: str, district: str) -> tuple[tuple[Unit, ...], bool]:
    """The units a text may mean, and whether it names a commune of before July 2025: only then, or beside its district."""
    found = places.find(written)
    if not found or places.is_old(written, district):
        old = places.find_old(written, district)
        if old:
            return old, True
    return found, False


def _keep_as_address(row: Row, written: str, district: str) -> None:
    """The words of the sheet stay readable: as the address, or behind it where that does not say them."""
    words = ", ".join(part for part in (written, district) if part)
    address = row.values.get("address") or ""
    if communes.folded_name(written) not in communes.folded_name(address):
        row.values["address"] = f"{address}, {words}" if address else words


def _ask(contents: Contents, row: Row, written: str, found: tuple[Unit, ...], places: Gazetteer, old: bool) -> None:
    row.values["commune"] = ""
    if "commune" not in row.filled:
        if found:
            contents.ask(
                row,
                "commune",
                "ambiguous_commune",
                "warning",
                _DIVIDED if old else _AMBIGUOUS,
                written,
                choices=", ".join(u.full_name for u in found),
            )
        else:
            message = _UNKNOWN if places.name else _NOWHERE
            contents.ask(row, "commune", "unknown_commune", "warning", message, written, province=places.name)
        keep(row, contents, "commune", written)
