"""What is wrong with an office's own Word file, said by paragraph before it is ever used.

Fields stand as ``{{ name }}``; ``{% for x in list %}`` repeats and ``{% if name %}`` leaves out, with ``p``, ``tr`` and ``tc``
right after ``{%`` for whole paragraphs, rows of tables and cells of a row. Only names, comparisons and a few filters are
understood; nothing is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from ocop_desktop.errors import Problem

FILTERS = ("upper", "lower", "title", "capitalize", "length", "default", "trim", "string", "int")
DEEPEST = 6  # loops and conditions within one another
LONGEST = 400  # letters of a field: a longer one nests deeper than Jinja comes through
MOST_LOOPS = 3  # loops within one another: letters, their products, what each of them needs
LOOP = {"index": "1", "first": "", "last": "", "length": "1"}
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_STATEMENT = re.compile(r"\{%(p|tr|tc|r)?[-+]?\s*(\w+)\s*(.*?)\s*[-+]?%\}", re.DOTALL)
_QUOTES = str.maketrans("“”‘’", "\"\"''")
ALLOWED = (nodes.Name, nodes.Getattr, nodes.Const, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr,
            nodes.Concat, nodes.Filter, nodes.Output, nodes.TemplateData, nodes.If, nodes.Template)
HOLDERS = {"p": Problem("đoạn"), "tr": Problem("hàng của bảng"), "tc": Problem("ô của bảng")}
_SHOWN = 60  # letters of a paragraph that is at fault


@dataclass(frozen=True)
class Words:
    """A paragraph: its number in the file, its words, what it stands in, and the words of its row of a table."""

    place: int
    words: str
    parent: object = None
    row: object = None
    row_parent: object = None
    row_words: str = ""


@dataclass
class _Open:
    """A ``for`` or ``if`` that is not closed yet."""

    kind: str
    way: str
    at: Words
    names: dict[str, Any] = field(default_factory=dict)
    listed: str = ""


class Checker:
    """Goes through the paragraphs of a file.

    Args:
        example: a filled context; its names are those that may be used, the first entry of a list stands for all.
    """

    def __init__(self, example: Mapping[str, Any]) -> None:
        self._scopes: list[_Open] = []
        self._example = dict(example)
        self._reader = Environment(autoescape=True)

    def check(self, paragraphs: Iterator[Words]) -> Iterator[Problem]:
        """Every fault, in the order of the file."""
        for one in paragraphs:
            yield from self._check(one)
        for left in self._scopes:
            yield _problem("{tag} chưa có {end}.", left.at, tag=f"{{% {left.kind} … %}}", end=f"{{% end{left.kind} %}}")

    def _check(self, one: Words) -> Iterator[Problem]:
        if _LOOSE.search(_TAG.sub("", one.words)):
            yield _problem("thiếu dấu mở hoặc dấu đóng của một trường; mỗi trường viết trọn trong một đoạn: {example}.", one,
                           example="{{ ten_truong }}")
            return
        for tag in _TAG.findall(one.words):
            if len(tag) > LONGEST:
                yield _problem("{tag} quá dài; chỉ viết tên trường, ví dụ {example}.", one, tag=f"{tag[:_SHOWN]}…",
                               example="{{ chu_tri }}")
                continue
            said = tag.translate(_QUOTES)
            if said.startswith("{{"):
                yield from self._expression(one, re.sub(r"^[-+]|[-+]$", "", said[2:-2]), tag)
            elif said.startswith("{%"):
                yield from self._statement(one, said, tag)

    def _statement(self, one: Words, said: str, tag: str) -> Iterator[Problem]:
        found = _STATEMENT.fullmatch(said)
        way, verb, rest = (found[1] or "", found[2], found[3]) if found else ("", "", "")
        if way == "r" or verb not in ("for", "endfor", "if", "elif", "else", "endif"):
            yield _problem("không hiểu {tag}; chỉ dùng for, endfor, if, elif, else, endif.", one, tag=tag)
            return
        whole = one.row_words if way == "tr" else one.words
        if way and _TAG.sub("", whole).strip():
            yield _problem("{tag} phải đứng một mình trong {holder}, vì cả {holder} ấy không in ra.", one, tag=tag,
                           holder=HOLDERS[way])
        if way in ("tr", "tc") and one.row is None:
            yield _problem("{tag} chỉ dùng trong một hàng của bảng.", one, tag=tag)
        if verb in ("for", "if"):
            opened = _Open(verb, way, one)
            if verb == "for":
                yield from self._loop(opened, rest, tag)
            else:
                yield from self._expression(one, rest, tag)
            self._scopes.append(opened)
            if len(self._scopes) > DEEPEST:
                yield _problem("các vòng lặp và điều kiện lồng nhau quá {most} lớp.", one, most=DEEPEST)
        elif verb == "elif":
            yield from self._expression(one, rest, tag)
        if verb in ("endfor", "endif", "else", "elif"):
            yield from self._close(one, way, verb, tag)

    def _close(self, one: Words, way: str, verb: str, tag: str) -> Iterator[Problem]:
        last = self._scopes[-1] if self._scopes else None
        wanted = {"endfor": ("for",), "endif": ("if",), "elif": ("if",), "else": ("if", "for")}[verb]
        if last is None or last.kind not in wanted:
            yield _problem("{tag} không có phần mở đầu tương ứng ở trước.", one, tag=tag)
            return
        same = {"": one.place == last.at.place, "p": one.parent is last.at.parent, "tr": one.row_parent is last.at.row_parent,
                "tc": one.row is last.at.row}
        if last.way != way or not same[way]:
            yield _problem("{tag} phải cùng kiểu và cùng chỗ với phần mở ở đoạn {open}: trong một đoạn thì viết {plain}, "
                           "qua nhiều đoạn thì {para}, qua nhiều hàng của một bảng thì {row}, qua nhiều ô của một hàng thì "
                           "{cell}.",
                           one, tag=tag, open=last.at.place, plain="{% for … %}", para="{%p for … %}", row="{%tr for … %}",
                           cell="{%tc for … %}")
        if verb.startswith("end"):
            self._scopes.pop()

    def _loop(self, opened: _Open, rest: str, tag: str) -> Iterator[Problem]:
        name, _in, listed = (part.strip() for part in rest.partition(" in "))
        if not re.fullmatch(r"[^\W\d]\w*", name) or not listed:
            yield _problem("không hiểu {tag}; viết như {example}.", opened.at, tag=tag, example="{% for sp in san_pham %}")
            return
        around = [scope.listed for scope in self._scopes if scope.kind == "for"]
        if listed in around or len(around) >= MOST_LOOPS:
            yield _problem("{tag} lặp lại danh sách đang được lặp, hoặc lồng quá {most} vòng; phiên đông hồ sơ sẽ không in nổi.",
                           opened.at, tag=tag, most=MOST_LOOPS)
        opened.listed, value = listed, None
        try:
            value = self._value(self._parsed(listed))
        except _Fault as fault:
            yield _problem(fault.words, opened.at, tag=tag, **fault.values)
        if value is not None and not isinstance(value, (list, tuple)):
            yield _problem("{name} không phải là danh sách nên không lặp được.", opened.at, name=listed)
            value = None
        opened.names = {name: value[0] if value else None, "loop": LOOP}

    def _expression(self, one: Words, said: str, tag: str) -> Iterator[Problem]:
        try:
            self._walk(self._parsed(said))
        except _Fault as fault:
            yield _problem(fault.words, one, tag=tag, **fault.values)

    def _parsed(self, said: str) -> nodes.Expr:
        try:
            tree = self._reader.parse("{{ " + said + " }}")
        except (TemplateSyntaxError, RecursionError) as error:
            raise _fault("không hiểu {tag}; chỉ viết tên trường, ví dụ {example}.", example="{{ chu_tri }}") from error
        output = tree.body[0] if len(tree.body) == 1 else None
        if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
            raise _fault("không hiểu {tag}; chỉ viết tên trường, ví dụ {example}.", example="{{ chu_tri }}")
        return output.nodes[0]

    def _walk(self, node: nodes.Node) -> None:
        """Refuse what is not a name, a comparison or a known filter; look every name up."""
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise _fault("không có phép “{name}”; các phép dùng được: {known}.", name=node.name, known=", ".join(FILTERS))
        if not isinstance(node, ALLOWED):
            raise _fault("không hiểu {tag}; chỉ viết tên trường, ví dụ {example}.", example="{{ chu_tri }}")
        if isinstance(node, (nodes.Name, nodes.Getattr)):
            self._value(node)
            return
        for inner in node.iter_child_nodes():
            self._walk(inner)

    def _value(self, node: nodes.Node) -> Any:
        """What the example has under a name; None where a fault before leaves it unknown."""
        if isinstance(node, nodes.Name):
            known = self._known()
            if node.name not in known:
                raise _unknown(node.name, known)
            return known[node.name]
        if isinstance(node, nodes.Getattr):
            holder = self._value(node.node)
            if holder is None:
                return None
            if not isinstance(holder, Mapping) or node.attr not in holder:
                names = {f"{_name(node.node)}.{key}" for key in holder} if isinstance(holder, Mapping) else set()
                raise _unknown(_name(node), names)
            return holder[node.attr]
        raise _fault("không hiểu {tag}; chỉ viết tên trường, ví dụ {example}.", example="{{ chu_tri }}")

    def _known(self) -> dict[str, Any]:
        known = dict(self._example)
        for opened in self._scopes:
            known |= opened.names
        return known


class _Fault(Exception):
    """Why an expression is refused."""

    def __init__(self, words: str, **values: Any) -> None:
        super().__init__(words)
        self.words, self.values = words, values


def _fault(words: str, **values: Any) -> _Fault:
    return _Fault(words, **values)


def _unknown(name: str, known: Any) -> _Fault:
    if not known:
        return _fault("không có trường “{name}”.", name=name)
    return _fault("không có trường “{name}”; các trường dùng được ở đây: {known}.", name=name,
                  known=", ".join(sorted(n for n in known if n != "loop")))


def _name(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_name(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"


def _problem(words: str, one: Words, **values: Any) -> Problem:
    said = " ".join(one.words.split())
    short = said if len(said) <= _SHOWN else said[:_SHOWN].rstrip() + "…"
    return Problem("Đoạn {place} (“{words}”): {fault}",
                   {"place": one.place, "words": short, "fault": Problem(words, values)}, kind="template")
