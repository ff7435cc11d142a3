"""The papers of a dossier from its form: registration (form 01), self-assessment (form 02), checklist.

Of a session's dossiers, or of one that stands in no session yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ocop_desktop.actions import completeness
from ocop_desktop.actions.dossier_form import DossierForm, PaperPart, open_dossier
from ocop_desktop.actions.meeting_facts import Filed, Item
from ocop_desktop.data.engine import Session
from ocop_desktop.rules.ballot import part_totals, total
from ocop_desktop.rules.rulebook import NONE_APPLIES, decision_of
from ocop_desktop.rules.terms import APPLICATION_KINDS, LEGAL_PAPERS, PRODUCER_KINDS

if TYPE_CHECKING:
    from ocop_desktop.papers.dossier_checklist import DossierChecklist
    from ocop_desktop.papers.registration_form import RegistrationForm
    from ocop_desktop.papers.self_assessment_form import SelfAssessment


def registrations(session: Session, filed: Filed) -> tuple[RegistrationForm, ...]:
    """Form 01 of every dossier on the agenda."""
    return tuple(_registration(filed, item, open_dossier(session, item.dossier_id)) for item in filed.on_agenda)


def _registration(filed: Filed, item: Item, form: DossierForm) -> RegistrationForm:
    from ocop_desktop.papers.registration_form import RegistrationForm

    maker, product, asked, rules = form.producer, form.product, form.registration, form.self_score.rules
    groups = [name.vi for name in (rules.group, rules.subgroup) if name] if rules else []
    samples = f"{asked.samples} mẫu" if asked.samples else "không nộp mẫu" if asked.samples_required == 0 else ""
    return RegistrationForm(
        commune=item.commune, province_agency=filed.office.agency, producer=maker.name, producer_kind=kind_in_words(maker.kind),
        representative=maker.representative, position=maker.position, address=item.producer_address, phone=maker.phone,
        email=maker.email, tax_code=maker.tax_code, product=product.name, code=asked.code,
        industry=rules.industry_name.vi if rules else "", group=" – ".join(dict.fromkeys(groups)) or product.category,
        set_name=f"Bộ {rules.number}. {rules.name.vi}" if rules else "",
        kinds=tuple((words.vi, key == asked.kind) for key, words in APPLICATION_KINDS.items()),
        attachments=tuple(attachment(paper) for paper in form.papers if paper.ticked), samples=samples, filed_on=asked.filed_on,
        commune_received_on=asked.commune_received_on, province_received_on=asked.province_received_on, round=asked.round)


def kind_in_words(kind: str) -> str:
    """A kind of producer in words, or nothing."""
    return PRODUCER_KINDS[kind].vi if kind in PRODUCER_KINDS else ""


def _name(kind: str) -> str:
    return LEGAL_PAPERS[kind].vi if kind in LEGAL_PAPERS else kind


def attachment(paper: PaperPart) -> str:
    """A legal paper with its number and dates."""
    told = _told(paper)
    return f"{_name(paper.kind)}{' (' + told + ')' if told else ''}"


def _told(paper: PaperPart) -> str:
    """Number and dates of a paper."""
    parts = (f"số {paper.number}" if paper.number else "", paper.issuer,
             f"ngày {paper.issued_on:%d/%m/%Y}" if paper.issued_on else "",
             f"hiệu lực đến {paper.expires_on:%d/%m/%Y}" if paper.expires_on else "")
    return ", ".join(part for part in parts if part)


def self_assessments(session: Session, filed: Filed) -> tuple[SelfAssessment, ...]:
    """Form 02 of every dossier on the agenda, with the producer's own score."""
    return tuple(_self_assessment(item, open_dossier(session, item.dossier_id)) for item in filed.on_agenda)


def _self_assessment(item: Item, form: DossierForm) -> SelfAssessment:
    from ocop_desktop.papers.self_assessment_form import SelfAssessment

    maker, rules, choices = form.producer, form.self_score.rules, form.self_score.choices
    facts = (("Tên chủ thể", maker.name), ("Loại hình", kind_in_words(maker.kind)), ("Người đại diện", maker.representative),
             ("Chức vụ", maker.position), ("Giới tính", maker.sex), ("Dân tộc", maker.ethnicity),
             ("Ngày thành lập", f"{maker.founded:%d/%m/%Y}" if maker.founded else ""),
             ("Số đăng ký kinh doanh", maker.registration_number), ("Mã số thuế", maker.tax_code),
             ("Địa chỉ", item.producer_address), ("Điện thoại", maker.phone), ("Thư điện tử", maker.email),
             ("Sản phẩm", form.product.name), ("Mã sản phẩm", form.registration.code), ("Bộ sản phẩm", item.set_name))
    totals: tuple[tuple[str, str, str], ...] = ()
    if rules:
        parts = part_totals(rules, choices)
        totals = (*((f"phần {part}", str(points), str(rules.part_max[part])) for part, points in parts.items()),
                  ("tổng", str(total(rules, choices)), "100"))
    return SelfAssessment(
        form.product.name, maker.name, maker.representative, decision_of(item.rulebook), facts,
        tuple((_name(p.kind), "x" if p.ticked else "", p.number, p.issuer, f"{p.issued_on:%d/%m/%Y}" if p.issued_on else "",
               f"{p.expires_on:%d/%m/%Y}" if p.expires_on else "") for p in form.papers),
        form.product.description, tuple(_score_rows(form)), totals, len(rules.criteria) - len(choices) if rules else 0)


def _score_rows(form: DossierForm) -> Iterator[tuple[str, ...]]:
    score, part = form.self_score, ""
    for c in score.rules.criteria if score.rules else ():
        if c.part != part and score.rules:
            part = c.part
            yield (f"PHẦN {part} (/{score.rules.part_max[part]})",)
        choice = score.choices.get(c.code, "")
        option = "Không đạt" if choice == NONE_APPLIES else c.by_choice[choice].label.vi if choice else ""
        points = f"{c.points(choice)}/{c.max}" if choice else f"…/{c.max}"
        yield c.code, c.name.vi, option, points, score.evidence.get(c.code, "")


def checklists(session: Session, filed: Filed) -> tuple[DossierChecklist, ...]:
    """The checklist of every dossier on the agenda."""
    return tuple(_checklist(filed, item, open_dossier(session, item.dossier_id)) for item in filed.on_agenda)


def _checklist(filed: Filed, item: Item, form: DossierForm) -> DossierChecklist:
    from ocop_desktop.papers.dossier_checklist import DossierChecklist

    needed, share = completeness.needed_papers(form), completeness.share(form)
    missing = completeness.missing(form)
    asked = form.registration
    wanted = f" (cần {asked.samples_required})" if asked.samples_required else ""
    return DossierChecklist(
        filed.office.body, filed.office.agency, item.product, item.code, item.producer, item.producer_address,
        APPLICATION_KINDS[item.kind].vi,
        tuple((_name(p.kind), "x" if p.kind in needed else "", "x" if p.ticked else "", _told(p)) for p in form.papers),
        f"{asked.samples or 0}{wanted}" if asked.samples_required != 0 else "không nộp mẫu",
        tuple(m.words.format(**m.values) for m in missing if m.required),
        tuple(m.words.format(**m.values) for m in missing if not m.required), share.done, share.total)
