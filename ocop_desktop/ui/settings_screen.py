"""Cài đặt: the office's settings and those of this computer, on one page; every field keeps itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QWidget

from ocop_desktop import text
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.form import ChoiceField, Form, TextField
from ocop_desktop.ui.parts import restyle
from ocop_desktop.ui.people_page import PeopleSection
from ocop_desktop.ui.settings_data import DataSection
from ocop_desktop.ui.settings_key import KeySection
from ocop_desktop.ui.settings_office import OfficeForms
from ocop_desktop.ui.settings_papers import PapersSection
from ocop_desktop.ui.settings_signing import SigningForm
from ocop_desktop.ui.widgets import Card, LinkLabel, Page, button, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.office_settings import SettingsView
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
WIDEST, WAYS_FROM = 900, 940  # pixels at 100 %: of the page's text; of a page with room for links to its sections
MARGIN = 24  # a section begins so many pixels before it touches the top


class SettingsScreen(Page):
    """The settings page."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__(scroll=True)
        self.set_title(_("Cài đặt"), _("Mỗi mục được lưu ngay khi rời khỏi ô"))
        self._work, self._shell = work, shell
        self.links: dict[str, LinkLabel] = {}
        self._wanted = ""  # the section gone to, until one scrolls on
        self._sections: dict[str, QWidget] = {}
        self._jumps: dict[str, QAction] = {}
        self._links = row(space=12)
        self._ways = QWidget()
        self._ways.setLayout(self._links)
        self.add_action(self._ways)
        self.jump = button(_("Đến mục"))  # where the window has no room for the links
        self.jump.setProperty("opens", "menu")
        self._places = QMenu(self.jump)
        self.jump.setMenu(self._places)
        self.add_action(self.jump)
        self.forms = OfficeForms(self, work, shell)
        self.display, self.user, self.data = Form(), Form(), DataSection(work, shell)
        self._add_display()
        self._add_section("office", _("Đơn vị"), self.forms.office)
        self._add_section("certificate", _("Giấy chứng nhận"), self.forms.certificate)
        self.key = KeySection(work, shell)
        self._add_section("key", _("Khóa mã QR"), self.key)
        self.papers = PapersSection(work, shell)
        self._add_section("papers", _("Văn bản"), self.papers,
                          _("Phần đầu, người ký, số và lời văn của giấy tờ cơ quan ban hành."))
        self.signing = SigningForm(work, shell)
        self._add_section("signing", _("Ký số"), self.signing)
        self._add_section("rules", _("Quy chế làm việc"), self.forms.rules,
                          _("Luật để từng địa phương quy định; mỗi phiên mới chép các mục này, phiên đã lập giữ nguyên."))
        self._add_section("display", _("Hiển thị"), self.display)
        self._add_section("data", _("Dữ liệu"), self.data)
        self._add_section("user", _("Máy này"), self.user)
        self.people = PeopleSection(work, shell)
        self._add_section("people", _("Người và quyền"), self.people,
                          _("Mỗi người một mã PIN riêng: thành viên chỉ mở phiếu của mình; điểm chỉ hiện khi đủ phiếu, "
                            "cho thành viên khi đã chốt."))
        self.body.addStretch(1)
        area = self.findChild(QScrollArea)
        if area is not None:
            area.verticalScrollBar().valueChanged.connect(lambda _value: self._mark(self._at_the_top()))
            area.verticalScrollBar().actionTriggered.connect(self._scrolled)
            area.verticalScrollBar().rangeChanged.connect(lambda _least, _most: QTimer.singleShot(0, self, self._stay))
        self._mark("office")
        for form in (self.forms.office, self.forms.certificate, self.forms.rules, self.display, self.user,
                     self.signing):
            for key in form.values():  # at 200 % a long name takes two lines
                form.field(key).title.setWordWrap(True)
        shell.settings_changed.connect(self._show_own)
        self._show_own()

    def _add_display(self) -> None:
        self.display.add("language", ChoiceField(_("Ngôn ngữ"), list(text.LANGUAGES.items()), empty=False))
        self.display.add("text_size", ChoiceField(_("Cỡ chữ"), [(n, f"{n} %") for n in SIZES], _("Ctrl+= to hơn, Ctrl+- nhỏ hơn"),
                                                  empty=False))
        self.display.add("theme", ChoiceField(_("Giao diện"), (("light", _("Sáng")), ("dark", _("Tối"))), empty=False))
        self.display.on_edited(self._change_own)
        self.user.add("user", TextField(_("Tên người dùng máy này"), _("Ghi vào lịch sử của mỗi thay đổi"), longest=100))
        self.user.on_edited(self._change_own)

    def _add_section(self, key: str, title: str, part: QWidget, about: str = "") -> None:
        card = Card()
        card.body.addWidget(part)
        whole = QWidget()
        whole.setMaximumWidth(theme.now().px(WIDEST))
        whole.setLayout(column(label(title, "strong"), label(about, "quiet", wrap=True) if about else None, card, space=6))
        self._sections[key] = whole
        beside = row(whole)
        beside.setStretch(0, 1)
        beside.addStretch(0)  # so that its height is reckoned for its own width, not for the page's
        self.body.addLayout(beside)
        self.links[key] = LinkLabel(title, lambda: self.go_to(key))
        self._links.addWidget(self.links[key])
        self._jumps[key] = self._places.addAction(title, lambda: self.go_to(key))

    def show_place(self, section: str = "", **where: Any) -> None:
        """Show the screen, at a section where one is named: office, certificate, key, papers, signing, rules, display,
        data, user, people.
        """
        self._shell.set_crumbs(self, _("Cài đặt"))
        self.refresh()
        if section:
            QTimer.singleShot(0, self, lambda: self.go_to(section))  # after the page has its size

    def refresh(self) -> None:
        """Read again."""
        def view(session: Any) -> SettingsView:
            from ocop_desktop.actions import office_settings

            return office_settings.view(session)

        self._work.read(self, view, self._show, key="settings")
        self.people.refresh()
        self.key.refresh()
        self.papers.refresh()

    def go_to(self, key: str) -> None:
        """Bring a section to the top and put the cursor into its first field."""
        area = self.findChild(QScrollArea)
        whole = self._sections[key]
        if area is not None:
            area.verticalScrollBar().setValue(whole.y())
        self._wanted = key
        self._mark(key)  # where the page ends the bar cannot bring the section to the top
        first = {"display": self.display.field("language").editor, "user": self.user.field("user").editor, "data": self.data.now,
                 "papers": self.papers.first(), "office": self.forms.province.editor, "people": self.people.first(),
                 "key": self.key.first(), "signing": self.signing.source.editor,
                 "certificate": self.forms.pattern.editor, "rules": self.forms.rules.field("quorum").editor}
        first[key].setFocus()

    @Slot()
    def _stay(self) -> None:
        """What is read only now makes the sections above the one gone to longer: it stays at the top."""
        area, key = self.findChild(QScrollArea), self._wanted
        if area is not None and key and self._sections[key].isAncestorOf(self.focusWidget() or self):
            area.verticalScrollBar().setValue(self._sections[key].y())
            self._mark(key)

    @Slot(int)
    def _scrolled(self, _how: int) -> None:
        """By wheel, key or hand."""
        self._wanted = ""

    def _at_the_top(self) -> str:
        """The section the page is scrolled to; at its end the last one."""
        area = self.findChild(QScrollArea)
        shown = [key for key, part in self._sections.items() if not part.isHidden()]
        if area is None or area.verticalScrollBar().value() == area.verticalScrollBar().maximum():
            return shown[-1]
        top = area.verticalScrollBar().value() + theme.now().px(MARGIN)
        return max((key for key in shown if self._sections[key].y() <= top), key=shown.index, default=shown[0])

    def _mark(self, key: str) -> None:
        for other, link in self.links.items():
            if bool(link.property("current")) != (other == key):
                restyle(link, current=other == key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.now().px(WAYS_FROM)
        self._ways.setVisible(wide)
        self.jump.setVisible(not wide)

    def _show(self, seen: SettingsView) -> None:
        self._shell.set_place(seen.office.province_name)
        self.forms.show(seen)
        self.data.show_data(seen)

    @Slot()
    def _show_own(self) -> None:
        own = self._shell.settings
        size: Any = self.display.field("text_size")
        size.set_choices([(n, f"{n} %") for n in sorted({*SIZES, own.text_size})])
        self.display.set_values({"language": own.language, "text_size": own.text_size, "theme": own.theme})
        self.user.set_values({"user": own.user})
        for part in (self._sections["user"], self.links["user"], self._jumps["user"]):
            part.setVisible(self._shell.person.alone)  # else the name is that of who signed in

    def _change_own(self, key: str, value: Any) -> None:
        if key == "language":
            self._shell.go("settings", section="display")  # the page is built anew and comes back here
        self._shell.change_settings(**{key: value})
