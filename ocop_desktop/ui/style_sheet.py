"""The one Qt style sheet, built from the tokens of a look. What has the keyboard is framed blue; on a filled ground in ink."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocop_desktop import paths

if TYPE_CHECKING:
    from ocop_desktop.ui.theme import Theme


def style_sheet(theme: Theme) -> str:
    """The style sheet of ``theme``; sizes in it follow the text size."""
    return "\n".join((_text(theme), _buttons(theme), _fields(theme), _marks(theme), _frames(theme), _lists(theme), _bars(theme)))


def _image(theme: Theme, name: str) -> str:
    return (paths.resources() / "icons" / "fixed" / f"{name}-{theme.name}.svg").as_posix()


def _text(t: Theme) -> str:
    return f"""
    QLabel {{ background: transparent; }}
    QLabel[kind="title"] {{ font-size: {t.pt(16)}pt; font-weight: 600; color: {t.ink}; }}
    QLabel[kind="strong"] {{ font-size: {t.pt(12)}pt; font-weight: 600; color: {t.ink}; }}
    QLabel[kind="bold"] {{ font-weight: 600; color: {t.ink}; }}
    QLabel[kind="quiet"] {{ color: {t.quiet}; }}
    QLabel[kind="small"] {{ font-size: {t.pt(9.5)}pt; color: {t.quiet}; }}
    QLabel[kind="figure"] {{ font-size: {t.pt(20)}pt; font-weight: 700; color: {t.ink}; }}
    QLabel[kind="hall"] {{ font-size: {t.pt(28)}pt; font-weight: 700; color: {t.ink}; }}
    QLabel[kind="brand"] {{ font-size: {t.pt(11.5)}pt; font-weight: 700; color: {t.main}; }}
    QLabel[kind="saved"] {{ color: {t.main}; }}
    QLabel[kind="error"] {{ font-size: {t.pt(9.5)}pt; color: {t.bad}; }}
    QLabel[tone="main"] {{ color: {t.main}; }} QLabel[tone="warn"] {{ color: {t.warn}; }}
    QLabel[tone="bad"] {{ color: {t.bad}; }} QLabel[tone="info"] {{ color: {t.info}; }}
    QToolTip {{ background: {t.paper}; color: {t.ink}; border: 1px solid {t.edge}; padding: {t.px(4)}px; }}
    """


def _buttons(t: Theme) -> str:
    high, low, x = t.px(4), t.px(5), t.px(15)  # capitals stand in the middle: the line is taller above than below
    return f"""
    QPushButton {{ background: {t.paper}; color: {t.ink}; border: 1px solid {t.line}; border-radius: {t.px(6)}px;
        padding: {high}px {x}px {low}px {x}px; font-weight: 600; }}
    QPushButton:hover {{ background: {t.hover}; border-color: {t.edge}; }}
    QPushButton:pressed {{ background: {t.line}; }}
    QPushButton:focus {{ border: 2px solid {t.info}; padding: {high - 1}px {x - 1}px {low - 1}px {x - 1}px; }}
    QPushButton:disabled {{ color: {t.quiet}; background: {t.quiet_soft}; border-color: {t.line}; }}
    QPushButton[kind="primary"] {{ background: {t.main}; color: {t.on_main}; border-color: {t.main}; }}
    QPushButton[kind="primary"]:hover {{ background: {t.main_hover}; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {t.ink}; }}
    QPushButton[kind="primary"]:disabled {{ background: {t.quiet_soft}; color: {t.quiet}; border-color: {t.line}; }}
    QPushButton[kind="danger"] {{ color: {t.bad}; border-color: {t.bad}; }}
    QPushButton[kind="danger"]:hover {{ background: {t.bad_soft}; }}
    QPushButton[kind="danger"]:disabled {{ color: {t.quiet}; background: {t.quiet_soft}; border-color: {t.line}; }}
    QPushButton[kind="link"] {{ background: transparent; color: {t.info}; border: 2px solid transparent; padding: 0px 1px;
        font-weight: 400; text-align: left; }}
    QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
    QPushButton[kind="link"][current="true"] {{ color: {t.ink}; border-bottom: 2px solid {t.main}; border-radius: 0px; }}
    QPushButton[kind="link"]:focus {{ border: 2px solid {t.info}; border-radius: {t.px(4)}px; }}
    QPushButton[kind="quiet"] {{ background: transparent; border: 1px solid transparent; color: {t.quiet}; }}
    QPushButton[kind="quiet"]:hover {{ background: {t.hover}; color: {t.ink}; }}
    QPushButton[kind="quiet"]:focus {{ border: 2px solid {t.info}; }}
    QPushButton[kind="rail"] {{ background: transparent; border: 2px solid transparent; color: {t.ink}; font-weight: 400;
        text-align: left; padding: {t.px(4)}px {t.px(2)}px {t.px(5)}px {t.px(8)}px; }}
    QPushButton[kind="rail"]:hover {{ background: {t.hover}; }}
    QPushButton[kind="rail"]:checked {{ background: {t.main_soft}; color: {t.main}; font-weight: 600; }}
    QPushButton[kind="rail"]:focus {{ border: 2px solid {t.info}; }}
    QPushButton[size="small"] {{ padding: {t.px(1)}px {t.px(9)}px {t.px(2)}px {t.px(9)}px; }}
    QPushButton[size="small"]:focus {{ padding: {t.px(1) - 1}px {t.px(9) - 1}px {t.px(2) - 1}px {t.px(9) - 1}px; }}
    QPushButton[opens="menu"] {{ padding-right: {t.px(32)}px; }}
    QPushButton::menu-indicator {{ image: url("{_image(t, "chevron-down")}"); width: {t.px(16)}px; height: {t.px(16)}px;
        subcontrol-origin: padding; subcontrol-position: center right; right: {t.px(9)}px; }}
    QPushButton[kind="primary"]::menu-indicator {{ image: none; width: 0; }}
    QToolButton {{ background: transparent; border: 2px solid transparent; border-radius: {t.px(6)}px; padding: {t.px(4)}px; }}
    QToolButton:hover {{ background: {t.hover}; }} QToolButton:focus {{ border-color: {t.info}; }}
    QToolButton::menu-indicator {{ image: none; }}
    """


def _fields(t: Theme) -> str:
    editors = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox"
    focused = ", ".join(f"{name}:focus" for name in editors.split(", "))
    off = ", ".join(f"{name}:disabled" for name in editors.split(", "))
    wrong = ", ".join(f'{name}[wrong="true"]' for name in editors.split(", "))
    high, low, x = t.px(3), t.px(4), t.px(10)
    return f"""
    {editors} {{ background: {t.paper}; color: {t.ink}; border: 1px solid {t.edge}; border-radius: {t.px(6)}px;
        padding: {high}px {x}px {low}px {x}px; placeholder-text-color: {t.quiet};
        selection-background-color: {t.main}; selection-color: {t.on_main}; }}
    {wrong} {{ border: 1px solid {t.bad}; background: {t.bad_soft}; }}
    {focused} {{ border: 2px solid {t.info}; padding: {high - 1}px {x - 1}px {low - 1}px {x - 1}px; }}
    {off}, QLineEdit:read-only {{ background: {t.quiet_soft}; color: {t.quiet}; border-color: {t.line}; }}
    QComboBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
    QComboBox {{ padding-right: {t.px(26)}px; combobox-popup: 0; }}
    QComboBox::drop-down {{ border: none; width: {t.px(26)}px; subcontrol-position: center right; }}
    QComboBox::down-arrow {{ image: url("{_image(t, "chevron-down")}"); width: {t.px(16)}px; height: {t.px(16)}px; }}
    QComboBox QAbstractItemView {{ background: {t.paper}; color: {t.ink}; border: 1px solid {t.edge}; outline: none;
        selection-background-color: {t.main_soft}; selection-color: {t.ink}; padding: {t.px(4)}px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
    QLineEdit[kind="search"] {{ background: {t.ground}; border-color: {t.line}; }}
    QLineEdit[kind="search"]:focus {{ background: {t.paper}; border-color: {t.info}; }}
    """


def _marks(t: Theme) -> str:
    side = t.px(16)
    return f"""
    QCheckBox, QRadioButton {{ spacing: {t.px(8)}px; background: transparent; padding: {t.px(3)}px;
        border: 2px solid transparent; border-radius: {t.px(6)}px; }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {t.info}; }}
    QCheckBox:disabled, QRadioButton:disabled {{ color: {t.quiet}; }}
    QCheckBox::indicator, QRadioButton::indicator, QListWidget::indicator {{ width: {side}px; height: {side}px;
        border: 1px solid {t.edge}; background: {t.paper}; border-radius: {t.px(4)}px; }}
    QRadioButton::indicator {{ border-radius: {side // 2 + 1}px; }}
    QCheckBox::indicator:checked, QListWidget::indicator:checked {{ background: {t.main}; border-color: {t.main};
        image: url("{_image(t, "tick")}"); }}
    QRadioButton::indicator:checked {{ background: {t.main}; border-color: {t.main}; image: url("{_image(t, "dot")}"); }}
    QCheckBox::indicator:indeterminate {{ background: {t.edge}; }}
    """


def _frames(t: Theme) -> str:
    radius = t.px(6)
    return f"""
    QMainWindow, QDialog {{ background: {t.ground}; }}
    QFrame[kind="card"] {{ background: {t.paper}; border: 1px solid {t.line}; border-radius: {radius}px; }}
    QFrame[kind="line"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
    QFrame[kind="upright"] {{ background: {t.line}; border: none; max-width: 1px; min-width: 1px; }}
    QFrame[kind="rail"] {{ background: {t.paper}; border: none; border-right: 1px solid {t.line}; }}
    QFrame[kind="topbar"] {{ background: {t.paper}; border: none; border-bottom: 1px solid {t.line}; }}
    QFrame[kind="finds"] {{ background: {t.paper}; border: 1px solid {t.edge}; border-radius: {radius}px; }}
    QFrame[pressable="true"]:hover {{ border-color: {t.edge}; }}
    QFrame[pressable="true"]:focus {{ border: 2px solid {t.info}; }}
    QFrame[kind="note-info"] {{ background: {t.info_soft}; border: 1px solid {t.info}; border-radius: {radius}px; }}
    QFrame[kind="note-ok"] {{ background: {t.main_soft}; border: 1px solid {t.main}; border-radius: {radius}px; }}
    QFrame[kind="note-warn"] {{ background: {t.warn_soft}; border: 1px solid {t.warn}; border-radius: {radius}px; }}
    QFrame[kind="note-bad"] {{ background: {t.bad_soft}; border: 1px solid {t.bad}; border-radius: {radius}px; }}
    QScrollArea, QScrollArea > QWidget > QWidget[kind="page"] {{ background: transparent; border: none; }}
    QSplitter::handle {{ background: transparent; }}
    """


def _lists(t: Theme) -> str:
    return f"""
    QTableView, QTreeView, QListView {{ background: {t.paper}; color: {t.ink}; border: 1px solid {t.line};
        border-radius: {t.px(6)}px; outline: none; selection-background-color: {t.main_soft}; selection-color: {t.ink}; }}
    QTableView:focus, QTreeView:focus, QListView:focus {{ border: 1px solid {t.info}; }}
    QListView::item {{ padding: {t.px(4)}px {t.px(8)}px {t.px(5)}px {t.px(8)}px; border-radius: {t.px(4)}px; }}
    QListView::item:hover {{ background: {t.hover}; }}
    QListView::item:selected {{ background: {t.main_soft}; color: {t.ink}; }}
    QListView[kind="finds"] {{ border: none; background: transparent; }}
    QHeaderView {{ background: {t.paper}; border: none; }}
    QMenu {{ background: {t.paper}; color: {t.ink}; border: 1px solid {t.edge}; padding: {t.px(4)}px; }}
    QMenu::item {{ padding: {t.px(4)}px {t.px(20)}px {t.px(5)}px {t.px(12)}px; border-radius: {t.px(4)}px; }}
    QMenu::item:selected {{ background: {t.main_soft}; color: {t.ink}; }}
    QMenu::item:disabled {{ color: {t.quiet}; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: {t.px(4)}px; }}
    QMenu::indicator {{ width: {t.px(16)}px; height: {t.px(16)}px; margin-left: {t.px(6)}px; }}
    QMenu::indicator:checked {{ image: url("{_image(t, "check")}"); }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
    QTabBar {{ qproperty-drawBase: 0; }}
    QTabBar::tab {{ background: transparent; color: {t.quiet}; padding: {t.px(6)}px {t.px(12)}px {t.px(7)}px {t.px(12)}px;
        border: none;
        border-bottom: 2px solid transparent; font-weight: 600; }}
    QTabBar::tab:selected {{ color: {t.main}; border-bottom-color: {t.main}; }}
    QTabBar::tab:hover {{ color: {t.ink}; }}
    QTabBar::tab:focus {{ border: 2px solid {t.info}; border-radius: {t.px(4)}px;
        padding: {t.px(6) - 2}px {t.px(12) - 2}px {t.px(7)}px {t.px(12) - 2}px; }}
    QTabBar::scroller {{ width: {t.px(56)}px; }}
    QTabBar QToolButton {{ background: {t.paper}; border: 1px solid {t.line}; padding: 0; }}
    QTabBar QToolButton::right-arrow {{ image: url("{_image(t, "chevron-right")}"); width: {t.px(16)}px; height: {t.px(16)}px; }}
    QTabBar QToolButton::left-arrow {{ image: url("{_image(t, "chevron-left")}"); width: {t.px(16)}px; height: {t.px(16)}px; }}
    QTabBar::tear {{ width: 0; border: none; }}
    """


def _bars(t: Theme) -> str:
    thick = t.px(10)
    return f"""
    QScrollBar:vertical {{ background: transparent; width: {thick}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {thick}px; margin: 0; }}
    QScrollBar::handle {{ background: {t.edge}; border-radius: {thick // 2 - 1}px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: {t.px(28)}px; }} QScrollBar::handle:horizontal {{ min-width: {t.px(28)}px; }}
    QScrollBar::handle:hover {{ background: {t.quiet}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QProgressBar {{ background: {t.quiet_soft}; border: none; border-radius: {t.px(3)}px; max-height: {t.px(6)}px;
        min-height: {t.px(6)}px; }}
    QProgressBar::chunk {{ background: {t.main}; border-radius: {t.px(3)}px; }}
    """
