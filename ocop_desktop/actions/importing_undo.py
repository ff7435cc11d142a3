"""Imports done earlier, and taking one back."""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import replace

from ocop_desktop.data import batches as kept
from ocop_desktop.data import importing as store
from ocop_desktop.data import photos, search
from ocop_desktop.data.batches import Batch, BatchEntry
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError
from ocop_desktop.text import N_


def batches(session: Session, limit: int = 50) -> tuple[Batch, ...]:
    """Imports, the newest first."""
    return kept.batch_list(session, limit)


def undo(session: Session, batch_id: int) -> Batch:
    """Take an import back: what it made goes, what it changed is as before.

    Raises:
        UserError: there is no such import, it was taken back before, or something depends on it; says what.
    """
    batch = kept.batch_of(session, batch_id)
    if batch is None:
        raise UserError("Không có lần nhập số {number}.", number=batch_id)
    if batch.undone_at is not None:
        raise UserError("Lần nhập tệp “{file}” đã hoàn tác trước đó.", file=batch.file_name)
    for hindrance in store.hindrances(session, batch_id):
        raise UserError(_HINDERED[hindrance.why], file=batch.file_name, count=hindrance.count, example=hindrance.example)
    later = kept.touched_later(session, batch_id)
    if later:
        raise UserError(
            "Chưa hoàn tác được tệp “{file}”: {count} mục của lần nhập này đã được sửa hoặc nhập lại sau đó; "
            "hãy hoàn tác các lần nhập sau trước.",
            file=batch.file_name,
            count=len(later),
        )
    stale: list[int] = []
    entries = [e for e in kept.entries_of(session, batch_id) if e.did == "updated"]
    for entry in entries:
        if entry.entity == "product_photo":
            _photo_back(session, entry)
        else:
            store.set_values(session, entry.entity, entry.entity_id, dict(entry.before or {}))
    store.remove_created(session, batch_id)
    for entry in entries:
        stale += search.dossiers_of(session, entry.entity_id) if entry.entity == "producer" else []
    if entries:
        search.refresh_search(session, stale or None)
    kept.mark_undone(session, batch_id)
    session.expire_all()
    return replace(batch, undone_at=dt.datetime.now().replace(microsecond=0))


_HINDERED = {
    "agenda": N_(
        "Chưa hoàn tác được tệp “{file}”: {count} hồ sơ đã vào phiên đánh giá, ví dụ “{example}”; hãy bỏ khỏi phiên trước."
    ),
    "papers": N_(
        "Chưa hoàn tác được tệp “{file}”: {count} hồ sơ đã có giấy tờ hoặc điểm tự chấm, ví dụ “{example}”; hãy xóa trước."
    ),
    "advisory": N_("Chưa hoàn tác được tệp “{file}”: Tổ tư vấn đã xem {count} hồ sơ, ví dụ “{example}”; hãy xóa phần ấy trước."),
    "inspections": N_("Chưa hoàn tác được tệp “{file}”: {count} lần kiểm tra là của sản phẩm trong tệp, ví dụ “{example}”."),
    "certificates": N_(
        "Chưa hoàn tác được tệp “{file}”: {count} giấy chứng nhận đã cấp số, in hoặc gắn thêm, ví dụ của “{example}”."
    ),
    "scores": N_("Chưa hoàn tác được tệp “{file}”: {count} bảng điểm nhập sau thuộc hồ sơ của lần nhập này, ví dụ “{example}”."),
    "dossiers": N_("Chưa hoàn tác được tệp “{file}”: {count} hồ sơ lập sau dùng sản phẩm của lần nhập này, ví dụ “{example}”."),
    "products": N_(
        "Chưa hoàn tác được tệp “{file}”: {count} sản phẩm thêm sau thuộc chủ thể của lần nhập này, ví dụ “{example}”."
    ),
}


def _photo_back(session: Session, entry: BatchEntry) -> None:
    """Put a product's photo back as it was, unless another one was chosen since."""
    if photos.digest_of(session, entry.entity_id) != (entry.after or {}).get("sha256"):
        return
    if entry.before is None:
        photos.remove(session, entry.entity_id)
    else:
        photos.put(session, entry.entity_id, base64.b64decode(entry.before["jpeg"]), entry.before["width"],
                   entry.before["height"])
