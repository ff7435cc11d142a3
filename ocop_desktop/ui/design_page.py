"""Mẫu giấy: the office lays out its certificate - the fields on the left, the real page in the middle, figures on the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.certificate_design import TEMPLATES, Design, Field, faults
from ocop_desktop.rules.certificate_design_default import DEFAULT
from ocop_desktop.rules.certificate_snapping import inside
from ocop_desktop.text import _
from ocop_desktop.ui import theme
from ocop_desktop.ui.design_canvas import DesignCanvas
from ocop_desktop.ui.design_fields import FieldPanel, PagePanel, name_of
from ocop_desktop.ui.design_history import DesignHistory
from ocop_desktop.ui.design_more import DesignMore
from ocop_desktop.ui.elided_box import ElidedBox
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.form import UndoGuard
from ocop_desktop.ui.widgets import button, label, row

if TYPE_CHECKING:
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

PAGE = ""  # the list's first line: the page itself
NARROW = 900  # pixels under which list and figures stand below the page
LIST, FIGURES = 206, 290  # pixels wide
KEY = Qt.ItemDataRole.UserRole


class DesignPage(QWidget):
    """Shows a template's layout; ``primary`` keeps it, the screen puts it at the top right. What is not kept stays while the
    window is open."""

    def __init__(self, work: Work, shell: Shell, back: Callable[[], object]) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self._histories: dict[str, DesignHistory] = {}
        self._own: frozenset[str] = frozenset()
        self._drawing = self._again = False
        self.template = TEMPLATES[0]
        self.primary = button(_("Lưu mẫu"), self.save, "primary")
        self.back = button(_("Quay lại"), back, icon="chevron-left")
        self.templates, self.names = ElidedBox(), ElidedBox()
        self.undo = button(_("Hoàn tác"), lambda: self.history.undo(), icon="undo")
        self.redo = button(_("Làm lại"), lambda: self.history.redo())
        self.more = DesignMore(work, shell, self)
        self.state = label("", "quiet")
        self.list, self.canvas = QListWidget(), DesignCanvas()
        self.field, self.page = FieldPanel(), PagePanel()
        self.panel = QStackedWidget()
        self.wrong = label("", "error", wrap=True)
        self._guard = UndoGuard()
        self._draw_soon = QTimer(self, singleShot=True, interval=120)
        self._draw_soon.timeout.connect(self._draw)
        self._build()
        self._connect()

    # -- parts --------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        px = theme.now().px
        for combo, words in ((self.templates, _("Mẫu")), (self.names, _("Xem thử với"))):
            combo.setAccessibleName(words)
            combo.setMinimumContentsLength(12)
        for key, words in (("longest", _("Tên dài nhất trong sổ")), ("example", _("Tên ví dụ"))):
            self.names.addItem(words, key)
        self.list.setAccessibleName(_("Các trường trên giấy"))
        self.list.setProperty("kind", "plain")
        areas = []
        for part in (self.page, self.field):
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            part.setContentsMargins(0, 0, px(10), px(8))
            part.setProperty("kind", "page")
            area.setWidget(part)
            areas.append(area)
            self.panel.addWidget(area)
        self._middle = QVBoxLayout()
        self._middle.setSpacing(px(6))
        self._middle.addWidget(self.canvas, 100)
        self._middle.addWidget(self.wrong)
        about = _("Kéo để dời, kéo góc để đổi cỡ, giữ Alt để không bắt dính. Phím mũi tên: 1 mm, thêm Shift: 0,1 mm, "
                  "thêm Ctrl: đổi cỡ; Tab: trường tiếp theo; Delete: ẩn.")
        self._middle.addWidget(label(about, "small", wrap=True))
        self._middle.addStretch(1)
        self._across = row(space=12)
        self._across.addWidget(self.list)
        self._across.addLayout(self._middle, 1)
        self._across.addWidget(self.panel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(10))
        box.addLayout(Flow(self.back, self.templates, self.names, self.undo, self.redo, self.more.button, self.state))
        box.addLayout(self._across, 1)
        self._guard.watch(self)

    def _connect(self) -> None:
        self.templates.activated.connect(lambda place: self.choose_template(self.templates.itemData(place)))
        self.names.activated.connect(lambda _place: self._draw())
        self.list.currentItemChanged.connect(lambda item, _old: self.choose(item.data(KEY) if item else PAGE))
        self.list.itemChanged.connect(self._ticked)
        self.canvas.chosen.connect(self.choose)
        self.canvas.moved.connect(self._moved)
        self.canvas.rested.connect(lambda: self.history.rest())
        self.canvas.hidden.connect(lambda key: self._put(key, "shown", False))
        self.canvas.resized.connect(lambda: self._draw_soon.start())
        self.field.edited.connect(lambda item, value: self._put(self.canvas.current, item, value))
        self.page.edited.connect(lambda item, value: self.history.change(replace(self.design, **{item: value})))
        self.page.picture_wanted.connect(self.more.ask_picture)
        for keys, slot in ((QKeySequence.StandardKey.Undo, lambda: self.history.undo()),
                           (QKeySequence.StandardKey.Redo, lambda: self.history.redo()),
                           (QKeySequence.StandardKey.Save, self.save)):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List, page and figures side by side where there is room for them, else below each other."""
        super().resizeEvent(event)
        px = theme.now().px
        wide = self.width() >= px(NARROW)
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._across.removeItem(self._middle)
        self._across.insertLayout(1 if wide else 0, self._middle, 1)
        for part, width in ((self.list, LIST), (self.panel, FIGURES)):
            part.setMinimumWidth(px(width) if wide else 0)
            part.setMaximumWidth(px(width) if wide else 16777215)
            part.setMinimumHeight(0 if wide else px(220))
        self.canvas.setMinimumHeight(0 if wide else self.canvas.minimumSizeHint().height())

    # -- reading ------------------------------------------------------------------------------------------------------

    @property
    def history(self) -> DesignHistory:
        """The template's layout and its steps."""
        if self.template not in self._histories:
            made = self._histories[self.template] = DesignHistory(DEFAULT)
            made.changed.connect(self._show)
        return self._histories[self.template]

    @property
    def design(self) -> Design:
        """The layout on show."""
        return self.history.now

    def refresh(self) -> None:
        """Read what is kept again; a layout being changed stays."""
        template = self.template

        def look(session: Any) -> Any:
            from ocop_desktop.actions import certificate_designs

            return (certificate_designs.template_names(), frozenset(certificate_designs.own_designs(session)),
                    certificate_designs.design_of(session, template))

        self._work.read(self, look, lambda found: self._take(template, *found), self._refuse, key="design")

    def _take(self, template: str, names: dict[str, str], own: frozenset[str], kept: Design) -> None:
        self._own = own
        self.templates.clear()
        for key, words in names.items():
            note = "" if key == "general" else _("riêng") if key in own else _("theo mẫu chung")
            self.templates.addItem(f"{words} · {note}" if note else words, key)
        self.templates.setCurrentIndex(self.templates.findData(self.template))
        if template == self.template and not self.history.unsaved:
            self.history.begin(kept)
        self._show()

    def choose_template(self, template: str) -> None:
        """Show another template."""
        self.template = template
        self._show()
        self.refresh()

    # -- showing ------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        design, history = self.design, self.history
        self.canvas.names = {field.key: name_of(field) for field in design.fields}
        self.canvas.show_design(design)
        self._fill_list(design)
        self._show_panel()
        found = faults(design)
        self._say(text.say(found[0]) if found else "")
        self.undo.setEnabled(history.can_undo)
        self.redo.setEnabled(history.can_redo)
        self.primary.setEnabled(history.unsaved and not found)
        self.state.setText(_("Có thay đổi chưa lưu") if history.unsaved else "")
        self.more.show_state(self.template, self.template in self._own, self._removable())
        self._draw()

    def _fill_list(self, design: Design) -> None:
        self.list.blockSignals(True)
        lines = [(PAGE, _("Trang giấy"), None), *((field.key, name_of(field), field.shown) for field in design.fields)]
        if [self.list.item(n).data(KEY) for n in range(self.list.count())] != [key for key, _words, _shown in lines]:
            self.list.clear()
            for key, words, _shown in lines:
                made = QListWidgetItem(words)
                made.setData(KEY, key)
                self.list.addItem(made)
        for place, (key, words, shown) in enumerate(lines):
            item = self.list.item(place)
            item.setText(words)
            if shown is not None:
                item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            if key == self.canvas.current:
                self.list.setCurrentRow(place)
        self.list.blockSignals(False)

    def _show_panel(self) -> None:
        field = self._current()
        self.panel.setCurrentIndex(1 if field else 0)
        if field is not None:
            self.field.show_field(field)
        self.page.show_design(self.design)

    def _current(self) -> Field | None:
        return next((field for field in self.design.fields if field.key == self.canvas.current), None)

    def _removable(self) -> bool:
        return self.canvas.current.startswith("text-")

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def _refuse(self, error: UserError) -> None:
        self._say(text.say(error))

    # -- drawing ------------------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        """Draw the page in the background; what is asked for meanwhile is drawn once, after it."""
        if self._drawing:
            self._again = True
            return
        self._drawing, self._again = True, False
        template, design, names, dpi = self.template, self.design, self.names.currentData(), self.canvas.dpi()

        def draw(session: Any) -> Any:
            from ocop_desktop.actions import certificate_designs

            return certificate_designs.picture_of_design(session, template, design, names, dpi)

        self._work.read(self, draw, self._drawn, self._not_drawn)

    def _drawn(self, picture: Any) -> None:
        self.canvas.show_picture(picture)
        self._rested()

    def _not_drawn(self, error: UserError) -> None:
        self._refuse(error)
        self._rested()

    def _rested(self) -> None:
        self._drawing = False
        if self._again:
            self._draw()

    # -- changing -----------------------------------------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Choose a field, or the page."""
        self.history.rest()
        if self.canvas.current != key:
            self.canvas.choose(key)
        self._fill_list(self.design)
        self._show_panel()
        self.more.show_state(self.template, self.template in self._own, self._removable())

    def _ticked(self, item: QListWidgetItem) -> None:
        self._put(item.data(KEY), "shown", item.checkState() == Qt.CheckState.Checked)

    def _moved(self, field: Field, stroke: str) -> None:
        self.history.change(self.design.with_field(field), stroke)

    def _put(self, key: str, item: str, value: Any) -> None:
        """Change one item of a field."""
        field = next((field for field in self.design.fields if field.key == key), None)
        if field is not None:
            self.history.change(self.design.with_field(inside(replace(field, **{item: value}))))

    def add_text(self) -> None:
        """Put a new text into the middle of the page."""
        used = {field.key for field in self.design.fields}
        key = next(f"text-{n}" for n in range(1, 99) if f"text-{n}" not in used)
        made = Field(key, x=985, y=1000, width=1000, height=80, words="Chữ mới")
        self.history.change(replace(self.design, fields=(*self.design.fields, made)))
        self.choose(key)

    def remove_text(self) -> None:
        """Take the chosen text away."""
        if self._removable():
            gone = self.canvas.current
            self.canvas.choose(PAGE)
            self.history.change(replace(self.design, fields=tuple(field for field in self.design.fields if field.key != gone)))

    # -- keeping ------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the layout of the template on show."""
        template, design, history, who = self.template, self.design, self.history, self._shell.settings.user
        if not history.unsaved:
            return

        def keep(session: Any) -> None:
            from ocop_desktop.actions import certificate_designs

            certificate_designs.save_design(session, template, design, who)

        def kept(_none: None) -> None:
            history.kept = design
            self.refresh()
            self._shell.say.ok(_("Đã lưu mẫu giấy chứng nhận; giấy in từ bây giờ theo mẫu này."))

        self._work.save(self, keep, kept, self._refuse_saving)

    def _refuse_saving(self, error: UserError) -> None:
        self._refuse(error)
        if isinstance(error, ProblemsFound) and error.problems[0].place.sheet:
            self.choose(error.problems[0].place.sheet)

    def take(self, design: Design) -> None:
        """Put another layout in this one's place, as a step that can be taken back."""
        self.canvas.choose(PAGE)
        self.history.change(design)

    def begin_again(self) -> None:
        """Read what is kept, whatever stands here (the template was forgotten)."""
        self._histories.pop(self.template, None)
        self.canvas.choose(PAGE)
        self.refresh()
