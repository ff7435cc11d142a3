"""The stick's way through real windows: packages out, a ballot scored on the member's laptop, the file back, the code typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from ocop_desktop import settings
from ocop_desktop.actions import own_laptop, rulebooks, scoring
from ocop_desktop.data.tables import Ballot, Change
from ocop_desktop.settings import Settings
from ocop_desktop.ui.notices import RefusedPage
from ocop_desktop.ui.session_matrix_view import FIRST_MEMBER
from tests.actions.meeting import LAW, open_meeting
from tests.ui.clerk import CTRL, KEY, Clerk
from tests.ui.home_window import opened, read


def test_a_session_goes_to_a_laptop_and_comes_back(qtbot: QtBot, file: Path, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    with opened(qtbot, file, Settings(user="Thư ký: Bà Lan")) as found:
        clerk = Clerk(found)
        clerk.act(lambda session: open_meeting(session, products=2, members=3))
        card = laptops(clerk)
        clerk.click(card.hand_out)
        clerk.file(stick)
        packages = sorted(stick.glob("*.ocopgoi"))
        assert len(packages) == 3 and any("Đã ghi 3 gói" in words for words in clerk.said())
        clerk.wait(lambda: "đã giao gói cho 3" in card.told.text())
        picture(clerk, "clerk-packages")
    code, ballots = at_the_laptop(qtbot, packages[1], stick)
    with opened(qtbot, file, Settings(user="Thư ký: Bà Lan")) as found:
        clerk = Clerk(found)
        card = laptops(clerk)
        clerk.click(card.take_in)
        clerk.file(ballots)
        clerk.wait(lambda: card.codes)
        assert card.arrivals[0].state == "code"
        picture(clerk, "clerk-code")
        (field,), (confirm,) = card.codes.values(), card.confirms.values()
        clerk.write(field, "2222-2222")
        clerk.click(confirm)
        clerk.wait(lambda: "không khớp" in str(card.arrivals[0].said))
        assert clerk.ask(lambda session: session.scalars(select(Ballot.id)).all()) == []
        (field,) = card.codes.values()
        clerk.write(field, code.lower(), KEY.Key_Return)
        clerk.wait(lambda: card.arrivals[0].state == "merged")
        assert (card.arrivals[0].complete, card.arrivals[0].incomplete) == (1, 0)
        page = clerk.page.matrix_page
        cells = [page.view.matrix_model.cell_of(page.view.matrix_model.index(0, FIRST_MEMBER + seat)) for seat in range(3)]
        assert [(c.state, c.by_package) for c in cells] == [("empty", False), ("done", True), ("empty", False)]
        picture(clerk, "clerk-merged")
        clerk.click(card.take_all)  # the whole stick, once more
        clerk.file(stick)
        clerk.wait(lambda: card.arrivals[0].state == "unchanged")
        by_package = select(Change.what).where(Change.what == "by_package")
        assert clerk.ask(lambda session: session.scalars(by_package).all()) == ["by_package"]
        member, item = clerk.ask(lambda session: session.execute(select(Ballot.member_id, Ballot.item_id)).one())
        own = clerk.ask(lambda session: scoring.ballot_of(session, item, member))
        assert own.finished_at is not None and len(own.choices) == len(rulebooks.criteria(LAW, own.rules.number).criteria)
        clerk.window.shell.go("scoring", item_id=item, member_id=member)  # sealed: nobody else reads it yet
        clerk.wait(lambda: any("giao kín" in words for words in clerk.said()))
        assert not clerk.page.ballot.isVisible()
        picture(clerk, "clerk-sealed")


def at_the_laptop(qtbot: QtBot, package: Path, stick: Path) -> tuple[str, Path]:
    """Open the package as the first file of a window, score one dossier by keyboard, hand it in; the code and the file."""
    with opened(qtbot, package, Settings()) as found:
        member = Clerk(found)
        member.wait(lambda: member.window.file.suffix == ".ocop")
        member.settle()
        page = member.page
        member.wait(lambda: page.own.isVisible() and page.chooser.list.rows.rowCount() == 2)
        assert settings.load().database in ("", str(member.window.file))
        picture(member, "member-list")
        member.click(page.chooser.go_on)
        member.wait(lambda: page.ballot.isVisible() and page.ballot.state is not None)
        for _criterion in page.ballot.state.view.rules.criteria:
            member.press(KEY.Key_2)
            member.press(KEY.Key_Return)
        member.settle()
        member.press(KEY.Key_Return, CTRL)
        member.wait(lambda: page.ballot.state.view.finished_at is not None)
        member.settle()
        member.window.shell.go("scoring", session_id=page._session_id)
        member.settle()
        member.click(page.own.give)
        member.file(stick)
        member.wait(lambda: any("Đã ghi 1 phiếu" in words for words in member.said()))
        (ballots,) = stick.glob("*.ocopphieu")
        code = page.own.own.code
        assert code in page.own.code.text() and "đã giao lúc" in page.own.told.text()
        picture(member, "member-given")
        return code, ballots


def test_an_altered_package_is_refused_with_its_sentence(qtbot: QtBot, file: Path, tmp_path: Path) -> None:
    package = tmp_path / "hong.ocopgoi"
    package.write_bytes(b"PK\x03\x04 not a package")
    with opened(qtbot, file, Settings()) as found:
        clerk = Clerk(found)
        clerk.window.shell.open_file()
        clerk.file(package)
        clerk.wait(lambda: isinstance(clerk.page, RefusedPage))
        assert any("không phải gói phiên" in part.text() for part in clerk.page.findChildren(QLabel))
    assert not list((tmp_path / "home").glob("*.ocop")) and package.read_bytes().startswith(b"PK")
    assert read(file, own_laptop.standing) is None


def laptops(clerk: Clerk) -> Any:
    """The card on the session's page, opened from its menu."""
    screen = clerk.go("sessions")
    clerk.cell(screen.list_page.table, 0, 0)
    page = screen.matrix_page
    clerk.wait(lambda: page.isVisible() and page.matrix is not None)
    next(a for a in page.more.menu.actions() if a.text() == "Chấm trên máy riêng…").trigger()
    clerk.wait(page.laptops.isVisible)
    clerk.settle()
    return page.laptops


def picture(clerk: Clerk, name: str) -> None:
    import os

    if os.environ.get("PICS"):
        clerk.window.resize(1366, 768)
        clerk.settle()
        clerk.window.grab().save(f"{os.environ['PICS']}/{name}.png")
