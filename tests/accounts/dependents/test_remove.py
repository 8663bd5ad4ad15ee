import pytest

from accounts.models import Dependent
from audit.models import Activity

pytestmark = pytest.mark.django_db


def test_it_is_asked_first(open_, aisha, leo):
    page = open_(aisha, "dependent_remove", leo.pk).content.decode()
    assert "Yes, delete" in page
    assert Dependent.objects.of(aisha).count() == 1


def test_yes_removes(open_, aisha, leo):
    assert open_(aisha, "dependent_remove", leo.pk, post={}).url == "/dependents/"
    assert not Dependent.objects.of(aisha).exists()


@pytest.mark.parametrize("name", ["dependent", "dependent_details", "dependent_edit", "dependent_remove"])
def test_the_pages_of_somebody_removed_are_404(open_, aisha, leo, name):
    leo.remove(by=aisha)
    assert open_(aisha, name, leo.pk).status_code == 404


def test_a_second_click_finds_it_done(open_, aisha, leo):
    open_(aisha, "dependent_remove", leo.pk, post={})
    answer = open_(aisha, "dependent_remove", leo.pk, post={})
    assert answer.url == "/dependents/"
    assert Activity.objects.filter(event="dependent_removed").count() == 1


def test_no_title_and_no_address_names_anybody(open_, aisha, leo):
    for name in ("dependent", "dependent_details", "dependent_edit", "dependent_remove"):
        page = open_(aisha, name, leo.pk).content.decode()
        title = page.partition("<title>")[2].partition("</title>")[0]
        assert "Leo" not in title
        assert "Rahman" not in title
