"""A patient's own request whose time is over: ops confirm the end, or let it go on (product 1.9)."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from audit.models import Activity
from chartrequest.days import began, business_day
from correspondence.models import Notice
from requests_app.clocks import after
from requests_app.models import State
from requests_app.sweeping import deciding
from tests import cast, stage
from tests.accounts.test_deciding import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(pat, custodian, clara, on, days_after):
    """Its 60 days are over, and the sweep has asked."""
    own = stage.draft(pat, custodian)
    own.submit(by=pat)
    type(own).objects.update(submitted_at=began(after(business_day(), -61)))
    own.refresh_from_db()
    type(own).objects.update(sweep_on=business_day())
    on(business_day())
    own.refresh_from_db()
    assert own.ops_asked_at
    return own


@pytest.fixture
def remy(db):
    """In ops, of the group that decides about requests."""
    person = cast.staff("remy")
    person.groups.add(Group.objects.get(name="Requests"))
    return person


@pytest.fixture
def ops(client, remy):
    sign_in(client, remy)
    return client


def at(move, record_request):
    return reverse(f"admin:requests_app_recordrequest_{move}", args=[record_request.pk])


def test_the_first_page_counts_it_and_leads_to_it(ops, asked):
    url = reverse("admin:requests_app_recordrequest_changelist") + "?queue=decide"
    assert (
        f'<a href="{url}">Patients&#x27; requests whose time is over</a></th><td>1'
        in ops.get(reverse("admin:index")).content.decode()
    )
    assert str(asked) in ops.get(url).content.decode()


@pytest.mark.parametrize("move", ["change", "end", "keep_going"])
def test_nothing_on_these_pages_says_who_the_patient_is(ops, asked, move):
    html = ops.get(at(move, asked)).content.decode()
    assert str(asked) in html
    assert not [word for word in ("Wright", "Thomas", "1978", "Pat Example") if word in html]


def test_a_look_changes_nothing(ops, asked):
    ops.get(at("end", asked))
    asked.refresh_from_db()
    assert (asked.state, bool(asked.ops_asked_at)) == (State.PENDING, True)


def test_ops_confirm_and_it_is_canceled_for_nothing(ops, asked, remy):
    ops.post(at("end", asked))
    asked.refresh_from_db()
    assert (asked.state, asked.swept, asked.invoices.count()) == (State.CANCELED, "waited", 0)
    assert Activity.objects.of(asked).get(event="end_confirmed").person_id == remy.pk
    assert Notice.objects.filter(event="request_swept", address="pat@example.test").count() == 1


def test_ops_let_it_go_on_and_are_asked_again_after_30_days(ops, asked, on):
    ops.post(at("keep_going", asked))
    on(after(business_day(), 30))
    asked.refresh_from_db()
    assert (asked.state, asked.ops_asked_at) == (State.PENDING, None)
    on(after(business_day(), 31))
    asked.refresh_from_db()
    assert asked.ops_asked_at


def test_what_was_decided_is_not_decided_again(ops, asked):
    ops.post(at("keep_going", asked))
    answer = ops.post(at("end", asked), follow=True)
    assert "This was decided already" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.state == State.PENDING


def test_what_happened_meanwhile_takes_the_question_back(ops, asked, clara):
    asked.mark_incomplete(by=clara, reason="illegible")
    ops.post(at("end", asked))
    asked.refresh_from_db()
    assert asked.state == State.INCOMPLETE


def test_who_in_ops_has_no_right_to_it_may_not(client, asked):
    person = cast.staff("onno")
    person.groups.add(Group.objects.get(name="Read only"))
    sign_in(client, person)
    assert client.post(at("end", asked)).status_code == 403
    assert deciding.MOVES.keys() == {"end", "keep_going"}
