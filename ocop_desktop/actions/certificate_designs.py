"""The office's certificate layouts: kept in the data file, carried as files, looked at with the longest names of the register."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ocop_desktop.actions.certificate_papers import body_lines
from ocop_desktop.actions.files import write_whole
from ocop_desktop.actions.office import Office, proposed_office, read_office
from ocop_desktop.actions.rights import need
from ocop_desktop.data import certificates as rows
from ocop_desktop.data import settings
from ocop_desktop.data.changes import record_change
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import ProblemsFound, UserError, why
from ocop_desktop.rules.certificate_design import TEMPLATES, Design, design_text, faults, read_design
from ocop_desktop.rules.certificate_design_default import DEFAULT
from ocop_desktop.rules.certificate_life import end_of
from ocop_desktop.text import _

if TYPE_CHECKING:
    from ocop_desktop.papers.certificate import Certificate as Page
    from ocop_desktop.papers.certificate import Designs
    from ocop_desktop.papers.preview import Picture

Names = Literal["longest", "example"]
PICTURE_SIDE = 3508  # pixels of A4's longer side at 300 dots per inch
MOST_BYTES = 40 << 20  # of a file with a layout and its picture


def designs(session: Session) -> Designs:
    """Every layout of the office, with its pictures, as the papers take them."""
    from ocop_desktop.papers.certificate import Designs

    own = own_designs(session)
    wanted = {design.picture for design in own.values() if design.picture}
    return Designs(own, {digest: picture_bytes(session, digest) for digest in wanted})


def own_designs(session: Session) -> dict[str, Design]:
    """The layouts the office made, by template; a template without one is drawn as the general one.

    Raises:
        ProblemsFound: what is kept was changed by another hand and is no layout any more.
    """
    kept: dict[str, Any] = settings.get_setting(session, settings.DESIGNS, {})
    return {template: read_design(raw) for template, raw in kept.items() if template in TEMPLATES}


def design_of(session: Session, template: str) -> Design:
    """The layout a template is drawn with now: its own, the general one, or the one a new office starts from."""
    own = own_designs(session)
    return own.get(template) or own.get("general") or DEFAULT


def save_design(session: Session, template: str, design: Design, who: str = "") -> None:
    """Keep a template's layout; pictures no layout uses any more are dropped.

    Raises:
        ProblemsFound: what keeps it from being used, each with the field's name as its place.
    """
    need(session, "work")
    found = faults(design)
    if found:
        raise ProblemsFound(found)
    own = own_designs(session)
    before = own.get(template)
    _keep(session, {**own, template: design})
    record_change(session, who, "certificate_design", TEMPLATES.index(template) + 1, "saved",
                  _told(before) if before else None, _told(design))


def forget_design(session: Session, template: str, who: str = "") -> None:
    """Draw a template as the general one again; forgetting the general one brings back what a new office starts from."""
    need(session, "work")
    own = own_designs(session)
    before = own.pop(template, None)
    if before is not None:
        _keep(session, own)
        record_change(session, who, "certificate_design", TEMPLATES.index(template) + 1, "forgotten", _told(before), None)


def _keep(session: Session, own: dict[str, Design]) -> None:
    settings.put_setting(session, settings.DESIGNS, {template: design.as_plain() for template, design in own.items()})
    used = {settings.PICTURE + design.picture for design in own.values()}
    for key in settings.keys_like(session, settings.PICTURE):
        if key not in used:
            settings.drop_setting(session, key)


def _told(design: Design) -> dict[str, Any]:
    """A layout for the history, each field under its own name: only those that differ are written."""
    plain = {k: v for k, v in asdict(design).items() if k != "fields"}
    return {**plain, **{f"field.{field['key']}": field for field in design.as_plain()["fields"]}}


# -- pictures -------------------------------------------------------------------------------------------------------------


def picture_bytes(session: Session, digest: str) -> bytes:
    """A picture behind a layout (JPEG), empty when it is not there."""
    kept = settings.get_setting(session, settings.PICTURE + digest, "")
    return base64.b64decode(kept) if kept else b""


def keep_picture(session: Session, path: Path | str) -> str:
    """Keep a picture to lie behind certificates; its digest. It counts once a layout with it is saved.

    Raises:
        UserError: no JPEG or PNG, damaged or too large, or it cannot be read.
    """
    need(session, "work")
    return _keep_picture(session, _read(Path(path)))


def _keep_picture(session: Session, content: bytes) -> str:
    from ocop_desktop.papers.picture import scaled

    picture = scaled(content, PICTURE_SIDE)
    digest = hashlib.sha256(picture.content).hexdigest()
    settings.put_setting(session, settings.PICTURE + digest, base64.b64encode(picture.content).decode())
    return digest


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError("Tệp {file} nặng quá {limit} MB nên không dùng được.", file=path.name, limit=MOST_BYTES >> 20)
        return path.read_bytes()
    except OSError as error:
        raise UserError("Không đọc được tệp {file}: {reason}.", file=path.name, reason=why(error)) from error


# -- files ----------------------------------------------------------------------------------------------------------------


def write_design(session: Session, design: Design, path: Path | str) -> None:
    """Write a layout with its picture into a readable file, for another office or for safe keeping.

    Raises:
        UserError: the file cannot be written.
    """
    picture = settings.get_setting(session, settings.PICTURE + design.picture, "") if design.picture else ""
    more = {"picture_jpeg": picture} if picture else {}
    write_whole({Path(path): design_text(design, **more).encode()})


def read_design_file(session: Session, path: Path | str) -> Design:
    """A layout from a file; its picture is kept, the layout counts once it is saved.

    Raises:
        UserError: no layout of this program; says the line, or the field and the item.
    """
    need(session, "work")
    name = Path(path).name
    try:
        raw = json.loads(_read(Path(path)).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UserError("Tệp {file} không phải mẫu giấy chứng nhận: {reason}.", file=name, reason=why(error)) from error
    packed = raw.pop("picture_jpeg", "") if isinstance(raw, dict) else ""
    if isinstance(raw, dict) and not packed:
        raw["picture"] = ""  # a digest without its picture
    read = read_design(raw)
    if not packed:
        return read
    try:
        return replace(read, picture=_keep_picture(session, base64.b64decode(packed, validate=True)))
    except (binascii.Error, TypeError, ValueError) as error:
        raise UserError("Tệp {file}: ảnh nền trong mục “{item}” bị hỏng; hãy xin lại tệp.", file=name,
                        item="picture_jpeg") from error


# -- looking --------------------------------------------------------------------------------------------------------------


def sample(session: Session, template: str, names: Names, today: dt.date | None = None) -> Page:
    """A page to look at a layout with: the longest names of the register, or made-up ones."""
    from ocop_desktop.papers.certificate import Certificate as Page

    day = today or dt.date.today()
    office = _office(session)
    longest = rows.longest_names(session) if names == "longest" else {}
    form = template if template in ("reissue", "copy") else "original"
    return Page(
        number=office.certificate_number(3, day.year), product=longest.get("product") or "Chè Shan tuyết Mẫu Sơn",
        producer=longest.get("producer") or "Hợp tác xã Nông nghiệp Mẫu Sơn Xanh", stars=int(template[-1]) if
        template.startswith("stars") else 4, decision_number="2117/QĐ-UBND", decision_date=day, issued_on=day,
        valid_until=end_of(day), code="20-05980-03-2026", set_name=longest.get("set_name") or "Chè tươi, chè chế biến",
        address=longest.get("address") or "Thôn 4, xã Mẫu Sơn, tỉnh Lạng Sơn", authority=f"Chủ tịch {office.body}",
        body=body_lines(office.body), place=office.place, signatory=office.signatory_title,
        signatory_name=office.signatory_name or "Nguyễn Văn A", form=form,
        note=f"Cấp lại, thay giấy số {office.certificate_number(1, day.year)}" if form == "reissue" else "")


def _office(session: Session) -> Office:
    office = read_office(session)
    return office if office.body else replace(proposed_office(session, "20"), signatory_name=office.signatory_name)


def picture_of_design(session: Session, template: str, design: Design, names: Names, dpi: float) -> Picture:
    """The page a layout makes of the sample.

    Raises:
        UserError: the sample cannot be drawn with it; says why.
    """
    from ocop_desktop.papers.certificate import Designs, render
    from ocop_desktop.papers.preview import pictures

    pictures_behind = {design.picture: picture_bytes(session, design.picture)} if design.picture else {}
    page = sample(session, template, names)
    pdf, problems = render([page], designs=Designs({"general": design}, pictures_behind))
    if problems:
        raise UserError(problems[0].message, **problems[0].values)
    return next(pictures(pdf, dpi))


def template_names() -> dict[str, str]:
    """What templates are called in the window."""
    return {"general": _("Mẫu chung"), "stars3": _("3 sao"), "stars4": _("4 sao"), "stars5": _("5 sao"),
            "reissue": _("Cấp lại"), "copy": _("Bản sao")}
