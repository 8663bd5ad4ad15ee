import pytest
from django.core.cache import cache
from django.urls import reverse

from tests import cast


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Rates are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def look(as_):
    """`look(rosa, "outbound", status="qa")` is the answer to that page; a request instead of a name is its page."""

    def at(member, page, *args, **query):
        address = page if str(page).startswith("/") else reverse(page, args=args)
        return as_(member).get(address, query)

    return at


@pytest.fixture
def pat(db):
    """A patient who acts for herself."""
    return cast.member("pat", cast.organization("Pat Example", "household"))
