"""Members with laptops of their own, for tests of packages and ballot files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ocop_desktop.actions import own_laptop, packages, receiving, scoring
from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.actions.receiving import Arrival
from ocop_desktop.data.engine import Database, Session
from ocop_desktop.rules.rulebook import CriteriaSet
from tests.actions.meeting import hand_in, open_meeting


class Hall:
    """The clerk's file with an open session, and a folder that stands for the stick."""

    def __init__(self, db: Database, stick: Path, products: int = 3, members: int = 3) -> None:
        self.db, self.stick = db, stick
        stick.mkdir(exist_ok=True)
        with db.begin() as session:
            self.session_id, self.items, self.members = open_meeting(session, products, members)

    def package(self, seat: int = 0, name: str = "") -> Path:
        """A package for a member, on the stick."""
        with self.db.begin() as session:
            content, _count = packages.make_package(session, self.session_id, self.members[seat])
        path = self.stick / f"{name or f'goi-{seat}'}.ocopgoi"
        path.write_bytes(content)
        return path

    def laptop(self, seat: int = 0) -> Laptop:
        """A member's laptop with a new package opened."""
        return Laptop(self.package(seat), self.stick / f"may-{seat}.ocop")

    def receive(self, *files: bytes | Path, codes: tuple[str, ...] = ()) -> tuple[Arrival, ...]:
        """Take files in, in one transaction."""
        named = [(f.name, f.read_bytes()) if isinstance(f, Path) else (f"tep-{n}.ocopphieu", f) for n, f in enumerate(files)]
        with self.db.begin() as session:
            return receiving.receive(session, named, codes, who="Thư ký")


class Laptop:
    """A member's laptop with its own file, closed between two uses as on a real one."""

    def __init__(self, package: Path, own: Path) -> None:
        self.own = own
        self.open(package)
        self.member = self.standing().member_id

    def open(self, package: Path) -> None:
        """Open a package."""
        own_laptop.open_package(package, self.own).close()

    def score(self, answers: Mapping[int, Mapping[str, str]], finish: bool = True) -> None:
        """Fill in ballots by item."""
        with self.file() as session:
            for item, choices in answers.items():
                if finish:
                    hand_in(session, item, self.member, choices)
                else:
                    for code, choice in choices.items():
                        scoring.choose(session, item, self.member, code, choice)

    def standing(self) -> own_laptop.OwnFile:
        """What the laptop says of itself."""
        with self.file() as session:
            found = own_laptop.standing(session)
        assert found is not None
        return found

    @property
    def code(self) -> str:
        """What the member reads aloud."""
        return self.standing().code

    def hand_in(self, target: Path) -> Path:
        """Write the ballots onto the stick."""
        with self.file() as session:
            return own_laptop.hand_in(session, target).path

    @contextmanager
    def file(self) -> Iterator[Session]:
        """The laptop's own file, open for one transaction."""
        database = open_or_create(self.own)
        try:
            with database.begin() as session:
                yield session
        finally:
            database.close()


def top(rules: CriteriaSet, down: int = 0) -> dict[str, str]:
    """The best answers, the first ``down`` criteria one option lower."""
    made = {}
    for number, criterion in enumerate(rules.criteria):
        options = [o for o in criterion.options if o.case in ("", criterion.options[0].case)]
        made[criterion.code] = options[-2 if number < down and len(options) > 1 else -1].choice
    return made
