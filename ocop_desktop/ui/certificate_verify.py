"""Quét mã: whether a certificate on paper is genuine, by its QR code, and who signed a PDF; needs no register, only keys and
lists taken in before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ocop_desktop import text
from ocop_desktop.text import _, say
from ocop_desktop.ui import file_dialogs, icons, theme
from ocop_desktop.ui.signature_card import FRAMES, SignatureCard
from ocop_desktop.ui.widgets import Card, button, clear, column, label, row

if TYPE_CHECKING:
    from ocop_desktop.actions.pdf_signing import CheckedSignature
    from ocop_desktop.actions.trusted_keys import Arrival, Trust, Trusted
    from ocop_desktop.actions.verifying import Verdict
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

LOOKS = {"valid": ("ok", "main"), "extended": ("ok", "main"), "expired": ("warning", "warn"), "revoked": ("ban", "bad"),
         "early": ("warning", "warn"), "unknown_key": ("help", "info"), "unsigned": ("help", "warn"),
         "garbled": ("warning", "warn"), "old_key": ("warning", "bad"), "lost_key": ("ban", "bad"), "not_genuine": ("bad", "bad")}
KEYS_AND_LISTS = (".ocopkhoa", ".ocopthuhoi")


class VerifyPage(QWidget):
    """Takes a code by keyboard or hand scanner, by picture or PDF, and says what it comes to."""

    def __init__(self, work: Work, shell: Shell) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self._waiting: Arrival | None = None  # keys to be compared before they are believed
        self.codes: Sequence[str] = ()  # judged last
        self.verdicts: tuple[Verdict, ...] = ()
        self._signed: Path | None = None  # the signed PDF looked at last
        self.setAcceptDrops(True)
        px = theme.now().px
        self.primary = button(_("Chọn ảnh hoặc PDF…"), self._ask_picture, "primary", icon="image")
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Đặt con trỏ ở đây rồi quét bằng máy quét cầm tay, hoặc dán chữ của mã"))
        self.line.setAccessibleName(_("Chữ trong mã QR"))
        self.line.returnPressed.connect(self._check_line)
        self.check = button(_("Kiểm tra mã"), self._check_line)
        self.found = QVBoxLayout()
        self.found.setSpacing(px(12))
        self.root = button(_("So với chứng thư của nơi cấp…"), self._ask_root, icon="key")
        self.root.hide()
        self.trust, self.about = Card(_("Khóa và danh sách thu hồi trên máy này")), label("", wrap=True)
        self.offices = QVBoxLayout()
        self.offices.setSpacing(px(8))
        self.take = button(_("Nhận khóa, danh sách thu hồi…"), self._ask_trust, icon="key")
        self.compare, self.compared = label("", wrap=True), label("", "title", wrap=True)
        self.believe = button(_("Đúng như dấu in trên quyết định: tin khóa này"), self._believe, "primary")
        self.refuse = button(_("Không đúng: bỏ qua"), self._drop_arrival)
        self.asking = QFrame()
        self._build()

    def _build(self) -> None:
        px = theme.now().px
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(label(_("Chụp mã QR trên giấy bằng điện thoại rồi chọn ảnh, kéo thả ảnh vào đây, hoặc quét bằng máy quét. "
                              "Tệp PDF đã ký số: chọn tệp để biết ai ký, có bị sửa sau khi ký không. Không cần mạng."),
                            "quiet", wrap=True))
        entry = row(self.line, self.check)
        entry.setStretch(0, 1)
        box.addLayout(entry)
        inside = column(self.compare, self.compared, row(self.believe, self.refuse, 1), space=10)
        inside.setContentsMargins(px(16), px(14), px(16), px(14))
        self.asking.setProperty("kind", "note-warn")
        self.asking.setLayout(inside)
        self.asking.hide()
        box.addWidget(self.asking)
        box.addLayout(self.found)
        box.addLayout(row(self.root, 1))
        self.trust.body.addWidget(self.about)
        self.trust.body.addLayout(self.offices)
        self.trust.body.addLayout(row(self.take, 1))
        box.addWidget(self.trust)
        box.addStretch(1)

    def refresh(self) -> None:
        """Read again which keys and lists there are."""

        def known(session: Any) -> tuple[Trusted, ...]:
            from ocop_desktop.actions import trusted_keys

            own = trusted_keys.own_trust(session)
            return trusted_keys.trusted(own.and_also(trusted_keys.kept_trust()), own)

        self._work.read(self, known, self._show_trust, key="trust")
        self.line.setFocus()

    def _show_trust(self, known: Sequence[Trusted]) -> None:
        clear(self.offices)
        for one in known:
            self.offices.addWidget(OfficeRow(one, self._forget))
        self.about.setText("" if known else _("Chưa có khóa nào. Xin tệp khóa công khai (.ocopkhoa) và danh sách thu hồi "
                                              "(.ocopthuhoi) của tỉnh, nhận vào đây một lần."))
        self.about.setVisible(not known)

    def _forget(self, fingerprint: str) -> None:
        def forget(_session: Any) -> str:
            from ocop_desktop.actions import trusted_keys

            return trusted_keys.forget(fingerprint)

        self._work.read(self, forget, self._forgotten)

    def _forgotten(self, office: str) -> None:
        self._shell.say.ok(_("Đã bỏ khóa và danh sách thu hồi của {office} khỏi máy này.", office=office or "–"))
        self.refresh()
        self._judge_again()

    # -- codes --------------------------------------------------------------------------------------------------------

    def _check_line(self) -> None:
        typed = self.line.text().strip("\t\r\n")
        if typed:
            self.check_text(typed)
        self.line.clear()

    def check_text(self, typed: str) -> None:
        """Check the text of a code."""

        self._judge(lambda: ((typed,), ()))

    def check_file(self, path: Path) -> None:
        """Check every code of a picture or PDF and who signed it; a file of keys or a list is taken in instead."""
        if path.suffix.lower() in KEYS_AND_LISTS:
            self.look_into(path)
            return

        self._look(path)

    def _look(self, path: Path, roots: Sequence[Path] = ()) -> None:
        def look() -> tuple[Sequence[str], Sequence[CheckedSignature]]:
            from ocop_desktop.actions import pdf_signing

            return pdf_signing.codes_and_signatures(path, roots)

        self._judge(look, path)

    def _judge(self, look: Callable[[], tuple[Sequence[str], Sequence[CheckedSignature]]], path: Path | None = None) -> None:
        def judge(session: Any) -> tuple[Sequence[str], tuple[Verdict, ...], Sequence[CheckedSignature]]:
            from ocop_desktop.actions import verifying

            (codes, signatures), trust = look(), _trust(session)
            return codes, tuple(verifying.verify(code, trust) for code in codes), signatures

        def show(judged: tuple[Sequence[str], tuple[Verdict, ...], Sequence[CheckedSignature]]) -> None:
            self._signed = path if judged[2] else None
            self._show(*judged)

        clear(self.found)  # what is on show would be taken for what becomes of this one
        self.root.hide()
        self.codes, self._signed = (), None
        self._work.read(self, judge, show, key="verify")

    def _ask_root(self) -> None:
        file_dialogs.to_open(self._shell, self, _("Chọn chứng thư của nơi cấp"), _("Chứng thư (*.pem *.cer *.crt *.der)"),
                             self.check_issuer)

    def check_issuer(self, root: Path) -> None:
        """Whether the signatures on show lead to a certificate one trusts."""
        if self._signed is not None:
            self._look(self._signed, (root,))

    def _ask_picture(self) -> None:
        file_dialogs.to_open(self._shell, self, _("Chọn ảnh chụp mã QR hoặc tệp PDF"),
                             _("Ảnh, PDF (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff *.pdf)"), self.check_file)

    def _show(self, codes: Sequence[str], verdicts: tuple[Verdict, ...], signatures: Sequence[CheckedSignature]) -> None:
        self.codes, self.verdicts = codes, verdicts
        clear(self.found)
        self.root.setVisible(bool(signatures))
        for number, signature in enumerate(signatures, 1):
            self.found.addWidget(SignatureCard(signature, number if len(signatures) > 1 else 0))
        alike = Counter(say(v.said) for v in self.verdicts if v.code is None)
        for verdict in self.verdicts:
            count = 1 if verdict.code is not None else alike.pop(say(verdict.said), 0)  # those nothing is known of share a card
            if count:
                self.found.addWidget(VerdictCard(verdict, count))
        self.line.setFocus()

    # -- keys and lists -----------------------------------------------------------------------------------------------

    def _ask_trust(self) -> None:
        file_dialogs.to_open(self._shell, self, _("Chọn khóa hoặc danh sách thu hồi"),
                             _("Khóa công khai, danh sách thu hồi (*.ocopkhoa *.ocopthuhoi)"), self.look_into)

    def look_into(self, path: Path) -> None:
        """Take in a list, or keys that are known; ask about others first."""

        def look(_session: Any) -> Arrival:
            from ocop_desktop.actions import trusted_keys

            arrival = trusted_keys.look_into(path)
            return arrival if arrival.keys and not arrival.known else trusted_keys.take_in(path)

        self._work.read(self, look, self._arrived)

    def _arrived(self, arrival: Arrival) -> None:
        if arrival.keys and not arrival.known:
            self._waiting = arrival
            asked = (_("Tệp này nói là khóa của {office}. Hãy so từng nhóm dấu khóa dưới đây với dấu in ở phụ lục "
                                   "quyết định công nhận (bản giấy, hoặc hỏi qua điện thoại):", office=arrival.office or "–"))
            self.compare.setText(f"{say(arrival.change)}\n{asked}" if arrival.change else asked)
            self.compared.setText(arrival.fingerprint)
            self.asking.show()
            self.believe.setFocus()
            return
        self._shell.say.ok(_("Đã nhận khóa của {office}.", office=arrival.office) if arrival.keys else
                           _("Đã nhận danh sách thu hồi ngày {date} của {office}: {count} giấy.", date=text.date(arrival.day),
                             office=arrival.office, count=arrival.revoked))
        self.refresh()
        self._judge_again()

    def _judge_again(self) -> None:
        """What was not known before may be known now, or no longer."""
        if self._signed is not None:
            self._look(self._signed)
        elif self.codes:
            codes = self.codes
            self._judge(lambda: (codes, ()))

    def _believe(self) -> None:
        arrival = self._waiting
        if arrival is None:
            return

        def take(_session: Any) -> Arrival:
            from dataclasses import replace

            from ocop_desktop.actions import trusted_keys

            return replace(trusted_keys.take_in(arrival.path), known=True)

        self._drop_arrival()
        self._work.read(self, take, self._arrived)

    def _drop_arrival(self) -> None:
        self._waiting = None
        self.asking.hide()

    # -- dropping -----------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.check_file(Path(next(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())))


class OfficeRow(QWidget):
    """An office whose certificates can be checked here, and the way to forget it, asked about in place."""

    def __init__(self, known: Trusted, forget: Callable[[str], None]) -> None:
        super().__init__()
        listed = (_("danh sách thu hồi ngày {date}", date=text.date(known.list_day)) if known.list_day
                  else _("chưa có danh sách thu hồi"))
        self.words = label(_("{office}: dấu khóa {key}; {list}.", office=known.office or "–", key=known.fingerprint, list=listed),
                           wrap=True)
        self.ask = button(_("Bỏ khóa này…"), self._ask, "quiet")
        self.doubt = label(_("Giấy của {office} sẽ không kiểm tra được trên máy này nữa, cho đến khi nhận lại khóa và so "
                             "dấu khóa.", office=known.office or "–"), tone="warn", wrap=True)
        self.sure = button(_("Bỏ khóa"), lambda: forget(known.fingerprint))
        self.keep = button(_("Giữ lại"), self._keep)
        line = row(self.words, self.ask)
        line.setStretch(0, 1)
        whole = column(line, self.doubt, row(self.sure, self.keep, 1), space=6)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self.ask.setVisible(not known.own)  # the open file's own key stays with it
        self._show(False)

    def _show(self, asking: bool) -> None:
        for part in (self.doubt, self.sure, self.keep):
            part.setVisible(asking)

    def _ask(self) -> None:
        self._show(True)
        self.ask.setEnabled(False)
        self.keep.setFocus()

    def _keep(self) -> None:
        self._show(False)
        self.ask.setEnabled(True)
        self.ask.setFocus()


class VerdictCard(QFrame):
    """What a code comes to, large, and what the paper has to say; ``count`` codes alike share one without a paper."""

    def __init__(self, verdict: Verdict, count: int = 1) -> None:
        super().__init__()
        px, (icon, tone) = theme.now().px, LOOKS[verdict.state]
        self.setProperty("kind", FRAMES[tone])
        picture = QLabel()
        icons.put(picture, icon, tone, 40)
        said = say(verdict.said)
        self.said = label(_("{count} mã: {said}", count=count, said=said) if count > 1 else said, "title", tone, wrap=True)
        self.said.setAccessibleName(self.said.text())
        head = row(picture, self.said, space=14)
        head.setStretch(1, 1)
        inside = column(head, space=12)
        inside.setContentsMargins(px(20), px(16), px(20), px(16))
        self.setLayout(inside)
        if verdict.code is None:
            return
        inside.addWidget(label(_("Trên giấy phải ghi đúng như sau; khác một chữ thì giấy đã bị sửa:"), wrap=True))
        facts = QGridLayout()
        facts.setHorizontalSpacing(px(20))
        facts.setVerticalSpacing(px(4))
        facts.setColumnStretch(1, 1)
        self.facts: dict[str, QLabel] = {}
        for place, (name, value) in enumerate(_paper(verdict.code)):
            shown = self.facts[name] = label(value or "–", "strong", wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            facts.addWidget(label(name), place, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(shown, place, 1)
        inside.addLayout(facts)
        assert verdict.by_list is not None  # every code that is believed is looked up
        inside.addWidget(label(_("Ký bằng khóa của {office}, dấu {key}. {list}", office=verdict.office or "–",
                                 key=verdict.fingerprint, list=say(verdict.by_list)), wrap=True))


def _paper(code: Any) -> tuple[tuple[str, str], ...]:
    return ((_("Số giấy"), code.number), (_("Sản phẩm"), code.product), (_("Mã sản phẩm"), code.product_code),
            (_("Chủ thể"), code.producer), (_("Hạng"), _("{count} sao", count=code.stars)),
            (_("Quyết định"), _("{number} ngày {date}", number=code.decision_number, date=text.date(code.decision_date))),
            (_("Ngày cấp"), text.date(code.issued_on)), (_("Có giá trị đến"), text.date(code.valid_until)))


def _trust(session: Any) -> Trust:
    from ocop_desktop.actions import trusted_keys

    return trusted_keys.own_trust(session).and_also(trusted_keys.kept_trust())
