"""The door of every move: lock, permission, machine, verb, save, activity, together or not at all."""

import pytest
from django.db import transaction

from audit.models import Activity, MoveRefused, NotPermitted
from requests_app.models import RecordRequest, State


def test_a_move_is_saved_with_one_entry_that_names_both_states(draft, rosa):
    draft.submit(by=rosa)
    entry = Activity.objects.of(draft).last()
    assert (entry.event, entry.from_state, entry.to_state) == ("submit", State.DRAFT, State.PENDING)
    assert RecordRequest.objects.get(pk=draft.pk).state == State.PENDING


def test_the_entry_says_who(draft, rosa):
    draft.submit(by=rosa)
    entry = Activity.objects.of(draft).last()
    assert (entry.actor_name, entry.organization_name) == ("Rosa Example", "Smith Law")


def test_a_move_from_the_wrong_state_says_the_present_one(pending, rosa):
    with pytest.raises(MoveRefused, match="Pending"):
        pending.submit(by=rosa)


def test_a_refused_move_leaves_no_trace(pending, clara):
    before = Activity.objects.count()
    with pytest.raises(MoveRefused):
        pending.mark_incomplete(by=clara, reason="other", comment=" ")
    pending.refresh_from_db()
    assert (pending.state, pending.rejections, Activity.objects.count()) == (State.PENDING, 0, before)


def test_without_the_permission_nothing_moves(pending, rosa):
    with pytest.raises(NotPermitted):
        pending.mark_incomplete(by=rosa, reason="expired")
    pending.refresh_from_db()
    assert pending.state == State.PENDING


def test_the_verb_runs_on_the_fresh_row(draft, rosa):
    stale = RecordRequest.objects.get(pk=draft.pk)
    draft.submit(by=rosa)
    with pytest.raises(MoveRefused):
        stale.submit(by=rosa)


def test_the_callers_object_is_brought_up_to_date(draft, rosa):
    draft.submit(by=rosa)
    assert draft.state == State.PENDING
    assert draft.submitted_at == RecordRequest.objects.get(pk=draft.pk).submitted_at


@pytest.mark.parametrize(
    "write",
    [
        lambda row: setattr(row, "state", State.COMPLETED),
        lambda row: RecordRequest.objects.filter(pk=row.pk).update(state=State.COMPLETED),
        lambda row: RecordRequest.objects.bulk_update([row], ["state"]),
        lambda row: RecordRequest(state=State.COMPLETED),
    ],
    ids=["assign", "update", "bulk_update", "create"],
)
def test_nothing_goes_round_the_machine(draft, write):
    with pytest.raises((AttributeError, TypeError)):
        write(draft)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_refreshing_does_not_switch_the_protection_off(draft):
    draft.refresh_from_db()
    with pytest.raises(AttributeError):
        draft.state = State.COMPLETED


def test_full_clean_works_on_a_protected_state(draft):
    draft.full_clean()


def test_a_move_rolled_back_from_outside_takes_its_entry_along(draft, rosa):
    before = Activity.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        draft.submit(by=rosa)
        raise ZeroDivisionError
    assert Activity.objects.count() == before
