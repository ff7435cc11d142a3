"""Each room imports only what its door allows; imports inside functions count too."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "ocop_desktop"
OWN = {"rules", "data", "sheets", "papers", "exchange", "actions", "ui", "errors", "text", "paths", "settings", "workdays"}
LIBRARIES = {
    "sqlalchemy",
    "alembic",
    "PySide6",
    "shiboken6",
    "openpyxl",
    "python_calamine",
    "rapidfuzz",
    "defusedxml",
    "charset_normalizer",
    "reportlab",
    "zxingcpp",
    "pypdfium2",
    "PIL",
    "fontpkg",
    "fontpkg_be_vietnam_pro",
    "fontpkg_spectral",
    "babel",
    "platformdirs",
    "tomlkit",
    "holidays",
    "icalendar",
    "docx",
    "docxtpl",
    "jinja2",
    "bs4",
    "lxml",
    "nacl",
    "base45",
    "pyhanko",
    "pyhanko_certvalidator",
    "asn1crypto",
    "cryptography",
    "pkcs11",
}
ROOMS = {
    "rules": {"errors"},
    "data": {"sqlalchemy", "alembic", "rules", "errors", "paths"},
    "sheets": {
        "docx",
        "bs4",
        "lxml",
        "openpyxl",
        "python_calamine",
        "rapidfuzz",
        "defusedxml",
        "charset_normalizer",
        "rules",
        "errors",
        "text",
    },
    "papers": {
        "docx",
        "docxtpl",
        "jinja2",
        "lxml",
        "reportlab",
        "zxingcpp",
        "pypdfium2",
        "PIL",
        "fontpkg",
        "fontpkg_be_vietnam_pro",
        "fontpkg_spectral",
        "rules",
        "errors",
        "text",
        "paths",
    },
    "exchange": {
        "icalendar",
        "nacl",
        "base45",
        "pyhanko",
        "pyhanko_certvalidator",
        "asn1crypto",
        "cryptography",
        "pkcs11",
        "rules",
        "errors",
    },
    "actions": {"rules", "data", "sheets", "papers", "exchange", "errors", "paths", "text", "workdays"},
    "ui": {
        "PySide6",
        "shiboken6",
        "fontpkg",
        "fontpkg_be_vietnam_pro",
        "actions",
        "rules",
        "errors",
        "text",
        "settings",
        "paths",
    },
    "commands": {"actions", "errors", "text"},
    "errors": set(),
    "text": {"babel", "errors", "rules", "paths"},
    "paths": {"platformdirs"},
    "settings": {"tomlkit", "paths"},
    "workdays": {"holidays"},
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [f"{node.module}.{a.name}" for a in node.names] if node.module == "ocop_desktop" else [str(node.module)]
        for name in names:
            parts = name.split(".")
            found.add(parts[1] if parts[0] == "ocop_desktop" and len(parts) > 1 else parts[0])
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_its_door_allows(room):
    files = sorted((PACKAGE / room).rglob("*.py")) if (PACKAGE / room).is_dir() else [PACKAGE / f"{room}.py"]
    assert files
    for path in files:
        foreign = (imports(path) & (OWN | LIBRARIES | {"app", "cli", "commands"})) - ROOMS[room] - {room}
        assert not foreign, f"{path.relative_to(PACKAGE)} may not import {sorted(foreign)}"


def test_every_room_is_in_the_table():
    rooms = {p.name if p.is_dir() else p.stem for p in PACKAGE.iterdir() if p.name not in ("__pycache__", "resources")}
    assert rooms == set(ROOMS) | {"app", "cli", "__init__", "__main__"}


def test_points_never_pass_through_float():
    for path in sorted((PACKAGE / "rules").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("round", "float")), (
                path
            )
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path
