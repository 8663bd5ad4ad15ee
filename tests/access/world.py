"""A small world with a request in every state, built once by the product's own verbs: the table walks through it.

Smith Law asks Lakeside Family Medicine. Keller Injury Law asks Peachtree Radiology for somebody else, and has
everything that Smith Law has: a draft, files, pages, a card, an invoice.
"""

import datetime
import uuid
from types import SimpleNamespace

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Dependent, Invitation, JoinRequest, Member, Organization, Role
from audit.actors import SYSTEM
from billing import gateway, paying
from billing.customers import customer_of
from directory.models import DesignatedPhysician, FormOffered
from documents import previews
from outbox.queue import run_due
from requests_app import duplicates, viewing
from requests_app.authorizations import ending, sending, signing
from requests_app.intake import estimating
from requests_app.intake.draft import Draft
from requests_app.models import ChecklistItem, RecordRequest, SigningInvitation, State, WalkInRequestor
from requests_app.reasons import IncompleteReason
from requests_app.tracking import abandoning
from sandbox import bank
from tests import cast, stage
from tests.billing import paid, purse
from tests.requests_app.authorizations import steps

CASE_NUMBER = "24-CV-1187"
SSN = "219099999"
OTHER_CARD = "5555555555554444"
NAMES = ("Thomas", "Wright", "Zebulon", "Quist")
STRANGERS_PATIENT = {"first_name": "Zebulon", "last_name": "Quist", "birth_date": datetime.date(1955, 5, 5)}
LINKS = ("open", "signed", "revoked", "withdrawn", "expired", "locked")
OF_A_LINK = [*(f"link_{standing}" for standing in LINKS), "link_unidentified"]
# Who has something ahead before anything opens, and the page they are led to.
AHEAD = {
    "una": "survey",  # verified, and has not answered the survey
    "noel": "choose_organization",  # a lawyer without a firm yet
    "pia": "standing",  # of a practice that waits for approval
    "sue": "standing",  # of a suspended firm
    "tom": "mfa_index",  # his firm asks for two-step, and he has none
    "opal": "mfa_index",  # ops without two-step
}
OPS = ("olga", "oma", "omar", "onno")  # all rights; organizations; money; to read only
PEOPLE = [
    *("anonymous", "unverified", "pat", "paul", "rosa", "ruth", "rolf", "sam"),
    *("clara", "carl", "dora", "fred", "rita", "nora", "otto", "rex", "lily"),
    *OPS,
    *AHEAD,
    *OF_A_LINK,
]


def build():
    """The world: its people by name, their browsers, and the requests by what became of them."""
    world = SimpleNamespace(people={}, browsers={})
    _people(world)
    _network(world)
    mine = world.ours = _requests(world.people["rosa"], world.people["clara"], world.lakeside)
    world.theirs = _requests(
        world.people["sam"], world.people["otto"], world.peachtree, patient=STRANGERS_PATIENT
    )
    _organizations(world)
    world.links = _links(world.people["rosa"], world.lakeside)
    world.token = world.links["open"].renew(email=steps.EMAIL, phone="")
    world.free_key = uuid.uuid4()
    world.setup = _card_typed(world.people["rosa"])
    for side, asks in ((world.ours, "rosa"), (world.theirs, "sam")):
        for question in duplicates.questions(Draft(side.draft.batch)):
            duplicates.go_on(question, by=world.people[asks])
    _browsers(world)
    _seen_before(world, mine)
    return world


def _people(world):
    firm, practice = (
        cast.organization("Smith Law", "law_firm"),
        cast.organization("Lakeside Family Medicine", "provider"),
    )
    other_firm = cast.organization("Keller Injury Law", "law_firm")
    other_practice = cast.organization("Peachtree Radiology", "provider")
    Role.objects.create(organization=firm, name="Bookkeeper", permissions=[])
    Role.objects.create(organization=practice, name="Cleaner", permissions=[])
    world.firm, world.practice = firm, practice
    world.people |= {
        "pat": cast.member("pat", cast.organization("Pat Example", "household")),
        "paul": cast.member("paul", cast.organization("Paul Example", "household")),
        "rosa": cast.member("rosa", firm),
        "ruth": cast.member("ruth", firm, role="Member"),
        "rolf": cast.member("rolf", firm, role="Bookkeeper"),
        "sam": cast.member("sam", other_firm),
        "clara": cast.member("clara", practice),
        "carl": cast.member("carl", practice, role="ROI Specialist"),
        "dora": cast.member("dora", practice, role="Clinical Reviewer"),
        "fred": cast.member("fred", practice, role="Front Desk"),
        "rita": cast.member("rita", practice, role="Referral Coordinator"),
        "nora": cast.member("nora", practice, role="Cleaner"),
        "otto": cast.member("otto", other_practice),
        "rex": cast.member("rex", firm),
        "lily": cast.member("lily", practice),
    }
    _people_with_something_ahead(world)
    _ops(world)


def _people_with_something_ahead(world):
    """One before each page that must be passed first."""
    waiting = Organization.found(name="Hillside Clinic", kind="provider", city="Macon", state="GA")
    suspended = cast.organization("Doubtful Law", "law_firm")
    strict = cast.organization("Strict Law", "law_firm", requires_two_step=True)
    world.people |= {
        "una": SimpleNamespace(person=cast.person("una", onboarded_at=None, signed_up_as="law_firm")),
        "noel": SimpleNamespace(person=cast.person("noel", signed_up_as="law_firm")),
        "pia": cast.member("pia", waiting),
        "sue": cast.member("sue", suspended),
        "tom": cast.member("tom", strict),
        "opal": SimpleNamespace(person=cast.person("opal", is_staff=True, is_superuser=True)),
    }
    for name in ("noel", "rosa"):
        person = world.people[name].person
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    suspended.suspend(by=SYSTEM, reason="Nobody answers the phone.")


def _ops(world):
    world.olga = cast.ops("olga")
    for name, group in (("oma", "Organizations"), ("omar", "Money"), ("onno", "Read only")):
        person = cast.staff(name)
        person.groups.add(Group.objects.get(name=group))
        world.people[name] = SimpleNamespace(person=person)


def _network(world):
    people = world.people
    world.lakeside = cast.custodian(people["clara"].organization)
    world.peachtree = cast.custodian(
        people["otto"].organization, name="Peachtree Radiology", offers_rush=True, rush_fee="45.00"
    )
    for member in ("clara", "otto"):
        ChecklistItem.objects.create(organization=people[member].organization, text="Right patient?")


def _organizations(world):
    """What an organization has beside its requests, on both sides."""
    people = world.people
    for side, manager, member, place, asks, parent in (
        (world.ours, "clara", "fred", world.lakeside, "rosa", "pat"),
        (world.theirs, "otto", "olive", world.peachtree, "sam", "paul"),
    ):
        practice, firm = people[manager].organization, people[asks].organization
        role = practice.roles.get(name="Front Desk")
        stranger = cast.person(f"asks-{manager}")
        side.member = people.get(member) or Member.join(cast.person(member), practice, role)
        side.invitation = Invitation.send(
            practice, name="New", email=f"new-{manager}@example.test", role=role, by=people[manager]
        )
        Invitation.objects.filter(pk=side.invitation.pk).update(
            sent_at=timezone.now() - datetime.timedelta(hours=1)  # another may go out
        )
        side.join_request = JoinRequest.ask(stranger, practice)
        side.place, side.item = place, practice.checklist.first()
        side.form = FormOffered.objects.create(
            organization=practice, custodian=place, name="Camp form", fee="4.00"
        )
        side.walk_in = WalkInRequestor.objects.create(organization=practice, name="Courier", kind="other")
        side.physician = DesignatedPhysician.objects.create(organization=firm, name="Dr. Who")
        side.dependent = Dependent.objects.create(
            organization=people[parent].organization,
            first_name="Leo",
            last_name="Wright",
            birth_date="2015-03-04",
        )


def _requests(asks, releases, custodian, patient=None):
    """One request in each state; `waits` is Priced with a payment that its card's bank asks about."""

    def drafted():
        made = stage.draft(asks, custodian, case_number=CASE_NUMBER)
        if patient:
            for name, value in patient.items():
                setattr(made.patient, name, value)
            made.patient.save()
        made.patient.keep_ssn(SSN)
        found = estimating.estimates(Draft(made.batch))
        estimating.approve(made.batch, by=asks, seen=str(estimating.total(found)))
        made.batch.refresh_from_db()
        return made

    def submitted():
        made = drafted()
        made.submit(by=asks)
        made.batch.submitted_at = timezone.now()
        made.batch.save()
        return made

    made = SimpleNamespace(draft=drafted(), pending=submitted(), incomplete=submitted(), qa=submitted())
    stage.upload(made.pending, releases, pages=1)
    stage.upload(made.pending, releases, pages=2)
    made.incomplete.mark_incomplete(by=releases, reason=IncompleteReason.NOT_SIGNED)
    stage.upload(made.qa, releases, pages=3, begin=True)
    made.reviewed = stage.reviewed(submitted(), releases, pages=1)
    made.priced = stage.priced(submitted(), releases, pages=1)
    made.lapsed = submitted()
    abandoning.lapse(made.lapsed, by=SYSTEM, swept="waited")
    made.card, made.asked = purse.card(asks, shared=True), purse.card(asks, purse.ASKS)
    made.waits = stage.priced(submitted(), releases, pages=1)
    paying.pay(made.waits.invoices.get(), made.asked, asks)
    made.completed = stage.priced(submitted(), releases, pages=1)
    paying.pay(made.completed.invoices.get(), made.card, asks)
    made.reopened = stage.priced(submitted(), releases, pages=1)
    paying.pay(made.reopened.invoices.get(), made.card, asks)
    run_due(kind="requests.deliver")
    for request in vars(made).values():
        if isinstance(request, RecordRequest):
            request.refresh_from_db()
    assert made.completed.state == State.COMPLETED
    refund = paid.ask(made.completed.invoices.get(), asks, "0.25")
    refund.deny(by=SYSTEM, ground=refund.Ground.AS_ORDERED)
    made.reopened.report_missing(by=asks, missing="Page 2")
    made.again = drafted()  # asks for what was asked before; of `draft` it is said that it is meant so
    made.signing = steps.wait_for_patient(asks, custodian, case_number=CASE_NUMBER)
    long_ago = timezone.now() - datetime.timedelta(hours=1)  # a second link may go out
    SigningInvitation.objects.filter(batch=made.signing.batch).update(sent_at=long_ago)
    return made


def _card_typed(member):
    """A card that the bank has taken, and whose owner's browser has yet to come back."""
    customer_id = customer_of(member.organization, email=member.person.email)
    setup = gateway.start_card_setup(customer_id, key=uuid.uuid4())
    bank.give_card(setup.client_secret, OTHER_CARD)
    return setup


def _links(asks, custodian):
    """An invitation in each standing; the requests behind them are drafts, or were submitted by the signature."""
    links = {standing: steps.wait_for_patient(asks, custodian).authorization.invitation for standing in LINKS}
    for standing in ("signed", "revoked"):
        steps.sign(links[standing])
    run_due(kind="requests.file_signed")
    for link in links.values():
        link.refresh_from_db()
    ending.revoke(links["revoked"])
    sending.withdraw(links["withdrawn"], by=asks)
    SigningInvitation.objects.filter(pk=links["expired"].pk).update(
        expires_at=timezone.now() - datetime.timedelta(minutes=1)
    )
    for _ in range(5):
        signing.try_birth_date(links["locked"], datetime.date(1900, 1, 1))
    for link in links.values():
        link.refresh_from_db()
    return links


def _browsers(world):
    world.browsers = {name: _signed_in(member) for name, member in world.people.items()}
    _is_adding_a_card(world)
    world.browsers["anonymous"] = Client()
    world.browsers["unverified"] = _unverified()
    world.browsers["olga"] = _signed_in(SimpleNamespace(person=world.olga))
    for standing, link in world.links.items():
        world.browsers[f"link_{standing}"] = _visitor(link)
    world.browsers["link_unidentified"] = _visitor(world.links["signed"], identified_at=None)
    for left in ("rex", "lily"):  # their sessions live on
        world.people[left].removed_at = timezone.now()
        world.people[left].save()


def _signed_in(member):
    """As if the password had been typed just now, for as long as the tests take."""
    browser = purse.sign_in(Client(), member)
    session = browser.session
    session["account_authentication_methods"][0]["at"] += 24 * 60 * 60
    session.save()
    return browser


def _unverified():
    """Signed up, and has typed the password right; the code from the email is still to come."""
    person = cast.person("ursula", onboarded_at=None)
    EmailAddress.objects.create(user=person, email=person.email, verified=False, primary=True)
    browser = Client()
    browser.post(reverse("account_login"), {"login": person.email, "password": cast.PASSWORD})
    return browser


def _is_adding_a_card(world):
    session = world.browsers["rosa"].session
    session["card_setups"] = [world.setup.id]
    session.save()


def _visitor(link, **visit):
    browser = Client()
    session = browser.session
    session["signing"] = {
        "link": link.token_hash,
        "identified_at": timezone.now().isoformat(),
    } | visit
    session.save()
    browser.cookies["sessionid"] = session.session_key
    return browser


def _seen_before(world, ours):
    """Looks are written once an hour, and pictures are made once: so that a GET of the table changes nothing."""
    members = [member for member in world.people.values() if isinstance(member, Member)]
    for request in (ours.qa, world.theirs.qa):
        page = request.pages.first()
        previews.page_image(page.file.document, 1)
        for member in members:
            with transaction.atomic():
                viewing.note(request, member)
