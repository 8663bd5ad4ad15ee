import pytest
from django.template.loader import render_to_string


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("how", "status", "sentence"),
    [
        ("forbidden", 403, "You may not do this"),
        ("large", 413, "That is too much at once"),
        ("database", 503, "reach its database right now"),
        ("files", 503, "reach its files right now"),
        ("counter", 503, "count tries right now"),
        ("mistake", 500, "Something went wrong"),
    ],
)
def test_each_failure_says_what_happened(kitchen, client, how, status, sentence):
    client.raise_request_exception = False
    answer = client.get(f"/kitchen/fail/{how}/")
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


@pytest.mark.django_db
def test_what_is_not_there(client):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_an_address_that_can_not_be_read(client):
    answer = client.get("/?q=%00")
    assert answer.status_code == 400
    assert "This request can't be read" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_from_elsewhere(kitchen):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/kitchen/confirm/")
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "413", "500", "503"])
def test_a_failure_page_needs_nothing_from_the_request(page):
    html = render_to_string(f"{page}.html")
    assert html.count("<h1>") == 1
    assert "<title></title>" not in html
