import pytest
from django.urls import reverse

from sandbox import tray
from sandbox.models import Item, Switch

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


def email(to="rosa@smith.example", **fields):
    return Item.objects.create(kind="email", to=to, **{"subject": "Ready", "body": "Hello"} | fields)


def page(client, **query):
    return client.get(reverse("sandbox:tray"), query)


def test_it_says_when_there_is_nothing(client):
    assert b"Nothing here" in page(client).content


def test_newest_first(client):
    email(subject="First")
    email(subject="Second")
    text = page(client).content.decode()
    assert text.index("Second") < text.index("First")


def test_links_can_be_clicked_and_markup_is_only_text(client):
    email(body="See http://testserver/sign/abc <script>alert(1)</script>", html="<b>rich</b>")
    text = page(client).content.decode()
    assert '<a href="http://testserver/sign/abc"' in text
    assert "<script>alert" not in text
    assert "&lt;b&gt;rich" in text


def test_one_recipient_s_only(client):
    email("rosa@smith.example", subject="For Rosa")
    email("clara@lake.example", subject="For Clara")
    text = page(client, to="ROSA").content.decode()
    assert "For Rosa" in text
    assert "For Clara" not in text


def test_one_kind_only(client):
    email(subject="A letter")
    tray.send_text("+15550100", "A text")
    text = page(client, kind="text").content.decode()
    assert "A text" in text
    assert "A letter" not in text


def test_a_filter_that_makes_no_sense_shows_all(client):
    email(subject="A letter")
    assert b"A letter" in page(client, kind="pigeon", page="x").content


def test_a_fax_opens_as_pdf(client):
    answer = client.get(reverse("sandbox:fax", args=[tray.send_fax("+15550100", b"%PDF-1.7", key="one")]))
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.7", "application/pdf")


def test_an_email_is_no_fax(client):
    assert client.get(reverse("sandbox:fax", args=[email().id])).status_code == 404


def test_emptied(client):
    email()
    client.post(reverse("sandbox:empty"))
    assert Item.objects.count() == 0


def test_a_look_does_not_empty_it(client):
    email()
    assert client.get(reverse("sandbox:empty")).status_code == 405
    assert Item.objects.count() == 1


def test_an_address_is_switched_off_and_on(client):
    client.post(reverse("sandbox:refuse"), {"to": "+15550100", "outcome": "failed"})
    switch = Switch.objects.get(to="+15550100", outcome="failed")
    assert b"+15550100" in page(client).content
    client.post(reverse("sandbox:accept", args=[switch.number]))
    assert Switch.objects.count() == 0


def test_a_switch_without_an_address_is_refused_and_said(client):
    answer = client.post(reverse("sandbox:refuse"), {"to": "", "outcome": "failed"})
    assert answer.status_code == 422
    assert Switch.objects.count() == 0
