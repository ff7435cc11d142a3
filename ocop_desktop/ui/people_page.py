"""People and rights in the settings: who may sign in, as what, and the codes that let them in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from ocop_desktop.rules.rights import ROLES, Actor
from ocop_desktop.rules.terms import COUNCIL_ROLES
from ocop_desktop.text import _, language
from ocop_desktop.ui import theme
from ocop_desktop.ui.form import ChoiceField, Form, TextField
from ocop_desktop.ui.people_code import CodeDialog, PinDialog
from ocop_desktop.ui.widgets import button, clear, column, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.people import PersonLine
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work


def role_words(role: str, vice: bool = False) -> str:
    """A role in the language in force; a vice-chair has the chair's rights and is called what they are."""
    return (COUNCIL_ROLES["vice"] if vice and role == "chair" else ROLES[role]).said(language())


class PeopleSection(QWidget):
    """The list of people, and a line to add one."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        px = theme.now().px
        self.people: tuple[PersonLine, ...] = ()
        self.buttons: dict[str, QPushButton] = {}  # by name
        self.roles: dict[str, QComboBox] = {}
        self.state = label("", "quiet", wrap=True)
        self.own = button(_("Đặt mã PIN của tôi…"), self._ask_own)
        self.off = button(_("Bỏ mã PIN"), self._take_own_away, "quiet")
        self.empty = label(_("Chưa có ai ngoài thư ký. Lập phiên đánh giá thì thành viên Hội đồng hiện ở đây để cấp mã; "
                             "Tổ tư vấn và người xem thêm ở dưới."), "quiet", wrap=True)
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(px(16))
        self._list.setVerticalSpacing(px(8))
        self._list.setColumnStretch(0, 1)
        self.form = Form()
        self.form.add("name", TextField(_("Họ tên"), longest=100))
        self.form.add("agency", TextField(_("Cơ quan"), longest=100))
        self.form.add("role", ChoiceField(_("Vai trò"), [(key, role_words(key)) for key in ROLES], empty=False))
        self.form.set_values({"role": "advisory"})
        self.add = button(_("Thêm người"), self._add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(10))
        box.addWidget(self.state)
        box.addLayout(row(self.own, self.off, 1))
        box.addWidget(line())
        box.addWidget(self.empty)
        box.addLayout(self._list)
        box.addWidget(line())
        box.addWidget(self.form)
        box.addLayout(row(self.add, 1))

    def first(self) -> QWidget:
        """Where the cursor goes."""
        return self.own

    def refresh(self) -> None:
        """Read the list again."""
        def action(session: Any) -> tuple[PersonLine, ...]:
            from ocop_desktop.actions import people

            return people.listed(session)

        self._work.read(self, action, self._show, key="people")

    def _show(self, people: tuple[PersonLine, ...]) -> None:
        self.people = people
        alone = self._shell.person.alone
        self.state.setText(
            _("Chưa có mã PIN: mở tệp là làm việc được ngay với quyền thư ký. Muốn cấp mã cho thành viên, hãy đặt mã của mình "
              "trước.")
            if alone else _("Đang đăng nhập: {name}. Ctrl+L hoặc nút Chuyển máy khóa màn hình cho người kế tiếp.",
                            name=self._shell.person.name))
        self.own.setText(_("Đặt mã PIN của tôi…") if alone else _("Đổi mã PIN của tôi…"))
        self.off.setVisible(not alone)
        others = [p for p in people if not self._is_me(p)]
        self.empty.setVisible(not others)
        clear(self._list)
        self.buttons, self.roles = {}, {}
        for place, person in enumerate(others):
            self._add_row(place, person, alone)

    def _is_me(self, person: PersonLine) -> bool:
        return person.person_id != 0 and person.person_id == self._shell.person.person_id

    def _add_row(self, place: int, person: PersonLine, alone: bool) -> None:
        roles = QComboBox()
        for key in ROLES:
            roles.addItem(role_words(key, person.vice), key)
        roles.setCurrentIndex(roles.findData(person.role))
        roles.setAccessibleName(_("Vai trò của {name}", name=person.name))
        roles.activated.connect(lambda _place: self._set_role(person, roles.currentData()))
        words = {"never": _("chưa có mã PIN"), "once": _("đã cấp mã, chưa vào lần nào"), "own": _("đã có mã PIN riêng")}
        give = button(_("Cấp mã") if person.pin == "never" else _("Đặt lại mã"), lambda: self._give(person), small=True)
        give.setEnabled(not alone)
        give.setAccessibleName(f"{give.text()}: {person.name}")
        self.buttons[person.name], self.roles[person.name] = give, roles
        name = label(person.name, "bold", wrap=True)
        name.setMinimumHeight(name.heightForWidth(10_000))  # one whole line, however tight the row
        self._list.addLayout(column(name, label(person.agency, "small", wrap=True), space=0),
                             place, 0)
        self._list.addWidget(roles, place, 1, Qt.AlignmentFlag.AlignVCenter)
        self._list.addWidget(label(words[person.pin], "quiet", wrap=True), place, 2)
        self._list.addWidget(give, place, 3, Qt.AlignmentFlag.AlignVCenter)

    # -- doing --------------------------------------------------------------------------------------------------------

    def _save(self, verb: Callable[[Any, Any], Any], done: Callable[[Any], object] | None = None) -> None:
        def action(session: Any) -> Any:
            from ocop_desktop.actions import people

            return verb(people, session)

        self._work.save(self, action, done)

    def _ask_own(self) -> None:
        self.dialog = PinDialog(self._set_own, self)
        self.dialog.open()

    def _set_own(self, pin: str) -> None:
        me = self._shell.person

        def verb(people: Any, session: Any) -> tuple[int, str]:
            number = me.person_id or people.begun(session, self._shell.settings.user or _("Thư ký"))
            return number, people.set_own_pin(session, number, pin)

        def done(made: tuple[int, str]) -> None:
            name = me.name or self._shell.settings.user or _("Thư ký")
            self._shell.sign_in(Actor("clerk", name, me.agency, made[0]))
            self.code = CodeDialog.recovery(made[1], self)
            self.code.open()

        self._save(verb, done)

    def _take_own_away(self) -> None:
        me = self._shell.person
        self._save(lambda people, session: people.take_pin_away(session, me.person_id),
                   lambda _done: self._shell.sign_in(Actor("clerk", me.name, me.agency, me.person_id, alone=True)))

    def _give(self, person: PersonLine) -> None:
        def verb(people: Any, session: Any) -> str:
            number = person.person_id or people.add(session, person.name, person.agency, person.role)
            return str(people.give_code(session, number))

        def done(code: str) -> None:
            self.code = CodeDialog.once(person.name, code, self)
            self.code.open()

        self._save(verb, done)

    def _set_role(self, person: PersonLine, role: str) -> None:
        if person.person_id:
            self._save(lambda people, session: people.set_role(session, person.person_id, role))
        else:
            self._save(lambda people, session: people.add(session, person.name, person.agency, role))

    def _add(self) -> None:
        if not self.form.require("name"):
            return
        values = self.form.values()
        self._save(lambda people, session: people.add(session, values["name"], values["agency"], values["role"]),
                   lambda _id: self.form.set_values({"name": "", "agency": ""}))
