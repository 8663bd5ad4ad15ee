"""A practice works only after ops approve it; a suspension is obeyed at once (product 2.5)."""

import pytest

from accounts.models import Member, Organization, Permission, Role, Standing
from audit.invariants import violations
from audit.models import Activity, MoveRefused, NotPermitted
from correspondence.models import Notice
from outbox.queue import run_due
from tests import cast

pytestmark = pytest.mark.django_db
REASON = "The NPI belongs to somebody else."


@pytest.fixture
def clinic():
    return Organization.found(name="Hillside Clinic", kind="provider")


@pytest.fixture
def hana(clinic):
    return Member.join(cast.person("hana"), clinic, clinic.roles.get(name=Role.ADMINISTRATOR))


def test_a_practice_waits_and_everybody_else_works_at_once(clinic):
    assert clinic.standing == Standing.WAITING
    for kind in ("household", "law_firm", "insurer", "government", "other"):
        assert Organization.found(name="New", kind=kind).works


def test_nobody_may_anything_before_the_approval(clinic, hana, olga):
    assert not any(hana.may(permission) for permission in Permission)
    clinic.approve(by=olga)
    assert hana.fresh().may(Permission.VIEW_REQUESTS)


def test_a_suspension_takes_every_permission_and_a_restoration_gives_it_back(firm, rosa, olga):
    firm.suspend(by=olga, reason=REASON)
    assert not rosa.fresh().may(Permission.VIEW_REQUESTS)
    firm.restore(by=olga)
    assert rosa.fresh().may(Permission.VIEW_REQUESTS)


@pytest.mark.parametrize(
    ("move", "said"), [("reject", {"reason": REASON}), ("approve", {}), ("suspend", {"reason": REASON})]
)
def test_its_managers_are_told_with_the_reason(clinic, hana, olga, mailoutbox, move, said):
    if move == "suspend":
        clinic.approve(by=cast.SYSTEM)
    getattr(clinic, move)(by=olga, **said)
    run_due()
    [letter] = mailoutbox
    assert letter.to == [hana.person.email]
    assert said.get("reason", "") in letter.body
    assert "Hillside Clinic" in letter.subject


def test_no_row_keeps_the_reason_once_it_is_delivered(clinic, hana, olga, mailoutbox):
    clinic.reject(by=olga, reason=REASON)
    assert Notice.objects.get().words["reason"] == REASON
    run_due()
    assert bytes(Notice.objects.get().words_sealed) == b""


def test_a_rejected_practice_answers_and_waits_again(clinic, hana, olga):
    clinic.reject(by=olga, reason=REASON)
    clinic.apply_again(by=hana, reply="It is ours; see the letter.")
    assert (clinic.standing, clinic.standing_reply) == (Standing.WAITING, "It is ours; see the letter.")


@pytest.mark.parametrize("move", ["approve", "reject", "suspend", "restore"])
def test_only_ops_who_decide_decide(clinic, hana, rosa, move):
    said = {"reason": "x"} if move in ("reject", "suspend") else {}
    for somebody in (cast.staff("hugo"), cast.person("una"), hana, rosa):
        with pytest.raises(NotPermitted):
            getattr(clinic, move)(by=somebody, **said)


def test_nobody_else_answers_for_a_practice(clinic, rosa, olga):
    clinic.reject(by=olga, reason=REASON)
    with pytest.raises(NotPermitted):
        clinic.apply_again(by=rosa, reply="Please.")


def test_a_suspended_firm_is_not_approved_again_but_restored(firm, olga):
    firm.suspend(by=olga, reason=REASON)
    with pytest.raises(MoveRefused, match="Suspended"):
        firm.approve(by=olga)


def test_no_form_or_query_sets_it(clinic):
    with pytest.raises(TypeError):
        Organization.objects.filter(pk=clinic.pk).update(standing=Standing.APPROVED)
    with pytest.raises(TypeError):
        Organization(name="x", kind="provider", standing=Standing.APPROVED)


def test_its_activity_tells_who_and_why(clinic, olga):
    clinic.reject(by=olga, reason=REASON)
    founded, rejected = Activity.objects.of(clinic)
    assert (founded.event, founded.to_state) == ("founded", "waiting")
    assert (rejected.event, rejected.actor_name) == ("rejected", olga.full_name)
    assert rejected.details == {"reason": REASON}
    assert list(violations()) == []


def test_two_practices_of_one_name_have_two_landing_pages(clinic):
    assert clinic.slug == "hillside-clinic"
    assert Organization.found(name="Hillside Clinic", kind="provider").slug == "hillside-clinic-2"
