from django.contrib import admin

from audit.models import Activity


@admin.register(Activity)
class ActivityAdmin(admin.ModelAdmin):
    """The record of what happened: read, search, never change."""

    list_display = ["happened_at", "subject_type", "subject_id", "event", "actor_name", "organization_name"]
    list_filter = ["event", "subject_type"]
    search_fields = ["=subject_id", "actor_name"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
