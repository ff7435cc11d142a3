"""The head of a ballot: the product and what can be done; under it what the ballot is about, whose it is, how far it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from ocop_desktop.text import _
from ocop_desktop.ui.painted import PillButton
from ocop_desktop.ui.scoring_parts import Elided
from ocop_desktop.ui.widgets import LinkLabel, button, column, row

READABLE = 24  # letters of the product's name that are always on show


class BallotHead(QWidget):
    """Two lines. Where the name of the product would not be readable, all but the main action steps behind one button.

    Args:
        switches: what stands elsewhere on a roomy page and steps behind the button on a low one.
    """

    def __init__(self, list_wanted: Callable[[], object], handed_over: Callable[[], object], finished: Callable[[], object],
                 switches: tuple[PillButton, ...]) -> None:
        super().__init__()
        self._switches, self._low = switches, False
        self._offered: tuple[QAbstractButton, ...] = ()  # beside the title, where there is room
        self.title, self.subtitle = Elided("title"), Elided("quiet")
        self.member, self.answered = Elided("bold", fill=False), Elided("quiet", fill=False)
        self.other = LinkLabel(_("Hồ sơ khác"), list_wanted)
        self.hand_over = button(_("Bàn giao máy"), handed_over)
        self.finish = button(_("Hoàn tất phiếu"), finished, "primary")
        self.more = button(_("Thêm"))
        self.more.setProperty("opens", "menu")
        self.menu = QMenu(self.more)
        self.menu.aboutToShow.connect(self._fill)
        self.more.setMenu(self.menu)
        self.names = row(self.title, self.other, self.hand_over, self.more, self.finish)
        self.names.setStretch(0, 1)
        under = row(self.subtitle, self.member, self.answered, 0, space=14)
        under.setStretch(0, 1)
        self.setLayout(column(self.names, under, space=2))

    def show_sheet(self, council: bool) -> None:
        """Name what can be done with a council's ballot, or with a sheet of the dossier."""
        self.other.setText(_("Hồ sơ khác") if council else _("Về hồ sơ"))
        self._offered = (self.other, self.hand_over) if council else (self.other,)

    def fit(self, width: int, roomy: bool, low: bool) -> None:
        """Arrange the head for ``width`` pixels; without room what the ballot is about gives way to whose it is."""
        metrics, name = self.title.fontMetrics(), self.title.text()
        readable = metrics.horizontalAdvance(name if len(name) <= READABLE else name[:READABLE] + "…")
        shown = [*self._offered, *([] if self.finish.isHidden() else [self.finish]), *([self.more] if low else [])]
        beside = sum(part.sizeHint().width() + self.names.spacing() for part in shown)
        cramped, self._low = readable + beside > width, low
        for part in (self.other, self.hand_over):
            part.setVisible(part in self._offered and not cramped)
        self.more.setVisible(bool(self._put_away()))
        self.subtitle.setVisible(roomy)
        self.member.setMinimumWidth(0)  # a label asks for its least width again, however short its words are now
        self.member.setMinimumWidth(min(self.member.sizeHint().width(), width // 2))

    def _put_away(self) -> list[QAbstractButton]:
        return [*(part for part in self._offered if part.isHidden()),
                *(part for part in self._switches if self._low and not part.isHidden())]

    def _fill(self) -> None:
        self.menu.clear()
        for part in self._put_away():
            words = part.words if isinstance(part, PillButton) else part.text()
            action = self.menu.addAction(words)
            action.setCheckable(part.isCheckable())
            action.setChecked(part.isChecked())
            action.triggered.connect(lambda _on=False, part=part: part.click())
