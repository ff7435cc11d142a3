"""Blocks with fields that the shipped texts are made of: heads, tables with a row for every entry, repeated parts."""

from __future__ import annotations

from collections.abc import Iterator

from ocop_desktop.papers.blocks import Block, Column, Grid, Letterhead, Para, Signature, Turn

END, YES = "{%p endfor %}", "{%p endif %}"
SIGNED = Signature(("{{ quyen_han }}",), "{{ nguoi_ky }}")


def head(of: str = "", about: str = "", own: str = "CO_QUAN", above: bool = True, dated: bool = True,
         numbered: bool = True) -> Letterhead:
    """A head; ``of``: the entry number and date belong to ("thu.")."""
    return Letterhead("{{ CO_QUAN_CAP_TREN }}" if above else "", f"{{{{ {own} }}}}",
                      f"Số: {{{{ {of}so_van_ban }}}}" if numbered else "", about, when=f"{{{{ {of}noi_ngay }}}}" if dated else "")


def repeated(loop: str, blocks: Iterator[Block], wide: bool = False) -> Iterator[Block]:
    """What is repeated for every paper of a batch, each on pages of its own."""
    if wide:
        yield Turn(wide=True)
    yield Para(f"{{%p for {loop} %}}")
    yield from blocks
    yield Para("{%p if not loop.last %}")
    yield Turn(wide=wide, fresh=True)
    yield Para(YES)
    yield Para(END)


def listed(loop: str, columns: tuple[tuple[str, float, str], ...], size: float = 10.5, high: float = 0,
           more: tuple[tuple[str, ...], ...] = ()) -> Grid:
    """A table with a row for every entry of a list.

    Args:
        columns: head, share of the width, field or words with fields; empty: left to be filled in by hand.
        size, high: as ``Grid`` has them; more: rows after those of the list.
    """
    cells = tuple(f"{{{{ {name} }}}}" if name and "{" not in name else name for _head, _share, name in columns)
    return Grid(tuple(Column(head, share) for head, share, _name in columns),
                ((f"{{%tr for {loop} %}}",), cells, ("{%tr endfor %}",), *more), size, high=high)


def across(heads: str, values: str, share: float) -> tuple[tuple[str, float, str], ...]:
    """Columns of ``listed`` that are repeated across: a cell for every entry of ``heads``, under it one of ``values``."""
    room = 34  # for the marks, whose cells are gone once the file is filled in
    return ((f"{{%tc for cot in {heads} %}}", room, f"{{%tc for diem in {values} %}}"), ("{{ cot }}", share, "diem"),
            ("{%tc endfor %}", room, "{%tc endfor %}"))


def lines(name: str, heading: str) -> Iterator[Block]:
    """A heading and a line for every sentence of a list; nothing where there is none."""
    yield Para(f"{{%p if {name} %}}")
    yield Para(heading)
    yield Para(f"{{%p for dong in {name} %}}")
    yield Para("- {{ dong }}", "item")
    yield Para(END)
    yield Para(YES)
