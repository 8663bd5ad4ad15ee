from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Dependent
from accounts.models.dependent import MOST_DEPENDENTS
from audit.models import Activity
from tests.accounts.dependents.conftest import LEO

pytestmark = pytest.mark.django_db
RTL = "\u202e"


def test_somebody_is_added(open_, aisha):
    answer = open_(aisha, "dependent_add", post=LEO)
    assert answer.url == "/dependents/"
    made = Dependent.objects.get()
    assert (made.full_name, made.birth_date, made.organization) == (
        "Leo Rahman",
        date(2015, 5, 4),
        aisha.organization,
    )


def test_what_is_optional_is_kept(open_, aisha):
    more = {"middle_name": "Sami", "grade": "5", "school": "Oak Hill", "sports": "Soccer"}
    open_(aisha, "dependent_add", post=LEO | more)
    made = Dependent.objects.get()
    assert {name: getattr(made, name) for name in more} == more


def test_the_activity_tells_of_it_without_a_name(open_, aisha):
    open_(aisha, "dependent_add", post=LEO)
    entry = Activity.objects.of(aisha.organization).get(event="dependent_added")
    assert entry.details == {"dependent": Dependent.objects.get().pk}


TOMORROW = f"{timezone.localdate() + timedelta(days=2):%m/%d/%Y}"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("first_name", ""),
        ("first_name", " \u200b "),
        ("first_name", "L\x00o"),
        ("first_name", "x" * 81),
        ("last_name", ""),
        ("last_name", "Rahman" + RTL),
        ("middle_name", "x" * 81),
        ("birth_date", ""),
        ("birth_date", TOMORROW),
        ("birth_date", "31/04/2015"),
        ("birth_date", "02/29/2015"),
        ("birth_date", "01/01/0001"),
        ("birth_date", "01/01/9999"),
        ("birth_date", "٠٥/٠٤/٢٠١٥"),
        ("grade", "x" * 41),
        ("school", "x" * 161),
        ("sports", "x" * 1_000_000),
    ],
)
def test_bad_input_is_told_beside_its_field(open_, aisha, field, typed):
    answer = open_(aisha, "dependent_add", post=LEO | {"school": "Oak Hill"} | {field: typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Dependent.objects.exists()


def test_nothing_typed_is_lost(open_, aisha):
    page = open_(aisha, "dependent_add", post=LEO | {"birth_date": "13/40/2015"}).content.decode()
    assert 'value="13/40/2015"' in page
    assert 'value="Leo"' in page


def test_markup_is_text(open_, aisha):
    open_(aisha, "dependent_add", post=LEO | {"first_name": "<b>{{ 7 }}</b>"})
    assert "&lt;b&gt;{{ 7 }}&lt;/b&gt;" in open_(aisha, "dependents").content.decode()


@pytest.mark.parametrize("name", ["Leo", "LEO", " leo "])
def test_the_same_child_twice_leads_to_the_first(open_, aisha, leo, name):
    answer = open_(aisha, "dependent_add", post=LEO | {"first_name": name})
    assert answer.status_code == 422
    assert f'href="/dependents/{leo.pk}/details/"' in answer.content.decode()
    assert Dependent.objects.count() == 1


def test_another_households_child_of_that_name_is_nobodys_business(open_, leo, noor):
    assert open_(noor, "dependent_add", post=LEO).status_code == 302


def test_who_was_removed_can_be_added_again(open_, aisha, leo):
    leo.remove(by=aisha)
    assert open_(aisha, "dependent_add", post=LEO).status_code == 302


def test_twins_are_two(open_, aisha, leo):
    assert open_(aisha, "dependent_add", post=LEO | {"first_name": "Lea"}).status_code == 302


def test_there_is_an_end(open_, aisha):
    Dependent.objects.bulk_create(
        Dependent(
            organization=aisha.organization, first_name=f"N{n}", last_name="R", birth_date=date(2015, 5, 4)
        )
        for n in range(MOST_DEPENDENTS)
    )
    answer = open_(aisha, "dependent_add", post=LEO)
    assert answer.status_code == 422
    assert "Remove one before you add another" in answer.content.decode()
    assert Dependent.objects.count() == MOST_DEPENDENTS
    assert "Add Dependent" not in open_(aisha, "dependents").content.decode()


def test_whoever_came_from_a_request_goes_back_to_it(open_, aisha):
    assert open_(aisha, "dependent_add", post=LEO | {"next": "/new/"}).url == "/new/"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_away(open_, aisha, address):
    assert open_(aisha, "dependent_add", post=LEO | {"next": address}).url == "/dependents/"


def test_whose_role_may_not_ask_adds_nobody(open_, aisha):
    aisha.role.permissions = ["view_requests"]
    aisha.role.save()
    assert open_(aisha, "dependent_add", post=LEO).status_code == 403
    assert not Dependent.objects.exists()


def test_an_organization_in_the_form_changes_nothing(open_, aisha, noor):
    open_(
        aisha, "dependent_add", post=LEO | {"organization": noor.organization_id, "id": 1, "removed_at": "x"}
    )
    assert Dependent.objects.get().organization == aisha.organization
