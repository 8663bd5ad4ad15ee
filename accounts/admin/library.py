"""The sign-in library's rows: to be read. Made or changed by hand, each would be a way in that its owner never gave."""

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django.contrib import admin

from chartrequest.admin import ReadOnly

# The imports above registered them; an app that is looked through later does no second time.
admin.site.unregister([EmailAddress, Authenticator, UserSession])


@admin.register(EmailAddress)
class EmailAddressAdmin(ReadOnly):
    list_display = ["email", "user", "primary", "verified"]
    list_filter = ["primary", "verified"]
    list_select_related = ["user"]
    search_fields = ["email"]


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnly):
    """Cleared for who lost the device on the page of the person."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type", "created_at"]
    list_select_related = ["user"]
    search_fields = ["user__email"]
    exclude = ["data"]


@admin.register(UserSession)
class UserSessionAdmin(ReadOnly):
    list_display = ["user", "ip", "created_at", "last_seen_at"]
    list_select_related = ["user"]
    search_fields = ["user__email"]
    fields = ["user", "ip", "user_agent", "created_at", "last_seen_at"]
