from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.organization import Organization


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

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=60)
    permissions = models.JSONField(default=list)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="role_name_once")]

    def __str__(self):
        return self.name
