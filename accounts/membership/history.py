"""What happened in an organization, told in plain words: who joined, roles, permissions, settings."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Invitation, JoinRequest, Member, Permission
from audit.models import Activity

# Filled from an entry's details: `whom` and the names below it. Apps above add their own events by `tell_of`.
SENTENCES = {
    "founded": gettext_lazy("founded the organization"),
    "approved": gettext_lazy("approved the organization"),
    "rejected": gettext_lazy("rejected the organization: %(reason)s"),
    "applied_again": gettext_lazy("answered the rejection: %(reply)s"),
    "suspended": gettext_lazy("suspended the organization: %(reason)s"),
    "restored": gettext_lazy("let the organization work again"),
    "member_joined": gettext_lazy("%(whom)s joined as %(role)s"),
    "member_removed": gettext_lazy("removed %(whom)s"),
    "role_changed": gettext_lazy("changed the role of %(whom)s from %(before)s to %(role)s"),
    "invited": gettext_lazy("invited %(whom)s as %(role)s"),
    "invited_again": gettext_lazy("sent the invitation of %(whom)s again"),
    "invitation_revoked": gettext_lazy("took the invitation of %(whom)s back"),
    "join_declined": gettext_lazy("declined that %(whom)s joins"),
    "permission_given": gettext_lazy("gave %(role)s the permission “%(permission)s”"),
    "permission_taken": gettext_lazy("took the permission “%(permission)s” from %(role)s"),
    "facts_changed": gettext_lazy("changed: %(fields)s"),
    "two_step_required": gettext_lazy("asked everybody for two-step verification"),
    "two_step_not_required": gettext_lazy("no longer asks everybody for two-step verification"),
}
FIELDS = {
    "name": gettext_lazy("name"),
    "street": gettext_lazy("street"),
    "city": gettext_lazy("city"),
    "state": gettext_lazy("state"),
    "zip_code": gettext_lazy("ZIP code"),
    "phone": gettext_lazy("phone"),
    "fax": gettext_lazy("fax"),
    "email": gettext_lazy("email"),
    "time_zone": gettext_lazy("time zone"),
    "npi": gettext_lazy("NPI"),
}


def tell_of(sentences):
    """Let another app's events of the organization be told: `{event: sentence}`, which may name its details."""
    SENTENCES.update(sentences)


@dataclass(frozen=True)
class Told:
    """One line: who, from where, when, what."""

    who: str
    organization: str
    when: object
    what: str


def entries(organization):
    """Newest first; to be cut into pages before they are told."""
    return Activity.objects.of(organization).order_by("-sequence")


def told(some, organization):
    """Lines for `some` entries of one organization; three queries however many there are."""
    some = list(some)
    whom = _People(some)
    return [
        Told(
            entry.actor_name,
            entry.organization_name if entry.organization_id != organization.pk else "",
            entry.happened_at,
            _what(entry, whom),
        )
        for entry in some
    ]


class _People:
    """Whom the entries are about: each detail that names a row, and the name of the person behind it."""

    def __init__(self, some):
        members = Member.objects.filter(pk__in=_ids(some, "member")).select_related("person")
        asked = JoinRequest.objects.filter(pk__in=_ids(some, "join_request")).select_related("person")
        invited = Invitation.objects.filter(pk__in=_ids(some, "invitation"))
        self.names = {("member", one.pk): (one.person.full_name, one.person_id) for one in members}
        self.names |= {("join_request", one.pk): (one.person.full_name, one.person_id) for one in asked}
        self.names |= {("invitation", one.pk): (one.name, None) for one in invited}

    def of(self, entry):
        """The name, and the id of the person if they are one already."""
        for kind in ("member", "join_request", "invitation"):
            if kind in entry.details:
                return self.names.get((kind, entry.details[kind]), (_("somebody"), None))
        return "", None


def _ids(some, kind):
    return {entry.details[kind] for entry in some if kind in entry.details}


def _what(entry, people):
    whom, person_id = people.of(entry)
    if entry.event == "member_joined" and person_id == entry.person_id:
        return _("joined as %(role)s") % entry.details
    if entry.event == "member_joined":
        return _("took %(whom)s in as %(role)s") % {**entry.details, "whom": whom}
    details = {name: _shown(name, value) for name, value in entry.details.items()}
    try:
        return str(SENTENCES[entry.event]) % {**details, "whom": whom}
    except KeyError:  # an event, or a detail of it, that nobody has words for
        return _("changed the settings (%(event)s)") % {"event": entry.event.replace("_", " ")}


def _shown(name, value):
    if name == "permission" and value in Permission.values:
        return Permission(value).label
    if name == "fields":
        value = value if isinstance(value, list) else value.split(", ")
        return ", ".join(str(FIELDS.get(one, one)) for one in value)
    return value
