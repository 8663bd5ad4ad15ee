"""Ops approve, reject, suspend and restore in the admin: by a page that asks, a POST and the verb (product 2.5)."""

from types import SimpleNamespace

import pytest
from allauth.account import app_settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from accounts.models import Member, Organization, Role, Standing
from audit.invariants import violations
from audit.models import Activity
from outbox.queue import run_due
from tests import cast

pytestmark = pytest.mark.django_db
REASON = "The NPI belongs to somebody else."


@pytest.fixture
def clinic(db):
    return Organization.found(
        name="Hillside Clinic", kind="provider", npi="1234567893", mail_domain="hillside.example"
    )


@pytest.fixture
def hana(clinic):
    return Member.join(cast.person("hana"), clinic, clinic.roles.get(name=Role.ADMINISTRATOR))


@pytest.fixture
def oma():
    """In ops, of the group that decides."""
    person = cast.staff("oma")
    person.groups.add(Group.objects.get(name="Organizations"))
    return person


@pytest.fixture
def ops(client, oma):
    sign_in(client, oma)
    return client


def sign_in(client, person, *, seconds_ago=0):
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": timezone.now().timestamp() - seconds_ago}
    ]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


def at(move, organization):
    return reverse(f"admin:accounts_organization_{move}", args=[organization.pk])


def change(organization):
    return reverse("admin:accounts_organization_change", args=[organization.pk])


def decide(client, move, organization, **said):
    return client.post(at(move, organization), said)


@pytest.mark.parametrize(
    ("moves", "standing"),
    [
        (["approve"], Standing.APPROVED),
        (["reject"], Standing.REJECTED),
        (["approve", "suspend"], Standing.SUSPENDED),
        (["approve", "suspend", "restore"], Standing.APPROVED),
    ],
)
def test_each_decision_is_made_and_told(ops, clinic, hana, mailoutbox, moves, standing):
    for move in moves:
        said = {"reason": REASON} if move in ("reject", "suspend") else {}
        assert ops.get(at(move, clinic)).status_code == 200
        assert decide(ops, move, clinic, **said).url == change(clinic)
        run_due()
        assert mailoutbox[-1].to == [hana.person.email]
        assert said.get("reason", "") in mailoutbox[-1].body
    clinic.refresh_from_db()
    assert clinic.standing == standing
    assert len(mailoutbox) == len(moves)
    assert Activity.objects.of(clinic).last().actor_name == "Oma Example"
    assert list(violations()) == []


@pytest.mark.parametrize("move", ["reject", "suspend"])
@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001, "a\x00b"])
def test_a_no_without_a_reason_is_refused(ops, clinic, move, reason):
    if move == "suspend":
        clinic.approve(by=cast.SYSTEM)
    before = Organization.objects.get().standing
    assert decide(ops, move, clinic, reason=reason).status_code == 422
    assert Organization.objects.get().standing == before


def test_what_its_standing_does_not_allow_is_refused(ops, clinic):
    for move in ("suspend", "restore"):
        assert decide(ops, move, clinic, reason=REASON).url == change(clinic)
    clinic.refresh_from_db()
    assert clinic.standing == Standing.WAITING
    assert Activity.objects.of(clinic).count() == 1


def test_the_second_click_is_told(ops, clinic):
    decide(ops, "approve", clinic)
    decide(ops, "approve", clinic)
    assert Activity.objects.of(clinic).filter(event="approved").count() == 1


@pytest.mark.parametrize("move", ["approve", "reject", "suspend", "restore"])
@pytest.mark.parametrize("group", ["Money", "People", "Read only", None])
def test_other_groups_decide_nothing(client, clinic, move, group):
    person = cast.staff("hugo")
    if group:
        person.groups.add(Group.objects.get(name=group))
    sign_in(client, person)
    assert client.get(at(move, clinic)).status_code == 403
    assert decide(client, move, clinic, reason=REASON).status_code == 403
    clinic.refresh_from_db()
    assert clinic.standing == Standing.WAITING


def test_nobody_else_sees_the_pages(client, clinic, rosa):
    sign_in(client, rosa.person)
    assert client.get(at("approve", clinic)).url.startswith("/ops/login/")


def test_an_old_sign_in_is_asked_for_the_password(client, clinic, oma):
    sign_in(client, oma, seconds_ago=app_settings.REAUTHENTICATION_TIMEOUT + 5)
    assert "reauthenticate" in decide(client, "approve", clinic).url
    clinic.refresh_from_db()
    assert clinic.standing == Standing.WAITING


def test_a_missing_organization_is_404(ops):
    assert ops.get(reverse("admin:accounts_organization_approve", args=[10**9])).status_code == 404


def test_the_queue_stands_on_the_first_page(client, olga, clinic):
    client.force_login(olga)
    address = reverse("admin:accounts_organization_changelist") + "?standing__exact=waiting"
    assert address in client.get(reverse("admin:index")).content.decode()
    page = client.get(address).content.decode()
    assert "Hillside Clinic" in page


def test_the_filter_shows_what_waits(ops, clinic, firm):
    page = ops.get(reverse("admin:accounts_organization_changelist"), {"decision": "waits"})
    assert list(page.context["cl"].queryset) == [clinic]


def test_its_page_offers_what_its_standing_allows(ops, clinic):
    page = ops.get(change(clinic)).content.decode()
    assert at("approve", clinic) in page
    assert at("reject", clinic) in page
    assert at("suspend", clinic) not in page


def test_who_may_only_read_is_offered_nothing(client, clinic):
    person = cast.staff("hugo")
    person.groups.add(Group.objects.get(name="Read only"))
    client.force_login(person)
    page = client.get(change(clinic)).content.decode()
    assert "Hillside Clinic" in page
    assert at("approve", clinic) not in page


def test_others_like_it_are_pointed_out(ops, clinic):
    twin = Organization.found(name="hillside clinic", kind="provider", npi="1234567893")
    page = ops.get(change(clinic)).content.decode()
    assert change(twin) in page
    assert "same NPI" in page


def test_no_field_of_the_form_moves_the_standing(ops, clinic, hana):
    fields = set(ops.get(change(clinic)).context["adminform"].form.fields)
    assert fields.isdisjoint({"standing", "standing_reason", "decided_at", "kind", "activity_count"})


def save(client, organization, **said):
    form = client.get(change(organization)).context["adminform"].form
    sent = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    formset = {"members-TOTAL_FORMS": "0", "members-INITIAL_FORMS": "0"}
    return client.post(change(organization), {**sent, **formset, **said})


def test_a_forged_form_changes_facts_and_nothing_else(ops, clinic):
    assert save(ops, clinic, city="Athens", standing="approved", kind="law_firm").status_code == 302
    clinic.refresh_from_db()
    assert (clinic.city, clinic.standing, clinic.kind) == ("Athens", "waiting", "provider")
    entry = Activity.objects.of(clinic).last()
    assert (entry.event, entry.details) == ("facts_changed", {"fields": "city"})
    assert list(violations()) == []


def test_members_and_roles_are_not_changed_here(ops, clinic, hana):
    front = clinic.roles.get(name="Front Desk")
    forged = {
        "members-TOTAL_FORMS": "2",
        "members-INITIAL_FORMS": "1",
        "members-0-id": hana.pk,
        "members-0-organization": clinic.pk,
        "members-0-role": front.pk,
        "members-0-DELETE": "on",
        "members-1-person": cast.person("eve").pk,
        "members-1-role": front.pk,
    }
    save(ops, clinic, **forged)
    assert Member.objects.get().role.name == "Administrator"


@pytest.mark.parametrize("domain", ["gmail.com", "no domain", "smithlaw.example", "x@y.example", "домен"])
def test_a_mail_domain_is_nobody_elses(ops, clinic, domain):
    cast.organization("Smith Law", "law_firm", mail_domain="smithlaw.example")
    assert save(ops, clinic, mail_domain=domain).status_code == 200
    clinic.refresh_from_db()
    assert clinic.mail_domain == "hillside.example"


def test_a_mail_domain_is_mended_or_cleared(ops, clinic):
    save(ops, clinic, mail_domain="@Hill-Side.example ")
    clinic.refresh_from_db()
    assert clinic.mail_domain == "hill-side.example"
    save(ops, clinic, mail_domain="")
    clinic.refresh_from_db()
    assert clinic.mail_domain == ""


@pytest.mark.parametrize("page", ["role", "invitation", "joinrequest"])
def test_what_organizations_decide_can_only_be_read(client, olga, firm, page):
    client.force_login(olga)
    assert client.get(reverse(f"admin:accounts_{page}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:accounts_{page}_add")).status_code == 403


def test_organizations_are_not_made_or_deleted_here(client, olga, firm):
    client.force_login(olga)
    assert client.get(reverse("admin:accounts_organization_add")).status_code == 403
    assert (
        client.post(
            reverse("admin:accounts_organization_delete", args=[firm.pk]), {"post": "yes"}
        ).status_code
        == 403
    )


def test_a_form_that_was_open_during_a_decision_takes_nothing_back(clinic, olga):
    stale = Organization.objects.get()
    clinic.approve(by=olga)
    stale.city = "Athens"
    request = SimpleNamespace(user=olga)
    admin.site.get_model_admin(Organization).save_model(
        request, stale, SimpleNamespace(changed_data=["city"]), True
    )
    clinic.refresh_from_db()
    assert (clinic.standing, clinic.city) == (Standing.APPROVED, "Athens")
