import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from documents import intake, store
from documents.intake import FileRefused, take_in
from documents.models import Document, Use
from outbox.models import Job
from tests.documents import make

MIB = 1024 * 1024


def stored_files():
    folders = default_storage.listdir("")[0] if default_storage.exists("") else []
    return [name for folder in folders for name in default_storage.listdir(folder)[1]]


def test_a_kept_file_reads_as_it_was_given(keep):
    content = make.pdf(3)
    document = keep(content)
    assert document.read() == content
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert (document.size, document.page_count, document.media_type) == (len(content), 3, "application/pdf")


def test_what_is_stored_shows_nothing_of_the_file(keep):
    document = keep(make.pdf(change=make.with_script))
    stored = default_storage.open(store.name_of(document.key)).read()
    assert b"PDF" not in stored
    assert document.stored_size == len(stored)


def test_two_copies_are_stored_under_unlike_keys_and_bytes(keep):
    first, second = keep(make.pdf()), keep(make.pdf())
    assert first.key != second.key
    assert (
        default_storage.open(store.name_of(first.key)).read()
        != default_storage.open(store.name_of(second.key)).read()
    )


def test_the_person_behind_a_member_is_noted(keep, rosa):
    assert keep(make.pdf(), by=rosa).uploaded_by == rosa.person


def test_a_signer_without_an_account_is_no_person(keep):
    from audit.actors import signer

    assert keep(make.pdf(), by=signer("Jane Doe")).uploaded_by is None


def test_an_upload_that_django_put_on_the_disk_is_taken(db):
    upload = TemporaryUploadedFile("scan.pdf", "application/pdf", 0, None)
    upload.write(make.pdf(2))
    upload.seek(0)
    assert take_in(upload, use=Use.RECORDS, by=None).page_count == 2


def test_an_upload_in_memory_is_taken(db):
    assert take_in(SimpleUploadedFile("a.pdf", make.pdf(2)), use=Use.RECORDS, by=None).page_count == 2


def test_the_declared_type_is_not_believed(db):
    upload = SimpleUploadedFile("a.pdf", b"<html>", content_type="application/pdf")
    with pytest.raises(FileRefused):
        take_in(upload, use=Use.RECORDS, by=None)


def test_an_empty_file_is_refused_in_a_sentence(keep):
    with pytest.raises(FileRefused, match=r"The file is empty\."):
        keep(b"")


def test_twenty_megabytes_are_taken(keep):
    content = make.pdf()
    assert keep(content + b"\0" * (20 * MIB - len(content)), use=Use.REFUND_EVIDENCE).size == 20 * MIB


def test_one_byte_more_is_refused(keep):
    content = make.pdf()
    with pytest.raises(FileRefused, match="larger than 20 MB"):
        keep(content + b"\0" * (20 * MIB - len(content) + 1), use=Use.REFUND_EVIDENCE)


def test_a_refused_file_leaves_nothing(keep):
    with pytest.raises(FileRefused):
        keep(make.NO_PAGES)
    assert not Document.objects.exists()
    assert not stored_files()


def test_a_row_that_fails_takes_its_file_along(keep, monkeypatch):
    monkeypatch.setattr(intake, "enqueue", lambda *_args, **_ids: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        keep(make.pdf())
    assert not stored_files()


def test_a_store_that_refuses_is_told_in_a_sentence(keep, monkeypatch):
    monkeypatch.setattr(FileSystemStorage, "_save", lambda *_args: 1 / 0)
    with pytest.raises(FileRefused, match=r"could not be saved\. Nothing was kept"):
        keep(make.pdf())
    assert not Document.objects.exists()


def test_a_store_that_cuts_off_is_noticed(keep, monkeypatch):
    save = FileSystemStorage._save
    monkeypatch.setattr(
        FileSystemStorage,
        "_save",
        lambda self, name, content: save(self, name, ContentFile(content.read()[:-1])),
    )
    with pytest.raises(FileRefused, match="could not be saved"):
        keep(make.pdf())
    assert not stored_files()


def test_a_deleted_document_takes_its_file_along(keep, django_capture_on_commit_callbacks):
    document = keep(make.pdf())
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    assert not stored_files()


def test_a_deletion_that_is_taken_back_keeps_the_file(keep):
    document = keep(make.pdf())
    Document.objects.filter(pk=document.pk).delete()  # the test's transaction is never committed
    assert stored_files() == [document.key]


def test_thumbnails_are_asked_for_with_the_row(keep):
    document = keep(make.pdf())
    assert Job.objects.get(kind="documents.previews").ids == {"document_id": document.pk}


def test_a_file_checked_for_one_use_is_not_kept_for_another(db):
    checked = intake.check(make.upload(make.pdf()), use=Use.ATTACHMENT)
    with pytest.raises(ValueError, match="not for records"):
        take_in(checked, use=Use.RECORDS, by=None)
