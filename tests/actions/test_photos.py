"""A product's photo is kept beside its product, comes back with a deleted draft, and stands in the history."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from ocop_desktop import text
from ocop_desktop.actions import dossiers, photos
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import UserError


def jpeg(color: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2000, 1000), color).save(out, "JPEG")
    return out.getvalue()


def made(session: Session) -> tuple[int, int]:
    number = dossiers.create(session, dossiers.NewDossier("Chè", 11, producer="HTX A", producer_kind="cooperative"), "Lan")
    return number, dossiers.open_dossier(session, number).product.id


def test_a_photo_is_kept_changed_and_taken_away(session: Session) -> None:
    number, product = made(session)
    assert photos.photo(session, product) is None
    kept = photos.keep_photo(session, product, jpeg(), "Lan")
    assert photos.photo(session, product) == kept and (kept.width, kept.height) == (1600, 800)
    other = photos.keep_photo(session, product, jpeg("blue"), "Lan")
    assert photos.photo(session, product) == other != kept
    assert photos.remove_photo(session, product, "Lan") == other
    assert photos.photo(session, product) is None and photos.remove_photo(session, product, "Lan") is None
    assert [line.what for line in dossiers.open_dossier(session, number).history][:3] == ["photo_removed", "photo", "photo"]


def test_a_deleted_draft_comes_back_with_its_photo(session: Session) -> None:
    number, product = made(session)
    kept = photos.keep_photo(session, product, jpeg(), "Lan")
    gone = dossiers.delete_draft(session, number, "Lan")
    with pytest.raises(UserError):
        photos.keep_photo(session, product, jpeg(), "Lan")
    dossiers.undo_delete(session, gone.change_id, "Lan")
    assert photos.photo(session, product) == kept


def test_a_bad_picture_changes_nothing(session: Session) -> None:
    number, product = made(session)
    kept = photos.keep_photo(session, product, jpeg(), "Lan")
    with pytest.raises(UserError):
        photos.keep_photo(session, product, b"khong phai anh", "Lan")
    assert photos.photo(session, product) == kept
    assert len([x for x in dossiers.open_dossier(session, number).history if x.what == "photo"]) == 1


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        photos.read_file(tmp_path / "mat.jpg")
    assert "mat.jpg" in text.say(caught.value)
