from django.contrib import admin


class ReadOnly(admin.ModelAdmin):
    """Read and search; what may be done has an action that calls a verb."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
