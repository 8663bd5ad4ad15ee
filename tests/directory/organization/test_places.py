"""What a practice says of its places: facts, delivery, rush, services; obeyed by requests to come."""

from decimal import Decimal

import pytest
from django.urls import reverse
from zeal import zeal_context

from accounts.models import Role
from audit.models import Activity, MoveRefused
from directory.models import Custodian, Service
from tests import cast

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Lakeside at the Pier",
    "kind": "physician",
    "specialty": "Family medicine",
    "street": "12 Pier Road",
    "city": "Macon",
    "state": "GA",
    "zip_code": "31201",
    "phone": "(478) 555-0100",
    "fax": "(478) 555-0101",
    "email": "front@lakeside.example",
}
DELIVERY = {"offers_download": "on", "offers_fax": "on", "offers_rush": "on", "rush_fee": "35.00"}
PAGES = ["place", "place_edit", "place_delivery", "place_services", "place_form_add"]


def at(name, place):
    return reverse(name, args=[place.pk])


def last_entry(organization):
    return Activity.objects.of(organization).order_by("-sequence").first()


def test_facts_are_kept_and_the_activity_says_which(as_, clara, practice, custodian):
    assert as_(clara).post(at("place_edit", custodian), FACTS).url == at("place", custodian)
    custodian.refresh_from_db()
    assert (custodian.name, custodian.street, str(custodian.phone)) == (
        "Lakeside at the Pier",
        "12 Pier Road",
        "+14785550100",
    )
    page = as_(clara).get(reverse("my_organization")).content.decode()
    assert "changed at Lakeside at the Pier: name, specialty, street" in page


def test_saving_what_was_there_changes_nothing(as_, clara, practice, custodian):
    as_(clara).post(at("place_edit", custodian), FACTS)
    count = Activity.objects.of(practice).count()
    as_(clara).post(at("place_edit", custodian), FACTS)
    assert Activity.objects.of(practice).count() == count


def test_a_colleague_s_change_of_another_field_stays(clara, custodian):
    Custodian.objects.filter(pk=custodian.pk).update(street="1 New Street")
    custodian.change(by=clara, specialty="Pediatrics")
    custodian.refresh_from_db()
    assert (custodian.street, custodian.specialty) == ("1 New Street", "Pediatrics")


BAD_FACTS = [
    {"name": ""},
    {"name": "x" * 201},
    {"name": "‮Lakeside"},
    {"kind": "palace"},
    {"city": " "},
    {"state": "XX"},
    {"state": ""},
    {"zip_code": "3120"},
    {"zip_code": "３１２０１"},
    {"phone": "555"},
    {"fax": "+44 20 7946 0000"},
    {"email": "nobody"},
    {"street": "a\0b"},
]


@pytest.mark.parametrize("bad", BAD_FACTS)
def test_bad_facts_are_refused_beside_their_field_and_nothing_is_stored(as_, clara, custodian, bad):
    answer = as_(clara).post(at("place_edit", custodian), FACTS | bad)
    assert answer.status_code == 422
    assert "field--bad" in answer.content.decode()
    custodian.refresh_from_db()
    assert custodian.street == ""


def test_delivery_and_rush_are_kept(as_, clara, custodian):
    as_(clara).post(
        at("place_delivery", custodian), {"offers_fax": "on", "offers_rush": "on", "rush_fee": "0"}
    )
    custodian.refresh_from_db()
    assert (custodian.offers_download, custodian.offers_fax, custodian.offers_rush, custodian.rush_fee) == (
        False,
        True,
        True,
        Decimal("0.00"),
    )


def test_one_way_of_delivery_must_be_left(as_, clara, custodian):
    answer = as_(clara).post(at("place_delivery", custodian), {"rush_fee": "0.00"})
    assert answer.status_code == 422
    assert "Offer at least one way to deliver the records." in answer.content.decode()
    custodian.refresh_from_db()
    assert custodian.offers_download


def test_two_who_each_take_one_away_leave_one(clara, custodian):
    """Each page showed the other way as still offered."""
    other = Custodian.objects.get(pk=custodian.pk)
    custodian.change(by=clara, offers_download=False)
    with pytest.raises(MoveRefused):
        other.change(by=clara, offers_fax=False)


def test_a_place_that_ops_gave_to_another_practice_is_theirs(clara, custodian):
    Custodian.objects.filter(pk=custodian.pk).update(
        organization=cast.organization("Peachtree Radiology", "provider")
    )
    with pytest.raises(MoveRefused, match="any more"):
        custodian.change(by=clara, specialty="None")
    with pytest.raises(MoveRefused, match="any more"):
        custodian.change_services({"fmla": (True, Decimal("1.00"))}, by=clara)
    assert not custodian.services.filter(kind="fmla").exists()


def test_a_page_that_was_open_meanwhile_takes_nothing_back(as_, clara, custodian):
    browser = as_(clara)
    shown = {
        name: as_shown(browser, custodian, name)
        for name in ("place_edit", "place_delivery", "place_services")
    }
    dearer = {"offers_rush": True, "rush_fee": Decimal("50.00")}
    custodian.change(by=clara, street="1 New Street", phone="+14785550177", **dearer)
    custodian.change_services({"images": (False, Decimal("99.00"))}, by=clara)
    browser.post(at("place_edit", custodian), shown["place_edit"] | {"specialty": "Pediatrics"})
    browser.post(at("place_delivery", custodian), {**shown["place_delivery"], "offers_fax": ""})
    browser.post(at("place_services", custodian), shown["place_services"] | {"certification_fee": "1.00"})
    custodian.refresh_from_db()
    assert (custodian.street, str(custodian.phone), custodian.specialty) == (
        "1 New Street",
        "+14785550177",
        "Pediatrics",
    )
    assert (custodian.offers_rush, custodian.rush_fee, custodian.offers_fax) == (
        True,
        Decimal("50.00"),
        False,
    )
    assert offered(custodian) == {"certification": "1.00"}
    assert str(custodian.services.get(kind="images").fee) == "99.00"


def as_shown(browser, custodian, name):
    """The fields of a page as a browser would send them, with what they carry along."""
    form, sent = browser.get(at(name, custodian)).context["form"], {}
    for bound in form:
        value, shown = bound.value(), bound.field.prepare_value(bound.initial)
        if getattr(bound.field.widget, "input_type", "") == "checkbox":
            sent |= {bound.html_name: "on"} if value else {}
        else:
            sent[bound.html_name] = "" if value is None else str(value)
        sent[bound.html_initial_name] = "" if shown is None else str(shown)
    return sent


def test_rush_without_a_fee_is_asked_for_one(as_, clara, custodian):
    answer = as_(clara).post(at("place_delivery", custodian), DELIVERY | {"rush_fee": ""})
    assert answer.status_code == 422
    assert "0.00 where rush is free" in answer.content.decode()


def test_without_rush_its_fee_may_stay_empty(as_, clara, custodian):
    as_(clara).post(at("place_delivery", custodian), {"offers_download": "on", "rush_fee": ""})
    custodian.refresh_from_db()
    assert not custodian.offers_rush
    assert not custodian.offers_fax


BAD_MONEY = [
    "-0.01",
    "0.001",
    "1e9",
    "1e309",
    "NaN",
    "1,000.00",
    "１２",
    "٣",
    "100000.00",
    "free",
    "$",
    "1" * 500,
]


@pytest.mark.parametrize("bad", BAD_MONEY)
def test_bad_fees_are_refused(as_, clara, custodian, bad):
    browser = as_(clara)
    rush = browser.post(at("place_delivery", custodian), DELIVERY | {"rush_fee": bad})
    service = browser.post(at("place_services", custodian), {"notary_offered": "on", "notary_fee": bad})
    form = browser.post(at("place_form_add", custodian), {"name": "Sports physical", "fee": bad})
    assert [rush.status_code, service.status_code, form.status_code] == [422, 422, 422]
    custodian.refresh_from_db()
    assert custodian.rush_fee == 0
    assert not custodian.services.filter(kind="notary").exists()
    assert not custodian.forms_offered.exists()


def offered(custodian):
    return {one.kind: str(one.fee) for one in custodian.services.filter(is_offered=True)}


def test_services_are_offered_each_at_its_fee_and_free_is_a_fee(as_, clara, practice, custodian):
    said = {
        "certification_offered": "on",
        "certification_fee": "12.50",
        "images_fee": "15.00",
        "fmla_offered": "on",
        "fmla_fee": "0",
    }
    as_(clara).post(at("place_services", custodian), said)
    assert offered(custodian) == {"certification": "12.50", "fmla": "0.00"}
    assert last_entry(practice).details["fields"] == ["certification", "images", "fmla"]
    page = as_(clara).get(reverse("my_organization")).content.decode()
    assert (
        "changed the services of Lakeside Family Medicine: Record certification, Medical Images, FMLA" in page
    )


def test_a_service_offered_without_a_fee_is_asked_for_one(as_, clara, custodian):
    answer = as_(clara).post(at("place_services", custodian), {"notary_offered": "on", "notary_fee": ""})
    assert answer.status_code == 422
    assert "0.00 where it is free" in answer.content.decode()
    assert offered(custodian) == {"certification": "9.70", "images": "15.00"}


def test_a_colleague_s_change_of_another_service_stays(clara, custodian):
    Service.objects.filter(custodian=custodian, kind="images").update(fee="99.00")
    custodian.change_services({"certification": (True, Decimal("1.00"))}, by=clara)
    assert offered(custodian) == {"certification": "1.00", "images": "99.00"}


def test_a_wizard_shows_what_is_offered_now(as_, clara, rosa, custodian):
    from requests_app.models import RecordRequest
    from tests import stage

    custodian.change_services({"images": (False, None), "affidavit": (True, Decimal("5.00"))}, by=clara)
    custodian.change(by=clara, offers_rush=True, rush_fee=Decimal("12.00"))
    one = RecordRequest.draft(stage.batch(rosa), custodian, by=rosa)
    page = as_(rosa).get(reverse("wizard_details", args=[one.batch_id])).content.decode()
    assert "Affidavit" in page
    assert "$12.00" in page
    assert "$15.00" not in page


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_practice_s_place_is_404_and_so_is_none(as_, custodian, name, method):
    other = cast.member("pat", cast.organization("Peachtree Radiology", "provider"))
    if name == "place" and method == "post":
        return
    assert getattr(as_(other), method)(at(name, custodian), FACTS | DELIVERY).status_code == 404
    assert getattr(as_(other), method)(reverse(name, args=[2**63 - 1])).status_code == 404
    custodian.refresh_from_db()
    assert custodian.street == ""


@pytest.mark.parametrize("name", PAGES)
def test_who_doesn_t_manage_the_practice_gets_403(as_, carl, custodian, name):
    Role.objects.filter(pk=carl.role_id).update(permissions=["manage_users", "view_requests"])
    assert as_(carl).get(at(name, custodian)).status_code == 403
    if name != "place":
        assert as_(carl).post(at(name, custodian), FACTS | DELIVERY).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_anonymous_people_sign_in_first_and_a_firm_has_no_places(as_, client, rosa, custodian, name):
    assert "login" in client.get(at(name, custodian)).url
    assert as_(rosa).get(at(name, custodian)).status_code == 404


def test_a_member_reads_the_places_and_finds_no_button(as_, carl, custodian):
    page = as_(carl).get(reverse("my_organization")).content.decode()
    assert "Macon, GA 31201" in page
    assert at("place", custodian) not in page


def test_who_was_removed_changes_nothing(clara, carl, custodian):
    from audit.models import NotPermitted

    clara.remove(by=cast.member("clark", clara.organization))
    with pytest.raises(NotPermitted):
        custodian.change(by=clara, specialty="None")


def test_pages_ask_as_much_for_many_places_as_for_one(as_, clara, practice, custodian):
    for number in range(5):
        cast.custodian(practice, name=f"Site {number}")
    browser = as_(clara)
    pages = [reverse("my_organization"), at("place", custodian), at("place_services", custodian)]
    for address in pages:
        with zeal_context():
            assert browser.get(address).status_code == 200
