"""The first page of ops says what is off and what waits for a person."""

import html
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.ops_groups import GROUPS
from outbox import handlers
from outbox.models import Job, SweepFailure
from outbox.queue import enqueue
from requests_app.models import RecordRequest
from requests_app.sweeping import requests
from tests import cast

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<th scope="row"><a href="(/ops/[^"]+)"')


@pytest.fixture
def page(client, olga):
    client.force_login(olga)
    return lambda: client.get(reverse("admin:index")).content.decode()


def test_an_installation_without_a_scanner_says_so(page, settings):
    settings.CLAMD = ""
    assert "uploads are not scanned" in page()


def test_with_a_scanner_it_names_it(page, settings):
    settings.CLAMD = "127.0.0.1:3310"
    assert "by clamd" in page()


def test_a_dead_letter_is_counted_and_leads_to_its_list(page, client, monkeypatch):
    monkeypatch.setitem(handlers.HANDLERS, "test.note", lambda job: None)
    job = enqueue("test.note")
    Job.objects.filter(pk=job.pk).update(state=Job.State.DEAD)
    url = reverse("admin:outbox_job_changelist") + "?state__exact=dead"
    assert url in page()
    assert "test.note" in client.get(url).content.decode()


def test_a_sweep_that_never_ran_is_said(page):
    assert "never ran: is beat on?" in page()


def test_the_last_run_of_a_sweep_is_told(page, pending):
    RecordRequest.objects.update(sweep_on=None, submitted_at=pending.submitted_at - timedelta(days=61))
    requests.sweep()
    assert "1 settled" in page()


def test_a_row_that_a_sweep_could_not_settle_is_counted(page, client):
    SweepFailure.objects.note("requests", 7, ValueError())
    url = reverse("admin:outbox_sweepfailure_changelist")
    assert f'<a href="{url}">Rows that a sweep could not settle</a></th><td>1' in page()
    assert "ValueError" in client.get(url).content.decode()


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_nothing_that_waits_leads_to_a_refusal(client, group):
    """Whoever has a part of the work sees that part."""
    person = cast.staff("mona")
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    links = LINK.findall(client.get(reverse("admin:index")).content.decode().split("This installation")[0])
    assert links
    answers = {link: client.get(html.unescape(link)).status_code for link in links}
    assert set(answers.values()) == {200}, answers


def test_whoever_does_the_money_reads_of_it_alone(client):
    person = cast.staff("mona")
    person.groups.add(Group.objects.get(name="Money"))
    client.force_login(person)
    page = client.get(reverse("admin:index")).content.decode()
    assert "Refunds to decide or to pay" in page
    assert "Suggested providers" not in page
