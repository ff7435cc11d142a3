"""What the columns of a sheet mean: a list of synonyms first, then likeness of letters with a high cut; always correctable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ocop_desktop.rules.names import fold
from ocop_desktop.sheets import activities, funding, score_sheets
from ocop_desktop.sheets.error_cells import letters
from ocop_desktop.text import N_

KINDS = (score_sheets, activities, funding)  # kinds with columns of their own


class _Fields(dict[str, tuple[str, str]]):
    """Fields by name; one of several like columns carries its letter ("score:D") and is what its name says without it."""

    def __missing__(self, key: str) -> tuple[str, str]:
        name, mark, letter = key.partition(":")
        if not (mark and letter and name in self):
            raise KeyError(key)
        return self[name]


# field -> (words of the window, reader in cell_readers.READERS)
FIELDS = _Fields({
    "running": (N_("Số thứ tự"), "text"),
    "product": (N_("Tên sản phẩm"), "text"),
    "set_no": (N_("Bộ sản phẩm"), "set"),
    "code": (N_("Mã sản phẩm"), "text"),
    "producer": (N_("Chủ thể"), "text"),
    "producer_kind": (N_("Loại hình chủ thể"), "producer_kind"),
    "tax_code": (N_("Mã số thuế"), "tax"),
    "commune": (N_("Xã, phường"), "text"),
    "district": (N_("Huyện (trước 7/2025)"), "text"),
    "address": (N_("Địa chỉ"), "text"),
    "representative": (N_("Người đại diện"), "text"),
    "phone": (N_("Điện thoại"), "phone"),
    "email": (N_("Thư điện tử"), "text"),
    "kind": (N_("Lần đăng ký"), "application"),
    "samples": (N_("Số sản phẩm mẫu"), "count"),
    "round": (N_("Đợt"), "text"),
    "filed_on": (N_("Ngày nộp hồ sơ"), "day"),
    "current_stars": (N_("Hạng sao hiện tại"), "stars"),
    "expires_on": (N_("Ngày hết hạn"), "day"),
    "first_stars": (N_("Lần 1: hạng sao"), "stars"),
    "first_date": (N_("Lần 1: ngày"), "day"),
    "first_year": (N_("Lần 1: năm"), "year"),
    "first_decision": (N_("Lần 1: số quyết định"), "text"),
    "first_authority": (N_("Lần 1: cơ quan"), "text"),
    "second_stars": (N_("Lần 2: hạng sao"), "stars"),
    "second_date": (N_("Lần 2: ngày"), "day"),
    "second_year": (N_("Lần 2: năm"), "year"),
    "second_decision": (N_("Lần 2: số quyết định"), "text"),
    "second_authority": (N_("Lần 2: cơ quan"), "text"),
    "note": (N_("Ghi chú"), "text"),
    **{field: (words, reader) for kind in KINDS for field, (words, reader, _heads) in kind.COLUMNS.items()},
})
NOTE_OF_ITS_OWN = ""  # an unknown column: kept as "heading: value" in the note
IGNORED = "ignore"
RECOGNITION = ("stars", "date", "year", "decision", "authority")

# Folded words; a recognition's fields stand without their turn, which follows from the group heading or the order.
_SYNONYMS: dict[str, str] = {
    "running": "tt|stt|so tt|so thu tu|no|id",
    "product": (
        "ten san pham|san pham|ten sp|ten san pham ocop|ten san pham dang ky|san pham ocop|"
        "ten san pham dich vu|ten san pham, dich vu|ten san pham/dich vu|ten hang hoa|tensanpham|ten sp ocop|"
        "product|product name|name of product|san pham dang ky|ten san pham du thi|ten san pham tham gia|"
        "ten san pham du kien|ten san pham duoc cong nhan|san pham duoc cong nhan"
    ),
    "set_no": (
        "bo san pham|bo sp|bo so|so bo|nhom san pham|nhom sp|nhom|bo|bo/nhom san pham|nganh hang|"
        "nganh san pham|phan nhom|category|product group|product set|set|nganh|nhom/bo san pham|nhom nganh|"
        "bo san pham so|nganh/nhom san pham|nganh, nhom san pham"
    ),
    "code": ("ma san pham|ma sp|ma ho so|ma ocop|ma_ocop|ma so san pham|ma san pham ocop|product code|code|ma so|ma so ocop"),
    "producer": (
        "chu the|ten chu the|chu the ocop|chu the san xuat|ten chu the ocop|chu the sx|don vi|"
        "don vi san xuat|co so san xuat|ten co so|ten don vi|ten co so san xuat|chu the san xuat kinh doanh|"
        "chu the sxkd|chuthesxkd|producer|producer name|subject name|owner|ten chu the san xuat|"
        "don vi san xuat kinh doanh|chu the thuc hien|chu the tham gia|co so/doanh nghiep|"
        "ten co so, doanh nghiep|ten to chuc ca nhan|ten to chuc, ca nhan|to chuc ca nhan|chu the dang ky|"
        "chu the san pham|subject|ten doanh nghiep|ten chu the san xuat kinh doanh|don vi chu the|chu so huu|"
        "ten hop tac xa|co so"
    ),
    "producer_kind": (
        "loai hinh|loai hinh to chuc|loai hinh chu the|loai hinh to chuc kinh te|loai hinh kinh te|"
        "loai hinh san xuat|loai hinh kinh doanh|loai chu the|hinh thuc to chuc|producer kind|producer type|"
        "subject type|loai hinh doanh nghiep|loai hinh to chuc san xuat|loai hinh sxkd|loai hinh dn"
    ),
    "tax_code": (
        "mst|ma so thue|ma thue|ma so dn|ma so doanh nghiep|tax code|tax number|tax id|mst/cccd|"
        "ma so thue chu the|ma so doanh nghiep/hop tac xa|ma so thue/cccd"
    ),
    "commune": (
        "xa/phuong|xa|phuong|xa phuong|xa, phuong|ten xa|ubnd xa|ubnd cap xa|cap xa|don vi hanh chinh|"
        "xa phuong thi tran|xa/phuong/thi tran|xa, phuong, thi tran|xa (phuong)|xa phuong dac khu|"
        "xa, phuong, dac khu|xa/phuong/dac khu|dia ban|current commune|commune|ward|xa phuong moi|"
        "xa/phuong moi|xa, phuong moi|don vi cap xa|ten xa phuong|ten xa/phuong|xa phuong hien nay|"
        "dia ban xa|ma_donvihanhchinh"
    ),
    "district": (
        "district|huyen|quan/huyen|quan huyen|huyen/thi xa|huyen/thanh pho|huyen, thanh pho|huyen, thi xa, thanh pho|"
        "huyen/thi xa/thanh pho|huyen (cu)|huyen cu|ten huyen|cap huyen|don vi cap huyen|huyen, tp|huyen/tp|huyen, thi xa"
    ),
    "address": (
        "dia chi|dia chi lien he|dia chi san xuat|dia chi chu the|dia chi co so|dia diem|noi san xuat|"
        "dia chi sx|dia chi tru so|address|original address|dia chi day du|tru so|tru so chinh|"
        "dia chi san xuat kinh doanh|dia chi hien nay|dia chi cu the"
    ),
    "representative": (
        "nguoi dai dien|dai dien|nguoi dai dien phap luat|dai dien phap luat|ho ten nguoi dai dien|"
        "ho va ten nguoi dai dien|chu co so|nguoi dai dien theo phap luat|ho ten|ho va ten|giam doc|"
        "nguoi lien he|representative|legal representative|nguoi dai dien chu the|ho ten chu ho|chu ho|"
        "ten nguoi dai dien|dai dien chu the|nguoi dung dau|contact"
    ),
    "phone": (
        "dien thoai|so dien thoai|sdt|dt|so dt|dien thoai lien he|so dien thoai lien he|sdt lien he|di dong|"
        "hotline|phone|phone number|tel|mobile|dt lien he|so dien thoai nguoi dai dien|telephone"
    ),
    "email": "email|e-mail|thu dien tu|mail|dia chi email|hop thu",
    "kind": (
        "lan dang ky|loai dang ky|hinh thuc dang ky|loai ho so|dang ky|loai danh gia|hinh thuc danh gia|"
        "hinh thuc|noi dung dang ky|application kind|application|loai hinh dang ky|dang ky moi/nang hang|"
        "hinh thuc de nghi|lan danh gia|noi dung de nghi"
    ),
    "samples": (
        "so san pham mau|so mau|so luong mau|mau san pham|so luong san pham mau|samples|sl mau|"
        "so luong mau nop|so luong mau san pham"
    ),
    "round": "dot|dot danh gia|dot dang ky|ky danh gia|round|dot nop|dot xet",
    "filed_on": (
        "ngay nop|ngay nop ho so|ngay dang ky|ngay nhan|ngay nhan ho so|filed on|ngay tiep nhan|"
        "ngay tiep nhan ho so|ngay gui ho so"
    ),
    "current_stars": (
        "hang sao hien tai|so sao hien tai|sao hien tai|xep hang hien tai|hang hien tai|hang sao hien nay|"
        "current stars|hang sao nay"
    ),
    "expires_on": (
        "ngay het han|het han|ngay het hieu luc|han su dung giay|thoi han|hieu luc den|ngay het han giay|"
        "co gia tri den|gia tri den|thoi han hieu luc|cert expires at|expires at|expires on|expiry date|"
        "ngay het han giay chung nhan|hieu luc den ngay|co hieu luc den|thoi han giay chung nhan|"
        "co hieu luc den ngay|het hieu luc|han hieu luc"
    ),
    "stars": (
        "hang sao|so sao|sao|xep hang|hang sao dat|xep loai|ket qua phan hang|phan hang|"
        "ket qua xep hang|star rating|stars|rating|xephang|dat sao|hang san pham|sao ocop|hang sao ocop|"
        "phan hang sao|xep hang sao|ket qua|dat hang sao|hang sao cong nhan"
    ),
    "date": (
        "ngay|ngay cong nhan|ngay cap|ngay quyet dinh|ngay qd|ngay ky|ngay ban hanh|cert issued at|issued at|"
        "issued on|issue date|ngay thang|ngay thang nam|ngay cap giay|ngay cap giay chung nhan|"
        "thoi gian cong nhan|ngay, thang, nam|thoi diem cong nhan|decision date|ngay thang quyet dinh|"
        "ngay cong nhan ocop"
    ),
    "year": (
        "nam|nam cong nhan|nam cap|cert year|year|nam dat|nam danh gia|nam xep hang|ma_thoigian|nam phan hang|nam duoc cong nhan"
    ),
    "decision": (
        "so quyet dinh|quyet dinh|so qd|qd|quyet dinh cong nhan|so quyet dinh cong nhan|qd cong nhan|"
        "so qd cong nhan|decision number|decision|so, ngay quyet dinh|so quyet dinh, ngay|can cu|"
        "so hieu quyet dinh|quyet dinh so|so van ban|so quyet dinh phe duyet"
    ),
    "authority": (
        "co quan|co quan cap|co quan ban hanh|co quan cong nhan|don vi cap|co quan ra quyet dinh|noi cap|"
        "cap cong nhan|issuing authority|authority|co quan quyet dinh|cap ra quyet dinh|co quan phe duyet|"
        "co quan cap giay|cap quyet dinh|co quan ky"
    ),
    "note": "ghi chu|ghi chu khac|note|notes|chu thich|remarks|thong tin khac|ghi chu (neu co)",
}
_OF_KINDS = {field: heads for kind in KINDS for field, (_words, _reader, heads) in kind.COLUMNS.items() if heads}
_WORDS: dict[str, str] = {word: meant for meant, words in (*_OF_KINDS.items(), *_SYNONYMS.items()) for word in words.split("|")}
_SECOND = re.compile(r"lan (2|hai|ii|thu hai)|nang (hang|sao)|danh gia lai|cong nhan lai|second|gan nhat")
_FIRST = re.compile(r"lan (1|mot|i|dau|thu nhat)|first")
_WHOLE = ("tong", "tong so", "tong cong", "cong", "so luong")
SURE, _CUT, _SHORTEST = 100, 88, 6


@dataclass(frozen=True)
class Column:
    """A column of the sheet and what it is taken for.

    Args:
        index: 0-based place in the sheet; ``letter`` is Excel's name of it.
        heading: its words, a group's words before them.
        field: a key of FIELDS, ``ignore``, or empty for an unknown one that goes into the note.
        confidence: 0-100; 100 is a known word or a person's choice, less is a guess to look at.
    """

    index: int
    letter: str
    heading: str
    field: str
    confidence: int


@lru_cache(maxsize=4096)
def meaning(heading: str) -> tuple[str, int]:
    """What a heading means (a field, a recognition's part without its turn, or '') and how sure that is."""
    plain = fold(heading).replace("_", " ").strip(" .:*-")
    bare = re.sub(r"\s*[(\[].*?[)\]]", "", plain).strip(" .:*-")
    for form in (plain, bare, plain.replace(" ", "")):
        if form in _WORDS:
            return _WORDS[form], SURE
    if len(bare) < _SHORTEST or bare.replace(" ", "").isdigit():
        return "", 0
    from rapidfuzz import fuzz, process

    found = process.extractOne(bare, [w for w in _WORDS if len(w) >= _SHORTEST], scorer=fuzz.ratio, score_cutoff=_CUT)
    return (_WORDS[found[0]], min(SURE - 1, int(found[1]))) if found else ("", 0)


def guess(headings: Sequence[str], groups: Sequence[str] | None = None) -> tuple[Column, ...]:
    """What each column means.

    Args:
        headings: the lowest heading of each column.
        groups: the heading above it, where one spans several columns ("Công nhận lần 1").

    Each field is given once, to the surest column; a recognition's parts take their turn from the group, else from the order.
    """
    groups = groups or [""] * len(headings)
    found = [meaning(h) if h else ("", 0) for h in headings]
    grouped = [_with_group(g, h, f) for g, h, f in zip(groups, headings, found, strict=True)]
    fields = _give_turns(grouped, groups)
    best: dict[str, int] = {}
    for i, (field, sure) in enumerate(fields):
        if field and (field not in best or sure > fields[best[field]][1]):
            best[field] = i
    return tuple(
        Column(
            i,
            letters(i),
            " · ".join(w for w in (_said(g), _said(h)) if w),
            field if field and best[field] == i else NOTE_OF_ITS_OWN,
            sure if field and best[field] == i else 0,
        )
        for i, (g, h, (field, sure)) in enumerate(zip(groups, headings, fields, strict=True))
    )


def _said(heading: str) -> str:
    return " ".join(heading.split())


def _with_group(group: str, heading: str, found: tuple[str, int]) -> tuple[str, int]:
    """A heading like "Tên" under "Chủ thể" or "Tổng số" under "Số người" may only be understood together with its group."""
    plain = fold(heading)
    if group and plain in _WHOLE and FIELDS.get(meaning(group)[0], ("", ""))[1] in ("whole", "money"):
        return meaning(group)
    if group and not found[0]:
        whole = meaning(f"{heading} {group}")
        return whole if whole[0] else found
    if group and plain in ("ten", "ho ten"):
        return meaning(f"{heading} {group}")
    return found


def _give_turns(found: Sequence[tuple[str, int]], groups: Sequence[str]) -> list[tuple[str, int]]:
    seen: set[str] = set()
    given = []
    for (field, sure), group in zip(found, groups, strict=True):
        if field in RECOGNITION:
            plain = fold(group)
            turn = (
                "second"
                if _SECOND.search(plain)
                else "first"
                if _FIRST.search(plain)
                else "second"
                if f"first_{field}" in seen
                else "first"
            )
            if turn == "second" and not _SECOND.search(plain) and f"second_{field}" in seen:
                field = NOTE_OF_ITS_OWN
            else:
                field = f"{turn}_{field}"
        seen.add(field)
        given.append((field, sure if field else 0))
    return given
