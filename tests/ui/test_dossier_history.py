"""The history tab of a dossier: words for everything that is ever written, the state before and after, who did it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import ocop_desktop
from ocop_desktop.actions.dossier_form import open_dossier
from ocop_desktop.actions.results import close_dossier
from ocop_desktop.actions.sessions import remove_item
from ocop_desktop.data.engine import Database
from ocop_desktop.data.tables import AgendaItem
from ocop_desktop.ui.dossier_history import HistoryTab
from ocop_desktop.ui.dossier_words import DONE
from tests.actions.meeting import answers, open_meeting, put_in, rules_of

WRITERS = {"write_line": 2, "record_change": 2, "record": 1}  # where the record's table stands among the arguments
GOES_BACK_TO = {"draft", "ready"}  # what a dossier taken off an agenda was before (actions.sessions.remove_item)


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def words(tree: ast.Module, value: ast.expr, inside: ast.FunctionDef) -> Iterator[str]:
    """What an argument may be: a word, a constant of the module, or what callers of the function hand over."""
    if isinstance(value, ast.Constant):
        yield value.value
        return
    assert isinstance(value, ast.Name), ast.dump(value)
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and value.id in ast.unparse(t) for t in node.targets):
            yield ast.literal_eval(node.value)
            return
    place = [a.arg for a in inside.args.args].index(value.id)
    for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and name_of(n) == inside.name):
        given = call.args[place]
        yield from [given.value] if isinstance(given, ast.Constant) else GOES_BACK_TO


def written() -> set[str]:
    """Every name of a deed the program writes into the history of a dossier or its product or producer."""
    found: set[str] = set()
    for path in (Path(ocop_desktop.__file__).parent / "actions").glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
            for call in (n for n in ast.walk(function) if isinstance(n, ast.Call) and name_of(n) in WRITERS):
                if name_of(call) == "record_change" or name_of(call) == "write_line":
                    entity, what = call.args[2], call.args[4] if len(call.args) > 4 else call.args[-1]
                else:
                    entity, what = call.args[1], call.args[3]
                if isinstance(entity, ast.Starred):  # dossiers.write_line(session, who, *owner, what, before, after)
                    what = call.args[3]
                elif getattr(entity, "value", "") not in ("dossier", "product", "producer"):
                    continue
                found |= set(words(tree, what, function))
    return found


def test_every_deed_in_a_dossiers_history_has_words() -> None:
    deeds = written()
    assert {"recognised", "closed", "in_session", "ready", "reopened", "field", "undone", "advisory_proposed", "created"} <= deeds
    assert deeds <= set(DONE), deeds - set(DONE)


def test_the_council_s_steps_are_told_with_the_state_before_and_after(qtbot, db: Database) -> None:
    with db.begin() as session:
        _id, items, members = open_meeting(session, 1, 9)
        rules = rules_of(session, items[0])
        for member in members:
            put_in(session, items[0], member, answers(rules, 60))
        number = session.get_one(AgendaItem, items[0]).dossier_id
        close_dossier(session, items[0], "Lan")
    tab = HistoryTab()
    qtbot.addWidget(tab)
    with db.begin() as session:
        tab.show_form(open_dossier(session, number))
    told = [(line.who, line.what, line.before, line.after) for line in tab.model.rows()]
    assert told[0] == ("Lan", "Chốt kết quả", "Trong phiên", "Đã chốt · 3 sao")
    assert told[1] == ("Chương trình tự ghi", "Đưa vào phiên", "Đủ hồ sơ", "Trong phiên")
    shown = [tab.model.index(row, 1).data() for row in range(tab.model.rowCount())]
    assert shown[1] == "Chương trình tự ghi" and not tab.table.isColumnHidden(1)


def test_taken_off_an_agenda(qtbot, db: Database) -> None:
    with db.begin() as session:
        _id, items, _members = open_meeting(session, 1, 9)
        number = session.get_one(AgendaItem, items[0]).dossier_id
        remove_item(session, items[0], "Thiếu mẫu", "Lan")
    tab = HistoryTab()
    qtbot.addWidget(tab)
    with db.begin() as session:
        tab.show_form(open_dossier(session, number))
    line = tab.model.rows()[0]
    assert (line.what, line.before, line.after) == ("Rút khỏi phiên", "Trong phiên", "Đủ hồ sơ")
