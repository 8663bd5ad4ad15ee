from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.organization import Organization
from audit.actors import Actor
from audit.models import MoveRefused


class Permission(models.TextChoices):
    """What a member may do (product 2.8). Every verb names the one it asks for."""

    VIEW_REQUESTS = "view_requests", _("View requests")
    UPLOAD_RECORDS = "upload_records", _("Upload records")
    MARK_INCOMPLETE = "mark_incomplete", _("Mark incomplete")
    REVIEW_PAGES = "review_pages", _("Review pages (QA)")
    PRICE = "price", _("Price")
    APPROVE_RELEASE = "approve_release", _("Approve release")
    SEND_MESSAGES = "send_messages", _("Message requestors")
    MANAGE_WALK_INS = "manage_walk_ins", _("Manage walk-ins")
    MAKE_REQUESTS = "make_requests", _("Make requests")
    SEND_REFERRALS = "send_referrals", _("Send referrals")
    HANDLE_REFERRALS = "handle_referrals", _("Handle referrals")
    VIEW_REPORTS = "view_reports", _("View reports")
    MANAGE_USERS = "manage_users", _("Manage users")
    MANAGE_ORGANIZATION = "manage_organization", _("Manage organization")

    @property
    def description(self):
        return DESCRIPTIONS[self]


# What each lets somebody do, as the table of "Assign Permissions" says it.
DESCRIPTIONS = {
    Permission.VIEW_REQUESTS: _(
        "See the dashboard, the lists of requests and each request with its records. Without it the rest of the "
        "request workflow can't be reached."
    ),
    Permission.UPLOAD_RECORDS: _("Upload records to a request, put them in order, and remove a file again."),
    Permission.MARK_INCOMPLETE: _("Send a request back to who asked, with the reason why."),
    Permission.REVIEW_PAGES: _("Look at every page before it leaves, and approve or remove it."),
    Permission.PRICE: _(
        "Check what the copy costs by law, and lower it. To send the price takes “Approve release” too."
    ),
    Permission.APPROVE_RELEASE: _(
        "End the review and send the price. The records go out as soon as it is paid. Takes “Price” too."
    ),
    Permission.SEND_MESSAGES: _("Write to who asked, on the page of a request."),
    Permission.MANAGE_WALK_INS: _("Enter requests of people who come to the desk."),
    Permission.MAKE_REQUESTS: _("Ask other practices for records."),
    Permission.SEND_REFERRALS: _("Send a patient to another practice, with what it needs to know."),
    Permission.HANDLE_REFERRALS: _("Accept, schedule and complete patients whom other practices send."),
    Permission.VIEW_REPORTS: _("See figures: how many requests, how long they take, what they bring in."),
    Permission.MANAGE_USERS: _(
        "Invite people, take in who asks to join, change roles, remove members, and assign permissions, up to what "
        "they may do themselves."
    ),
    Permission.MANAGE_ORGANIZATION: _(
        "Change “My Organization”: address and contacts, services and fees, the review checklist, and whether "
        "everybody needs two-step verification."
    ),
}
_P = Permission
_PROVIDER_ROLES = {
    "Administrator": list(_P),
    "ROI Specialist": [
        _P.VIEW_REQUESTS,
        _P.UPLOAD_RECORDS,
        _P.MARK_INCOMPLETE,
        _P.REVIEW_PAGES,
        _P.PRICE,
        _P.APPROVE_RELEASE,
        _P.SEND_MESSAGES,
        _P.MANAGE_WALK_INS,
        _P.MAKE_REQUESTS,
    ],
    "Clinical Reviewer": [_P.VIEW_REQUESTS, _P.REVIEW_PAGES, _P.MARK_INCOMPLETE, _P.SEND_MESSAGES],
    "Front Desk": [_P.VIEW_REQUESTS, _P.UPLOAD_RECORDS, _P.SEND_MESSAGES, _P.MANAGE_WALK_INS],
    "Referral Coordinator": [_P.SEND_REFERRALS, _P.HANDLE_REFERRALS, _P.SEND_MESSAGES, _P.MAKE_REQUESTS],
}
_REQUESTOR_ROLES = {
    "Administrator": [
        _P.VIEW_REQUESTS,
        _P.MAKE_REQUESTS,
        _P.SEND_MESSAGES,
        _P.MANAGE_USERS,
        _P.MANAGE_ORGANIZATION,
    ],
    "Member": [_P.VIEW_REQUESTS, _P.MAKE_REQUESTS, _P.SEND_MESSAGES],
}


class RoleQuerySet(models.QuerySet):
    def start(self, organization):
        """Give a new organization the roles its kind starts with; returns its Administrator role."""
        starting = _PROVIDER_ROLES if organization.is_provider else _REQUESTOR_ROLES
        roles = [
            self.create(organization=organization, name=name, permissions=[str(one) for one in permissions])
            for name, permissions in starting.items()
        ]
        return roles[0]


class Role(models.Model):
    """A named set of permissions within one organization."""

    ADMINISTRATOR = "Administrator"
    # Without these nobody could give anything back.
    KEPT_BY_ADMINISTRATORS = (Permission.MANAGE_USERS, Permission.MANAGE_ORGANIZATION)

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=60)
    permissions = models.JSONField(default=list)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="role_name_once")]

    def __str__(self):
        return self.name

    def must_be_within(self, by):
        """Nobody but an Administrator gives or governs more than they may do themselves; raises MoveRefused."""
        if not self.is_within(by):
            raise MoveRefused(
                gettext("The role %(role)s may do more than you may. Ask an Administrator.")
                % {"role": self.name}
            )

    def is_within(self, by):
        return _is_administrator(by) or set(self.permissions) <= set(by.role.permissions)

    def is_fixed(self, permission):
        return self.name == self.ADMINISTRATOR and permission in self.KEPT_BY_ADMINISTRATORS

    def why_not(self, permission, by):
        """Why `by` may not set or clear `permission` of this role, as a sentence; "" where they may."""
        if self.is_fixed(permission):
            return gettext("Administrators always keep this, so that somebody can.")
        if not self.is_within(by):
            return gettext("The role %(role)s may do more than you may. Ask an Administrator.") % {
                "role": self.name
            }
        if not _is_administrator(by) and permission not in by.role.permissions:
            return gettext("You can't give what you may not do yourself.")
        return ""

    def allow(self, permission, is_allowed, *, by):
        """ "Assign Permissions" (product 2.8): set or clear one, obeyed at the next click of whoever has the role.

        Doing it twice changes nothing. Raises MoveRefused, NotPermitted.
        """
        with self.organization.held(by=by, permission=Permission.MANAGE_USERS) as (organization, by):
            row = Role.objects.get(pk=self.pk)
            if reason := row.why_not(permission, by):
                raise MoveRefused(reason)
            if (permission in row.permissions) == is_allowed:
                return
            held = (
                {*row.permissions, str(permission)} if is_allowed else {*row.permissions} - {str(permission)}
            )
            row.permissions = [str(one) for one in Permission if one in held]
            row.save(update_fields=["permissions"])
            event = "permission_given" if is_allowed else "permission_taken"
            organization.record(event, by=by, role=row.name, permission=str(permission))
        self.permissions = row.permissions


def _is_administrator(by):
    return isinstance(by, Actor) or by.role.name == Role.ADMINISTRATOR
