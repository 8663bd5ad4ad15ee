"""What the browser tests look with waits for a page that has only just begun to arrive, and finds what is wrong."""

import pytest

from tests.looking import complaints, overflows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def late(screen):
    page = screen("/kitchen/", width=390)
    page.goto("/kitchen/late/", wait_until="commit")
    return page


def test_a_page_without_a_root_is_waited_for(late):
    assert overflows(late, 4000) == []
    assert overflows(late)[0].startswith("3008 px on 390")
    assert late.viewport_size["width"] == 390


def test_axe_waits_too(late):
    found = [name for name, _elements in complaints(late)]
    assert "image-alt" in found
    assert "document-title" in found
