from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Dependent
from tests import cast

LEO = {"first_name": "Leo", "last_name": "Rahman", "birth_date": "05/04/2015"}


@pytest.fixture
def aisha(db):
    return cast.member("aisha", cast.organization("Aisha Rahman", "household"))


@pytest.fixture
def noor(db):
    """Another household."""
    return cast.member("noor", cast.organization("Noor Haddad", "household"))


@pytest.fixture
def leo(aisha):
    return Dependent.add(by=aisha, **LEO | {"birth_date": date(2015, 5, 4), "school": "Oak Hill Elementary"})


@pytest.fixture
def open_(as_):
    """`open_(aisha, "dependent_edit", leo.pk)` opens a page; with `post={…}` it sends a form."""

    def opened(member, name, *args, post=None, query=""):
        url = reverse(name, args=args) + query
        return as_(member).get(url) if post is None else as_(member).post(url, post)

    return opened
