"""People who sign in: accounts, PINs, signing in and handing the machine on. Without any PIN the clerk works alone, as ever.

Every signing in, wrong PIN, new PIN and change of a role is a line of the audit chain.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from ocop_desktop.actions import own_file
from ocop_desktop.actions.rights import ALONE, actor_of, need
from ocop_desktop.data import people as rows
from ocop_desktop.errors import UserError
from ocop_desktop.rules import pins
from ocop_desktop.rules.names import LONGEST_NAME, name_key, tidy_name
from ocop_desktop.rules.rights import ROLES, Actor

if TYPE_CHECKING:
    from ocop_desktop.data.engine import Session
    from ocop_desktop.data.file import Database
    from ocop_desktop.data.tables_people import Person

PinState = Literal["never", "once", "own"]


@dataclass(frozen=True)
class PersonLine:
    """Somebody in the list of people.

    Args:
        person_id: 0 for somebody on a council at work who has no account yet.
        vice: sits as vice-chair on a council at work; has the chair's rights and not their name.
        pin: never set; ``once``: a code from the clerk, to be replaced at the first signing in; ``own``: chosen.
    """

    person_id: int
    name: str
    agency: str
    role: str
    pin: PinState
    vice: bool = False


@dataclass(frozen=True)
class Standing:
    """What the window needs to know when a file is open.

    Args:
        shut: people have to sign in.
        actor: who works without signing in; None where the file is shut.
        people: who may sign in, clerks first.
    """

    shut: bool
    actor: Actor | None
    people: tuple[PersonLine, ...]


@dataclass(frozen=True)
class SignedIn:
    """What became of a try to sign in.

    Args:
        actor: who is signed in, or None.
        choose: the PIN was a code for once: an own one has to be chosen now.
        wait: seconds before the next try; 0 with a wrong PIN: at once.
    """

    actor: Actor | None = None
    choose: bool = False
    wait: int = 0


def standing(database: Database) -> Standing:
    """Whether a file is shut, and who may sign in; asked before anything else is read."""
    with database.reading() as reading:
        found, shut, own = rows.listed(reading), rows.shut(reading), own_file.is_own(reading)
    if own:  # made from a session's package: a member scores in it, the office's screens have nothing to say
        return Standing(False, Actor("member", alone=True), ())
    lines = tuple(_line(actor, pin) for actor, pin in found if pin != "never")
    if shut:
        return Standing(True, None, lines)
    clerk = next((actor for actor, _pin in found if actor.role == "clerk"), ALONE)
    return Standing(False, Actor("clerk", clerk.name, clerk.agency, clerk.person_id, alone=True), ())


def listed(session: Session) -> tuple[PersonLine, ...]:
    """Everybody with an account, then people on councils at work who have none.

    Raises:
        UserError: not the clerk.
    """
    need(session, "people")
    from ocop_desktop.data.engine import reading_of

    known = tuple(_line(actor, pin) for actor, pin in rows.listed(reading_of(session)))
    vice = rows.vice_chairs(session)
    return tuple(replace(one, vice=(name_key(one.name), name_key(one.agency)) in vice) for one in (
        *known, *(PersonLine(0, s.name, s.agency, s.role, "never") for s in rows.seated(session))))


def _line(actor: Actor, pin: Any) -> PersonLine:
    return PersonLine(actor.person_id, actor.name, actor.agency, actor.role, pin)


def begin(session: Session, name: str, pin: str = "") -> str:
    """Make the clerk's account at the first start.

    Args:
        pin: may be left out: the program then opens without asking.

    Returns:
        The recovery code of the PIN, to be kept in an envelope; empty without a PIN.

    Raises:
        UserError: no name, an account is there already, or a PIN that is not acceptable.
    """
    need(session, "people")
    made = _new(session, name, "", "clerk")
    return set_own_pin(session, made.id, pin) if pin else ""


def begun(session: Session, name: str) -> int:
    """The clerk's account, made now under ``name`` where there is none."""
    need(session, "people")
    from ocop_desktop.data.engine import reading_of

    clerk = next((actor for actor, _pin in rows.listed(reading_of(session)) if actor.role == "clerk"), None)
    return clerk.person_id if clerk else _new(session, name, "", "clerk").id


def add(session: Session, name: str, agency: str, role: str) -> int:
    """Give somebody an account (advisory team, viewer, a seat of a council); the PIN comes with ``give_code``.

    Raises:
        UserError: not the clerk, no name or too long, an unknown role, or the account is there.
    """
    need(session, "people")
    return _new(session, name, agency, role).id


def _new(session: Session, name: str, agency: str, role: str) -> Person:
    name, agency = tidy_name(name), tidy_name(agency)
    if max(len(name), len(agency)) > LONGEST_NAME:
        raise UserError("Họ tên và cơ quan dài nhất {most} ký tự; hãy viết gọn lại.", most=LONGEST_NAME)
    if not name:
        raise UserError("Hãy ghi tên người dùng.")
    if role not in ROLES:
        raise UserError("Không có vai trò này; hãy chọn trong danh sách.")
    if rows.by_name(session, name, agency) is not None:
        raise UserError("{name} đã có trong danh sách.", name=name)
    made = rows.add(session, name, agency, role)
    _record(session, made, "added", None, {"name": name, "agency": agency, "role": role})
    return made


def set_own_pin(session: Session, person_id: int, pin: str) -> str:
    """The clerk's own PIN, set for the first time or anew; from now on the file asks who works.

    Returns:
        The new recovery code; the old one is void.

    Raises:
        UserError: not the clerk, another person's, or a PIN that is not acceptable.
    """
    need(session, "people")
    person, actor = _person(session, person_id), actor_of(session)
    if person.role != "clerk" or (not actor.alone and actor.person_id != person_id):
        raise UserError("Chỉ đặt được mã PIN của chính mình; mã của người khác thì cấp mã mới.")
    code = _choose(session, person, pin)
    _database(session).work_as(_actor(person))
    return code


def give_code(session: Session, person_id: int) -> str:
    """Give somebody a code for signing in once, or a new one for a forgotten PIN; waiting ends. The PIN before is void.

    Returns:
        Six digits, shown once: only argon2id of it is kept.

    Raises:
        UserError: not the clerk, the clerk has no PIN yet (else anybody could be the clerk), or one's own.
    """
    need(session, "people")
    person, actor = _person(session, person_id), actor_of(session)
    if actor.alone:
        raise UserError("Hãy đặt mã PIN của thư ký trước; nếu không, ai cũng vào được với quyền của thư ký.")
    if person.id == actor.person_id:
        raise UserError("Mã của chính mình thì đổi ở nút Đổi mã PIN của tôi.")
    from ocop_desktop.exchange import pin_hash

    code = pin_hash.new_code()
    what = "pin_reset" if person.pin else "pin_given"
    person.pin, person.once, person.recovery, person.wrong, person.wrong_at = pin_hash.keep(code), True, None, 0, None
    _record(session, person, what)
    return code


def set_role(session: Session, person_id: int, role: str) -> None:
    """Change somebody's role.

    Raises:
        UserError: not the clerk, an unknown role, or one's own (a file needs its clerk).
    """
    need(session, "people")
    person = _person(session, person_id)
    if role not in ROLES:
        raise UserError("Không có vai trò này; hãy chọn trong danh sách.")
    if person.id == actor_of(session).person_id or (person.role == "clerk" and person.pin is None):
        raise UserError("Thư ký không đổi được vai trò của chính mình.")
    _record(session, person, "role", {"role": person.role}, {"role": role})
    person.role = role


def take_pin_away(session: Session, person_id: int) -> None:
    """Take somebody's PIN: they cannot sign in any more. The last PIN, the clerk's own, opens the file for everybody again.

    Raises:
        UserError: not the clerk, no PIN, or the clerk's own while others have one.
    """
    need(session, "people")
    person, actor = _person(session, person_id), actor_of(session)
    if person.pin is None:
        raise UserError("{name} chưa có mã PIN.", name=person.name)
    from ocop_desktop.data.engine import reading_of

    own = person.id == actor.person_id
    if own and sum(pin != "never" for _actor, pin in rows.listed(reading_of(session))) > 1:
        raise UserError("Còn người khác có mã PIN nên mã của thư ký phải giữ; hãy bỏ mã của họ trước.")
    person.pin, person.once, person.recovery, person.wrong, person.wrong_at = None, False, None, 0, None
    _record(session, person, "pin_taken")
    if own:
        session.flush()
        _database(session).work_as(Actor("clerk", person.name, person.agency, person.id, alone=True))


def sign_in(session: Session, person_id: int, typed: str, now: dt.datetime | None = None) -> SignedIn:
    """Sign in with a PIN; takes about a tenth of a second. Wrong PINs are counted in the file, so a restart forgets none.

    The recovery code passes the wait: its 60 bits need none. A wrong PIN dated later than now was typed while the clock was
    wrong: its wait begins now, or a clock once in 2099 would shut everybody out until then.

    Args:
        typed: the PIN, the clerk's code, or a clerk's recovery code.
        now: the moment (the clock's when not given).
    """
    moment = now or dt.datetime.now()
    person = _person(session, person_id)
    if _recovers(person, typed):
        return SignedIn(choose=True)
    if person.wrong_at is not None and moment < person.wrong_at:
        person.wrong_at = moment
    wait = pins.still_to_wait(person.wrong, person.wrong_at, moment)
    if wait or person.pin is None:
        return SignedIn(wait=wait)
    if not _fits(person.pin, typed):
        return _wrong(session, person, moment)
    return SignedIn(choose=True) if person.once else _enter(session, person)


def sign_in_clerk(session: Session, typed: str, now: dt.datetime | None = None) -> SignedIn:
    """Sign in whichever clerk a PIN belongs to, where nobody's name was chosen (a command); else as ``sign_in``.

    With several clerks a PIN that fits none is counted once, against nobody: in the history alone, under the person 0. Only
    commands wait for that; no clerk is shut out of the window by another one's mistakes.
    """
    moment = now or dt.datetime.now()
    clerks = rows.clerks(session)
    if len(clerks) == 1:
        return sign_in(session, clerks[0].id, typed, moment)
    wrong, last = rows.wrong_at_large(session)
    if last is not None and moment < last:  # the clock was wrong once: the wait begins now
        last = _wrong_at_large(session, wrong, moment)
    wait = pins.still_to_wait(wrong, last, moment)
    if wait:
        return SignedIn(wait=wait)
    waits = {clerk.id: pins.still_to_wait(clerk.wrong, clerk.wrong_at, moment) for clerk in clerks}
    found = next((clerk for clerk in clerks if not waits[clerk.id] and _fits(clerk.pin, typed)), None)
    if found is not None:
        return _enter(session, found)
    _wrong_at_large(session, wrong + 1, moment)
    return SignedIn(wait=max([pins.wait_after(wrong + 1), *waits.values()]))


def _wrong_at_large(session: Session, wrong: int, moment: dt.datetime) -> dt.datetime:
    from ocop_desktop.data.changes import record_change

    record_change(session, "?", "person", 0, "wrong_pin", None, {"in_a_row": wrong}, moment)
    return moment


def choose_pin(session: Session, person_id: int, typed: str, pin: str, now: dt.datetime | None = None) -> tuple[SignedIn, str]:
    """Choose an own PIN with the clerk's code or the recovery code, and sign in.

    Returns:
        as ``sign_in``, and for a clerk the new recovery code (else empty).

    Raises:
        UserError: a PIN that is not acceptable, or the code itself.
    """
    tried = sign_in(session, person_id, typed, now)
    if not tried.choose:
        return tried, ""
    if pins.tidy(pin) == pins.tidy(typed):
        raise UserError("Hãy chọn mã khác mã đã được cấp: thư ký biết mã ấy.")
    person = _person(session, person_id)
    code = _choose(session, person, pin)
    return _enter(session, person), code


def sign_out(session: Session) -> None:
    """Shut the file for whoever worked; the next one signs in. Nothing where no PIN is set."""
    actor = actor_of(session)
    if actor.alone or not actor.role:
        return
    _record(session, _person(session, actor.person_id), "signed_out")
    session.flush()
    _database(session).work_as(None)


def _choose(session: Session, person: Person, pin: str) -> str:
    """Keep a chosen PIN; a clerk's new recovery code."""
    from ocop_desktop.exchange import pin_hash

    chosen = pins.tidy(pin)
    pins.check(chosen)
    code = pin_hash.recovery_code() if person.role == "clerk" else ""
    person.pin, person.once, person.wrong, person.wrong_at = pin_hash.keep(chosen), False, 0, None
    person.recovery = pin_hash.keep(pins.tidy(code)) if code else None
    _record(session, person, "pin_chosen", who=person.name)
    return code


def _fits(kept: str | None, typed: str) -> bool:
    from ocop_desktop.exchange import pin_hash

    return pin_hash.fits(kept or "", pins.tidy(typed))


def _recovers(person: Person, typed: str) -> bool:
    return person.role == "clerk" and not pins.tidy(typed).isdigit() and _fits(person.recovery, typed)


def _wrong(session: Session, person: Person, moment: dt.datetime) -> SignedIn:
    person.wrong, person.wrong_at = person.wrong + 1, moment
    _record(session, person, "wrong_pin", None, {"in_a_row": person.wrong}, who="?")
    return SignedIn(wait=pins.wait_after(person.wrong))


def _enter(session: Session, person: Person) -> SignedIn:
    person.wrong, person.wrong_at = 0, None
    _record(session, person, "signed_in", who=person.name)
    session.flush()
    actor = _actor(person)
    _database(session).work_as(actor)
    return SignedIn(actor)


def _actor(person: Person) -> Actor:
    return Actor(person.role, person.name, person.agency, person.id)


def _person(session: Session, person_id: int) -> Person:
    found = rows.get(session, person_id)
    if found is None:
        raise UserError("Không còn người này trong danh sách; hãy mở lại trang.")
    return found


def _record(session: Session, person: Person, what: str, before: dict[str, Any] | None = None,
            after: dict[str, Any] | None = None, who: str = "") -> None:
    from ocop_desktop.data.changes import record_change

    record_change(session, who or actor_of(session).name, "person", person.id, what, before, after)


def _database(session: Session) -> Database:
    from ocop_desktop.data.engine import database_of

    return database_of(session)
