"""A forgotten password: nobody learns from the answer, or from how long it takes, who has an account."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from outbox.models import Job
from outbox.queue import run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def forget(client):
    cache.clear()
    return lambda email: client.post(reverse("account_reset_password"), {"email": email})


def test_an_address_that_nobody_has_costs_the_same_work(forget, rosa, mailoutbox):
    with CaptureQueriesContext(connection) as known:
        forget(rosa.person.email)
    with CaptureQueriesContext(connection) as unknown:
        forget("nobody@example.test")
    assert len(known) == len(unknown)
    assert not mailoutbox
    run_due()
    assert [letter.to for letter in mailoutbox] == [[rosa.person.email]]


def test_no_row_holds_the_link(forget, rosa):
    forget(rosa.person.email)
    assert Job.objects.get(kind="accounts.new_password").ids == {"person_id": rosa.person.pk}


def test_mail_that_is_down_is_nobody_s_error_and_is_tried_again(forget, rosa, settings, mailoutbox):
    settings.EMAIL_BACKEND = "no.such.Backend"
    assert forget(rosa.person.email).status_code == 302
    run_due()
    assert Job.objects.get(kind="accounts.new_password").state == Job.State.WAITING


def test_an_account_that_was_closed_meanwhile_gets_no_link(forget, rosa, mailoutbox):
    forget(rosa.person.email)
    rosa.person.is_active = False
    rosa.person.save()
    run_due()
    assert not mailoutbox


def test_who_chose_a_new_one_by_the_link_is_told_in_our_words(forget, rosa, client, mailoutbox):
    forget(rosa.person.email)
    run_due()
    form = client.get(re.search(r"http://[^/]+(/\S+)", mailoutbox[0].body)[1]).url
    new = "green kettle by the window"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    run_due()
    told = mailoutbox[-1]
    assert (told.to, told.subject) == ([rosa.person.email], "Your password was changed")
    assert "Forgot Password?" in told.body
