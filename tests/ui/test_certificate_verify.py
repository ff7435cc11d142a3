"""The key in the settings, printing with it, and the page that checks codes: real clicks and keys on a real file."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from ocop_desktop.actions import pdf_signing, trusted_keys, verifying
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.exchange import key_files
from ocop_desktop.settings import Settings
from ocop_desktop.ui.certificate_verify import VerdictCard
from ocop_desktop.ui.signature_card import SignatureCard
from tests.actions.decided import issue_round
from tests.exchange.certificates_made import NAME, PASSPHRASE, made
from tests.exchange.vectors import FOLDER
from tests.exchange.vectors.qr import CODE, SIGNER
from tests.ui.home_window import Opened, opened

WORDS = "con gà gáy sáng"
TODAY = dt.date.today()


@pytest.fixture(scope="module")
def province(new_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with two certificates, made once."""
    path = tmp_path_factory.mktemp("issued") / "tinh.ocop"
    shutil.copyfile(new_file, path)
    found = open_or_create(path)
    with found.begin() as session:
        issue_round(session, TODAY)
    found.close()
    return path


@pytest.fixture
def window(qtbot: QtBot, province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    monkeypatch.setattr(key_files, "MEMORY", 1 << 20)  # argon2id the same, only quicker
    shutil.copyfile(province, tmp_path / "tinh.ocop")
    with opened(qtbot, tmp_path / "tinh.ocop", Settings(user="Lan")) as found:
        found.settle()
        found.activate()
        yield found


def lock(window: Opened) -> None:
    """The key as it is after the file was opened anew."""
    window.window.work.look(None, lambda database: setattr(database, "unlocked", None), lambda _done: None)


def cards(page: object) -> list[Any]:
    layout = page.found  # type: ignore[attr-defined]
    return [layout.itemAt(n).widget() for n in range(layout.count())]


def test_a_key_is_made_once_and_opened_once_for_printing(window: Opened, tmp_path: Path) -> None:
    window.window.shell.go("certificates", page="register")
    window.settle()
    register = window.page().register
    ids = [1, 2]
    register.press.save_file(ids, tmp_path / "chua-ky.pdf")
    window.settle()
    assert {verifying.verify(t, trusted_keys.Trust()).state for t in verifying.codes_of(tmp_path / "chua-ky.pdf")} == {"unsigned"}
    assert any("chưa có chữ ký số" in note.words for note in window.window.shell.say.notes())

    window.window.shell.go("settings", section="key")
    window.settle()
    key = window.page().key
    window.click(key.make)
    dialog = key.dialog
    dialog.first.line.setText(WORDS)
    dialog.again.line.setText(WORDS[:-1])
    window.click(dialog.verb)
    assert dialog.isVisible() and "khác nhau" in dialog.again.note.text()
    dialog.again.line.setText(WORDS)
    window.bot.keyClick(dialog.again.line, Qt.Key.Key_Return)
    window.settle()
    assert not dialog.isVisible() and dialog.first.line.text() == ""
    assert key.unlock.isHidden() and key.make.isHidden() and "Dấu khóa: " in key.fingerprint.text()
    assert window.window.focusWidget() is key.backup  # what the message asks for next
    key.save_public(tmp_path / "k.ocopkhoa")
    key.save_list(tmp_path / "t.ocopthuhoi")
    window.settle()

    lock(window)
    window.settle()
    window.window.shell.go("certificates", page="register")
    register.press.save_file(ids, tmp_path / "ky.pdf")
    window.settle()
    dialog = register.press.dialog
    dialog.first.line.setText("sai mất rồi")
    window.click(dialog.verb)
    window.settle()
    assert dialog.isVisible() and "chưa đúng" in dialog.first.note.text() and not (tmp_path / "ky.pdf").exists()
    dialog.first.line.setText(WORDS)
    window.click(dialog.verb)
    window.settle()
    trust = trusted_keys.trust_of_files([tmp_path / "k.ocopkhoa"], [tmp_path / "t.ocopthuhoi"])
    assert [verifying.verify(t, trust).state for t in verifying.codes_of(tmp_path / "ky.pdf")] == ["valid"] * 2
    register.press.save_file(ids[:1], tmp_path / "nua.pdf")  # not asked again
    window.settle()
    assert register.press.dialog is dialog and (tmp_path / "nua.pdf").exists()

    lock(window)
    register.press.save_file(ids[:1], tmp_path / "khong-ky.pdf")
    window.settle()
    window.click(register.press.dialog.other)
    window.settle()
    assert verifying.verify(verifying.codes_of(tmp_path / "khong-ky.pdf")[0], trust).state == "unsigned"

    page = window.page().verify
    window.window.shell.go("certificates", page="verify")
    window.settle()
    page.check_file(tmp_path / "ky.pdf")
    window.settle()
    assert [card.said.text()[:9] for card in cards(page)] == ["GIẤY THẬT"] * 2


def test_a_code_is_scanned_typed_and_dropped_and_keys_are_compared_first(window: Opened, tmp_path: Path) -> None:
    window.window.shell.go("certificates", page="verify")
    window.settle()
    page = window.page().verify
    text = SIGNER(CODE)

    def scan(words: str) -> list[VerdictCard]:
        page.line.setFocus()
        window.bot.keyClicks(page.line, words)
        window.bot.keyClick(page.line, Qt.Key.Key_Return)
        window.settle()
        assert page.line.text() == ""
        return cards(page)

    (card,) = scan(text)
    assert card.said.text().startswith("CHƯA XÁC ĐỊNH ĐƯỢC") and page.verdicts[0].state == "unknown_key"
    dragged = QMimeData()  # the event does not keep it
    dragged.setUrls([QUrl.fromLocalFile(str(FOLDER / "khoa.ocopkhoa"))])
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton,
                              Qt.KeyboardModifier.NoModifier))
    window.settle()
    assert page.asking.isVisible() and page.compared.text() == trusted_keys.look_into(FOLDER / "khoa.ocopkhoa").fingerprint
    assert not trusted_keys.kept_trust().keyrings  # nothing is believed before somebody compared
    window.click(page.believe)
    window.settle()
    assert trusted_keys.kept_trust().keyrings and page.asking.isHidden()
    (card,) = cards(page)  # what was scanned before is judged again
    assert page.verdicts[0].code == CODE and card.facts["Sản phẩm"].text() == CODE.product
    page.look_into(FOLDER / "thu-hoi.ocopthuhoi")
    window.settle()
    assert page.about.isHidden() and "01/10/2026" in page.offices.itemAt(0).widget().words.text()
    (card,) = scan(SIGNER(CODE)[:-4] + "0000")
    assert card.said.text().startswith("KHÔNG PHẢI GIẤY THẬT") and not hasattr(card, "facts")
    (card,) = scan(text.lower())
    assert card.said.text().startswith("ĐỌC SAI")
    assert len(window.window.shell.say.notes()) <= 2

    known = page.offices.itemAt(0).widget()
    window.click(known.ask)
    window.click(known.keep)
    assert known.doubt.isHidden() and trusted_keys.kept_trust().keyrings
    (card,) = scan(text)
    assert page.verdicts[0].state not in ("unknown_key", "garbled")
    window.click(known.ask)
    window.click(known.sure)
    window.settle()
    assert trusted_keys.kept_trust() == trusted_keys.Trust() and page.about.isVisible()
    assert page.verdicts[0].state == "unknown_key"  # judged again


def test_who_signed_a_pdf_is_told_on_the_page_and_what_was_altered_since(window: Opened, tmp_path: Path) -> None:
    (tmp_path / "ky.p12").write_bytes(made().p12())
    (tmp_path / "noi-cap.pem").write_bytes(made().pem())
    window.window.shell.go("certificates", page="verify")
    window.settle()
    page = window.page().verify
    window.page().register.press.save_file([1], tmp_path / "giay.pdf")
    window.settle()
    key = pdf_signing.KeyFile(tmp_path / "ky.p12", PASSPHRASE)
    pdf_signing.sign_file(tmp_path / "giay.pdf", tmp_path / "ky.pdf", key, pdf_signing.Signing())
    page.check_file(tmp_path / "ky.pdf")
    window.settle()
    signed, code = cards(page)
    assert isinstance(signed, SignatureCard) and "chưa kiểm tra nơi cấp" in signed.said.text()
    assert signed.facts[0].text().startswith(f"Người ký: {NAME}") and isinstance(code, VerdictCard)
    page.check_issuer(tmp_path / "noi-cap.pem")
    window.settle()
    assert cards(page)[0].said.text() == "CHỮ KÝ ĐÚNG, TỆP NGUYÊN VẸN."

    altered = (tmp_path / "ky.pdf").read_bytes().replace(b"/MediaBox", b"/MediaBux", 1)
    (tmp_path / "sua.pdf").write_bytes(altered)
    page.check_file(tmp_path / "sua.pdf")
    window.settle()
    assert cards(page)[0].said.text() == "TỆP ĐÃ BỊ SỬA SAU KHI KÝ."
    page.check_file(tmp_path / "noi-cap.pem")  # nothing to be read: nothing of the file before stays on show
    window.settle()
    assert cards(page) == [] and page.root.isHidden()
