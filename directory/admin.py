from django.contrib import admin

from directory.models import Custodian, DesignatedPhysician, FormOffered, Service


class ServiceInline(admin.TabularInline):
    model = Service
    extra = 0


class FormOfferedInline(admin.TabularInline):
    """To read: the practice changes them, and its Activity tells."""

    model = FormOffered
    extra = 0
    can_delete = False
    fields = readonly_fields = ["name", "fee", "is_offered", "removed_at"]

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Custodian)
class CustodianAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "city", "state", "organization"]
    list_filter = ["kind", "state", "offers_rush"]
    search_fields = ["name", "npi", "city"]
    autocomplete_fields = ["organization"]
    inlines = [ServiceInline, FormOfferedInline]


@admin.register(DesignatedPhysician)
class DesignatedPhysicianAdmin(admin.ModelAdmin):
    """To read, like the forms."""

    list_display = ["name", "npi", "organization", "removed_at"]
    search_fields = ["name", "npi", "organization__name"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
