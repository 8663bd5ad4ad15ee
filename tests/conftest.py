"""The cast: rosa asks (with ruth), clara releases (with carl, dora and fred), sam is a stranger."""

from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.template import RequestContext, Template
from django.test.utils import instrumented_test_render

from tests import cast, stage

pytest_plugins = ["tests.chromium", "tests.races"]


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what touches the database is run again, and no browser is started a second time."""
    if not django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    kept = [item for item in items if _is_about_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _is_about_the_database(item):
    uses = {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames)
    if item.get_closest_marker("postgres"):
        return True
    return bool(uses or item.get_closest_marker("django_db")) and not item.get_closest_marker("browser")


def pytest_runtest_setup(item):
    """Races and brokers are only real on the servers; bin/test runs the suite a second time on them."""
    engine, broker = django_settings.DATABASES["default"]["ENGINE"], django_settings.CELERY_BROKER_URL
    if item.get_closest_marker("postgres") and not engine.endswith("postgresql"):
        pytest.skip("needs PostgreSQL")
    if item.get_closest_marker("redis") and not broker.startswith("redis"):
        pytest.skip("needs Redis")


def _kept_if_a_page(template, context):
    """What the test client keeps of a template: `answer.context` is of the page, not of each part and field of it."""
    if isinstance(context, RequestContext) and context.template is template:
        return instrumented_test_render(template, context)
    return template.nodelist.render(context)


@pytest.fixture(scope="session", autouse=True)
def _contexts_of_pages_alone(django_test_environment):
    """Copying the context of every part took an eighth of the time of the tests that ask for pages."""
    with mock.patch.object(Template, "_render", _kept_if_a_page):
        yield


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Each test keeps its files apart."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
    }


@pytest.fixture
def firm(db):
    return cast.organization("Smith Law", "law_firm")


@pytest.fixture
def practice(db):
    return cast.organization("Lakeside Family Medicine", "provider")


@pytest.fixture
def rosa(firm):
    return cast.member("rosa", firm)


@pytest.fixture
def ruth(firm, rosa):
    return cast.member("ruth", firm, role="Member")


@pytest.fixture
def clara(practice):
    return cast.member("clara", practice)


@pytest.fixture
def carl(practice):
    return cast.member("carl", practice, role="ROI Specialist")


@pytest.fixture
def dora(practice):
    return cast.member("dora", practice, role="Clinical Reviewer")


@pytest.fixture
def fred(practice):
    return cast.member("fred", practice, role="Front Desk")


@pytest.fixture
def sam(db):
    return cast.member("sam", cast.organization("Keller Injury Law", "law_firm"))


@pytest.fixture
def olga(db):
    return cast.ops("olga")


@pytest.fixture
def custodian(practice):
    return cast.custodian(practice)


@pytest.fixture
def draft(rosa, custodian, clara):
    """A complete draft of rosa's to clara's practice."""
    return stage.draft(rosa, custodian)


@pytest.fixture
def pending(draft, rosa):
    draft.submit(by=rosa)
    return draft


@pytest.fixture
def in_review(pending, clara):
    """Three pages uploaded, none reviewed."""
    return stage.upload(pending, clara, pages=3, begin=True)


@pytest.fixture
def as_(client):
    """`as_(rosa)` is a browser signed in as rosa, acting for her organization."""

    def signed_in(member):
        client.force_login(member.person)
        return client

    return signed_in
