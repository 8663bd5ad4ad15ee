"""Below /organization/. The addresses of an invitation's reader are in `invited_urls`."""

from django.urls import path

from accounts.membership import facts

urlpatterns = [
    path("", facts.my_organization, name="my_organization"),
    path("edit/", facts.organization_edit, name="organization_edit"),
    path("activity/", facts.organization_activity, name="organization_activity"),
]
