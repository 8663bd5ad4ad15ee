import pytest
from django.urls import reverse

from chartrequest.context import PATIENT, PROVIDER, REQUESTOR
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(kitchen, as_):
    """The labels of the sidebar somebody sees, and the page itself."""

    def labels(member, address="/kitchen/"):
        answer = as_(member).get(address)
        return [str(entry.label) for entry in answer.context["nav"]], answer.content.decode()

    return labels


def test_a_law_firm_sees_its_entries(shown, rosa):
    labels, html = shown(rosa)
    assert labels == ["Dashboard", "Outbound", "Record Request", "Check Request Status"]
    assert "Smith Law" in html


def test_a_practice_sees_its_entries(shown, clara):
    labels, html = shown(clara)
    assert labels == ["Dashboard", "Inbound", "Check Request Status"]
    for sub_entry in ("Incomplete", "Messages", "Rush Requests"):
        assert f'<span class="label">{sub_entry}</span>' in html


def test_a_patient_sees_their_entries(shown):
    labels, _ = shown(cast.member("pat", cast.organization("Pat Example", "household")))
    assert labels == ["Dashboard", "Outbound", "Record Request", "Dependents", "Check Request Status"]


def test_no_entry_leads_nowhere():
    for entry in [*PATIENT, *REQUESTOR, *PROVIDER]:
        assert entry.url.startswith("/")
        assert all(child.url.startswith(entry.url) for child in entry.children)


def test_the_entry_one_is_on_is_marked(shown, rosa):
    _, html = shown(rosa, reverse("outbound"))
    assert f'href="{reverse("outbound")}" aria-current="page"' in html
    assert html.count('aria-current="page"') == 1


def test_a_stranger_gets_no_sidebar(kitchen, client):
    html = client.get("/kitchen/").content.decode()
    assert "side__link" not in html
    assert reverse("account_login") in html


def test_closing_the_sidebar_is_remembered(kitchen, as_, rosa):
    browser = as_(rosa)
    answer = browser.post(reverse("sidebar"), {"next": "/kitchen/?said"})
    assert answer.url == "/kitchen/?said"
    assert "shell--closed" in browser.get("/kitchen/").content.decode()
    browser.post(reverse("sidebar"))
    assert "shell--closed" not in browser.get("/kitchen/").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"]
)
def test_closing_the_sidebar_leads_nowhere_else(client, elsewhere):
    assert client.post(reverse("sidebar"), {"next": elsewhere}).url == reverse("home")


def test_a_link_does_not_close_the_sidebar(client):
    assert client.get(reverse("sidebar")).status_code == 405


def test_a_refusal_is_told_as_a_status(kitchen, as_, rosa):
    html = as_(rosa).get("/kitchen/?said").content.decode()
    assert 'class="messages" role="status"' in html
    assert "Somebody was faster." in html


def test_a_form_with_errors_is_answered_422(kitchen, as_, rosa):
    answer = as_(rosa).post("/kitchen/", {"name": "Ann"})
    assert answer.status_code == 422
    assert 'value="Ann"' in answer.content.decode()
