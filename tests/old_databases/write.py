"""Write ``version-N.sql`` and the program's ``schema.sql`` for the schema of today: ``python -m tests.old_databases.write``.

After every change of a migration; the files of released schemas stay as they are.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import tempfile
from pathlib import Path

from ocop_desktop.data.changes import record_change
from ocop_desktop.data.engine import Session
from ocop_desktop.data.file import APPLICATION_ID, SCHEMA_VERSION, open_database
from ocop_desktop.data.migrate import SCHEMA, migrate, run
from ocop_desktop.data.search import refresh_search
from ocop_desktop.data.settings import put_setting
from ocop_desktop.data.tables import (
    AgendaItem,
    Answer,
    Ballot,
    Certificate,
    Commune,
    Council,
    CouncilSession,
    Decision,
    DismissedHint,
    Dossier,
    Member,
    Presence,
    Producer,
    Product,
    ProductPhoto,
    SessionMember,
)
from ocop_desktop.data.tables_advisory import AdvisoryAnswer, AdvisoryReview
from ocop_desktop.data.tables_keys import OwnLaptop, SecretKey
from ocop_desktop.data.tables_paper import PaperScan, PaperSheet
from ocop_desktop.data.tables_people import Person
from ocop_desktop.data.tables_programme import Activity, Funding, HistoryScore, Inspection, InspectionPhoto
from ocop_desktop.data.tables_rulebook import RulebookVersion, Wording

FOLDER = Path(__file__).resolve().parent
INDEXES = ("dossier_search", "dossier_word")


def main() -> None:
    """Write down the schema, fill a new file of it with one of everything and write that down."""
    SCHEMA.write_text(schema(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.ocop"
        db = open_database(path)
        migrate(db)
        with db.begin() as session:
            _fill(session)
        db.close()
        (FOLDER / f"version-{SCHEMA_VERSION}.sql").write_text("\n".join(_lines(path)) + "\n", encoding="utf-8")


def schema() -> str:
    """What the migrations make of an empty file, as SQL."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.ocop"
        db = open_database(path)
        run(db)
        db.close()
        return "\n".join(_lines(path)) + "\n"


def read(number: int, path: Path) -> None:
    """Make the database of ``version-number.sql`` at ``path``."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.executescript((FOLDER / f"version-{number}.sql").read_text(encoding="utf-8"))
    raw.close()


def _fill(session: Session) -> None:
    day = dt.date(2026, 6, 2)
    commune = Commune(code="06040", name="Mẫu Sơn", kind="Xã", province_code="20", province="Tỉnh Lạng Sơn", folded="mau son")
    producer = Producer(name="Hợp tác xã Chè Mẫu Sơn", folded="hop tac xa che mau son", kind="cooperative", commune=commune)
    product = Product(producer=producer, name="Chè Shan tuyết Mẫu Sơn", folded="che shan tuyet mau son", set_no=11)
    dossier = Dossier(product=product, code="20-06040-03-2026", rulebook="26/2026/QĐ-TTg", round="2026-1", status="closed",
                      stars=3)
    council = Council(name="Hội đồng", members=[Member(name="Nguyễn Thị Lan", agency="Sở Y tế", role="chair")])
    meeting = CouncilSession(code="2026-1", name="Đợt 1 - 2026", council=council, held_on=day, rulebook="26/2026/QĐ-TTg",
                             working_rules={"gate_rule": "majority"})
    item = AgendaItem(session=meeting, dossier=dossier, position=1)
    session.add_all([item, Certificate(dossier=dossier, number="03-2026/GCN-OCOP", stars=3, issued_on=day,
                                       expires_on=dt.date(2029, 6, 2), decision=Decision(number="12/QĐ-UBND", date=day))])
    session.flush()
    member = council.members[0]
    session.add(Presence(item_id=item.id, member_id=member.id, present=True))
    session.add(DismissedHint(person="nguyen thi lan", producer_id=producer.id, kind="phone", shared="0912345678"))
    ballot = Ballot(item_id=item.id, member_id=member.id, opinion="Đạt")
    session.add_all([SessionMember(session_id=meeting.id, member_id=member.id), ballot])
    session.flush()
    session.add(Answer(ballot_id=ballot.id, criterion="1.1", choice="3"))
    place = {"item_id": ballot.item_id, "member_id": member.id}
    session.add_all([
        PaperSheet(**place, typing=1, choices={"1.1": "3"}, hand_total=3, who="Lan", typed_at=dt.datetime(2026, 6, 2, 9)),
        PaperScan(**place, name="phieu.pdf", content=b"%PDF-", sha256="0" * 64, kept_at=dt.datetime(2026, 6, 2, 9), who="Lan")])
    session.add_all([SecretKey(name="office", seed=bytes(32), mark="", made_at=dt.datetime(2026, 6, 2, 8)),
                     OwnLaptop(session_id=meeting.id, member_id=member.id, package=1, key="0" * 64, sequence=1, digest="0" * 64)])
    session.add_all([
        Person(name="Bà Lan", role="clerk"),  # no PIN: the file opens for the clerk alone
        AdvisoryReview(dossier_id=dossier.id, rulebook="26/2026/QĐ-TTg", set_no=11, missing_papers="Phiếu kiểm nghiệm",
                       visit_needed=True, proposal="supplement", proposed_on=day, proposed_by="Tổ trưởng"),
        AdvisoryAnswer(dossier_id=dossier.id, criterion="1.1", choice="3", comment="Hợp đồng bản gốc"),
        RulebookVersion(rulebook="26/2026/QĐ-TTg", version=2, in_force=dt.date(2026, 5, 22), made_at=dt.datetime(2026, 7, 1, 8),
                        reason="Sửa lỗi", fingerprint="0" * 64, differences=[], accepted=[], content=_content()),
        Wording(rulebook="26/2026/QĐ-TTg", version=1, set_no=11, criterion="1.1", choice="3", text="Từ 75% đến 100%",
                attached_at=dt.datetime(2026, 7, 1, 8))])
    session.add(ProductPhoto(product_id=product.id, content=b"\xff\xd8\xff\xd9", width=2, height=1,
                             kept_at=dt.datetime(2026, 7, 1, 8), sha256="0" * 64))
    check = Inspection(product_id=product.id, planned_on=day, held_on=day, team="Chi cục", findings="Đúng quy định")
    session.add(check)
    session.flush()
    session.add(InspectionPhoto(inspection_id=check.id, name="nhan.jpg", content=b"\xff\xd8\xff\xd9", sha256="0" * 64, width=2,
                                height=1, kept_at=dt.datetime(2026, 7, 1, 8)))
    session.add_all([
        Activity(kind="training", name="Tập huấn", begins_on=day, ends_on=day, people=40, women=21, cost_vnd=12_000_000),
        Funding(source="provincial", amount_vnd=3_000_000_000, year=2026),
        HistoryScore(dossier_id=dossier.id, session="2022-1", totals=[["Sở Y tế", "69.5"]], mean_numerator=139,
                     mean_denominator=2, stars=3)])
    put_setting(session, "office", {"place": "Lạng Sơn"})
    record_change(session, "Lan", "dossier", dossier.id, "saved", {"note": ""}, {"note": "x"}, dt.datetime(2026, 6, 2, 8))
    refresh_search(session)


def _content() -> dict[str, object]:
    """A rulebook without sets, as a version keeps it."""
    return {"id": "26/2026/QĐ-TTg", "signed": "2026-05-22", "in_force": "2026-05-22", "certificate_months": 36,
            "lines": {"5": 90, "4": 70, "3": 50, "2": 30, "1": 0}, "part": [{"code": "A", "max": 100, "vi": "Sản phẩm"}],
            "industry": {}, "set": [], "sets": []}


def _lines(path: Path) -> list[str]:
    raw = sqlite3.connect(path)
    lines = ["BEGIN;", f"PRAGMA application_id={APPLICATION_ID};", f"PRAGMA user_version={SCHEMA_VERSION};"]
    schema = raw.execute("SELECT type, name, sql FROM sqlite_master "
                         "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
    inner = tuple(f"{index}_" for index in INDEXES)  # tables the indexes make for themselves
    wanted = [(kind, name, sql) for kind, name, sql in schema if kind == "trigger" or not name.startswith(inner)]
    lines += [f"{sql};" for kind, _name, sql in wanted if kind == "table"]
    for kind, name, _sql in wanted:
        if kind == "table" and name not in INDEXES:
            columns = [c[1] for c in raw.execute(f'PRAGMA table_info("{name}")')]
            values = " || ', ' || ".join(f'quote("{c}")' for c in columns)
            lines += [f'INSERT INTO "{name}" VALUES ({row});' for (row,) in raw.execute(f'SELECT {values} FROM "{name}"')]
    lines += [f"INSERT INTO {i}({i}) VALUES ('rebuild');" for i in INDEXES]
    lines += [f"{sql};" for kind, _name, sql in wanted if kind != "table"]
    raw.close()
    return [line.rstrip() for text in [*lines, "COMMIT;"] for line in text.replace("\t", "    ").splitlines()]


if __name__ == "__main__":
    main()
