from django.contrib import admin

from accounts.models import Invitation, JoinRequest, Member, Role
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


class MembersOf(admin.TabularInline):
    """Who belongs, or belonged, to an organization; its administrators decide on them."""

    model = Member
    fields = ["person", "email", "job", "role", "joined_at", "removed_at"]
    readonly_fields = fields
    extra = 0
    can_delete = False
    verbose_name_plural = "Members"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person__survey", "role")

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description="Email")
    def email(self, member):
        return member.person.email

    @admin.display(description="Their role, in their own words")
    def job(self, member):
        survey = getattr(member.person, "survey", None)
        return survey.job if survey else ""
