import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from correspondence import events
from correspondence.models import Choice
from tests import cast
from tests.looking import complaints, overflows

pytestmark = pytest.mark.django_db
PAGE = "/notifications/"
ASKS = [group.key for group in events.GROUPS if group.asks]
RELEASES = [group.key for group in events.GROUPS if group.releases]


@pytest.fixture
def with_phone(rosa):
    rosa.person.phone, rosa.person.phone_verified_at = "+14785550123", timezone.now()
    rosa.person.save()
    return rosa


def fields(browser):
    return list(browser.get(PAGE).context["form"].fields)


def test_each_side_chooses_what_it_is_told(as_, rosa, clara, dora):
    assert fields(as_(rosa)) == ASKS
    assert set(fields(as_(clara))) == {*ASKS, *RELEASES}  # a practice may ask others for records, too
    assert fields(as_(dora)) == RELEASES


def test_a_patient_chooses_as_who_asks(as_, db):
    assert fields(as_(cast.member("pat", cast.organization("Pat Example", "household")))) == ASKS


def test_a_patient_reads_nothing_of_an_organization(as_, rosa):
    pat = cast.member("pat", cast.organization("Pat Example", "household"))
    assert "your organization" not in as_(pat).get(PAGE).content.decode()
    assert "Decisions about your organization" in as_(rosa).get(PAGE).content.decode()


def test_all_are_saved_at_once(as_, with_phone):
    answer = as_(with_phone).post(PAGE, {**dict.fromkeys(ASKS, "none"), "message": "text", "priced": "email"})
    assert answer.url == reverse("my_account")
    assert Choice.objects.of(with_phone.person) | {"message": "text", "priced": "email"} == Choice.objects.of(
        with_phone.person
    )
    assert Choice.objects.filter(channel="none").count() == len(ASKS) - 2


def test_what_was_chosen_is_shown(as_, rosa):
    Choice.objects.choose(rosa.person, {"priced": "none"})
    html = as_(rosa).get(PAGE).content.decode()
    assert html.count("checked") == len(ASKS)
    assert 'name="priced" value="none"' in html
    assert as_(rosa).get(PAGE).context["form"]["priced"].value() == "none"


def test_another_s_choice_is_not_touched(as_, rosa, ruth):
    Choice.objects.choose(ruth.person, {"priced": "none"})
    as_(rosa).post(PAGE, dict.fromkeys(ASKS, "email"))
    assert Choice.objects.of(ruth.person)["priced"] == "none"


def test_text_needs_a_verified_phone(as_, rosa):
    answer = as_(rosa).post(PAGE, {**dict.fromkeys(ASKS, "none"), "priced": "text"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"priced": ["Verify your phone first, then choose text."]}
    assert answer.context["form"]["paid"].value() == "none"
    assert not Choice.objects.exists()
    html = as_(rosa).get(PAGE).content.decode()
    assert html.count("disabled") == len(ASKS)
    assert reverse("account_change_phone") in html


def test_with_a_verified_phone_nothing_is_in_the_way(as_, with_phone):
    html = as_(with_phone).get(PAGE).content.decode()
    assert "disabled" not in html
    assert "verify your phone" not in html


@pytest.mark.parametrize("bad", ["", "fax", "EMAIL", "none\x00", "x" * 100_000, "<b>", "٣", "\u202e"])
def test_a_channel_that_is_none_is_refused_and_nothing_saved(as_, rosa, bad):
    answer = as_(rosa).post(PAGE, {**dict.fromkeys(ASKS, "none"), "priced": bad})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["priced"]
    assert not Choice.objects.exists()


def test_an_empty_form_is_refused(as_, rosa):
    answer = as_(rosa).post(PAGE, {})
    assert answer.status_code == 422
    assert len(answer.context["form"].errors) == len(ASKS)


def test_what_belongs_to_the_other_side_is_not_saved(as_, rosa):
    as_(rosa).post(PAGE, {**dict.fromkeys(ASKS, "email"), "received": "none", "no_such": "none"})
    assert set(Choice.objects.values_list("group", flat=True)) == set(ASKS)


def test_who_may(client, olga):
    assert client.get(PAGE).url.startswith("/account/login/")
    client.force_login(olga)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {}).status_code == 403


def test_my_account_counts_the_ways(as_, rosa):
    Choice.objects.choose(rosa.person, {"priced": "none"})
    html = as_(rosa).get(reverse("my_account")).content.decode()
    assert "Status notifications" in html
    assert f'Email: <b class="num">{len(ASKS) - 1}</b>' in html
    assert PAGE in html


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("script", [True, False])
def test_one_chooses_by_keyboard_with_and_without_script(chromium, live_server, with_phone, script):
    client = Client()
    client.force_login(with_phone.person)
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 800}, java_script_enabled=script
    )
    key = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("my_account"))
    page.get_by_role("link", name="Choose how you are told").click()
    group = page.get_by_role("group", name="A request is reviewed and priced")
    group.get_by_label("Email").focus()
    page.keyboard.press("ArrowRight")
    expect(group.get_by_label("Text")).to_be_checked()
    if script:
        assert complaints(page) == []
        assert overflows(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert Choice.objects.of(with_phone.person)["priced"] == "text"
    context.close()
