"""A new dossier: the product, and its producer - one already known, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ocop_desktop import text
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.terms import APPLICATION_KINDS, PRODUCER_KINDS
from ocop_desktop.text import _
from ocop_desktop.ui import dossier_suggest, theme
from ocop_desktop.ui.dossier_words import field_words, said
from ocop_desktop.ui.form import ChoiceField, Form, SearchField, TextField
from ocop_desktop.ui.widgets import Card, Page, button, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.rules.rulebook import SetHead
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

WIDEST = 760


class NewDossierPage(Page):
    """What must be known to begin; everything else is filled in afterwards."""

    made = Signal(int)
    closed = Signal()

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(_("Thêm hồ sơ"), _("Chỉ cần tên sản phẩm và chủ thể; phần còn lại điền dần trong hồ sơ."), scroll=True)
        self._work, self._shell = work, shell
        self._producer_id: int | None = None
        self.form = Form()
        self.form.add("product", TextField(field_words("product.name"), longest=300), 2)
        self.set = ChoiceField(field_words("product.set_no"), hint=_("chọn sau cũng được"))
        self.form.add("set_no", self.set)
        kinds = [(key, said(APPLICATION_KINDS, key)) for key in APPLICATION_KINDS]
        self.form.add("kind", ChoiceField(field_words("registration.kind"), kinds, empty=False))
        self.form.add_part(line(), 2)
        self.producer = SearchField(_("Chủ thể"), dossier_suggest.producers(work, self), free=True,
                                    placeholder=_("Gõ tên để tìm; không cần dấu"))
        self.producer.picked.connect(self._take)
        self.producer.line.textEdited.connect(self._retype)
        self.form.add("producer", self.producer, 2)
        self.known = label("", "quiet", wrap=True)
        self.form.add_part(self.known, 2)
        kinds = [(key, said(PRODUCER_KINDS, key)) for key in PRODUCER_KINDS]
        self.form.add("producer_kind", ChoiceField(field_words("producer.kind"), kinds))
        self.commune = SearchField(field_words("producer.commune_id"), dossier_suggest.communes(work, self),
                                   placeholder=_("Gõ tên xã, phường; không cần dấu"))
        self.form.add("commune_id", self.commune)
        self.go, self.cancel = button(_("Tạo hồ sơ"), self.save, "primary"), button(_("Thôi"), self.closed.emit)
        card = Card()
        card.setMaximumWidth(theme.now().px(WIDEST))
        card.body.addWidget(self.form)
        card.body.addLayout(row(1, self.cancel, self.go))
        self.body.addWidget(card)
        self.body.addStretch(1)
        for editor in self.form.findChildren(QLineEdit):
            editor.returnPressed.connect(self._go_on)

    def begin(self) -> None:
        """Empty the form and put the keyboard into it."""
        self._producer_id = None
        self.form.set_values({"product": "", "producer": "", "producer_kind": None, "kind": "first", "set_no": None})
        self.commune.set_found(None, "")
        self.form.show_problems({})
        self._show_known()

        def heads(_session: Any) -> Sequence[SetHead]:
            from ocop_desktop.actions import rulebooks

            return rulebooks.current().heads

        self._work.read(self, heads, self._offer, key="heads")
        self.form.go_to("product")

    def _offer(self, heads: Sequence[SetHead]) -> None:
        self.set.set_choices([(head.number, f"{head.number} · {head.name.said(text.language())}") for head in heads])

    def _take(self, producer_id: int) -> None:
        self._producer_id = producer_id
        self._show_known()
        self.go.setFocus()

    def _retype(self) -> None:
        self._producer_id = None
        self._show_known()

    def _show_known(self) -> None:
        known = self._producer_id is not None
        self.known.setText(_("Chủ thể đã có; dữ liệu của chủ thể được dùng lại.") if known else
                           _("Không chọn trong gợi ý thì chủ thể mới được thêm với loại hình và xã ở dưới."))
        for key in ("producer_kind", "commune_id"):
            self.form.field(key).setVisible(not known)

    def _go_on(self) -> None:
        self.focusNextChild()

    def save(self) -> None:
        """Make the dossier; what is missing says so at its field."""
        values = self.form.values() | {"commune_id": self.commune.value()}
        if not self.form.require("product", "producer"):
            return
        producer_id, who = self._producer_id, self._shell.settings.user

        def make(session: Any) -> int:
            from ocop_desktop.actions import dossiers

            return dossiers.create(session, dossiers.NewDossier(
                values["product"], values["set_no"], values["kind"], producer_id, values["producer"],
                values["producer_kind"] or "", values["commune_id"]), who)

        self.go.setEnabled(False)
        self._work.save(self, make, self._finish, self._refused)

    def _finish(self, number: int) -> None:
        self.go.setEnabled(True)
        self.made.emit(number)

    def _refused(self, error: UserError) -> None:
        self.go.setEnabled(True)
        if isinstance(error, ProblemsFound):
            self.form.show_problems({p.place.column: text.say(p) for p in error.problems})
        else:
            self._shell.say.error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
