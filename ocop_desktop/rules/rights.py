"""Who may see and do what: one table, asked by the actions, so that the window and the command line keep the same rights.

A role has a right only where the table names it; an unknown role, right or screen is refused. A right is for all sessions or for
the role's own ones (a seat in the session's council; for the chair's rights, its chair or vice-chair).

What was decided, and why (issue of trust: money and reputation hang on a result, so nobody may be able to score after others):

- Nobody sees a score of a dossier while a ballot is missing (domain.md section 3, point 8): neither the chair nor the clerk nor
  the command line has a right for that, there is none in the table. Completion (empty, half, finished) may be seen by the clerk.
- ``finished_ballots``: totals, spread, gates not unanimous and raised exclusions, once ALL ballots of the dossier are finished
  and before it is closed. The chair needs them to conclude (spread, gates, exclusions), the clerk to write the conclusions down
  and to reopen ballots for a second score. Members do not: in a second score they would follow the others.
- ``conclude``: the chair of that council, and the clerk, who writes down what the chair says; the record names both.
- ``own_ballot``: the person's own seats. ``type_ballot``: the clerk types what members without a PIN hand in on paper. A member
  with a PIN has the ballot alone; the clerk cannot open it. So whoever can act for a member is decided by that member's PIN.
- ``sign``: certificates and lists with the office's key: the clerk, who also has to know the key's passphrase.
- The clerk's ``work`` is everything of the office; a viewer reads registers and closed results and writes nothing; the advisory
  team reads dossiers and writes its own sheet, which never enters the mean.
- Members see the dossiers of their own sessions, and results of them once closed. The register is not theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ocop_desktop.rules.rulebook import Words

Role = Literal["clerk", "member", "chair", "advisory", "viewer"]
Scope = Literal["all", "own"]

ROLES: dict[str, Words] = {
    "clerk": Words("Thư ký", "Clerk"),
    "chair": Words("Chủ tịch", "Chair"),
    "member": Words("Thành viên", "Member"),
    "advisory": Words("Tổ tư vấn", "Advisory team"),
    "viewer": Words("Người xem", "Viewer"),
}

RIGHTS: dict[str, dict[str, Scope]] = {
    "clerk": {"work": "all", "people": "all", "type_ballot": "all", "own_ballot": "own", "finished_ballots": "all",
              "conclude": "all", "closed_results": "all", "register": "all", "advise": "all", "completion": "all",
              "sign": "all"},
    "chair": {"own_ballot": "own", "completion": "own", "finished_ballots": "own", "conclude": "own", "closed_results": "own"},
    "member": {"own_ballot": "own", "closed_results": "own"},
    "advisory": {"register": "all", "advise": "all"},
    "viewer": {"register": "all", "closed_results": "all"},
}

# Screens of the window, the first one shown after signing in.
SCREENS: dict[str, tuple[str, ...]] = {
    "clerk": ("home", "dossiers", "importing", "sessions", "scoring", "results", "certificates", "programme", "criteria",
              "settings"),
    "chair": ("scoring", "results"),
    "member": ("scoring", "results"),
    "advisory": ("dossiers", "scoring", "criteria"),
    "viewer": ("programme", "dossiers", "results", "certificates", "criteria"),
}

SEATS: dict[str, Role] = {"chair": "chair", "vice": "chair", "member": "member", "secretary": "clerk"}  # role of a council's seat


@dataclass(frozen=True)
class Actor:
    """Who works with the file now.

    Args:
        person_id: 0 where nobody has an account; alone: no PIN is set in the file, the clerk works as if alone.
        name, agency: as in the council's list; a person's seats are those of the same name and agency.
    """

    role: str = ""
    name: str = ""
    agency: str = ""
    person_id: int = 0
    alone: bool = False


NOBODY = Actor()


def may(role: str, right: str, own: bool = False) -> bool:
    """Whether a role has a right; ``own``: what is asked for is the person's own. What the table does not name is refused."""
    scope = RIGHTS.get(role, {}).get(right)
    return scope == "all" or (scope == "own" and own)


def may_see(role: str, screen: str) -> bool:
    """Whether a role may open a screen of the window."""
    return screen in SCREENS.get(role, ())


def landing(role: str) -> str:
    """The screen a role begins with."""
    return SCREENS[role][0]
