"""The door of every move: lock, permission, machine, verb, save, activity, together or not at all."""

import pytest
from django.db import transaction

from audit.actors import SYSTEM
from audit.invariants import violations
from audit.models import Activity, MoveRefused, NotPermitted
from correspondence.models import Notice
from requests_app.models import RecordRequest, State
from tests import stage


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


@pytest.fixture
def several(rosa, custodian):
    """Three requests in Pending, as locked, fresh rows."""
    for _number in range(3):
        stage.draft(rosa, custodian, patient=stage.patient(rosa.organization)).submit(by=rosa)
    return list(RecordRequest.objects.order_by("pk"))


def events_of(row):
    return list(Activity.objects.of(row).values_list("event", flat=True))


def test_several_rows_are_moved_together_each_with_its_own_entry(several):
    before = [row.updated_at for row in several]
    RecordRequest.cancel.each([(row, {"fee": f"{row.pk}.00"}) for row in several], by=SYSTEM)
    for row, updated_at in zip(several, before, strict=True):
        saved, entry = RecordRequest.objects.get(pk=row.pk), Activity.objects.of(row).last()
        assert (saved.state, bool(saved.ended_at)) == (State.CANCELED, True)
        assert (entry.event, entry.from_state, entry.to_state) == ("cancel", State.PENDING, State.CANCELED)
        assert entry.details == {"fee": f"{row.pk}.00"}
        assert saved.updated_at > updated_at
    assert list(violations()) == []


def test_together_they_leave_what_one_by_one_they_leave(several, clara):
    one, *others = several
    one.cancel(by=SYSTEM, fee="1.00")
    RecordRequest.cancel.each([(row, {"fee": "1.00"}) for row in others], by=SYSTEM)
    own = {"id", "public_id", "batch_id", "patient_id", "thread_id"}
    moments = {"created_at", "updated_at", "submitted_at", "ended_at"}
    kept = [
        {key: value for key, value in values.items() if key not in own | moments}
        for values in RecordRequest.objects.values()
    ]
    assert kept[0] == kept[1] == kept[2]
    assert events_of(one) == events_of(others[0])
    told = Notice.objects.filter(event__in=["request_canceled", "request_withdrawn"])
    assert {told.filter(reference=str(row)).count() for row in several} == {2}


def test_where_one_of_several_is_refused_none_is_moved(several):
    several[2].abandon(by=SYSTEM)
    with pytest.raises(MoveRefused, match="Abandoned"), transaction.atomic():
        RecordRequest.cancel.each([(row, {"fee": "1.00"}) for row in several], by=SYSTEM)
    assert RecordRequest.objects.filter(state=State.PENDING).count() == 2
    assert not Activity.objects.filter(event="cancel").exists()


def test_together_they_ask_for_the_permission_of_each(several, sam):
    with pytest.raises(NotPermitted), transaction.atomic():
        RecordRequest.cancel.each([(row, {"fee": "1.00"}) for row in several], by=sam)
    assert not Activity.objects.filter(event="cancel").exists()


def test_of_none_nothing_is_written():
    RecordRequest.cancel.each([], by=SYSTEM)
