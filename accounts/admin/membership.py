from django.contrib import admin

from accounts.models import Invitation, JoinRequest, Role
from chartrequest.admin import ReadOnly


@admin.register(Role)
class RoleAdmin(ReadOnly):
    """What a role may do is decided by the organization itself (product 2.8)."""

    list_display = ["name", "organization"]
    list_select_related = ["organization"]
    search_fields = ["name", "organization__name"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    list_display = ["email", "organization", "role", "state", "sent_at", "expires_at"]
    list_filter = ["state", "sent_at"]
    list_select_related = ["organization", "role"]
    search_fields = ["email", "organization__name"]
    exclude = ["token_hash"]


@admin.register(JoinRequest)
class JoinRequestAdmin(ReadOnly):
    list_display = ["person", "organization", "state", "asked_at", "decided_at"]
    list_filter = ["state", "asked_at"]
    list_select_related = ["person", "organization"]
    search_fields = ["person__email", "organization__name"]
