"""The demo lives by the product's own verbs, is loaded once, and leaves nothing out of order."""

import io

import pytest
from django.core.management import call_command

from requests_app.models import RecordRequest, State
from sandbox.demo import requests

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


def load():
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()


def test_it_shows_every_state_once_loads_once_and_breaks_no_invariant(monkeypatch):
    said = load()
    shown = set(RecordRequest.objects.values_list("state", flat=True))
    assert shown == {State(one) for one in State} - {State.ORDERED, State.ABANDONED}
    assert "katie@smithlaw.example" in said
    count = RecordRequest.objects.count()
    assert load() == said
    assert RecordRequest.objects.count() == count
    call_command("check_invariants", stdout=io.StringIO())


def test_an_interrupted_start_is_finished_by_the_next(monkeypatch):
    stories = dict(list(requests.STORIES.items())[:3])
    monkeypatch.setattr(requests, "STORIES", dict(list(stories.items())[:1]))
    load()
    monkeypatch.setattr(requests, "STORIES", stories)
    load()
    assert RecordRequest.objects.count() == 3
