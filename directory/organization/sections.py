"""The directory's parts of "My Organization", and how its events are told."""

from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from accounts import sections
from accounts.membership import history
from accounts.models import Permission
from accounts.sections import ORGANIZATION
from directory.models import Custodian, DesignatedPhysician, Service


def of_practice(member):
    return member.organization.is_provider


def of_requestor(member):
    return not member.organization.is_provider


def _places(request):
    places = Custodian.objects.filter(organization=request.member.organization_id).order_by("name", "id")
    services = Prefetch("services", Service.objects.filter(is_offered=True), to_attr="offered")
    forms = Count("forms_offered", filter=Q(forms_offered__is_offered=True, forms_offered__removed_at=None))
    return {
        "places": places.prefetch_related(services).annotate(form_count=forms),
        "may_edit": request.member.may(Permission.MANAGE_ORGANIZATION),
    }


def _physicians(request):
    return {
        "physicians": DesignatedPhysician.objects.of(request.member.organization),
        "may_edit": request.member.may(Permission.MANAGE_ORGANIZATION),
    }


sections.add(
    ORGANIZATION, 20, _("Places"), "directory/organization/_places.html", facts=_places, shown=of_practice
)
sections.add(
    ORGANIZATION,
    20,
    _("Designated physicians"),
    "directory/organization/_physicians.html",
    facts=_physicians,
    shown=of_requestor,
)

history.tell_of(
    {
        "place_changed": _("changed at %(place)s: %(fields)s"),
        "services_changed": _("changed the services of %(place)s: %(fields)s"),
        "places_merged": _("merged two entries of a place: %(other)s into %(place)s"),
        "form_added": _("added a form that is offered"),
        "form_changed": _("changed a form that is offered: %(fields)s"),
        "form_removed": _("removed a form"),
        "physician_added": _("added a designated physician"),
        "physician_changed": _("changed a designated physician: %(fields)s"),
        "physician_removed": _("removed a designated physician"),
    }
)
history.FIELDS.update(
    {
        **dict(Service.Kind.choices),
        "kind": _("kind"),
        "specialty": _("specialty"),
        "offers_download": _("electronic download"),
        "offers_fax": _("fax delivery"),
        "offers_rush": _("rush"),
        "rush_fee": _("fee for rush"),
        "fee": _("fee"),
        "is_offered": _("offered or not"),
        "address": _("address"),
        "note": _("note"),
    }
)
