from django.contrib import admin

from audit.models import Activity
from chartrequest.admin import ReadOnly


@admin.register(Activity)
class ActivityAdmin(ReadOnly):
    """The record of what happened: read, search, never change."""

    list_display = ["happened_at", "subject_type", "subject_id", "event", "actor_name", "organization_name"]
    list_filter = ["event", "subject_type"]
    search_fields = ["=subject_id", "actor_name"]
