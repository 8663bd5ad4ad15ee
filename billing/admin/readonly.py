from django.contrib import admin


class ReadOnly(admin.ModelAdmin):
    """Read and search; what may be done has an action that calls a verb."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class NeedsAPerson(admin.SimpleListFilter):
    """Rows that a person must look at, by a text that says why."""

    title = "needs a person"
    parameter_name = "problem"

    def lookups(self, request, model_admin):
        return [("yes", "Yes")]

    def queryset(self, request, queryset):
        return queryset.exclude(problem="") if self.value() else queryset
