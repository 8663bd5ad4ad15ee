"""The world of the access tests: built once for the whole folder; each test's changes are rolled back."""

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import transaction
from django.test.utils import override_settings

from tests.access import world as built


@pytest.fixture(scope="package")
def files_of_the_world(tmp_path_factory):
    """In place of each test's own folder: the world's files must outlive a test."""
    folder = tmp_path_factory.mktemp("world")
    stored = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder, "base_url": None},
    }
    with override_settings(STORAGES={**django_settings.STORAGES, "default": stored}):
        yield storages


@pytest.fixture(autouse=True)
def _own_files(files_of_the_world):
    """Rates are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture(scope="package")
def whole_world(django_db_setup, django_db_blocker, files_of_the_world):
    with django_db_blocker.unblock():
        outer = [transaction.atomic(using=name) for name in ("default", "sandbox")]
        for one in outer:
            one.__enter__()
        try:
            yield built.build()
        finally:
            for name, one in zip(("sandbox", "default"), reversed(outer), strict=True):
                transaction.set_rollback(True, using=name)
                one.__exit__(None, None, None)


@pytest.fixture
def world(whole_world, db):
    return whole_world
