"""Product sets that a registration list writes as words: a set's name is its number, other words are asked about."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from ocop_desktop.errors import Place, Problem
from ocop_desktop.rules.names import fold
from ocop_desktop.sheets.contents import DOUBTS, Contents
from ocop_desktop.text import N_

# Industries of the decisions of 2019, 2022-2023 and 2026, in the words of registers: they stay as the product's category.
INDUSTRIES = (
    "Thực phẩm", "Sản phẩm thực phẩm", "Đồ uống", "Sản phẩm đồ uống", "Thảo dược", "Dược liệu",
    "Dược liệu và sản phẩm từ dược liệu", "Vải và may mặc", "Lưu niệm, nội thất, trang trí", "Thủ công mỹ nghệ",
    "Hàng thủ công mỹ nghệ", "Thủ công mỹ nghệ, trang trí", "Sinh vật cảnh", "Dịch vụ du lịch",
    "Dịch vụ du lịch nông thôn, bán hàng", "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch",
)  # fmt: skip
LIKE = 70  # of 100: below that no set is named as the likely one
_LIKELY = N_("Ô {cell} ({heading}): không có bộ sản phẩm tên “{value}”; gần nhất là bộ {set} “{called}”. Đúng thì gõ {set}.")

_ABSENT = {
    ("set_no", "commune"): N_("Trang “{sheet}” không có cột bộ sản phẩm và cột xã, phường: hồ sơ mới sẽ thiếu bộ (chưa chấm "
                              "được) và thiếu xã. Cột có mà chưa nhận ra thì chỉ ở bước Cột; không có thì điền sau trong từng "
                              "hồ sơ."),
    ("set_no",): N_("Trang “{sheet}” không có cột bộ sản phẩm: hồ sơ mới sẽ thiếu bộ nên chưa chấm được. Cột có mà chưa nhận ra "
                    "thì chỉ ở bước Cột; không có thì điền sau trong từng hồ sơ."),
    ("commune",): N_("Trang “{sheet}” không có cột xã, phường: hồ sơ mới sẽ thiếu xã. Cột có mà chưa nhận ra thì chỉ ở bước Cột; "
                     "không có thì điền sau trong từng hồ sơ."),
}


def name_sets(contents: Contents, sets: Mapping[int, str]) -> None:
    """Put a set's number in place of its name; ask where the words name neither a set nor an industry.

    Args:
        sets: names of the sets by number.
    """
    known = {_plain(name): number for number, name in sets.items()}
    industries = {_plain(name) for name in INDUSTRIES}
    for row in contents.rows:
        written = row.values.get("set_no")
        if not written or not isinstance(written, str):
            continue
        plain = _plain(written)
        if plain in known:
            row.values["set_no"] = known[plain]
        elif plain not in industries:
            number = closest(plain, known)
            if number is None:
                contents.ask(row, "set_no", "bad_set", *DOUBTS["set"], written)
            else:
                contents.ask(row, "set_no", "bad_set", "warning", _LIKELY, written, set=number, called=sets[number])


def tell_absent(contents: Contents) -> None:
    """Warn once of columns nobody found, whose values a dossier needs later; not where a value is given for the whole file."""
    absent = tuple(name for name in ("set_no", "commune")
                   if contents.column(name) is None and not any(row.values.get(name) for row in contents.rows))
    if absent and contents.rows:
        sheet = contents.table.sheet.name
        contents.problems.append(Problem(_ABSENT[absent], {"sheet": sheet}, Place(contents.file, sheet), sheet, "warning",
                                         "absent_columns"))


def closest(words: str, known: Mapping[str, int]) -> int | None:
    """The set whose name is nearest to these words; None where none is near."""
    found = process.extractOne(words, list(known), scorer=_near, score_cutoff=LIKE)
    return known[found[0]] if found else None


def _near(one: str, other: str, **_how: object) -> float:
    """Words in common count most; of sets that share as many, the one that begins with them or says little else."""
    return 0.85 * fuzz.token_set_ratio(one, other) + 0.1 * fuzz.ratio(one, other) + 5 * other.startswith(f"{one} ")


def _plain(words: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(words)).split())
