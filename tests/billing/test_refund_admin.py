"""Ops decide about refunds in the admin: who may, what each page does, what it refuses."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from audit.actors import SYSTEM
from audit.models import Activity
from billing.models import Dispute, Refund
from documents.intake import take_in
from documents.models import Use
from outbox.queue import run_due
from sandbox import bank
from tests import cast, stage
from tests.access.bad import TEXTS
from tests.access.test_bad_input import encoded
from tests.billing import paid, purse

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
State = Refund.State


@pytest.fixture
def asked(invoice, card, rosa):
    return paid.ask(paid.by_card(invoice, card, rosa), rosa, "10.00", comments="Twice as much.")


@pytest.fixture
def asked_by_check(invoice, olga, rosa):
    return paid.ask(paid.by_check(invoice, olga), rosa, "10.00")


@pytest.fixture
def ops(client):
    """`ops("Money")` is the browser of somebody of that group, who has just typed the password."""

    def of(group):
        person = cast.staff(f"of-{group.lower().replace(' ', '-')}")
        person.groups.add(Group.objects.get(name=group))
        return purse.sign_in(client, SimpleNamespace(person=person))

    return of


def at(refund, move):
    return reverse(f"admin:billing_refund_{move}", args=[refund.pk])


def test_the_first_page_counts_them_and_leads_to_the_queue(ops, asked):
    browser = ops("Money")
    page = browser.get(reverse("admin:index")).content.decode()
    address = reverse("admin:billing_refund_changelist") + "?queue=open"
    assert address in page
    assert str(asked.invoice.record_request) in browser.get(address).content.decode()


def test_what_is_decided_leaves_the_queue(ops, asked, olga):
    asked.deny(by=olga, ground=Refund.Ground.AS_ORDERED)
    page = ops("Money").get(reverse("admin:billing_refund_changelist") + "?queue=open").content.decode()
    assert str(asked.invoice.record_request) not in page


def test_its_page_says_what_was_paid_and_why_it_should_go_back(ops, asked):
    page = ops("Money").get(at(asked, "change")).content.decode()
    for word in ("Twice as much.", "1 Main Street", "left $", at(asked, "approve"), at(asked, "deny")):
        assert word in page


def test_approved_in_part(ops, asked):
    answer = ops("Money").post(at(asked, "approve"), {"amount": "4.00", "decision": "Half were doubles."})
    asked.refresh_from_db()
    assert (answer.status_code, asked.state, str(asked.amount_approved)) == (302, State.APPROVED, "4.00")
    assert asked.decision == "Half were doubles."


def test_denied_with_its_ground(ops, asked):
    ops("Money").post(at(asked, "deny"), {"ground": "as_ordered", "decision": ""})
    asked.refresh_from_db()
    assert (asked.state, asked.ground) == (State.DENIED, "as_ordered")


def test_another_ground_needs_words_next_to_their_field(ops, asked):
    answer = ops("Money").post(at(asked, "deny"), {"ground": "other", "decision": " "})
    assert (answer.status_code, bool(answer.context["form"].errors["decision"])) == (422, True)


def test_the_check_that_was_sent(ops, asked_by_check, olga):
    asked_by_check.approve(by=olga)
    ops("Money").post(at(asked_by_check, "send_check"), {"number": "7001", "sent_on": "11/02/2025"})
    asked_by_check.refresh_from_db()
    assert (asked_by_check.state, asked_by_check.check_number) == (State.PAID, "7001")


def test_no_check_is_offered_for_a_card(ops, asked, olga):
    asked.approve(by=olga)
    browser = ops("Money")
    assert at(asked, "send_check") not in browser.get(at(asked, "change")).content.decode()
    browser.post(at(asked, "send_check"), {"number": "7001", "sent_on": "11/02/2025"})
    asked.refresh_from_db()
    assert asked.state == State.APPROVED


def test_again_by_check(ops, asked, olga):
    asked.approve(by=olga)
    asked.fail(by=SYSTEM, problem="The card is closed.")
    ops("Money").post(at(asked, "again"), {"by_check": "yes"})
    asked.refresh_from_db()
    assert (asked.state, asked.method) == (State.APPROVED, "check")


@pytest.mark.parametrize("amount", ["-0.01", "0", "0.001", "1e309", "NaN", "1,000.00", "٣", "", "10.01"])
def test_a_bad_amount_decides_nothing(ops, asked, amount):
    answer = ops("Money").post(at(asked, "approve"), {"amount": amount, "decision": "As agreed."})
    asked.refresh_from_db()
    assert (answer.status_code, asked.state) == (422, State.ASKED)
    assert "As agreed." in answer.content.decode()


@pytest.mark.parametrize("text", ["NUL", "a turned reading order", "a million characters"])
@pytest.mark.parametrize(("move", "field"), [("approve", "decision"), ("deny", "decision")])
def test_bad_text_decides_nothing(ops, asked, move, field, text):
    said = {"amount": "1.00", "ground": "as_ordered", field: TEXTS[text]}
    form = "application/x-www-form-urlencoded"
    answer = ops("Money").post(at(asked, move), encoded(said), content_type=form)
    asked.refresh_from_db()
    assert asked.state == State.ASKED
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("move", ["approve", "deny", "send_check", "again"])
def test_who_only_reads_decides_nothing(ops, asked, move):
    browser = ops("Read only")
    page = browser.get(at(asked, "change"))
    assert page.status_code == 200
    assert at(asked, move) not in page.content.decode()
    assert browser.post(at(asked, move), {"amount": "1.00", "ground": "as_ordered"}).status_code == 403
    asked.refresh_from_db()
    assert asked.state == State.ASKED


def test_others_of_ops_don_t_see_them(ops, asked):
    assert ops("Organizations").get(reverse("admin:billing_refund_changelist")).status_code == 403


def test_deciding_needs_a_fresh_sign_in(client, asked, olga):
    client.force_login(olga)
    assert "reauthenticate" in client.post(at(asked, "approve"), {"amount": "1.00"}).url


def test_files_are_read_by_those_who_decide_and_each_look_is_kept(ops, asked, rosa):
    file = take_in(stage.pdf_file("bill.pdf"), use=Use.REFUND_EVIDENCE, by=rosa)
    asked.documents.add(file)
    address = reverse("admin:billing_refund_file", args=[asked.pk, file.pk])
    browser = ops("Money")
    assert address in browser.get(at(asked, "change")).content.decode()
    assert b"".join(browser.get(address).streaming_content).startswith(b"%PDF")
    assert Activity.objects.of(asked).filter(event="refund_file_read").count() == 1


def test_who_only_reads_opens_no_file(ops, asked, rosa):
    file = take_in(stage.pdf_file("bill.pdf"), use=Use.REFUND_EVIDENCE, by=rosa)
    asked.documents.add(file)
    address = reverse("admin:billing_refund_file", args=[asked.pk, file.pk])
    assert ops("Read only").get(address).status_code == 403


def test_a_file_of_another_refund_is_none(ops, asked, rosa):
    file = take_in(stage.pdf_file("bill.pdf"), use=Use.REFUND_EVIDENCE, by=rosa)
    assert ops("Money").get(reverse("admin:billing_refund_file", args=[asked.pk, file.pk])).status_code == 404


@pytest.mark.parametrize("group", ["Money", "Read only"])
def test_disputes_are_listed(ops, asked, group):
    bank.open_dispute(asked.payment.charge_id)
    bank.deliver_events()
    run_due(kind="billing.handle_event")
    browser = ops(group)
    address = reverse("admin:billing_dispute_changelist") + "?queue=open"
    assert address in browser.get(reverse("admin:index")).content.decode()
    assert Dispute.objects.get().bank_id in browser.get(address).content.decode()


def test_money_may_add_an_edition_and_who_reads_may_look():
    money = Group.objects.get(name="Money").permissions.values_list("codename", flat=True)
    read = Group.objects.get(name="Read only").permissions.values_list("codename", flat=True)
    assert {"view_edition", "add_edition", "decide_refund"} <= set(money)
    assert "view_edition" in read
