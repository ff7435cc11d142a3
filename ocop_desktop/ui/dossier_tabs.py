"""The tabs of a dossier's form that are made of plain fields: producer, product, registration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.terms import APPLICATION_KINDS, PRODUCER_KINDS
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.dossier_suggest import Suggest
from ocop_desktop.ui.dossier_words import SEXES, field_words, said
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.form import (
    ChoiceField,
    DateField,
    Field,
    Form,
    KnownField,
    LongTextField,
    NumberField,
    SearchField,
    TextField,
)
from ocop_desktop.ui.widgets import LinkLabel, button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.dossiers import DossierForm
    from ocop_desktop.rules.rulebook import SetHead

SHARED = 300  # pixels at 100 % the words about a shared producer begin with
WIDEST = 860  # pixels at 100 %: fields wider than their words are hard to read


class FieldsTab(QWidget):
    """A tab of fields. ``edited`` says what is to be kept; fields with a refused value keep it until it is mended."""

    edited = Signal(str, object)  # field, value
    judged = Signal()  # a field has a problem, another or none

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.box = QVBoxLayout(self)
        px = theme.now().px
        self.box.setContentsMargins(px(18), px(16), px(18), px(16))
        self.box.setSpacing(px(12))

    def show_form(self, form: DossierForm, saved: str = "") -> None:
        """Show the values of a dossier; ``saved`` is the field that was just kept."""
        for key, field in self.fields.items():
            field.editor.setEnabled(key not in form.fixed)
            if key == saved or not (field.error() or field.wrong() or field.in_hand()):
                self._fill(key, field, form)

    def _fill(self, key: str, field: Field, form: DossierForm) -> None:
        field.set_value(form.value(key))

    def add_form(self, form: Form) -> Form:
        """Put a form at the next place, no wider than one reads well."""
        form.setMaximumWidth(theme.now().px(WIDEST))
        self.box.addWidget(form)
        return form

    def add(self, form: Form, key: str, field: Field, span: int = 1) -> Field:
        """Add a field of the dossier to a form."""
        self.fields[key] = form.add(key, field, span)
        field.edited.connect(lambda value: self.edited.emit(key, value))
        field.judged.connect(self.judged)
        return field

    def drop(self, key: str, form: DossierForm) -> None:
        """Show again what is kept in place of words that are not."""
        self._fill(key, self.fields[key], form)

    def troubled(self) -> Iterator[tuple[str, Field]]:
        """Fields whose words are not kept."""
        return ((key, field) for key, field in self.fields.items() if field.error() or field.wrong())


def _text(key: str, hint: str = "", placeholder: str = "") -> TextField:
    return TextField(field_words(key), hint, placeholder)


class ProducerTab(FieldsTab):
    """Who applies.

    Args:
        communes, producers: look for what is typed.
    """

    def __init__(self, communes: Suggest, producers: Suggest) -> None:
        super().__init__()
        self.shared = label("", "small", wrap=True)
        self.other = LinkLabel(_("Đổi sang chủ thể khác"), self._ask_other)
        about = Flow()
        about.add(self.shared, 1, SHARED)
        about.add(self.other)
        self.box.addLayout(about)
        self.choose = SearchField(_("Chủ thể khác"), producers, placeholder=_("Gõ tên hoặc mã số thuế để tìm"))
        self.choose.hide()
        self.choose.picked.connect(self._take_other)
        self.box.addWidget(self.choose)
        self.form = self.add_form(Form())
        self.add(self.form, "producer.name", _text("producer.name"), 2)
        kinds = [(key, said(PRODUCER_KINDS, key)) for key in PRODUCER_KINDS]
        self.add(self.form, "producer.kind", ChoiceField(field_words("producer.kind"), kinds))
        self.add(self.form, "producer.founded", DateField(field_words("producer.founded")))
        self.add(self.form, "producer.registration_number", _text("producer.registration_number"))
        self.add(self.form, "producer.tax_code", _text("producer.tax_code"))
        self.add(self.form, "producer.commune_id", SearchField(field_words("producer.commune_id"), communes,
                                                               placeholder=_("Gõ tên xã, phường; không cần dấu")))
        self.add(self.form, "producer.address", _text("producer.address", placeholder=_("Thôn, đường, số nhà")))
        self.add(self.form, "producer.representative", _text("producer.representative"))
        self.add(self.form, "producer.position", _text("producer.position"))
        self.add(self.form, "producer.sex", ChoiceField(field_words("producer.sex"), [(key, said(SEXES, key)) for key in SEXES]))
        self.add(self.form, "producer.ethnicity", _text("producer.ethnicity"))
        self.add(self.form, "producer.phone", _text("producer.phone"))
        self.add(self.form, "producer.email", _text("producer.email"))
        self.box.addStretch(1)

    def show_form(self, form: DossierForm, saved: str = "") -> None:
        super().show_form(form, saved)
        others = form.producer.dossiers - 1
        self.shared.setText(_("Chủ thể này còn {count} hồ sơ khác; sửa ở đây là sửa cho tất cả.", count=others) if others
                            else _("Chủ thể này chỉ có hồ sơ này."))
        self.other.setVisible("product.producer_id" not in form.fixed)
        if saved == "product.producer_id":
            self.choose.hide()

    def _fill(self, key: str, field: Field, form: DossierForm) -> None:
        if isinstance(field, SearchField):
            field.set_found(form.producer.commune_id, form.producer.commune)
        else:
            super()._fill(key, field, form)

    def _ask_other(self) -> None:
        self.choose.set_found(None, "")
        self.choose.show()
        self.choose.editor.setFocus()

    def _take_other(self, producer_id: int) -> None:
        self.edited.emit("product.producer_id", producer_id)


class ProductTab(FieldsTab):
    """What is applied for."""

    def __init__(self) -> None:
        super().__init__()
        self.form = self.add_form(Form())
        self.add(self.form, "product.name", _text("product.name"), 2)
        self.set = self.add(self.form, "product.set_no", ChoiceField(field_words("product.set_no")), 2)
        self.add(self.form, "product.category", _text("product.category"), 2)
        self.add(self.form, "product.description", LongTextField(
            field_words("product.description"), _("Nguồn gốc, nguyên liệu, cách làm, điểm khác biệt"), lines=7), 2)
        self.box.addStretch(1)

    def show_form(self, form: DossierForm, saved: str = "") -> None:
        super().show_form(form, saved)
        self.fields["product.name"].set_hint(
            _("Giấy đã cấp vẫn mang tên cũ; tên mới ghi trên giấy khi cấp lại (Sổ giấy chứng nhận).")
            if form.status == "recognised" else "")
        self.set.set_hint(_("Hội đồng đã nhận hồ sơ nên không đổi bộ được nữa.") if "product.set_no" in form.fixed
                          else _("Đổi bộ thì phần tự chấm phải chấm lại"))

    def offer_sets(self, heads: Sequence[SetHead]) -> None:
        """Offer the product sets of the decision in force."""
        assert isinstance(self.set, ChoiceField)
        self.set.set_choices([(head.number, f"{head.number} · {head.name.said(text.language())}") for head in heads])


class RegistrationTab(FieldsTab):
    """The application: kind, code, dates, samples."""

    code_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = self.add_form(Form())
        kinds = [(key, said(APPLICATION_KINDS, key)) for key in APPLICATION_KINDS]
        self.add(self.form, "registration.kind", ChoiceField(field_words("registration.kind"), kinds, empty=False))
        self.round = KnownField(field_words("registration.round"), _("Ví dụ 2026-2"),
                                _("Đợt mới: chưa có hồ sơ nào khác ghi đợt này"))
        self.add(self.form, "registration.round", self.round)
        self.add(self.form, "registration.code", _text("registration.code", _("tỉnh - xã - số thứ tự - năm"), "20-06040-03-2026"))
        self.propose = button(_("Đề xuất mã"), self.code_wanted.emit)
        holder = QWidget()
        holder.setLayout(column(label(" "), row(self.propose, 1), 1, space=4))
        self.form.add_part(holder)
        self.add(self.form, "registration.filed_on", DateField(field_words("registration.filed_on")))
        self.samples = self.add(self.form, "registration.samples", NumberField(field_words("registration.samples"), highest=1000))
        self.add(self.form, "registration.commune_received_on", DateField(
            field_words("registration.commune_received_on"), _("Xã trả lời trong 15 ngày làm việc")))
        self.add(self.form, "registration.province_received_on", DateField(field_words("registration.province_received_on")))
        self.add(self.form, "registration.note", LongTextField(field_words("registration.note"), lines=4), 2)
        self.law = label("", "quiet", wrap=True)
        self.box.addWidget(self.law)
        self.box.addStretch(1)

    def show_form(self, form: DossierForm, saved: str = "") -> None:
        super().show_form(form, saved)
        self._show_law(form)
        needed = form.registration.samples_required
        name = field_words("registration.samples")
        self.samples.title.setText(_("{name} (cần {count})", name=name, count=needed) if needed else
                                   _("{name} (du lịch không cần)", name=name) if needed == 0 else name)
        self.propose.setEnabled("registration.code" not in form.fixed and form.producer.commune_id is not None)
        self.propose.setToolTip("" if form.producer.commune_id is not None else _("Cần xã, phường của chủ thể"))

    def _show_law(self, form: DossierForm) -> None:
        """The decision the dossier falls under by its day of filing and its kind, until when, and why."""
        ruling = form.registration.ruling
        said = [text.say(ruling.why), ruling.note.said(text.language()) if ruling.note else ""] if ruling else []
        if ruling and ruling.rulebook.partition("#")[0] != form.rulebook.partition("#")[0]:
            said.append(_("Hồ sơ này đang chấm theo Quyết định {law}", law=form.rulebook.partition("#")[0]))
        self.law.setText(" · ".join(part.rstrip(".") for part in said if part))
        self.law.setVisible(bool(said))
