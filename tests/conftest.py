"""The cast: rosa asks (ruth is her colleague), clara releases (carl, dora and fred work with her), sam is a stranger."""

import pytest

from tests import cast, stage


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
