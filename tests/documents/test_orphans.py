import os
import time
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from documents import invariants, orphans, store
from documents.models import Document
from documents.previews import thumbnail
from documents.tasks import sweep_orphans
from requests_app.models import Authorization
from tests.documents import make


def age(key, hours):
    path = default_storage.path(store.name_of(key))
    then = time.time() - timedelta(hours=hours).total_seconds()
    os.utime(path, (then, then))


@pytest.fixture
def orphan(db):
    key = store.put(make.upload(b"left behind")).key
    age(key, hours=25)
    return key


def exists(key):
    return default_storage.exists(store.name_of(key))


def test_a_blob_without_a_row_goes_after_a_day(orphan):
    sweep_orphans()
    assert not exists(orphan)


def test_a_younger_one_stays_since_its_row_may_come(orphan):
    age(orphan, hours=23)
    sweep_orphans()
    assert exists(orphan)


def test_what_has_a_row_stays_however_old(keep):
    document = keep(make.pdf())
    picture = thumbnail(document, 1)
    pack = document.preview_packs.get()
    age(document.key, hours=9999)
    age(pack.key, hours=9999)
    sweep_orphans()
    assert document.read()
    assert thumbnail(document, 1) == picture
    assert exists(pack.key)


def test_a_row_that_comes_while_the_sweep_looks_saves_its_blob(orphan, monkeypatch):
    found = list(orphans.found())
    monkeypatch.setattr(orphans, "found", lambda: found)
    Document.objects.create(
        key=orphan, use="records", name="a", media_type="a", size=1, stored_size=1, sha256=""
    )
    sweep_orphans()
    assert exists(orphan)


def test_what_is_not_ours_stays(db):
    name = default_storage.save("ab/notes.txt", make.upload(b"somebody's"))
    os.utime(default_storage.path(name), (0, 0))
    sweep_orphans()
    assert default_storage.exists(name)


def test_sweeping_twice_or_with_nothing_stored_is_fine(db):
    assert orphans.sweep() == 0
    assert orphans.sweep() == 0


def test_uploads_that_a_killed_process_left_go_too(db, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    old, young = tmp_path / "a.upload.pdf", tmp_path / "b.upload.pdf"
    for path in (old, young):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    sweep_orphans()
    assert [path.name for path in tmp_path.glob("*.upload*")] == [young.name]


def test_all_is_well_with_what_was_kept(keep):
    thumbnail(keep(make.pdf()), 1)
    assert list(invariants.violations()) == []


def test_a_missing_blob_is_a_violation(keep):
    document = keep(make.pdf())
    store.remove(document.key)
    assert list(invariants.violations()) == [f"F: document {document.pk} has no stored file."]


def test_a_changed_blob_is_a_violation(keep):
    document = keep(make.pdf())
    with open(default_storage.path(store.name_of(document.key)), "r+b") as file:
        file.write(b"\0\0\0\0")
    assert "can't be read" in next(invariants.violations())


@pytest.mark.parametrize(
    ("change", "told"), [({"size": 1}, "not 1"), ({"sha256": "0" * 64}, "SHA-256 differs")]
)
def test_a_row_that_says_something_else_is_a_violation(keep, change, told):
    document = keep(make.pdf())
    Document.objects.filter(pk=document.pk).update(**change)
    assert told in next(invariants.violations())


def test_an_old_blob_without_a_row_is_a_violation(orphan):
    assert list(invariants.violations()) == [f"F: stored file {orphan} has had no row for 24 hours."]


@pytest.fixture
def unnamed(keep):
    """A document whose process died before any other row named it."""
    document = keep(make.pdf())
    Document.objects.filter(pk=document.pk).update(created_at=timezone.now() - timedelta(hours=25))
    return document


def test_a_document_that_nothing_names_goes_after_a_day(unnamed):
    sweep_orphans()
    assert not Document.objects.filter(pk=unnamed.pk).exists()


def test_one_that_a_request_names_stays(unnamed, draft):
    Authorization.objects.update(document=unnamed)
    sweep_orphans()
    assert unnamed.read()
