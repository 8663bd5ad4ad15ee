"""Below /organization/. The addresses of an invitation's reader are in `invited_urls`."""

from django.urls import path

from accounts.membership import asking, facts, inviting, members, permissions, two_step

urlpatterns = [
    path("", facts.my_organization, name="my_organization"),
    path("edit/", facts.organization_edit, name="organization_edit"),
    path("activity/", facts.organization_activity, name="organization_activity"),
    path("two-step/", two_step.two_step_require, name="two_step_require"),
    path("permissions/", permissions.assign_permissions, name="assign_permissions"),
    path("permissions/set/", permissions.permission_set, name="permission_set"),
    path("members/", members.members, name="members"),
    path("members/invite/", inviting.member_invite, name="member_invite"),
    path("members/<int:member_id>/role/", members.member_role, name="member_role"),
    path("members/<int:member_id>/remove/", members.member_remove, name="member_remove"),
    path("invitations/<int:invitation_id>/resend/", inviting.invitation_resend, name="invitation_resend"),
    path("invitations/<int:invitation_id>/revoke/", inviting.invitation_revoke, name="invitation_revoke"),
    path("join-requests/<int:join_request_id>/accept/", asking.join_accept, name="join_accept"),
    path("join-requests/<int:join_request_id>/decline/", asking.join_decline, name="join_decline"),
]
