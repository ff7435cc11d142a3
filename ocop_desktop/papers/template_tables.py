"""Tables whose cells were repeated across: their columns share the width the table had."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

WIDE = qn("w:w")


def fit_tables(made: Any) -> bool:
    """Let every table with more or fewer columns than were drawn take its whole width again; whether there was one."""
    found = [table for table in made.element.body.iter(qn("w:tbl")) if _fit(table)]
    return bool(found)


def _fit(table: Any) -> bool:
    grid = table.tblGrid.findall(qn("w:gridCol"))
    whole = sum(int(column.get(WIDE, 0)) for column in grid)
    rows = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
    widths = [_width(cell) for cell in max(rows, key=len, default=[])]
    total = sum(widths)
    same = len(widths) == len(grid) and abs(total - whole) * 100 <= whole
    if same or not whole or not all(widths) or len(widths) > len(grid):
        return False
    widths = [width * whole // total for width in widths]
    for left in grid[len(widths):]:  # a group across counts the columns that were drawn
        table.tblGrid.remove(left)
    del grid[len(widths):]
    for column, width in zip(grid, widths, strict=True):
        column.set(WIDE, str(width))
    for cells in rows:
        if len(cells) == len(widths):
            for cell, width in zip(cells, widths, strict=True):
                cell.tcPr.find(qn("w:tcW")).set(WIDE, str(width))
        elif len(cells) == 1 and cells[0].grid_span > 1:  # a group across the table
            cells[0].grid_span = len(widths)
            cells[0].tcPr.find(qn("w:tcW")).set(WIDE, str(sum(widths)))
    return True


def _width(cell: Any) -> int:
    said = cell.tcPr.find(qn("w:tcW")) if cell.tcPr is not None else None
    return int(said.get(WIDE, 0)) if said is not None and said.get(qn("w:type")) == "dxa" else 0
