"""Who lives in the demo. Every name, number and address is made up."""

from decimal import Decimal

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.utils import timezone

from accounts.models import Member, Organization, Person, Role
from audit.actors import SYSTEM
from directory.models import Custodian, DesignatedPhysician, FormOffered, Service
from requests_app.models import ChecklistItem, WalkInRequestor
from requests_app.organization import reviewer

PASSWORD = "chart-request-demo"  # noqa: S105  (printed at the start: play people with play money)

FIRM = [
    ("katie@smithlaw.example", "Katie", "Smith", "Administrator"),
    ("omar@smithlaw.example", "Omar", "Reyes", "Member"),
]
PRACTICE = [
    ("clara@lakeside.example", "Clara", "Brandt", "Administrator"),
    ("remi@lakeside.example", "Remi", "Osei", "ROI Specialist"),
    ("dora@lakeside.example", "Dora", "Lind", "Clinical Reviewer"),
]
PATIENT = ("aisha@home.example", "Aisha", "Rahman")
OPS = ("ops@chartrequest.example", "Olga", "Petrov")

LAKESIDE = [("Lakeside Family Medicine", "physician", "Macon", "GA", "31201")]
# A second practice runs many places, so that a request to twenty of them can be tried.
PEACHTREE = [
    ("Peachtree Radiology", "physician", "Atlanta", "GA", "30303"),
    ("Peachtree General Hospital", "hospital", "Atlanta", "GA", "30308"),
    ("Peachtree Pediatrics", "physician", "Decatur", "GA", "30030"),
    ("Savannah River Orthopedics", "physician", "Augusta", "GA", "30901"),
    ("Coastal Women's Health", "physician", "Savannah", "GA", "31401"),
    ("Magnolia Heart Clinic", "physician", "Birmingham", "AL", "35203"),
    ("Gulf Shore Medical Center", "hospital", "Mobile", "AL", "36602"),
    ("Palmetto Internal Medicine", "physician", "Columbia", "SC", "29201"),
    ("Ocean Drive Urgent Care", "physician", "Miami", "FL", "33131"),
    ("Bayfront Hospital", "hospital", "Tampa", "FL", "33602"),
    ("Smoky Mountain Surgery", "physician", "Knoxville", "TN", "37902"),
    ("Music City Medical Center", "hospital", "Nashville", "TN", "37203"),
    ("Blue Ridge Neurology", "physician", "Asheville", "NC", "28801"),
    ("Lone Star Family Practice", "physician", "Austin", "TX", "78701"),
    ("Trinity Valley Hospital", "hospital", "Dallas", "TX", "75201"),
    ("Lakeview Dermatology", "physician", "Chicago", "IL", "60611"),
    ("Prairie State Hospital", "hospital", "Springfield", "IL", "62701"),
    ("Hudson Valley Oncology", "physician", "Albany", "NY", "12207"),
    ("East River Medical Group", "physician", "New York", "NY", "10016"),
    ("Golden Gate Cardiology", "physician", "San Francisco", "CA", "94102"),
    ("Harbor View Hospital", "hospital", "San Diego", "CA", "92101"),
    ("Cascade Sports Medicine", "physician", "Seattle", "WA", "98101"),
    ("Front Range Allergy", "physician", "Denver", "CO", "80202"),
]
FEES = {
    Service.Kind.CERTIFICATION: "9.70",
    Service.Kind.AFFIDAVIT: "15.00",
    Service.Kind.NOTARY: "10.00",
    Service.Kind.IMAGES: "20.00",
    Service.Kind.ARCHIVE: "25.00",
}
CHECKLIST = [
    "Name and date of birth match on every page",
    "Dates of service are within the request",
    "Sensitive categories are named in the authorization",
    "No internal notes",
]


FORMS = [
    ("Sports physical", "20.00"),
    ("School immunization record", "0.00"),
    ("FMLA certification", "35.00"),
]
WALK_INS = [
    ("Middle Georgia Couriers", "law_firm", "+14785550131", "Picks up for three law firms, Tuesdays."),
    ("Bibb County Sheriff", "government", "+14785550132", "Bring the court order to the desk."),
]
PHYSICIAN = {
    "name": "Dr. Samuel Ortiz",
    "npi": "1003000126",
    "phone": "+14785550141",
    "address": "40 Hill Street, Macon, GA 31201",
}


def emails():
    """The addresses of everybody who can sign in."""
    return [said[0] for said in [*FIRM, *PRACTICE, PATIENT, OPS]]


def known():
    """The acting members by first name, where an earlier start made them."""
    emails = [said[0] for said in [*FIRM, *PRACTICE, PATIENT]]
    members = Member.objects.filter(person__email__in=emails).select_related("person", "organization", "role")
    return {member.person.first_name.lower(): member for member in members}


@transaction.atomic
def load():
    """Make everybody; returns the acting members by first name."""
    firm = _organization("Smith Law", "law_firm", "Macon", "GA", "31201")
    practice = _organization("Lakeside Family Medicine", "provider", "Macon", "GA", "31201")
    partner = _organization("Peachtree Health Partners", "provider", "Atlanta", "GA", "30303")
    household = _organization("Aisha Rahman", "household", "Macon", "GA", "31201")
    members = {first.lower(): _member(firm, *said) for said in FIRM for first in [said[1]]}
    members |= {first.lower(): _member(practice, *said) for said in PRACTICE for first in [said[1]]}
    members["aisha"] = _member(household, *PATIENT, "Administrator")
    _member(partner, "pat@peachtree.example", "Pat", "Nguyen", "Administrator")
    olga = _person(*OPS, is_staff=True, is_superuser=True)
    TOTP.activate(
        olga, generate_totp_secret()
    )  # ops always sign in by two steps; see sandbox/authenticator.py
    RecoveryCodes.activate(olga)
    for place in LAKESIDE:
        _custodian(practice, *place, offers_rush=True, rush_fee=Decimal("35.00"))
    for number, place in enumerate(PEACHTREE):
        _custodian(partner, *place, offers_rush=number % 3 == 0, rush_fee=Decimal("35.00"))
    # With their places there already, the approval makes them no others.
    practice.approve(by=SYSTEM)
    partner.approve(by=SYSTEM)
    _settle(practice, members)
    DesignatedPhysician.add(firm, by=members["katie"], **PHYSICIAN)
    return members


def _settle(practice, members):
    """What the practice's administrator enters in "My Organization"."""
    clara, place = members["clara"], Custodian.objects.get(organization=practice)
    for text in CHECKLIST:
        ChecklistItem.add(practice, text, by=clara)
    for name, fee in FORMS:
        FormOffered.add(practice, by=clara, custodian=place, name=name, fee=Decimal(fee))
    for name, kind, phone, note in WALK_INS:
        WalkInRequestor.add(practice, by=clara, name=name, kind=kind, phone=phone, note=note)
    reviewer.choose(practice, members["dora"], by=clara)


def said():
    """Who can sign in, as lines for the terminal."""
    rows = [
        ("Law firm", "katie@smithlaw.example", "asks for records and pays"),
        ("Practice", "clara@lakeside.example", "administrator: may do everything"),
        ("", "remi@lakeside.example", "ROI specialist: uploads, reviews, prices"),
        ("", "dora@lakeside.example", "clinical reviewer: reviews pages, signs off"),
        ("Patient", "aisha@home.example", "asks for her own records"),
        ("Ops", "ops@chartrequest.example", "records checks, at /ops/; its code: /sandbox/authenticator/"),
    ]
    lines = [f"  {who:<9} {email:<26} {what}" for who, email, what in rows]
    return "\n".join(
        [f"Everybody's password is {PASSWORD}", *lines, "  Emails, texts, faxes and the play bank: /sandbox/"]
    )


def _organization(name, kind, city, state, zip_code):
    return Organization.found(
        name=name,
        kind=kind,
        street="100 Main Street",
        city=city,
        state=state,
        zip_code=zip_code,
        phone="+14785550110",
    )


def _person(email, first_name, last_name, **fields):
    person = Person.objects.create_user(
        email, PASSWORD, first_name=first_name, last_name=last_name, onboarded_at=timezone.now(), **fields
    )
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def _member(organization, email, first_name, last_name, role):
    person = _person(email, first_name, last_name)
    role = Role.objects.get(organization=organization, name=role)
    return Member.objects.create(person=person, organization=organization, role=role)


def _custodian(organization, name, kind, city, state, zip_code, **fields):
    made = Custodian.objects.create(
        organization=organization,
        name=name,
        kind=kind,
        street="200 Clinic Way",
        city=city,
        state=state,
        zip_code=zip_code,
        phone="+14785550120",
        fax="+14785550121",
        offers_fax=True,
        provider_fee=Decimal("5.12"),
        agreed_copy_fee=Decimal("20.00"),
        **fields,
    )
    Service.objects.bulk_create(
        Service(custodian=made, kind=kind, fee=Decimal(fee)) for kind, fee in FEES.items()
    )
    return made
