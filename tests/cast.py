"""People and organizations for the tests."""

import time
from decimal import Decimal

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.models import Member, Organization, Person, Role
from audit.actors import SYSTEM
from directory.models import Custodian, Service

PASSWORD = "correct horse battery staple"


def person(name, **fields):
    fields = {"last_name": "Example", "onboarded_at": timezone.now()} | fields
    return Person.objects.create_user(f"{name}@example.test", PASSWORD, first_name=name.title(), **fields)


def organization(name, kind, **fields):
    """Founded, and approved where that takes somebody."""
    made = Organization.found(name=name, kind=kind, city="Macon", state="GA", **fields)
    if made.is_provider:
        made.approve(by=SYSTEM)
    return made


def member(name, of, role="Administrator"):
    return Member.objects.create(
        person=person(name), organization=of, role=Role.objects.get(organization=of, name=role)
    )


def ops(name):
    return staff(name, is_superuser=True)


def staff(name, **fields):
    """Somebody in ops without any right of their own; with two-step, as ops always have."""
    made = person(name, is_staff=True, **fields)
    TOTP.activate(made, generate_totp_secret())
    return made


def custodian(practice, name="Lakeside Family Medicine", **fields):
    fields = {"city": "Macon", "state": "GA", "zip_code": "31201"} | fields
    made = Custodian.objects.create(
        organization=practice,
        name=name,
        fax="+14785550100",
        offers_fax=True,
        # Georgia's law names a search fee for electronic copies and leaves the copying itself to an agreement.
        **{"agreed_copy_fee": Decimal("18.50")} | fields,
    )
    Service.objects.create(custodian=made, kind=Service.Kind.CERTIFICATION, fee=Decimal("9.70"))
    Service.objects.create(custodian=made, kind=Service.Kind.IMAGES, fee=Decimal("15.00"))
    return made


def code_of(person):
    """What the authenticator app of somebody in ops shows in this half minute."""
    app = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    return format_hotp_value(hotp_value(decrypt(app.data["secret"]), int(time.time()) // 30))


def right(name):
    """A right of ops by its name, such as "billing.view_edition"."""
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
