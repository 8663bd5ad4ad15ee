from django.contrib import admin

from directory.models import Custodian, Service


class ServiceInline(admin.TabularInline):
    model = Service
    extra = 0


@admin.register(Custodian)
class CustodianAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "city", "state", "organization"]
    list_filter = ["kind", "state", "offers_rush"]
    search_fields = ["name", "npi", "city"]
    autocomplete_fields = ["organization"]
    inlines = [ServiceInline]
