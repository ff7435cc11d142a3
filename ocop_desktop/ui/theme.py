"""Colours, sizes and letters of the window: tokens for light and dark, one style sheet, the scale of the text size."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ocop_desktop.ui.letters import FAMILY, load_fonts, loaded
from ocop_desktop.ui.style_sheet import style_sheet

__all__ = ["load_fonts", "loaded"]

SPACE = (4, 8, 12, 16, 24, 32)
ROW, ROW_COMPACT = 36, 28
BODY, SMALL, STRONG, TITLE, FIGURE, HALL = 10.5, 9.5, 12.0, 16.0, 20.0, 28.0


@dataclass(frozen=True)
class Theme:
    """Tokens of one look.

    Args:
        paper, ground, hover: surfaces; ink, quiet: text on them; line, edge: hairlines and edges of fields.
        main, on_main, main_soft: the colour of action, text on it, its soft surface with ``main`` as text.
        gold, gold_fill: outline and fill of drawn stars. info, warn, bad, quiet each have a soft surface to stand on.
        scale: percent of the ordinary text size.
    """

    name: str
    paper: str
    ground: str
    hover: str
    ink: str
    quiet: str
    quiet_soft: str
    line: str
    edge: str
    main: str
    on_main: str
    main_hover: str
    main_soft: str
    gold: str
    gold_fill: str
    info: str
    info_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    scale: int = 100
    _made: dict[str, QColor] = field(init=False, default_factory=dict, compare=False, repr=False)

    def px(self, pixels: float) -> int:
        """``pixels`` of the drawing at 100 %, at the chosen text size."""
        return int(pixels * self.scale / 100 + 0.5)

    def pt(self, points: float) -> float:
        """``points`` of the drawing at 100 %, at the chosen text size."""
        return points * self.scale / 100

    def color(self, token: str) -> QColor:
        """The colour of a token by its name."""
        found = self._made.get(token)
        if found is None:
            found = self._made[token] = QColor(getattr(self, token))
        return QColor(found)


LIGHT = Theme(
    name="light", paper="#FFFFFF", ground="#F6F7F5", hover="#F0F3F0", ink="#1D2420", quiet="#5C6862", quiet_soft="#EDEFEC",
    line="#DDE2DE", edge="#B4BEB8", main="#1B6B4A", on_main="#FFFFFF", main_hover="#15573C", main_soft="#E6F1EB",
    gold="#B97A00", gold_fill="#F2B632", info="#1F5FA8", info_soft="#E8F0FA", warn="#8A5A00", warn_soft="#FFF4DB",
    bad="#A32A22", bad_soft="#FCEBE9",
)
DARK = Theme(
    name="dark", paper="#1D2320", ground="#151917", hover="#262D29", ink="#E8EDE9", quiet="#9AA69F", quiet_soft="#2A312D",
    line="#333B36", edge="#56625B", main="#4DB88A", on_main="#0E1F17", main_hover="#68C79D", main_soft="#1E352B",
    gold="#D79A1E", gold_fill="#F2B632", info="#86B7EC", info_soft="#1B2C3F", warn="#E9BC5C", warn_soft="#372C14",
    bad="#F09A92", bad_soft="#3D211F",
)
THEMES = {"light": LIGHT, "dark": DARK}

TEXT_PAIRS = (
    ("ink", "paper"), ("ink", "ground"), ("ink", "hover"), ("quiet", "paper"), ("quiet", "ground"), ("quiet", "hover"),
    ("quiet", "quiet_soft"), ("on_main", "main"), ("on_main", "main_hover"), ("main", "paper"), ("main", "ground"),
    ("main", "main_soft"), ("ink", "main_soft"), ("quiet", "main_soft"), ("info", "paper"), ("info", "ground"),
    ("info", "info_soft"), ("warn", "paper"), ("warn", "ground"), ("warn", "warn_soft"), ("bad", "paper"), ("bad", "ground"),
    ("bad", "bad_soft"), ("ink", "info_soft"), ("ink", "warn_soft"), ("ink", "bad_soft"),
)

_now = LIGHT
_fonts: dict[tuple[float, QFont.Weight], QFont] = {}


def now() -> Theme:
    """The look in force, for widgets that paint themselves."""
    return _now


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours as WCAG 2 counts it (1 to 21)."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def font(points: float = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The window's font at ``points`` of the drawing, scaled. (It has no tabular figures: see ``figures``.)"""
    found = _fonts.get((points, weight))
    if found is None:
        found = _fonts[(points, weight)] = QFont(FAMILY)
        found.setPointSizeF(_now.pt(points))
        found.setWeight(weight)
    return QFont(found)


def apply(app: QApplication, name: str, text_size: int) -> None:
    """Give the whole program the look ``name`` (light, dark) at ``text_size`` percent, at once."""
    global _now
    wanted = replace(THEMES[name], scale=text_size)
    dressed = bool(app.styleSheet())
    if dressed and wanted == _now:  # the same again would only dress every widget anew
        return
    _now = wanted
    _fonts.clear()
    if not dressed:
        app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(palette(_now))
    app.setStyleSheet(style_sheet(_now))


def palette(theme: Theme) -> QPalette:
    """Qt's palette from the tokens, for what no style sheet reaches."""
    role = QPalette.ColorRole
    made = QPalette()
    pairs = {
        role.Window: "ground", role.WindowText: "ink", role.Base: "paper", role.AlternateBase: "hover", role.Text: "ink",
        role.Button: "paper", role.ButtonText: "ink", role.Highlight: "main", role.HighlightedText: "on_main",
        role.PlaceholderText: "quiet", role.Link: "info", role.LinkVisited: "info", role.ToolTipBase: "paper",
        role.ToolTipText: "ink", role.BrightText: "on_main", role.Accent: "main",
    }
    for part, token in pairs.items():
        made.setColor(part, theme.color(token))
    for part in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, part, theme.color("quiet"))
    return made


def colors() -> dict[str, str]:
    """Every colour token of the look in force by name."""
    return {f.name: value for f in fields(_now) if str(value := getattr(_now, f.name)).startswith("#")}
