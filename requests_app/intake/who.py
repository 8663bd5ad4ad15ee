"""Whom a patient's request is for: "Me", a dependent, or "Someone else" (product 4.4). Others are not asked."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.models import Dependent, Person

ME, SOMEONE_ELSE = "me", "other"


@dataclass(frozen=True)
class Choice:
    """`fills` holds what is known of them, by the fields of the patient form."""

    key: str
    label: str
    fills: dict = field(default_factory=dict)
    dependent: Dependent | None = None


def choices(member, patient=None):
    """All there is to choose from; whom `patient` was written down for stays a choice, though removed meanwhile."""
    if not member.organization.is_household:
        return []
    people = list(Dependent.objects.of(member))
    if patient and patient.dependent and patient.dependent not in people:
        people.append(patient.dependent)
    return [
        Choice(ME, _("Me"), _known_of(member.person)),
        *(Choice(_key(one), one.full_name, _facts(one), one) for one in people),
        Choice(SOMEONE_ELSE, _("Someone else")),
    ]


def of(patient, member):
    """The key of the choice that a patient was written down by."""
    if patient.dependent_id:
        return _key(patient.dependent)
    return ME if _is_about(patient, member.person) else SOMEONE_ELSE


def keep_birth_date(person, patient):
    """A patient's first request for themselves tells their birth date: it fills in the next one."""
    if person.birth_date is None and _is_named(patient, person):
        Person.objects.filter(pk=person.pk, birth_date=None).update(birth_date=patient.birth_date)


def _key(dependent):
    return f"dependent-{dependent.pk}"


def _known_of(person):
    known = {name: getattr(person, name) for name in ("first_name", "last_name", "birth_date", "phone")}
    return known | {"email": person.email}


def _facts(dependent):
    return {
        name: getattr(dependent, name) for name in ("first_name", "middle_name", "last_name", "birth_date")
    }


def _is_about(patient, person):
    return _is_named(patient, person) and patient.birth_date == person.birth_date


def _is_named(patient, person):
    """By the same name: somebody may pick "Me" and then type another's."""
    said, own = (patient.first_name, patient.last_name), (person.first_name, person.last_name)
    return [one.casefold() for one in said] == [one.casefold() for one in own]
