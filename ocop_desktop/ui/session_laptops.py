"""Members who score on their own laptops, on the session's page: packages go out, ballots come in, codes are typed in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import N_, _
from ocop_desktop.ui import theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.painted import Pill
from ocop_desktop.ui.widgets import Card, button, clear, column, label, line, row

if TYPE_CHECKING:
    from ocop_desktop.actions.packages import Laptop, Written
    from ocop_desktop.actions.receiving import Arrival
    from ocop_desktop.actions.session_matrix import Matrix
    from ocop_desktop.ui.session_more import SessionMore
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

STATES = {"merged": (N_("đã nhận"), "ok"), "unchanged": (N_("đã có từ trước"), "quiet"), "partly": (N_("nhận một phần"), "warn"),
          "refused": (N_("không nhận"), "bad"), "code": (N_("chờ mã"), "info")}
LINES_TOLD = 4  # dossiers refused, told one by one


class LaptopsCard(Card):
    """Hidden until it is asked for.

    Args:
        more: gets an entry that opens the card; matrix: asks what is on show.
    """

    def __init__(self, work: Work, shell: Shell, more: SessionMore, matrix: Callable[[], Matrix | None]) -> None:
        super().__init__(_("Chấm trên máy riêng"))
        self._work, self._shell, self._matrix = work, shell, matrix
        self._session_id = 0
        self.arrivals: list[Arrival] = []
        self.codes: dict[str, QLineEdit] = {}  # by file
        self.confirms: dict[str, Any] = {}
        self.told = label("", "quiet", wrap=True)
        self.photos, self.papers = QCheckBox(_("Kèm ảnh sản phẩm")), QCheckBox(_("Kèm giấy tờ pháp lý"))
        self.photos.setChecked(True)
        self.papers.setChecked(True)
        self.hand_out = button(_("Giao gói cho thành viên…"), self._ask_folder)
        self.take_in = button(_("Nhận tệp phiếu…"), self._ask_files)
        self.take_all = button(_("Nhận cả thư mục…"), self._ask_whole_folder)
        self.close_card = button(_("Đóng"), self.hide, "quiet")
        self.list = QVBoxLayout()
        self.list.setSpacing(theme.now().px(8))
        self.body.addWidget(self.told)
        self.body.addLayout(Flow(self.hand_out, self.photos, self.papers, self.take_in, self.take_all, self.close_card))
        self.body.addLayout(self.list)
        self.hide()
        more.add(_("Chấm trên máy riêng…"), self.ask)

    def ask(self) -> None:
        """Show the card for the session on show."""
        matrix = self._matrix()
        if matrix is None:
            return
        if matrix.session_id != self._session_id:
            self._session_id, self.arrivals = matrix.session_id, []
            self._show_arrivals()
        self.show()
        self.hand_out.setEnabled(matrix.status == "open")
        self.hand_out.setFocus()
        self._read()

    def _read(self) -> None:
        session_id = self._session_id

        def action(session: Any) -> tuple[Laptop, ...]:
            from ocop_desktop.actions import packages

            return packages.laptops(session, session_id)

        self._work.read(self, action, self._show_standing, key="laptops")

    def _show_standing(self, laptops: Sequence[Laptop]) -> None:
        told = _("{members} thành viên chấm: đã giao gói cho {packaged}, đã biết máy của {known}, đã nhận phiếu của {received}.",
                 members=len(laptops), packaged=sum(x.packaged_at is not None for x in laptops),
                 known=sum(x.enrolled for x in laptops), received=sum(x.received_at is not None for x in laptops))
        self.told.setText(told + " " + _("Gói không có điểm của ai; phiếu mang về chỉ tệp dữ liệu này mở được."))

    # -- packages -----------------------------------------------------------------------------------------------------

    def _ask_folder(self) -> None:
        dialog = self._dialog(_("Chọn USB hoặc thư mục để ghi gói"), QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda folder: self.write(Path(folder)))
        dialog.open()

    def write(self, folder: Path) -> None:
        """Write every member's package into a folder."""
        session_id, who = self._session_id, self._shell.settings.user
        photos, papers = self.photos.isChecked(), self.papers.isChecked()

        def action(session: Any) -> tuple[Written, ...]:
            from ocop_desktop.actions import packages

            return packages.write_packages(session, session_id, folder, packages.Contents(photos, papers), who)

        self._work.save(self, action, self._written)

    def _written(self, made: tuple[Written, ...]) -> None:
        self._shell.say.ok(_("Đã ghi {count} gói vào {folder}; mỗi thành viên mở gói mang tên mình.", count=len(made),
                             folder=str(made[0].path.parent)))
        self._read()

    # -- ballots ------------------------------------------------------------------------------------------------------

    def _ask_files(self) -> None:
        dialog = self._dialog(_("Chọn tệp phiếu"), QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(_("Tệp phiếu (*.ocopphieu)"))
        dialog.filesSelected.connect(lambda found: self.receive([Path(name) for name in found]))
        dialog.open()

    def _ask_whole_folder(self) -> None:
        dialog = self._dialog(_("Chọn USB hoặc thư mục có tệp phiếu"), QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda folder: self.receive([Path(folder)]))
        dialog.open()

    def receive(self, places: Sequence[Path]) -> None:
        """Take in ballot files, or those of a folder."""
        session_id, who = self._session_id, self._shell.settings.user

        def action(session: Any) -> tuple[Arrival, ...]:
            from ocop_desktop.actions import receiving

            return receiving.receive(session, receiving.files_in(places), (), session_id, who)

        self._work.save(self, action, self._show_new)

    def _show_new(self, arrivals: tuple[Arrival, ...]) -> None:
        self.arrivals = list(arrivals)
        self._show_arrivals()
        self._read()

    def _confirm(self, place: int) -> None:
        """Take a file in again, with the code typed beside it."""
        arrival, session_id, who = self.arrivals[place], self._session_id, self._shell.settings.user
        code = self.codes[arrival.file].text()
        if not code.strip():
            self.codes[arrival.file].setFocus()
            return

        def action(session: Any) -> Arrival:
            from ocop_desktop.actions import receiving

            return receiving.receive(session, [(arrival.file, arrival.content)], (code,), session_id, who)[0]

        def done(now: Arrival) -> None:
            self.arrivals[place] = now
            self._show_arrivals()
            self._read()

        self._work.save(self, action, done)

    # -- what came ----------------------------------------------------------------------------------------------------

    def _show_arrivals(self) -> None:
        clear(self.list)
        self.codes, self.confirms = {}, {}
        for place, arrival in enumerate(self.arrivals):
            self.list.addWidget(line())
            self.list.addWidget(self._line(place, arrival))
        waiting = next(iter(self.codes.values()), None)
        if waiting is not None:
            waiting.setFocus()

    def _line(self, place: int, arrival: Arrival) -> QWidget:
        words, tone = STATES[arrival.state]
        made, whose = QWidget(), ", ".join(part for part in (arrival.member, arrival.agency) if part) or arrival.file
        told = column(label(whose, "bold", wrap=True), *(label(w, "quiet", wrap=True) for w in _told(arrival)), space=2)
        inside = row(told, Pill(_(words), tone), space=12)
        inside.setStretch(0, 1)
        if arrival.state == "code":
            field = self.codes[arrival.file] = QLineEdit()
            field.setPlaceholderText(_("Mã đọc từ máy"))
            field.setAccessibleName(_("Mã của {member}", member=arrival.member))
            field.setMaximumWidth(theme.now().px(150))
            yes = self.confirms[arrival.file] = button(_("Nhận phiếu"), lambda: self._confirm(place), small=True)
            field.returnPressed.connect(yes.click)
            inside.insertWidget(1, field)
            inside.insertWidget(2, yes)
        inside.setContentsMargins(0, 0, 0, 0)
        made.setLayout(inside)
        return made

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        made = QFileDialog(self, title, str(Path.home()))
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.setFileMode(mode)
        if mode is QFileDialog.FileMode.Directory:
            made.setOption(QFileDialog.Option.ShowDirsOnly)
        return made


def _told(arrival: Arrival) -> list[str]:
    """What came, or why it did not."""
    told = []
    if arrival.lines:
        told.append(_("{complete} phiếu hoàn tất, {incomplete} phiếu chấm dở, {refused} phiếu không nhận",
                      complete=arrival.complete, incomplete=arrival.incomplete, refused=arrival.refused))
        if arrival.handed_at is not None:
            moment = f"{text.clock(arrival.handed_at)[:5]} {text.date(arrival.handed_at)}"
            told[0] += " · " + _("giao lúc {moment}", moment=moment)
        refused = [text.say(x.said) for x in arrival.lines if x.said is not None]
        told += refused[:LINES_TOLD]
        if len(refused) > LINES_TOLD:
            told.append(_("và {count} hồ sơ nữa không nhận", count=len(refused) - LINES_TOLD))
    elif arrival.said is not None:
        told.append(text.say(arrival.said))
    return told
