from decimal import Decimal

import pytest
from django.urls import reverse

from audit.models import MoveRefused
from directory.models import FormOffered
from tests import cast

pytestmark = pytest.mark.django_db
SAID = {"name": "Sports physical", "fee": "20.00", "is_offered": "on"}


def add(clara, custodian, name="Sports physical", **said):
    said = {"fee": Decimal("20.00")} | said
    return FormOffered.add(clara.organization, by=clara, custodian=custodian, name=name, **said)


@pytest.fixture
def five(clara, custodian):
    return [add(clara, custodian, f"Form {number}") for number in range(5)]


def at(name, form):
    return reverse(name, args=[form.custodian_id, form.pk])


def test_a_form_is_added_and_told(as_, clara, custodian):
    as_(clara).post(reverse("place_form_add", args=[custodian.pk]), SAID)
    form = FormOffered.objects.get()
    assert (form.name, form.fee, form.is_offered) == ("Sports physical", Decimal("20.00"), True)
    assert "added a form that is offered" in as_(clara).get(reverse("my_organization")).content.decode()


def test_a_sixth_is_refused_and_nothing_typed_is_lost(as_, clara, custodian, five):
    answer = as_(clara).post(reverse("place_form_add", args=[custodian.pk]), SAID)
    assert answer.status_code == 422
    assert "At most 5 forms are offered at once" in answer.content.decode()
    assert 'value="Sports physical"' in answer.content.decode()
    assert FormOffered.objects.count() == 5


def test_one_that_is_not_offered_may_wait_in_the_list(clara, custodian, five):
    waiting = add(clara, custodian, is_offered=False)
    with pytest.raises(MoveRefused):
        waiting.change(by=clara, is_offered=True)
    five[0].change(by=clara, is_offered=False)
    waiting.change(by=clara, is_offered=True)
    assert FormOffered.objects.filter(is_offered=True).count() == 5


def test_another_place_has_five_of_its_own(clara, custodian, five, practice):
    add(clara, cast.custodian(practice, name="Lakeside East"), "Form 0")
    assert FormOffered.objects.count() == 6


def test_the_same_name_is_listed_once(clara, custodian):
    add(clara, custodian)
    with pytest.raises(MoveRefused, match="in the list already"):
        add(clara, custodian, "sports PHYSICAL")


def test_a_form_is_changed(as_, clara, custodian):
    form = add(clara, custodian)
    as_(clara).post(at("place_form_edit", form), {"name": "Camp physical", "fee": "0"})
    form.refresh_from_db()
    assert (form.name, form.fee, form.is_offered) == ("Camp physical", Decimal("0.00"), False)


def test_removing_asks_first_and_a_second_time_is_404(as_, clara, custodian):
    form, browser = add(clara, custodian), as_(clara)
    assert "Remove “Sports physical”?" in browser.get(at("place_form_remove", form)).content.decode()
    assert FormOffered.objects.of(clara.organization).exists()
    browser.post(at("place_form_remove", form))
    assert not FormOffered.objects.of(clara.organization).exists()
    assert browser.post(at("place_form_remove", form)).status_code == 404
    assert browser.post(at("place_form_edit", form), SAID).status_code == 404


def test_a_removed_one_leaves_room(clara, custodian, five):
    five[0].remove(by=clara)
    add(clara, custodian)
    with pytest.raises(MoveRefused, match="removed meanwhile"):
        five[0].change(by=clara, fee=Decimal("1.00"))


@pytest.mark.parametrize(
    "bad", [{"name": ""}, {"name": "x" * 81}, {"name": "a‮b"}, {"name": " "}, {"fee": ""}]
)
def test_bad_input_is_refused(as_, clara, custodian, bad):
    answer = as_(clara).post(reverse("place_form_add", args=[custodian.pk]), SAID | bad)
    assert answer.status_code == 422
    assert not FormOffered.objects.exists()


@pytest.mark.parametrize("name", ["place_form_edit", "place_form_remove"])
def test_a_stranger_gets_404_and_so_does_the_wrong_place(as_, clara, custodian, practice, name):
    form = add(clara, custodian)
    other = cast.member("pat", cast.organization("Peachtree Radiology", "provider"))
    assert as_(other).post(at(name, form), SAID).status_code == 404
    elsewhere = cast.custodian(practice, name="Lakeside East")
    assert as_(clara).post(reverse(name, args=[elsewhere.pk, form.pk]), SAID).status_code == 404
    form.refresh_from_db()
    assert form.removed_at is None


@pytest.mark.parametrize("name", ["place_form_edit", "place_form_remove"])
def test_who_doesn_t_manage_the_practice_gets_403(as_, clara, carl, custodian, name):
    assert as_(carl).post(at(name, add(clara, custodian)), SAID).status_code == 403
