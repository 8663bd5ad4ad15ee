"""Steps of a request's life as people take them on the screens, by the same verbs. The demo and the walkthrough."""

from datetime import date

from billing import gateway, paying
from billing.customers import customer_of
from billing.models import Card
from requests_app import clinical
from requests_app.intake import choosing, estimating, specifying, submitting
from requests_app.intake import papers as intake_papers
from requests_app.intake.draft import Draft
from requests_app.models import Authorization, Batch, Patient, RecordRequest
from requests_app.processing import pricing, review, signing_off, uploads
from requests_app.reasons import Reason, RecordType
from sandbox import bank

GOOD_CARD = "4242424242424242"


def begin(by, *, first_name, last_name, birth_date, pay_by=Batch.PayBy.CHECK, card=None, **said):
    """Step 1, and what holds for all custodians: a draft of one patient."""
    patient = Patient.objects.create(
        organization=by.organization, first_name=first_name, last_name=last_name, birth_date=birth_date
    )
    return Batch.objects.create(
        organization=by.organization,
        owner=by.person,
        patient=patient,
        delivery=Batch.Delivery.DOWNLOAD,
        reasons=[Reason.LITIGATION],
        pay_by=pay_by,
        card=card,
        **said,
    )


def ask(batch, custodian, *, by, is_rush=False):
    """Steps 2 and 3: a custodian, medical records of the last years; the draft request."""
    record_request = choosing.choose(batch, custodian, by=by)
    wish = specifying.Wish(
        record_types=[RecordType.MEDICAL],
        dates=RecordRequest.Dates.AFTER,
        dates_from=date(2021, 1, 1),
        dates_to=None,
        services=[],
        is_rush=is_rush,
    )
    specifying.specify(record_request, wish, by=by)
    return record_request


def authorize(record_request, paper, *, by):
    """Step 4: the signed authorization is uploaded."""
    document = intake_papers.read(paper, record_request.batch, by=by)
    intake_papers.give(record_request, by=by, kind=Authorization.Kind.GENERAL, document=document)
    return document


def submit(batch, *, by):
    """Step 6: approve the estimate that is shown, and submit; the estimated total in USD."""
    estimated = estimating.total(estimating.estimates(Draft(batch)))
    estimating.approve(batch, by=by, seen=str(estimated))
    batch.refresh_from_db()
    submitting.submit(batch, by=by)
    return estimated


def upload(record_request, files, *, by):
    """The practice uploads the records and begins the review."""
    for file in files:
        uploads.add(record_request, file, by=by)
    record_request.begin_review(by=by)


def approve_pages(record_request, *, by, most=None):
    """Approve the pages that wait for a verdict, or the first `most` of them; how many were approved."""
    waiting = list(record_request.pages.unreviewed())[:most]
    for page in waiting:
        review.decide(page, review.Verdict.APPROVED, by=by)
    return len(waiting)


def price(record_request, *, by):
    """Tick the checklist, have it signed off, set the price, send the invoice."""
    for item in by.organization.checklist.filter(is_active=True):
        review.tick(record_request, item, by=by, done=True)
    record_request.refresh_from_db()
    reviewer = clinical.reviewer_of(record_request.custodian_organization)
    if reviewer:
        signing_off.sign_off(record_request, by=reviewer, done=True)
    record_request.refresh_from_db()
    return pricing.release(record_request, by=by)


def save_card(member, number=GOOD_CARD):
    """Type a play card into the bank's field and keep what the bank says of it."""
    customer_id = customer_of(member.organization, email=member.person.email)
    setup = gateway.start_card_setup(customer_id, key=f"demo-card-{member.pk}-{number[-4:]}")
    bank.give_card(setup.client_secret, number)
    facts = gateway.card(gateway.read_setup(setup.id).payment_method_id)
    card, _spare = Card.keep(facts, by=member)
    return card


def pay(invoice, card, *, by):
    """ "Pay for Request" with a saved card; the Payment."""
    return paying.pay(invoice, card, by)
