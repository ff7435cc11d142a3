"""What a Word file with fields may do when it is filled in, wherever in the file the field stands.

The checker reads the words of paragraphs and says the paragraph at fault. Here everything Jinja gets to see is looked at once
more: codes of fields, properties of the file and marks split over parts never pass as words.
"""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ocop_desktop.errors import UserError
from ocop_desktop.papers.template_check import ALLOWED, FILTERS, MOST_LOOPS


class Sandbox(ImmutableSandboxedEnvironment):
    """Fills in names, comparisons, loops over lists and a few filters; whatever else is refused before it runs."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, (*ALLOWED, nodes.For)) or (isinstance(node, nodes.Filter) and node.name not in FILTERS):
                raise refused()
        _check_loops(tree, ())
        return tree


def _check_loops(node: nodes.Node, lists: tuple[str, ...]) -> None:
    """A list within itself, or many within one another, would take hours with the products of a province."""
    for inner in node.iter_child_nodes():
        if isinstance(inner, nodes.For):
            named = _path(inner.iter)
            if named in lists or len(lists) >= MOST_LOOPS or inner.recursive:
                raise refused()
            _check_loops(inner, (*lists, named))
        else:
            _check_loops(inner, lists)


def _path(node: Any) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    if not isinstance(node, nodes.Name):
        raise refused()
    return node.name


def refused() -> UserError:
    """Why a file with hidden commands is not filled in."""
    return UserError("Mẫu Word có lệnh mà chương trình không cho chạy, nằm trong mã trường, thuộc tính của tệp hoặc vòng lặp "
                     "lồng nhau. Hãy chép phần chữ sang một tài liệu Word mới rồi nạp lại.")
