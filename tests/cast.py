"""People and organizations for the tests."""

from decimal import Decimal

from accounts.models import Member, Organization, Person, Role
from directory.models import Custodian, Service

PASSWORD = "correct horse battery staple"


def person(name, **fields):
    return Person.objects.create_user(
        f"{name}@example.test", PASSWORD, first_name=name.title(), last_name="Example", **fields
    )


def organization(name, kind, **fields):
    made = Organization.objects.create(name=name, kind=kind, city="Macon", state="GA", **fields)
    Role.objects.start(made)
    return made


def member(name, of, role="Administrator"):
    return Member.objects.create(
        person=person(name), organization=of, role=Role.objects.get(organization=of, name=role)
    )


def ops(name):
    return person(name, is_staff=True, is_superuser=True)


def custodian(practice, name="Lakeside Family Medicine", **fields):
    made = Custodian.objects.create(
        organization=practice,
        name=name,
        city="Macon",
        state="GA",
        zip_code="31201",
        fax="+14785550100",
        offers_fax=True,
        # Georgia's law names a search fee for electronic copies and leaves the copying itself to an agreement.
        **{"agreed_copy_fee": Decimal("18.50")} | fields,
    )
    Service.objects.create(custodian=made, kind=Service.Kind.CERTIFICATION, fee=Decimal("9.70"))
    Service.objects.create(custodian=made, kind=Service.Kind.IMAGES, fee=Decimal("15.00"))
    return made
