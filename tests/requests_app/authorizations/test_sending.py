import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from audit.models import Activity, MoveRefused
from correspondence.models import Notice
from outbox.queue import run_due
from requests_app.authorizations import sending
from requests_app.models import SigningInvitation
from sandbox.models import Item
from tests import cast, stage
from tests.requests_app.authorizations import steps

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
PHONE = "+14785550123"


@pytest.fixture
def batch(rosa):
    return stage.batch(rosa)


def asked(batch, practice, by, email=steps.EMAIL, phone="", name="Lakeside"):
    record_request = steps.specified(batch, cast.custodian(practice, name=name), by=by)
    steps.for_patient(record_request, email, phone)
    return record_request


def test_one_link_for_each_pair_of_addresses(batch, practice, rosa):
    first = asked(batch, practice, rosa, name="A")
    second = asked(batch, practice, rosa, name="B", email=steps.EMAIL.upper())
    third = asked(batch, practice, rosa, name="C", email="mother@example.test")
    made = sending.send_invitations(batch, by=rosa)
    assert len(made) == 2
    assert first.authorization.invitation == second.authorization.invitation != third.authorization.invitation


def test_nobody_is_invited_twice(batch, practice, rosa):
    asked(batch, practice, rosa)
    assert len(sending.send_invitations(batch, by=rosa)) == 1
    assert sending.send_invitations(batch, by=rosa) == []


def test_a_given_paper_needs_no_link(draft, rosa):
    assert sending.send_invitations(draft.batch, by=rosa) == []


def test_email_and_text_go_to_whoever_gave_both(batch, practice, rosa):
    asked(batch, practice, rosa, phone=PHONE)
    sending.send_invitations(batch, by=rosa)
    run_due()
    (letter,) = mail.outbox
    text = Item.objects.get(kind="text", to=PHONE).body
    assert letter.subject == "Smith Law asks for your signature"
    assert "You need not sign" in letter.body
    assert "30 days" in letter.body
    assert text.startswith("Smith Law asks for your signature.")
    assert len(text) <= 160


def test_the_link_is_sealed_until_it_is_sent_and_then_gone(batch, practice, rosa):
    asked(batch, practice, rosa)
    sending.send_invitations(batch, by=rosa)
    notice = Notice.objects.get(event="sign_invitation")
    token = notice.link_path.split("/")[2]
    assert notice.path == ""
    assert token.encode() not in bytes(notice.path_sealed)
    assert SigningInvitation.objects.by_token(token)
    run_due()
    notice.refresh_from_db()
    assert bytes(notice.path_sealed) == b""


def test_each_request_tells_that_it_was_sent(batch, practice, rosa):
    record_request = asked(batch, practice, rosa)
    sending.send_invitations(batch, by=rosa)
    assert Activity.objects.of(record_request).get(event="invitation_sent").actor_name == "Rosa Example"


def test_resent_the_old_link_is_dead(client, waiting, link, emailed, rosa):
    old = emailed()
    later(link)
    sending.send_again(link, by=rosa, email="new@example.test", phone="")
    assert client.get(old).status_code == 404
    run_due()
    assert mail.outbox[-1].to == ["new@example.test"]
    assert waiting.authorization.patient_email == "new@example.test"


def test_a_double_click_sends_one(link, rosa):
    with pytest.raises(MoveRefused, match="less than a minute"):
        sending.send_again(link, by=rosa, email=steps.EMAIL, phone="")


def test_signed_it_is_neither_resent_nor_withdrawn(signed, link, rosa):
    with pytest.raises(MoveRefused, match="signed meanwhile"):
        sending.send_again(link, by=rosa, email=steps.EMAIL, phone="")
    with pytest.raises(MoveRefused, match="signed meanwhile"):
        sending.withdraw(link, by=rosa)


def test_withdrawn_it_can_be_sent_again(link, rosa):
    sending.withdraw(link, by=rosa)
    sending.send_again(link, by=rosa, email=steps.EMAIL, phone="")
    link.refresh_from_db()
    assert link.is_open


def test_what_came_back_is_shown(link):
    run_due()
    Notice.objects.filter(reference=link.reference).update(state=Notice.State.BOUNCED)
    assert link.failed == ["Email"]


def later(link):
    SigningInvitation.objects.filter(pk=link.pk).update(sent_at=timezone.now() - timedelta(hours=1))


def test_a_household_s_name_is_a_patient_s_and_stays_in_the_house(custodian, clara, client):
    aisha = cast.member("aisha", cast.organization("Aisha Rahman", "household"))
    steps.wait_for_patient(aisha, custodian)
    run_due()
    (letter,) = [one for one in mail.outbox if one.to == [steps.EMAIL]]
    page = client.get(re.search(r"http://testserver(/\S+)", letter.body).group(1), follow=True)
    assert letter.subject == "ChartRequest asks for your signature"
    assert "Rahman" not in letter.body + page.content.decode()
