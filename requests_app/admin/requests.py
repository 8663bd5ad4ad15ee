from django.contrib import admin
from django.template.loader import render_to_string

from audit.models import Activity
from chartrequest.admin import ReadOnly
from chartrequest.asking import open_for
from requests_app import telling
from requests_app.admin.deciding import End, KeepGoing
from requests_app.models import RecordRequest, State


class WaitsForOps(admin.SimpleListFilter):
    title = "queue"
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return [
            ("decide", "Patients' requests whose time is over"),
            ("undelivered", "Paid, and not delivered"),
        ]

    def queryset(self, request, queryset):
        queue = QUEUES.get(self.value())
        return queue(queryset) if queue else queryset


def decide(queryset):
    """Patients' own requests that a sweep may not end by itself."""
    return queryset.filter(ops_asked_at__isnull=False)


def undelivered(queryset):
    """Paid, and not delivered for 60 days: at 90 the money goes back."""
    told = Activity.objects.filter(subject_type=RecordRequest._meta.label_lower, event="ops_told")
    return queryset.filter(state=State.ORDERED, pk__in=told.values("subject_id"))


QUEUES = {"decide": decide, "undelivered": undelivered}


@admin.register(RecordRequest)
class RecordRequestAdmin(ReadOnly):
    """Where a request stands and what happened. Who the patient is, and what is asked for, is nobody's to read here."""

    change_form_template = "admin/change_form_with_decisions.html"
    list_display = [
        "public_id_written",
        "state",
        "who_asks",
        "custodian",
        "submitted_at",
        "due_on",
        "ops_asked_at",
    ]
    list_filter = [WaitsForOps, "state", "swept"]
    list_select_related = ["organization", "custodian"]
    search_fields = ["public_id"]
    ordering = ["-id"]
    show_full_result_count = False
    fields = [
        *("public_id_written", "state", "who_asks", "custodian"),
        *(
            "submitted_at",
            "due_on",
            "incomplete_at",
            "incomplete_reason",
            "priced_at",
            "ordered_at",
            "ended_at",
        ),
        *("swept", "kept_until", "ops_asked_at", "reopened_at", "happened"),
    ]

    def __init__(self, *args):
        super().__init__(*args)
        self.decisions = [End(self), KeepGoing(self)]

    def get_urls(self):
        return [*(one.path() for one in self.decisions), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        record_request = self.get_object(request, object_id)
        decisions = open_for(request, self.decisions, record_request) if record_request else []
        return super().change_view(request, object_id, form_url, {"decisions": decisions})

    @admin.display(description="ID", ordering="public_id")
    def public_id_written(self, record_request):
        return str(record_request)

    @admin.display(description="Who asks")
    def who_asks(self, record_request):
        """A household bears its patient's name."""
        organization = record_request.organization
        return "A patient" if organization.is_household else organization.name

    @admin.display(description="Newest first")
    def happened(self, record_request):
        entries = Activity.objects.of(record_request).order_by("-sequence")[:50]
        told = [
            (entry.happened_at, self._side(record_request, entry), telling.told(entry).what)
            for entry in entries
        ]
        return render_to_string("admin/requests_app/recordrequest/_activity.html", {"entries": told})

    def _side(self, record_request, entry):
        """Who acted, without a name: a patient's own would say who it is about."""
        if entry.organization_id is None:
            return entry.organization_name or entry.actor_name
        return "Who asks" if entry.organization_id == record_request.organization_id else "Custodian"
