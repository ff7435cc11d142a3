"""What an electronic signature of a PDF comes to, large, and who signed, when, with whose certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel

from ocop_desktop.text import _, say
from ocop_desktop.ui import icons, theme
from ocop_desktop.ui.widgets import column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.pdf_signing import CheckedSignature

FRAMES = {"main": "note-ok", "warn": "note-warn", "bad": "note-bad", "info": "note-info"}


class SignatureCard(QFrame):
    """One signature of a PDF; ``number`` counts them where there are several."""

    def __init__(self, signature: CheckedSignature, number: int = 0) -> None:
        from ocop_desktop.actions import pdf_signing

        super().__init__()
        px = theme.now().px
        said, icon, tone = verdict(signature)
        self.setProperty("kind", FRAMES[tone])
        picture = QLabel()
        icons.put(picture, icon, tone, 40)
        self.said = label(_("Chữ ký {number}: {said}", number=number, said=said) if number else said, "title", tone, wrap=True)
        self.said.setAccessibleName(self.said.text())
        head = row(picture, self.said, space=14)
        head.setStretch(1, 1)
        self.facts = [label(say(line), wrap=True) for line in pdf_signing.sayings(signature)]
        inside = column(head, column(*self.facts, space=4), space=12)
        inside.setContentsMargins(px(20), px(16), px(20), px(16))
        self.setLayout(inside)


def verdict(signature: CheckedSignature) -> tuple[str, str, str]:
    """The sentence, its icon and its colour. Green only where the certificate leads to one that is trusted: anybody can make
    a certificate in anybody's name.
    """
    if signature.state == "altered":
        return _("TỆP ĐÃ BỊ SỬA SAU KHI KÝ."), "bad", "bad"
    if not signature.in_time:
        return _("CHỨNG THƯ SỐ KHÔNG CÓ HIỆU LỰC LÚC KÝ."), "warning", "warn"
    if signature.trusted:
        return _("CHỮ KÝ ĐÚNG, TỆP NGUYÊN VẸN."), "ok", "main"
    if signature.trusted is None:
        return _("TỆP NGUYÊN VẸN TỪ KHI KÝ; chưa kiểm tra nơi cấp chứng thư."), "help", "info"
    return _("TỆP NGUYÊN VẸN nhưng nơi cấp chứng thư không phải nơi đã chọn để tin."), "warning", "warn"
