"""Two rows of one facility become one (docs/decisions/0011-directory.md).

The one that goes stays as a row that points to the other: what was asked of it stays about it.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organization, Person
from audit.actors import Actor
from audit.models import MoveRefused, NotPermitted
from directory.models import Custodian, Favorite, FormOffered, Suggestion
from directory.models.form_offered import MOST_OFFERED
from directory.signals import custodians_merged, custodians_merging
from directory.suggesting.joining import tell_who_waits

# What the one that stays takes over where it has nothing itself.
GAPS = ("specialty", "street", "zip_code", "phone", "fax", "email", "agreed_copy_fee")


def may_merge(by):
    return isinstance(by, Actor) or (isinstance(by, Person) and by.has_perm("directory.merge_custodian"))


@transaction.atomic
def merge(gone, *, into, by):
    """Let `gone` be `into` from now on; returns that, fresh.

    Raises MoveRefused for two practices, two states, or where either was merged meanwhile; NotPermitted.
    """
    if not may_merge(by):
        raise NotPermitted("merge_custodian")
    if gone.pk == into.pk:
        raise MoveRefused(_("These are the same. Choose another one."))
    custodians_merging.send(None, gone=gone, into=into)
    gone, into = _held(gone.pk, into.pk)
    refusal = why_not(gone, into)
    if refusal:
        raise MoveRefused(refusal)
    joins = gone.organization_id and not into.organization_id
    into.organization_id = into.organization_id or gone.organization_id
    for name in GAPS:
        setattr(into, name, getattr(into, name) or getattr(gone, name))
    into.save()
    moved = {
        "favorites": _move_favorites(gone, into),
        "services": _copy_services(gone, into),
        "forms": _move_forms(gone, into),
    }
    _move_npis(gone, into)
    Suggestion.objects.filter(custodian=gone).update(custodian=into)
    gone.merged.update(merged_into=into)
    gone.merged_into, gone.organization = into, None
    gone.save(update_fields=["merged_into", "organization"])
    custodians_merged.send(None, gone=gone, into=into, by=by)
    gone.record("merged", by=by, into=into.pk, name=into.name)
    into.record("took_in", by=by, other=gone.pk, name=gone.name, **moved)
    if joins and into.can_be_asked:
        tell_who_waits(into)
    if into.organization:
        into.organization.record("places_merged", by=by, place=into.name, other=gone.name)
    return into


def why_not(gone, into):
    """A sentence, or "" where the two may be merged."""
    if gone.merged_into_id or into.merged_into_id:
        return _("One of the two was merged already. Nothing was changed.")
    if gone.organization_id and into.organization_id not in (None, gone.organization_id):
        return _("They belong to two practices, and what was sent to one is not for the other to read.")
    if gone.state != into.state:
        return _("They are in two states, whose laws set different fees. Mend the state first.")
    return ""


def _held(*pks):
    """Both rows, locked, after their practices: always in the same order, whoever merges which into which."""
    practices = Custodian.objects.filter(pk__in=pks).exclude(organization=None).values("organization")
    list(
        Organization._base_manager.select_for_update()
        .filter(pk__in=list(practices.values_list(flat=True)))
        .order_by("pk")
    )
    rows = Custodian.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    found = {one.pk: one for one in rows}
    return [found[pk] for pk in pks]


def _move_favorites(gone, into):
    """A person has a star once."""
    starred = Favorite.objects.filter(custodian=into).values("person")
    Favorite.objects.filter(
        custodian=gone, person__in=list(starred.values_list("person", flat=True))
    ).delete()
    return Favorite.objects.filter(custodian=gone).update(custodian=into)


def _copy_services(gone, into):
    """Those it lacks, at their fees. Requests that were sent keep the rows and the fees that they were sent with."""
    has = set(into.services.values_list("kind", flat=True))
    lacks = [one for one in gone.services.order_by("id") if one.kind not in has]
    for one in lacks:
        into.services.create(kind=one.kind, fee=one.fee, is_offered=one.is_offered)
    return len(lacks)


def _move_forms(gone, into):
    """Its forms, none of a name that is there; beyond five offered ones they wait to be offered."""
    rows = FormOffered.objects.filter(removed_at=None)
    has = {one.name.lower(): one for one in rows.filter(custodian=into)}
    offered, moved = sum(one.is_offered for one in has.values()), 0
    for one in rows.filter(custodian=gone).order_by("id"):
        if one.name.lower() in has:
            one.removed_at = timezone.now()
        else:
            one.custodian, one.is_offered = into, one.is_offered and offered < MOST_OFFERED
            offered, moved = offered + one.is_offered, moved + 1
        one.save(update_fields=["custodian", "is_offered", "removed_at"])
    return moved


def _move_npis(gone, into):
    """The other keeps its own NPI, as a fact of it; it is found by it no more."""
    gone.linked_entries.update(custodian=into)
    if gone.npi and gone.npi not in into.npis:
        into.stand_for(gone.npi)
