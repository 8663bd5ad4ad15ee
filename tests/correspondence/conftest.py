import pytest

from correspondence.models import Notice


@pytest.fixture
def owed(rosa):
    """An email rosa is owed, not sent yet."""
    (notice,) = Notice.objects.to_people(
        [rosa.person], "message_received", reference="4820-1173-94", path="/requests/4820117394/"
    )
    return notice
