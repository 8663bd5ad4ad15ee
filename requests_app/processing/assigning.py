"""Who at the practice takes care of a request."""

from django.utils.translation import gettext as _

from audit.models import MoveRefused
from requests_app import permissions
from requests_app.models.states import OPEN
from requests_app.processing.holding import held


def assign(record_request, member, *, by):
    """Give the request to a member of the practice, or to nobody (None)."""
    with held(record_request, by=by, allowed=permissions.can_work, states=OPEN) as row:
        if member and not permissions.can_work(member, row):
            raise MoveRefused(_("This person can't work on requests of your practice."))
        person_id = member.person_id if member else None
        if row.assigned_to_id == person_id:
            return
        row.assigned_to_id = person_id
        row.save(update_fields=["assigned_to", "updated_at"])
        row.record("assigned", by=by, to=member.person.full_name if member else "")
