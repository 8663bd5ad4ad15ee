from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from sandbox import tray
from sandbox.models import Item

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


@pytest.fixture(autouse=True)
def _into_the_tray(settings):
    settings.EMAIL_BACKEND = "sandbox.tray.EmailBackend"


def mail(*to, subject="Records are ready"):
    return send_mail(subject, "Open http://testserver/requests/4820117394/ to see it.", "us@example.com", to)


def test_an_email_lands_once_for_each_recipient():
    assert mail("rosa@smith.example", "ruth@smith.example") == 1
    assert {item.to for item in Item.objects.all()} == {"rosa@smith.example", "ruth@smith.example"}


def test_copies_land_too():
    message = EmailMultiAlternatives("Hello", "plain", "us@example.com", ["a@x.example"], bcc=["b@x.example"])
    message.attach_alternative("<p>rich</p>", "text/html")
    message.attach("letter.pdf", b"%PDF", "application/pdf")
    message.send()
    item = Item.objects.get(to="b@x.example")
    assert (item.body, item.html, item.attachments) == ("plain", "<p>rich</p>", [{"name": "letter.pdf"}])


def test_a_text_and_a_fax_give_the_provider_s_id():
    assert Item.objects.get(id=tray.send_text("+15550100", "Hello")).body == "Hello"
    fax_id = tray.send_fax("+15550101", b"%PDF-1.7", key="one")
    assert bytes(Item.objects.get(id=fax_id).pdf) == b"%PDF-1.7"
    assert tray.fax_state(fax_id) == "delivered"


def test_a_mailbox_that_does_not_exist_is_refused_at_the_door():
    tray.refuse("gone@smith.example")
    with pytest.raises(SMTPRecipientsRefused):
        mail("gone@smith.example")
    assert Item.objects.count() == 0


def test_a_number_that_does_not_exist_is_refused_for_good():
    tray.refuse("+15550100")
    with pytest.raises(tray.Undeliverable):
        tray.send_text("+15550100", "Hello")


@pytest.mark.parametrize("to", ["+15550100", "*"])
def test_a_provider_that_is_down_may_be_tried_again(to):
    tray.refuse(to, "refused")
    with pytest.raises(tray.ProviderDown):
        tray.send_text("+15550100", "Hello")
    tray.accept(to)
    assert tray.send_text("+15550100", "Hello")


def test_a_mail_server_that_is_down_raises_a_connection_error():
    tray.refuse("*", "refused")
    with pytest.raises(ConnectionError):
        mail("rosa@smith.example")


def test_a_bounced_email_was_taken_but_says_so():
    tray.refuse("full@smith.example", "bounced")
    assert mail("full@smith.example") == 1
    assert Item.objects.get().state == "bounced"


def test_a_fax_that_fails_is_known_afterwards():
    tray.refuse("+15550101")
    assert tray.fax_state(tray.send_fax("+15550101", b"%PDF", key="two")) == "failed"


def test_one_address_s_own_switch_counts_before_everybody_s():
    tray.refuse("*", "refused")
    tray.refuse("full@smith.example", "bounced")
    assert mail("full@smith.example") == 1
