"""The same code on an S3 server (moto's, over HTTP)."""

import os
import uuid

import boto3
import pytest
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from documents import invariants, orphans, serve, store
from documents.assemble import assemble
from documents.intake import FileRefused, take_in
from documents.models import Use
from documents.previews import page_image, thumbnail
from tests.documents import make

MIB = 1024 * 1024


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(server, settings):
    account = {"endpoint_url": server, "region_name": "us-east-1"}
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    name = f"records-{uuid.uuid4()}"
    bucket = boto3.resource("s3", **account, **keys).create_bucket(Bucket=name)
    options = {"bucket_name": name, "access_key": "test", "secret_key": "test", "file_overwrite": False}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {**account, **options, "max_memory_size": MIB},
        },
    }
    return bucket


def test_a_file_goes_there_and_back(bucket, keep):
    content = make.pdf(3)
    document = keep(content)
    assert [thing.key for thing in bucket.objects.all()] == [store.name_of(document.key)]
    assert b"".join(serve.download(document).streaming_content) == content


def test_its_pages_are_shown_and_joined(bucket, keep):
    document = keep(make.pdf(3))
    assert thumbnail(document, 3).startswith(b"\xff\xd8")
    assert page_image(document, 3).startswith(b"\xff\xd8")
    assert assemble([(document, 2), (document, 3)], stamp="Request").page_count == 2


def test_all_is_well_with_it(bucket, keep):
    keep(make.pdf())
    assert list(invariants.violations()) == []


def test_a_missing_object_is_a_violation(bucket, keep):
    document = keep(make.pdf())
    bucket.objects.all().delete()
    assert list(invariants.violations()) == [f"F: document {document.pk} has no stored file."]


def test_the_sweep_takes_old_objects_without_a_row(bucket, keep, monkeypatch):
    document = keep(make.pdf())
    orphan = store.put(make.upload(b"left behind")).key
    monkeypatch.setattr(orphans, "AGE", -orphans.AGE)  # as if a day had gone by
    monkeypatch.setattr(orphans, "unnamed", list)  # no request names the document of this test
    assert orphans.sweep() == 1
    assert not default_storage.exists(store.name_of(orphan))
    assert document.read()


def test_a_bucket_that_is_not_there_keeps_nothing(bucket, db):
    bucket.objects.all().delete()
    bucket.delete()
    with pytest.raises(FileRefused, match="could not be saved"):
        take_in(make.upload(make.pdf()), use=Use.RECORDS, by=None)


def test_a_large_file_goes_in_parts(bucket, keep):
    content = make.pdf()
    document = keep(content + os.urandom(20 * MIB))
    stored = bucket.Object(store.name_of(document.key))
    assert int(stored.e_tag.strip('"').split("-")[1]) > 1
    assert sum(len(piece) for piece in serve.download(document).streaming_content) == document.size
