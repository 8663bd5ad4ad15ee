import pytest

from tests import cast


@pytest.fixture
def aisha(db):
    """A patient, in her own household."""
    return cast.member("aisha", cast.organization("Aisha Example", "household"))
