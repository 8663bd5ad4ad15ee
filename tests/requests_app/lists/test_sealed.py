"""No address of ours names a patient (product 11.3), not even the one that a search leads to."""

import re

import pytest

from tests import cast

pytestmark = pytest.mark.django_db
LISTS = [("rosa", "/outbound/"), ("clara", "/inbound/")]


@pytest.fixture
def browser_of(as_, request):
    return lambda name: as_(request.getfixturevalue(name))


def search(browser, address, **typed):
    return browser.post(address, {"csrfmiddlewaretoken": "x", **typed})


@pytest.mark.parametrize(("who", "address"), LISTS)
def test_a_search_leads_to_an_address_without_what_was_typed(browser_of, pending, who, address):
    browser = browser_of(who)
    led = search(browser, address, q="Wright, Thomas", status="pending")
    assert "right" not in led["Location"]
    assert re.fullmatch(rf"{address}\?status=pending&find=[\w-]+", led["Location"])
    found = browser.get(led["Location"])
    assert found.context["asked"].search.text == "Wright, Thomas"
    assert [row.pk for row in found.context["page"].rows] == [pending.pk]


@pytest.mark.parametrize(("who", "address"), LISTS)
def test_no_link_of_the_found_list_names_the_patient(browser_of, pending, who, address):
    browser = browser_of(who)
    shown = browser.get(search(browser, address, q="wrigh")["Location"]).content.decode()
    links = re.findall(r'(?:href|action)="([^"]*)"', shown)
    assert any("find=" in link for link in links)
    assert not [link for link in links if "wrigh" in link.lower()]


def test_the_advanced_search_hides_the_patient_and_the_case(as_, rosa, pending):
    browser = as_(rosa)
    sent = {"patient": "wright", "case": "", "provider": "lake", "submitted_from": ""}
    led = search(browser, "/outbound/", **sent)["Location"]
    assert re.fullmatch(r"/outbound/\?provider=lake&find=[\w-]+", led)
    assert [row.pk for row in browser.get(led).context["page"].rows] == [pending.pk]


def test_an_empty_search_shows_the_whole_list(as_, rosa):
    assert search(as_(rosa), "/outbound/", q="", sort="newest")["Location"] == "/outbound/?sort=newest"


def test_the_address_of_a_search_opens_in_its_organization_alone(as_, rosa, ruth, sam):
    led = search(as_(rosa), "/outbound/", q="wright")["Location"]
    assert as_(ruth).get(led).status_code == 200
    assert as_(sam).get(led).status_code == 404


@pytest.mark.parametrize("found", ["x", "%00", "AAAA", "é", "A" * 5000, "=="])
def test_an_address_that_nobody_was_led_to_finds_nothing(as_, rosa, found):
    assert as_(rosa).get(f"/outbound/?find={found}").status_code in (400, 404)


@pytest.mark.parametrize(("who", "address"), LISTS)
def test_the_forms_of_the_lists_are_posted(browser_of, pending, who, address):
    shown = browser_of(who).get(address).content.decode()
    assert not re.search(r'<form[^>]*method="get"', shown)


def test_an_export_takes_the_sealed_search_along(as_, rosa, pending):
    browser = as_(rosa)
    led = search(browser, "/outbound/", q="nobody of this name")["Location"]
    shown = browser.get(led).content.decode()
    export = re.search(r'href="(/outbound/export/\?find=[\w-]+)"', shown)
    assert export


def test_whose_role_may_not_see_the_list_may_not_search_it(as_, pending):
    member = cast.member("rolf", pending.organization)
    member.role.permissions = []
    member.role.save()
    assert search(as_(member), "/outbound/", q="wright").status_code == 403
