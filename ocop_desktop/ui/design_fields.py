"""Beside the page of a certificate layout: what a field says, where it stands to a tenth of a millimetre, how it looks."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.rules import certificate_design as layout
from ocop_desktop.rules.certificate_design import Design, Field
from ocop_desktop.rules.certificate_words import PLACES
from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.form import CheckField, ChoiceField, Form, LongTextField, NumberField
from ocop_desktop.ui.widgets import button, label

NAMES = {
    "body": N_("Cơ quan cấp"), "number": N_("Số giấy"), "nation": N_("Quốc hiệu"), "motto": N_("Tiêu ngữ"),
    "title": N_("Tên giấy"), "subtitle": N_("Dòng dưới tên giấy"), "stars": N_("Hạng sao (hình)"),
    "note": N_("Cấp lại, bản sao"),
    "intro": N_("Lời dẫn"), "product": N_("Tên sản phẩm"), "code": N_("Mã số, bộ sản phẩm"), "producer": N_("Chủ thể"),
    "address": N_("Địa chỉ"), "rank": N_("Hạng sao (chữ)"), "decision": N_("Quyết định"), "date": N_("Địa danh, ngày cấp"),
    "signature": N_("Khối chữ ký"), "qr": N_("Mã QR"), "validity": N_("Có giá trị đến"), "check": N_("Cách kiểm tra")}
COLOURS = (
    ("#1d2420", N_("Đen")), ("#45504a", N_("Xám đậm")), ("#7a857f", N_("Xám")), ("#1b6b4a", N_("Xanh lá đậm")),
    ("#2e8b57", N_("Xanh lá")), ("#0b5d6b", N_("Xanh cổ vịt")), ("#1f5fa8", N_("Xanh dương")), ("#1a237e", N_("Xanh lam đậm")),
    ("#6a1b4d", N_("Mận")), ("#a32a22", N_("Đỏ")), ("#8a1c1c", N_("Đỏ sẫm")), ("#c2571a", N_("Cam đất")),
    ("#b97a00", N_("Vàng kim")), ("#6b4a0c", N_("Nâu đồng")), ("#4a2c12", N_("Nâu đậm")), ("#ffffff", N_("Trắng")))
PLACE_WORDS = {
    "cơ quan cấp": N_("Cơ quan cấp"), "số giấy": N_("Số giấy"), "sản phẩm": N_("Tên sản phẩm"), "mã số": N_("Mã sản phẩm"),
    "bộ sản phẩm": N_("Bộ sản phẩm"), "chủ thể": N_("Tên chủ thể"), "địa chỉ": N_("Địa chỉ"), "hạng sao": N_("Số sao"),
    "số quyết định": N_("Số quyết định"), "ngày quyết định": N_("Ngày quyết định"),
    "cơ quan quyết định": N_("Cơ quan quyết định"), "địa danh": N_("Địa danh"), "ngày cấp": N_("Ngày cấp"),
    "có giá trị đến": N_("Có giá trị đến"), "chức vụ": N_("Chức vụ người ký"),
    "người ký": N_("Họ tên người ký"), "ghi chú": N_("Ghi chú cấp lại, bản sao"), "cách kiểm tra": N_("Cách kiểm tra")}


def name_of(field: Field) -> str:
    """What a field is called in the window."""
    if field.key in NAMES:
        return _(NAMES[field.key])
    return _("Chữ: {words}", words=" ".join(field.words.split())[:24] or "…")


class TenthField(NumberField):
    """Tenths of a unit, written with a decimal comma: 125 is "12,5".

    Args:
        lowest, highest: in tenths.
    """

    def read(self, words: str) -> int:
        if not re.fullmatch(r"\d{1,4}([.,]\d)?", words):
            raise ValueError(words)
        value = int(Fraction(words.replace(",", ".")) * 10)
        if not self.lowest <= value <= self.highest:
            raise ValueError(words)
        return value

    def write(self, value: int) -> str:
        whole, rest = divmod(value, 10)
        point = "." if text.language() == "en" else ","
        return f"{whole}{point}{rest}" if rest else str(whole)

    def complaint(self) -> str:
        return _("Cần một số từ {lowest} đến {highest}, ví dụ 12,5", lowest=self.write(self.lowest),
                 highest=self.write(self.highest))


class ColourField(ChoiceField):
    """A colour by its name, with a patch of it; one that has no name here keeps its figures."""

    def __init__(self, title: str, hint: str = "", empty: str = "") -> None:
        self._none = empty
        super().__init__(title, hint=hint, empty=False)
        self._offer("")

    def _offer(self, own: str) -> None:
        self.combo.clear()
        if self._none:
            self.combo.addItem(self._none, "")
        known = [(value, _(words)) for value, words in COLOURS]
        if own and own not in dict(known):
            known.append((own, own))
        side = theme.now().px(16)
        self.combo.setIconSize(QSize(side, side))
        for value, words in known:
            self.combo.addItem(_patch(value, side), words, value)

    def _show(self, value: Any) -> None:
        if self.combo.findData(value) < 0:
            self._offer(value or "")
        super()._show(value)


def _patch(colour: str, side: int) -> QPixmap:
    made = QPixmap(side, side)
    made.fill(QColor(colour))
    painter = QPainter(made)
    painter.setPen(theme.now().color("edge"))
    painter.drawRect(0, 0, side - 1, side - 1)
    painter.end()
    return made


class FieldPanel(QWidget):
    """The properties of one field."""

    edited = Signal(str, object)  # item, value

    def __init__(self) -> None:
        super().__init__()
        self.name, self.form = label("", "strong", wrap=True), Form()
        form = self.form
        form.add("shown", CheckField(_("Hiện trên giấy")), 2)
        signs = _("{…} là chỗ điền; *…* là chữ đậm; […] bỏ đi khi chỗ điền bên trong trống")
        self.words = LongTextField(_("Chữ trên giấy"), signs, lines=3)
        form.add("words", self.words, 2)
        self.insert = button(_("Chèn chỗ điền"), icon="plus", small=True)
        self.insert.setMenu(self._places())
        form.add_part(self.insert, 2)
        for key, title, most in (("x", _("Cách trái (mm)"), layout.WIDTH), ("y", _("Cách trên (mm)"), layout.HEIGHT)):
            form.add(key, TenthField(title, lowest=0, highest=most))
        for key, title, most in (("width", _("Rộng (mm)"), layout.WIDTH), ("height", _("Cao (mm)"), layout.HEIGHT)):
            form.add(key, TenthField(title, lowest=layout.LEAST, highest=most))
        form.add("family", ChoiceField(_("Phông chữ"), (("serif", _("Có chân")), ("sans", _("Không chân"))), empty=False))
        form.add("style", ChoiceField(_("Kiểu chữ"), (("regular", _("Thường")), ("bold", _("Đậm")), ("italic", _("Nghiêng"))),
                                      empty=False))
        form.add("size", TenthField(_("Cỡ chữ lớn nhất"), lowest=layout.SIZES[0], highest=layout.SIZES[1]))
        form.add("spacing", TenthField(_("Giãn chữ"), lowest=0, highest=200))
        form.add("colour", ColourField(_("Màu chữ")))
        form.add("strong", ColourField(_("Màu chữ đậm"), empty=_("Như màu chữ")))
        form.add("align", ChoiceField(_("Căn ngang"), (("left", _("Trái")), ("center", _("Giữa")), ("right", _("Phải"))),
                                      empty=False))
        form.add("stand", ChoiceField(_("Căn dọc"), (("top", _("Trên")), ("middle", _("Giữa")), ("bottom", _("Dưới"))),
                                      empty=False))
        form.add("rule", ChoiceField(_("Gạch dưới"), (("none", _("Không")), ("short", _("Ngắn")), ("full", _("Hết dòng"))),
                                     empty=False))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.now().px(8))
        box.addWidget(self.name)
        box.addWidget(form)
        box.addStretch(1)
        for field in map(form.field, form.keys()):
            field.title.setWordWrap(True)
            if isinstance(field, ChoiceField):
                field.combo.setMinimumContentsLength(3)
        form.on_edited(self.edited.emit)

    def _places(self) -> QMenu:
        menu = QMenu(self)
        for place in PLACES:
            menu.addAction(_(PLACE_WORDS[place])).triggered.connect(lambda _on=False, place=place: self._put(place))
        return menu

    def _put(self, place: str) -> None:
        self.words.area.insertPlainText("{" + place + "}")
        self.edited.emit("words", self.words.value())

    def show_field(self, field: Field) -> None:
        """Show a field's properties; those its kind has none of are left out."""
        self.name.setText(name_of(field))
        words = field.kind == "text"
        typed = words or field.kind == "signature"
        seen = {"words": words, "family": typed, "style": typed, "size": typed, "colour": typed, "strong": words,
                "spacing": words, "align": field.kind != "code", "stand": words, "rule": words}
        for key, shown in seen.items():
            self.form.field(key).setVisible(shown)
        self.insert.setVisible(words)
        self.form.set_values({key: getattr(field, key) for key in self.form.values()})


class PagePanel(QWidget):
    """The page itself: frame, colours, pattern, picture behind."""

    edited = Signal(str, object)
    picture_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(1)
        self.form.add("border", ChoiceField(_("Khung viền"), (
            ("lotus", _("Hoa sen")), ("key", _("Hồi văn")), ("wave", _("Sóng đan")), ("lines", _("Hai nét")),
            ("none", _("Không có"))), empty=False))
        self.form.add("main", ColourField(_("Màu chính của khung")))
        self.form.add("accent", ColourField(_("Màu phụ của khung")))
        self.form.add("pattern", CheckField(_("Hoa văn chìm")))
        self.choose = button(_("Chọn ảnh nền…"), self.picture_wanted.emit, icon="image")
        self.remove = button(_("Bỏ ảnh nền"), lambda: self.edited.emit("picture", ""), icon="trash")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.now().px(8))
        about = _("Ảnh phủ kín trang A4 ngang 297 × 210 mm; ảnh rõ khi in cần khoảng 3500 × 2480 điểm.")
        for part in (label(_("Trang giấy"), "strong"), self.form, self.choose, self.remove, label(about, "small", wrap=True)):
            box.addWidget(part)
        box.addStretch(1)
        self.form.on_edited(self.edited.emit)

    def show_design(self, design: Design) -> None:
        """Show a layout's page."""
        self.form.set_values({key: getattr(design, key) for key in self.form.values()})
        self.remove.setVisible(bool(design.picture))
