"""Papers of the office in the settings: heads, who signs, numbers of one office at a time; below, its own Word files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules.paper_number import KINDS
from ocop_desktop.rules.signatories import ISSUERS, Signatory
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.form import ChoiceField, Form, TextField, YearField
from ocop_desktop.ui.number_register import RegisterDialog
from ocop_desktop.ui.settings_fields import PatternField
from ocop_desktop.ui.settings_texts import TextsPart
from ocop_desktop.ui.signatory_dialog import TOGETHER, SignatoryDialog, span
from ocop_desktop.ui.widgets import button, clear, column, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.office_papers import PapersView
    from ocop_desktop.errors import UserError
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

FIRST = ":first"  # after a sign: the key of the field with the first number of the year


class PapersSection(QWidget):
    """The office chosen at the top, and everything about its papers."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.seen: PapersView | None = None
        self.issuer = ChoiceField(_("Cơ quan ban hành"), [(key, words.said(text.language())) for key, words in ISSUERS.items()],
                                  empty=False)
        self.issuer.set_value("committee")
        self.issuer.edited.connect(lambda _value: self._show_office())
        self.head, self.numbers = Form(), Form()
        self.head.on_edited(self._keep_head)
        self.numbers.on_edited(self._keep_number)
        self.add = button(_("Thêm người ký…"), self._ask_new)
        self.register = button(_("Sổ số văn bản…"), self._open_register)
        self.empty = label("", "quiet", wrap=True)
        self.rows: list[tuple[Signatory, QPushButton, QPushButton]] = []
        self.following: dict[str, Any] = {}
        self.texts = TextsPart(work, shell)
        self._people = QGridLayout()
        self._build()

    def _build(self) -> None:
        px = theme.now().px
        for key, title, hint in (
                ("above", _("Cơ quan cấp trên"), _("Dòng trên, chữ thường đứng")), ("own", _("Tên cơ quan trên giấy"), ""),
                ("code", _("Viết tắt trong số văn bản"), _("Ví dụ SNNMT: 05/GM-SNNMT")),
                ("place", _("Địa danh trước ngày tháng"), "")):
            self.head.add(key, TextField(title, hint, longest=300))
        self._people.setHorizontalSpacing(px(16))
        self._people.setVerticalSpacing(px(8))
        self._people.setColumnStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(10))
        for part in (self.issuer, self.head, line(), label(_("Người ký"), "bold")):
            box.addWidget(part)
        box.addWidget(self.empty)
        box.addLayout(self._people)
        box.addLayout(row(self.add, 1))
        for part in (line(), label(_("Số văn bản"), "bold"),
                     label(_("Số chỉ được lấy khi bấm Lấy số ở giấy tờ; số đã hủy vẫn hiện trong sổ, không cấp lại. Số đầu "
                             "tiên của năm chỉ đổi được khi năm ấy chưa có số nào. Giấy chứng nhận có mẫu số riêng ở mục "
                             "trên."), "quiet", wrap=True), self.numbers):
            box.addWidget(part)
        box.addLayout(row(self.register, 1))
        box.addWidget(line())
        box.addWidget(label(_("Lời văn"), "bold"))
        box.addWidget(self.texts)

    def first(self) -> QWidget:
        """Where the cursor goes."""
        return self.issuer.editor

    def refresh(self) -> None:
        """Read again."""
        def action(session: Any) -> PapersView:
            from ocop_desktop.actions import office_papers

            return office_papers.view(session, dt.date.today().year)

        self._work.read(self, action, self._show, key="office-papers")

    def _show(self, seen: PapersView) -> None:
        self.seen = seen
        self.texts.show_texts(seen.texts)
        self._show_office()

    def _show_office(self) -> None:
        if self.seen is None:
            return
        issuer = self.issuer.value()
        self.head.set_values(vars(self.seen.heads[issuer]))
        blank = {"council": _("Để trống: tên Hội đồng của phiên"), "commune": _("Để trống: tên xã của hồ sơ")}
        field: Any = self.head.field("own")
        field.set_hint(blank.get(issuer, ""))
        for key in ("above", "own", "code", "place"):
            line_of: Any = self.head.field(key)
            line_of.line.setPlaceholderText(getattr(self.seen.usual[issuer], key))
        self._show_people([p for p in self.seen.people if p.issuer == issuer])
        self._show_numbers(issuer)

    def _show_people(self, people: list[Signatory]) -> None:
        clear(self._people)
        self.rows = []
        self.empty.setVisible(not people)
        self.empty.setText(_("Chưa ghi ai ký cho cơ quan này: trên giấy để trống chỗ họ tên. Ghi người ký kèm thời gian thì "
                             "giấy tờ ngày nào mang tên người ký ngày ấy."))
        for place, one in enumerate(people):
            self._add_person(place, one)

    def _add_person(self, place: int, one: Signatory) -> None:
        change = button(_("Sửa…"), lambda: self._ask(one, False), small=True)
        gone = button(_("Bỏ"), lambda: self._remove(one), "quiet", small=True)
        for part in (change, gone):
            part.setAccessibleName(f"{part.text()} {one.name}")
        self.rows.append((one, change, gone))
        self._people.addWidget(label(span(one), "quiet", wrap=True), place, 0)
        self._people.addLayout(column(label(one.name or _("(chưa ghi họ tên)"), "bold", wrap=True),
                                      label(" / ".join(one.lines), "small", wrap=True), space=0), place, 1)
        self._people.addWidget(change, place, 2, Qt.AlignmentFlag.AlignVCenter)
        self._people.addWidget(gone, place, 3, Qt.AlignmentFlag.AlignVCenter)

    def _show_numbers(self, issuer: str) -> None:
        found = [k for k in self.seen.numbers if k.issuer == issuer] if self.seen else []
        wanted = tuple(k.sign for k in found)
        if tuple(self.following) != wanted or self.numbers.property("issuer") != issuer:
            self._new_numbers(issuer, wanted)
        for kind in found:
            first: Any = self.numbers.field(kind.sign + FIRST)
            first.set_hint(_("Số tiếp theo: {number}", number=kind.following) if kind.following
                           else _("Mỗi xã, phường đếm số riêng"))
            first.setEnabled(not kind.begun)
        self.numbers.set_values({k.sign: k.pattern for k in found} | {k.sign + FIRST: k.first for k in found})

    def _new_numbers(self, issuer: str, signs: tuple[str, ...]) -> None:
        made, self.following, year = Form(), {}, dt.date.today().year
        made.setProperty("issuer", issuer)
        for sign in signs:
            words = KINDS[issuer, sign].said(text.language()) if (issuer, sign) in KINDS else sign
            made.add(sign, PatternField(_("Mẫu số: {kind}", kind=words), year))
            first = YearField(_("Số đầu tiên của năm {year}", year=str(year)), lowest=1, highest=99_999)
            self.following[sign] = made.add(sign + FIRST, first).note
        made.on_edited(self._keep_number)
        box: Any = self.layout()
        box.replaceWidget(self.numbers, made)
        self.numbers.deleteLater()
        self.numbers = made

    # -- doing --------------------------------------------------------------------------------------------------------

    def _save(self, action: Callable[[Any], object], done: Callable[[Any], object] | None = None,
              failed: Callable[[UserError], object] | None = None) -> None:
        self._work.save(self, action, done, failed)

    def _keep_head(self, key: str, value: str) -> None:
        if self.seen is None:
            return
        head = replace(self.seen.heads[self.issuer.value()], **{key: value})

        def action(session: Any) -> object:
            from ocop_desktop.actions import letterheads

            return letterheads.save_head(session, head, self._shell.settings.user)

        self._save(action, failed=lambda error: self.head.field(key).set_error(text.say(error)))

    def _keep_number(self, key: str, value: Any) -> None:
        """Keep a pattern, or the first number of the year."""
        issuer, sign, who, year = self.issuer.value(), key.removesuffix(FIRST), self._shell.settings.user, dt.date.today().year
        if key.endswith(FIRST) and (value is None or self.numbers.field(key).wrong()):
            return

        def action(session: Any) -> None:
            from ocop_desktop.actions import number_patterns

            if key.endswith(FIRST):
                number_patterns.set_first(session, issuer, sign, year, value, who)
            else:
                number_patterns.set_pattern(session, issuer, sign, value, who)

        self._save(action, failed=lambda error: self.numbers.field(key).set_error(text.say(error)))

    def _ask_new(self) -> None:
        issuer = self.issuer.value()
        self._ask(Signatory(issuer, "", "", collective=TOGETHER.get(issuer, "")), True)

    def _ask(self, known: Signatory, fresh: bool) -> None:
        dialog = self.dialog = SignatoryDialog(known, fresh, self)

        def keep(one: Signatory, end_earlier: bool) -> None:
            def action(session: Any) -> object:
                from ocop_desktop.actions import signatories

                if fresh:
                    return signatories.add(session, one, self._shell.settings.user, end_earlier)
                return signatories.change(session, known, one, self._shell.settings.user)

            self._save(action, lambda _made: dialog.accept(), dialog.refuse)

        dialog.wanted.connect(keep)
        dialog.open()

    def _remove(self, one: Signatory) -> None:
        def action(session: Any) -> None:
            from ocop_desktop.actions import signatories

            signatories.remove(session, one, self._shell.settings.user)

        self._save(action, lambda _none: self._shell.say.ok(_("Đã bỏ {name} khỏi danh sách người ký.", name=one.name)))

    def _open_register(self) -> None:
        self.register_dialog = RegisterDialog(self._work, self._shell, self.issuer.value(), self)
        self.register_dialog.open()
