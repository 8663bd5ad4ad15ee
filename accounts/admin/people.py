from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse

from accounts import lost_device
from accounts.admin import clearing
from accounts.models import Person
from accounts.two_step import has_two_step


@admin.register(Person)
class PersonAdmin(UserAdmin):
    ordering = ["email"]
    list_display = ["email", "first_name", "last_name", "is_active", "is_staff"]
    search_fields = ["email", "first_name", "last_name"]
    list_filter = ["is_staff", "is_active"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        ("Person", {"fields": ["first_name", "last_name", "phone", "time_zone", "language"]}),
        ("Access", {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "first_name", "last_name", "password1", "password2"]})]

    def get_readonly_fields(self, request, obj=None):
        """Who may mend people's names may not make themselves, or anybody, more than they are.

        Nor take over an account: an address of their own, or a password, would open what is in it.
        """
        rights = ["is_staff", "is_superuser", "groups", "user_permissions"]
        return [] if request.user.is_superuser else ["email", *rights]

    def user_change_password(self, request, id, form_url=""):
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def get_urls(self):
        page = self.admin_site.admin_view(clearing.page_of(self))
        name = "accounts_person_clear_two_step"
        return [path("<int:person_id>/clear-two-step/", page, name=name), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        person = self.get_object(request, object_id)
        may = person and lost_device.may_clear(request.user, person) and has_two_step(person)
        address = reverse("admin:accounts_person_clear_two_step", args=[person.pk]) if may else ""
        return super().change_view(request, object_id, form_url, {"clear_two_step": address})

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _may_touch(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _may_touch(request.user, obj)


def _may_touch(person, other):
    """A new password for a colleague in ops would be a way to their rights."""
    return other is None or person.is_superuser or not (other.is_staff or other.is_superuser)
