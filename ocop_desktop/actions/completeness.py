"""What a dossier still lacks for forms 01 and 02 of annex III of Decision 26/2026/QĐ-TTg (Articles 5-7), counted exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made_of
from typing import Any

from ocop_desktop.actions.dossier_form import DossierForm
from ocop_desktop.rules.terms import LEGAL_PAPERS
from ocop_desktop.text import N_

TABS = ("producer", "product", "registration", "papers", "self_score")

# Form 01, part I, and form 02, part I: who applies.
PRODUCER = (
    ("producer.name", N_("Tên chủ thể")),
    ("producer.kind", N_("Loại hình chủ thể")),
    ("producer.representative", N_("Người đại diện")),
    ("producer.position", N_("Chức vụ người đại diện")),
    ("producer.sex", N_("Giới tính người đại diện")),
    ("producer.ethnicity", N_("Dân tộc người đại diện")),
    ("producer.commune_id", N_("Xã, phường")),
    ("producer.address", N_("Địa chỉ")),
    ("producer.phone", N_("Điện thoại")),
    ("producer.founded", N_("Ngày thành lập")),
)
REGISTRATION = (
    ("registration.kind", N_("Loại đăng ký")),
    ("registration.filed_on", N_("Ngày nộp hồ sơ")),
    ("registration.code", N_("Mã sản phẩm")),
    ("registration.commune_received_on", N_("Ngày xã nhận")),
    ("registration.province_received_on", N_("Ngày tỉnh nhận")),
)
# Asked for by the forms, but a dossier without them is still one.
WISHED = (
    ("producer.email", N_("Thư điện tử")),
    ("producer.tax_code", N_("Mã số thuế")),
    ("registration.round", N_("Đợt đánh giá")),
)

# Sets whose exclusion statements name the paper (annex II): without it the dossier would be thrown out.
FOOD_SAFETY = frozenset(range(1, 18))
QUALITY_DECLARATION = frozenset((18, 20))
PRODUCTION_CONDITIONS = frozenset((15, 17, 18, 20))


@dataclass(frozen=True)
class Missing:
    """One thing a dossier lacks.

    Args:
        tab: one of ``TABS``; field: what ``dossier_fields.change`` calls it.
        words: a Vietnamese sentence with ``{named}`` places; values: what stands there.
        required: whether the dossier is incomplete without it.
        count: how many things it stands for (criteria not answered).
    """

    tab: str
    field: str
    words: str
    values: Mapping[str, Any] = made_of(default_factory=dict)
    required: bool = True
    count: int = 1


@dataclass(frozen=True)
class Share:
    """How many of the required things are there: exact counts."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 only when nothing is missing."""
        return self.done * 100 // self.total if self.total else 0


def missing(form: DossierForm) -> tuple[Missing, ...]:
    """Everything missing, tab by tab, required things of a tab first."""
    found = [item for tab in TABS for item in _items(form, tab) if not item[1]]
    ordered = sorted((m for m, _there in found), key=lambda m: (TABS.index(m.tab), not m.required))
    return tuple(ordered)


def shares(form: DossierForm) -> dict[str, Share]:
    """The share complete of every tab, required things alone."""
    made = {}
    for tab in TABS:
        required = [(m, there) for m, there in _items(form, tab) if m.required]
        total = sum(m.count for m, _there in required)
        made[tab] = Share(total - sum(m.count for m, there in required if not there), total)
        if tab == "self_score" and form.self_score.rules is not None:
            made[tab] = Share(len(form.self_score.choices), len(form.self_score.rules.criteria))
    return made


def share(form: DossierForm) -> Share:
    """The share complete of the whole dossier."""
    parts = shares(form).values()
    return Share(sum(p.done for p in parts), sum(p.total for p in parts))


def needed_papers(form: DossierForm) -> tuple[str, ...]:
    """Kinds of papers this dossier cannot do without (form 02, part I; exclusion statements of the product sets, annex II)."""
    kinds = [] if form.producer.kind == "cooperative_group" else ["business_registration"]
    for kind, sets in (("quality_declaration", QUALITY_DECLARATION), ("food_safety", FOOD_SAFETY),
                       ("production_conditions", PRODUCTION_CONDITIONS)):
        if form.product.set_no in sets:
            kinds.append(kind)
    return tuple(kinds)


def _items(form: DossierForm, tab: str) -> Iterator[tuple[Missing, bool]]:
    """Everything a tab is asked for: (what is missing if it is, whether it is there)."""
    if tab == "producer":
        yield from _plain(form, tab, PRODUCER)
        if form.producer.kind != "cooperative_group":  # a group of this kind is not registered as a business
            yield from _plain(form, tab, (("producer.registration_number", N_("Số đăng ký kinh doanh")),))
    elif tab == "product":
        yield from _plain(form, tab, (("product.name", N_("Tên sản phẩm")), ("product.set_no", N_("Bộ sản phẩm")),
                                      ("product.description", N_("Mô tả sản phẩm"))))
    elif tab == "registration":
        yield from _plain(form, tab, REGISTRATION)
        yield from _samples(form)
    elif tab == "papers":
        ticked = {p.kind for p in form.papers if p.ticked}
        for kind in needed_papers(form):
            yield Missing(tab, f"paper.{kind}.ticked", LEGAL_PAPERS[kind].vi), kind in ticked
    else:
        yield from _answers(form)
    yield from ((Missing(m.tab, m.field, m.words, required=False), there) for m, there in
                _plain(form, tab, tuple(w for w in WISHED if w[0].split(".")[0] == tab)))


def _plain(form: DossierForm, tab: str, fields: tuple[tuple[str, str], ...]) -> Iterator[tuple[Missing, bool]]:
    for name, words in fields:
        yield Missing(tab, name, words), form.value(name) not in (None, "")


def _samples(form: DossierForm) -> Iterator[tuple[Missing, bool]]:
    needed = form.registration.samples_required
    if needed:
        yield (Missing("registration", "registration.samples", N_("Số mẫu sản phẩm (cần {count})"), {"count": needed}),
               (form.registration.samples or 0) >= needed)


def _answers(form: DossierForm) -> Iterator[tuple[Missing, bool]]:
    """The self-score, as one line: its first criterion without an answer."""
    score = form.self_score
    if score.rules is None or score.so_far is None:
        yield Missing("self_score", "product.set_no", N_("Tự chấm điểm (chọn bộ sản phẩm trước)")), False
        return
    left = score.so_far.open
    first = f"self.{left[0]}" if left else "self"
    yield (Missing("self_score", first, N_("Tự chấm điểm: còn {count} tiêu chí"), {"count": len(left)}, count=max(len(left), 1)),
           not left)
