import json
import multiprocessing
import stat

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from moto import mock_aws

from documents import crypto, store
from tests.documents import make


@pytest.fixture
def keyset(settings, tmp_path):
    """A keyset of this test's own."""
    path = tmp_path / "made" / "keyset.json"
    settings.KEYSET_FILE = str(path)
    crypto._primitive.cache_clear()
    yield path
    crypto._primitive.cache_clear()


def test_a_sealed_text_is_read_where_it_belongs(keyset):
    assert crypto.unseal(crypto.seal("123-45-6789", "patient:1:ssn"), "patient:1:ssn") == "123-45-6789"


def test_a_sealed_text_shows_nothing(keyset):
    assert b"6789" not in crypto.seal("123-45-6789", "patient:1:ssn")


def test_the_same_text_is_sealed_unlike_each_time(keyset):
    assert crypto.seal("1", "a") != crypto.seal("1", "a")


def test_a_text_moved_to_another_row_is_not_read(keyset):
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(crypto.seal("123-45-6789", "patient:1:ssn"), "patient:2:ssn")


def test_a_changed_text_is_not_read(keyset):
    sealed = bytearray(crypto.seal("123-45-6789", "patient:1:ssn"))
    sealed[-1] ^= 1
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(bytes(sealed), "patient:1:ssn")


def test_what_the_database_gives_back_is_read(keyset):
    assert crypto.unseal(memoryview(crypto.seal("1", "a")), "a") == "1"


@pytest.mark.parametrize(
    "harm", [lambda b: b[:-1], lambda b: b[:-5] + b"\0" + b[-4:], lambda b: b + b"\0", lambda b: b""]
)
def test_a_changed_file_is_not_read(keep, harm):
    document = keep(make.pdf())
    name = store.name_of(document.key)
    harmed = harm(default_storage.open(name).read())
    default_storage.delete(name)
    default_storage.save(name, make.upload(harmed, name))
    with pytest.raises(Exception):  # noqa: B017  Tink's own error, or none of its classes
        document.read()


def test_a_file_put_in_anothers_place_is_not_read(keep):
    mine, other = keep(make.pdf()), keep(make.pdf())
    default_storage.delete(store.name_of(mine.key))
    content = default_storage.open(store.name_of(other.key)).read()
    default_storage.save(store.name_of(mine.key), make.upload(content, "a"))
    with pytest.raises(Exception):  # noqa: B017
        mine.read()


def test_the_keyset_is_its_owners_only(keyset):
    crypto.seal("1", "a")
    assert stat.S_IMODE(keyset.stat().st_mode) == 0o600


def test_a_keyset_that_is_there_stays(keyset):
    sealed = crypto.seal("1", "a")
    crypto.make_keyset(keyset)
    crypto._primitive.cache_clear()
    assert crypto.unseal(sealed, "a") == "1"


def _make_when_all_are_ready(path, barrier):
    barrier.wait()
    crypto.make_keyset(path)


def test_processes_that_start_at_once_agree_on_one_keyset(keyset):
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(8)
    processes = [
        context.Process(target=_make_when_all_are_ready, args=(keyset, barrier)) for _one in range(8)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert {process.exitcode for process in processes} == {0}
    assert [path.name for path in keyset.parent.iterdir()] == ["keyset.json"]
    assert crypto.unseal(crypto.seal("1", "a"), "a") == "1"


def test_production_never_makes_a_keyset_by_itself(keyset, settings):
    settings.KEYSET_MAY_BE_MADE = False
    with pytest.raises(ImproperlyConfigured, match="make_keyset"):
        crypto.seal("1", "a")
    assert not keyset.exists()


@pytest.fixture
def kms(settings, monkeypatch):
    """A KMS (moto's) that wraps the keyset."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        arn = boto3.client("kms", region_name="us-west-2").create_key()["KeyMetadata"]["Arn"]
        settings.KEYSET_KMS_URI = f"aws-kms://{arn}"
        yield


def test_a_wrapped_keyset_is_read_by_whoever_may_use_the_kms_key(keyset, kms):
    sealed = crypto.seal("1", "a")
    crypto._primitive.cache_clear()
    assert crypto.unseal(sealed, "a") == "1"


def test_a_wrapped_keyset_holds_no_open_key(keyset, kms):
    crypto.make_keyset(keyset)
    assert all("encryptedKeyset" in kind for kind in json.loads(keyset.read_text()).values())
    assert "keyData" not in keyset.read_text()


def test_the_command_makes_a_keyset_once(keyset):
    from django.core.management import call_command

    call_command("make_keyset", verbosity=0)
    first = keyset.read_text()
    call_command("make_keyset", verbosity=0)
    assert keyset.read_text() == first
