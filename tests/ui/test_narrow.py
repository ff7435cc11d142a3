"""Large letters and narrow windows: nothing is clipped, the main column and the main action stay in sight."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ocop_desktop.settings import Settings
from ocop_desktop.ui import theme
from ocop_desktop.ui.flow import Flow
from ocop_desktop.ui.painted import Pill
from ocop_desktop.ui.scoring_parts import Elided
from ocop_desktop.ui.widgets import button, label
from tests.sheets.made import book_of
from tests.ui.home_window import Opened, opened

LOOKS = {"200 %": (200, 1366, 768), "150 %": (150, 1366, 768), "1024": (100, 1024, 768), "1366": (100, 1366, 768)}
PLACES = {"home": {}, "dossiers": {}, "importing": {}, "settings": {}}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, example_of: Callable[..., Path]) -> Path:
    path = tmp_path_factory.mktemp("mau") / "mau.ocop"
    return example_of(path)


@pytest.fixture(params=[(name, language) for name in LOOKS for language in ("vi", "en")], ids=lambda p: f"{p[0]} {p[1]}")
def narrow(request: pytest.FixtureRequest, qtbot: QtBot, example: Path) -> Iterator[Opened]:
    name, language = request.param
    scale, wide, high = LOOKS[name]
    with opened(qtbot, example, Settings(text_size=scale, language=language, user="Lan")) as found:
        found.window.resize(wide, high)
        yield found


def rest(found: Opened) -> QWidget:
    """Wait until everything is read and laid out; the screen on show."""
    found.settle()
    QApplication.processEvents()
    found.settle()
    return found.page()


def clipped(root: QWidget) -> list[str]:
    """Words of the page that have less room than they need; those that end in an ellipsis say so themselves."""
    bad = []
    for part in root.findChildren(QWidget):
        if not part.isVisible() or not isinstance(part, (QLabel, QPushButton, Pill)):
            continue
        words = part.words if isinstance(part, Pill) else part.text()
        if not words or words.endswith("…") or isinstance(part, Elided):
            continue
        need = part.sizeHint()
        if isinstance(part, QLabel) and part.wordWrap():
            low = part.heightForWidth(part.width()) > part.height() + 1
            cut = part.minimumSizeHint().width() > part.width() + 1
        else:
            low, cut = need.height() > part.height() + 1, need.width() > part.width() + 1
        if low or cut:
            bad.append(f"{type(part).__name__} {words!r}: {part.width()}x{part.height()} of {need.width()}x{need.height()}")
    return bad


def in_sight(found: Opened, part: QWidget) -> bool:
    window = found.window
    place = part.mapTo(window, QPoint(0, 0))
    return part.isVisible() and place.x() >= 0 and place.y() >= 0 and (
        place.x() + part.width() <= window.width() and place.y() + part.height() <= window.height())


def primaries(root: QWidget) -> list[QAbstractButton]:
    return [b for b in root.findChildren(QAbstractButton) if b.isVisible() and b.property("kind") == "primary"]


def test_no_words_are_clipped_and_the_main_action_is_in_sight(narrow: Opened) -> None:
    for key in PLACES:
        narrow.window.shell.go(key)
        page = rest(narrow)
        narrow.bot.waitUntil(lambda page=page: not clipped(page))  # the last wrapped line finds its room a moment later
        filled = primaries(page)
        assert len(filled) == (key != "settings"), key
        assert all(in_sight(narrow, one) for one in filled), key
    assert clipped(narrow.window.top) == []
    assert clipped(narrow.window.rail) == []


def test_a_dossier_keeps_its_head_and_its_tabs(narrow: Opened) -> None:
    narrow.window.shell.go("dossiers", dossier_id=208)
    page = rest(narrow)
    form = page.form
    assert form.title.text() and form.photo.isVisible()
    for place in range(form.tabs.count()):
        form.tabs.setCurrentIndex(place)
        rest(narrow)
        narrow.bot.waitUntil(lambda: not clipped(form))
        assert form.stack.height() > theme.now().px(90)
    assert in_sight(narrow, form.ready) and in_sight(narrow, form.take_back) and in_sight(narrow, form.pill)


def test_the_list_keeps_its_main_column(narrow: Opened) -> None:
    narrow.window.shell.go("dossiers")
    table = rest(narrow).list.table
    places = {column.key: place for place, column in enumerate(table.model().columns)}
    for key in ("product", "status", "stars"):
        left = table.columnViewportPosition(places[key])
        assert left >= 0 and left + table.columnWidth(places[key]) <= table.viewport().width() + 1, key
    assert table.columnWidth(places["product"]) >= theme.now().px(190)
    assert table.viewport().height() > 3 * theme.now().px(theme.ROW) - theme.now().px(4)  # three rows, but for a hairline


def test_questions_of_an_import_have_their_buttons(narrow: Opened, tmp_path: Path) -> None:
    rows = [["STT", "Tên sản phẩm", "Chủ thể", "Xã/phường", "Hạng sao"], [1, "Chè", "HTX A", "Xã Không Có", 3],
            [2, "Mật ong", "HTX B", "Xã Không Có Nốt", 3]]
    narrow.window.shell.go("importing", file=str(book_of(tmp_path / "a.xlsx", ("Loc", rows))))
    page = rest(narrow)
    narrow.bot.waitUntil(lambda: page.accept.isVisible(), timeout=15_000)
    rest(narrow)
    assert clipped(page) == []
    assert in_sight(narrow, page.accept)
    page.part.step(1)
    narrow.bot.waitUntil(lambda: in_sight(narrow, page.part.bar.skip))
    assert in_sight(narrow, page.part.bar.skip) and in_sight(narrow, page.part.bar.apply)
    assert page.part.grid.viewport().height() >= theme.now().px(theme.ROW)


def test_a_late_reading_does_not_name_another_page(qtbot: QtBot, example: Path) -> None:
    with opened(qtbot, example, Settings(user="Lan")) as found:
        shell, crumbs = found.window.shell, found.window.top.crumbs
        for first, last, named in (
                (("results", {}), ("certificates", {}), "Giấy chứng nhận"),
                (("dossiers", {"dossier_id": 208}), ("settings", {}), "Cài đặt"),
                (("dossiers", {"dossier_id": 207}), ("dossiers", {}), "Hồ sơ")):
            shell.go(first[0], **first[1])
            shell.go(last[0], **last[1])
            rest(found)
            assert crumbs.accessibleName() == named
        shell.go("dossiers", dossier_id=208)
        rest(found)
        assert crumbs.accessibleName().startswith("Hồ sơ  /  ")


def test_a_bar_flows_into_lines_and_loses_nothing(qtbot: QtBot) -> None:
    holder = QWidget()
    parts = [label("Chữ ở đầu"), button("Một việc"), button("Một việc khác"), button("Việc cuối")]
    bar = Flow(parts[0])
    bar.addStretch()
    for part in parts[1:]:
        bar.add(part)
    holder.setLayout(bar)
    qtbot.addWidget(holder)
    holder.resize(bar.sizeHint().width() + 100, 60)
    holder.show()
    middles = [p.geometry().center().y() for p in parts]
    assert max(middles) - min(middles) <= 1
    assert parts[-1].geometry().right() == holder.width() - 1
    for wide in (360, 250, 130):
        holder.resize(wide, bar.heightForWidth(wide))
        boxes = [p.geometry() for p in parts]
        assert all(box.right() < wide and box.bottom() < holder.height() for box in boxes)
        assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[:n])
        assert all(box.width() >= min(p.sizeHint().width(), wide) for box, p in zip(boxes, parts, strict=True))
    high = bar.heightForWidth(130)
    bar.takeAt(3)
    assert bar.heightForWidth(130) < high  # what was worked out before is not said again
    bar.add(parts[3])
    assert bar.heightForWidth(130) == high
    assert len({p.geometry().top() for p in parts}) == len(parts)
