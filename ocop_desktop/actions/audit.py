"""The audit chain for people: what is missing or altered, as sentences, and whether a printed head still stands in the file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ocop_desktop.data import audit as rows
from ocop_desktop.data.audit import Difference
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import Place, Problem
from ocop_desktop.rules.audit_chain import Finding, Head, fits, read_head
from ocop_desktop.text import N_

MOST = 50  # findings of one kind told one by one

# What a guarded row is called.
NOUNS = {
    "session": N_("Phiên"), "council": N_("Hội đồng"), "member": N_("Thành viên"), "session_member": N_("Chỗ ngồi trong phiên"),
    "agenda_item": N_("Hồ sơ trong phiên"), "recusal": N_("Ghi “không chấm”"), "presence": N_("Có mặt theo hồ sơ"),
    "ballot": N_("Phiếu"), "paper_sheet": N_("Lần nhập phiếu giấy"), "paper_scan": N_("Bản quét phiếu"),
    "result": N_("Kết quả"), "decision": N_("Quyết định"), "certificate": N_("Giấy chứng nhận"),
    "rulebook_version": N_("Bản bộ tiêu chí"), "person": N_("Người dùng"),
    "inspection": N_("Lần kiểm tra"), "inspection_photo": N_("Ảnh kiểm tra"),
    "own_laptop": N_("Máy riêng của thành viên"), "paper_number": N_("Số văn bản"), "paper_template": N_("Mẫu văn bản"),
    "paper_signer": N_("Người ký một giấy tờ"), "secret_key": N_("Khóa ký"), "setting": N_("Cài đặt"),
}


def head(session: Session) -> Head:
    """The chain's head now, to be printed: it stands for everything written so far."""
    return rows.head(session)


def check(session: Session) -> tuple[Problem, ...]:
    """Look through the whole chain and every guarded record; each finding with its entry's number."""
    raw = rows.raw_of(session)
    waiting = rows.ballots_of_open_dossiers(raw)
    broken = [_chain_problem(f) for f in islice(rows.chain_findings(raw), MOST)]
    return (*broken, *(_difference_problem(d, d.table == "ballot" and d.key in waiting)
                       for d in islice(rows.differences(raw), MOST)))


def check_head(session: Session, words: str) -> Iterator[Problem]:
    """Whether an entry printed earlier ("1204:3f2a...") still stands in the file; a cut or rewritten history does not hold it.

    Raises:
        UserError: ``words`` is not a head.
    """
    printed = read_head(words)
    found = rows.entry_at(session, printed.seq)
    if found is None:
        yield Problem("Nhật ký không có mục {seq} đã in: dữ liệu đã bị cắt đuôi, hoặc được khôi phục từ bản sao cũ hơn.",
                      {"seq": printed.seq}, Place(row=printed.seq), kind="chain_printed_head")
    elif not fits(printed, found):
        yield Problem("Mục {seq} của nhật ký có mã {found}…, khác mã đã in {printed}…: nhật ký đã bị viết lại.",
                      {"seq": printed.seq, "found": found.hash[:16], "printed": printed.hash[:16]}, Place(row=printed.seq),
                      kind="chain_printed_head")


def _chain_problem(found: Finding) -> Problem:
    values: dict[str, object] = {"seq": found.seq, "last": found.last, "before": found.seq - 1}
    match found.fault:
        case "missing":
            said = (N_("Nhật ký thiếu mục {seq}.") if found.seq == found.last
                    else N_("Nhật ký thiếu các mục từ {seq} đến {last}."))
        case "missing_at_the_end":
            said = (N_("Cuối nhật ký thiếu mục {seq}.") if found.seq == found.last
                    else N_("Cuối nhật ký thiếu các mục từ {seq} đến {last}."))
        case "altered":
            entry = found.entry
            if entry is not None:
                noun = Problem(NOUNS.get(entry.entity, entry.entity))
                values |= {"what": entry.what, "entity": noun, "id": entry.entity_id, "at": entry.at}
            said = N_("Mục {seq} của nhật ký ({entity} {id}, {what}, {at}) không khớp mã của nó: nội dung mục này đã bị sửa, "
                      "hoặc mục {before} đã bị thay.")
        case "no_head":
            said = N_("Mất dấu cuối của nhật ký; mục cuối tìm thấy là {seq}.")
        case _:
            said = N_("Dấu cuối của nhật ký không khớp mục {seq}: mục cuối đã bị thay hoặc có mục được thêm vào.")
    return Problem(said, values, Place(row=found.seq), kind=f"chain_{found.fault}")


def _difference_problem(found: Difference, hidden: bool) -> Problem:
    """The sentence of a difference; ``hidden``: a ballot of a dossier not closed, whose answers nobody may see yet."""
    number = " / ".join(map(str, found.key))
    values: dict[str, object] = {"entity": Problem(NOUNS[found.table]), "id": number, "seq": found.seq, "field": found.field,
                                 "recorded": found.recorded, "found": found.found}
    if found.field.startswith("choices "):
        values["field"] = found.field.removeprefix("choices ")
        said = (N_("{entity} {id}: tiêu chí {field} trong tệp khác mục {seq} của nhật ký; hồ sơ chưa chốt nên không ghi điểm.")
                if hidden else
                N_("{entity} {id}: tiêu chí {field} trong tệp là “{found}”, mục {seq} của nhật ký ghi “{recorded}”."))
        if hidden:
            del values["found"], values["recorded"]
    elif found.field and hidden:
        del values["found"], values["recorded"]
        said = N_("{entity} {id}: {field} trong tệp khác mục {seq} của nhật ký; hồ sơ chưa chốt nên không ghi nội dung.")
    elif found.field:
        said = N_("{entity} {id}: {field} trong tệp là “{found}”, mục {seq} của nhật ký ghi “{recorded}”.")
    elif found.found is None:
        said = N_("{entity} {id} không còn trong tệp như mục {seq} của nhật ký ghi.")
    elif found.seq:
        said = N_("{entity} {id} vẫn có trong tệp dù mục {seq} của nhật ký ghi là đã bỏ.")
    else:
        said = N_("{entity} {id} không có mục nào trong nhật ký: được thêm từ ngoài chương trình, hoặc nhật ký bị cắt.")
    return Problem(said, values, Place(row=found.seq or None), kind="chain_record")
