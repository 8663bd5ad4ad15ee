"""Suggested providers: a queue, and three ways to decide (product 3.5)."""

from django import forms
from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join

from audit.models import Activity
from chartrequest.admin import ReadOnly
from chartrequest.asking import Asked, open_for
from directory.admin.forms import AnswerForm, FactsForm, WhichForm
from directory.models import Custodian, RegistryEntry, Suggestion
from directory.suggesting.already import entries_alike, named_alike

RIGHT = "directory.decide_suggestion"


def likely(suggestion):
    """Custodians that it may be: of its NPI, or of its name in its state."""
    of_npi = list(Custodian.objects.of_npi(suggestion.npi)) if suggestion.npi else []
    return [*of_npi, *(one for one in named_alike(suggestion.name, suggestion.state) if one not in of_npi)]


def entries_of(suggestion):
    """What the registry has under its NPI; where none was given, what it has of its name in its state."""
    if suggestion.npi:
        return list(RegistryEntry.objects.filter(pk=suggestion.npi))
    return entries_alike(suggestion.name, suggestion.state)


class Decision(Asked):
    right = RIGHT

    def is_open(self, suggestion):
        return suggestion.can(self.verb)

    def says(self, suggestion):
        if not self.is_open(suggestion):
            return [suggestion.why_not(self.verb)]
        return [f"Suggested: {suggestion.name}, {suggestion.address or suggestion.state}", self.does]


class Add(Decision):
    move, verb, label = "add-custodian", "add", "Add as custodian"
    does = "It is listed from now on. With an NPI its entry of the registry is listed as this one."

    def is_open(self, suggestion):
        """What is listed is not listed once more."""
        return super().is_open(suggestion) and suggestion.custodian is None

    def says(self, suggestion):
        if suggestion.custodian and suggestion.can(self.verb):
            return [f"It is listed as {suggestion.custodian}. They want it in the network."]
        return super().says(suggestion)

    def make_form(self, suggestion, data):
        return FactsForm.begun_with(suggestion.facts, data)

    def do(self, suggestion, form, *, by):
        made = suggestion.add(by=by, **form.cleaned_data)
        return f"{made} is listed as number {made.pk}. Whoever suggested it is told."


class Invite(Decision):
    move, verb, label = "invite", "invite", "We asked it to join"
    does = "Reach the practice first. Whoever wants it is told now, and once more when it can be asked."
    form = forms.Form

    def is_open(self, suggestion):
        return super().is_open(suggestion) and suggestion.custodian is not None

    def says(self, suggestion):
        if suggestion.custodian is None and suggestion.can(self.verb):
            return ["It isn't listed yet. Add it as a custodian."]
        return super().says(suggestion)

    def do(self, suggestion, form, *, by):
        suggestion.invite(by=by)
        return "Whoever wants it is told."


class Link(Decision):
    move, verb, label = "link", "link", "It is listed already"
    does = "Say which one it is; whoever suggested it is told."

    def make_form(self, suggestion, data):
        return WhichForm(data, likely(suggestion))

    def do(self, suggestion, form, *, by):
        suggestion.link(by=by, **form.cleaned_data)
        return f"It is {suggestion.custodian}. Whoever suggested it is told."


class Decline(Decision):
    move, verb, label = "decline", "decline", "Decline"
    does = "It is not listed. Whoever suggested it reads why."
    form = AnswerForm

    def do(self, suggestion, form, *, by):
        suggestion.decline(by=by, **form.cleaned_data)
        return "Declined. Whoever suggested it is told."


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnly):
    """Whom people miss; each decision is a page and a verb, and is told."""

    change_form_template = "admin/change_form_with_decisions.html"
    list_display = ["name", "city", "state", "npi", "standing", "suggested_at", "organization", "waiting_too"]
    list_filter = ["standing", "state"]
    list_select_related = ["organization"]
    search_fields = ["name", "=npi"]
    fieldsets = [
        ("Standing", {"fields": ["standing", "decided_at", "custodian", "answer"]}),
        (
            "What was suggested",
            {"fields": [*("name", "npi", "street", "city", "state", "zip_code"), *("phone", "fax", "email")]},
        ),
        ("Is it there?", {"fields": ["is_another", "registry_says", "listed_alike"]}),
        ("Who waits", {"fields": ["suggested_by", "organization", "suggested_at", "followers"]}),
        ("Activity", {"fields": ["happened"]}),
    ]
    readonly_fields = ["registry_says", "listed_alike", "happened"]

    def __init__(self, *args):
        super().__init__(*args)
        self.decisions = [Add(self), Invite(self), Link(self), Decline(self)]

    def get_urls(self):
        return [*(one.path() for one in self.decisions), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        suggestion = self.get_object(request, object_id)
        decisions = open_for(request, self.decisions, suggestion) if suggestion else []
        return super().change_view(request, object_id, form_url, {"decisions": decisions})

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("followers")

    @admin.display(description="Waiting")
    def waiting_too(self, suggestion):
        return 1 + len(suggestion.followers.all())

    @admin.display(description="The registry")
    def registry_says(self, suggestion):
        rows = [
            (
                *(one.npi, one.name, one.street, one.city, one.state, one.zip_code),
                f", deactivated on {one.deactivated_on:%m/%d/%Y}" if one.deactivated_on else "",
            )
            for one in entries_of(suggestion)
        ]
        nothing = (
            "Nothing is known of this NPI."
            if suggestion.npi
            else "No NPI was given, and no name is the same."
        )
        return format_html_join("", "<div>{}: {}, {}, {}, {} {}{}</div>", rows) or nothing

    @admin.display(description="Custodians like it")
    def listed_alike(self, suggestion):
        rows = [
            (reverse("admin:directory_custodian_change", args=[one.pk]), one.pk, one.name, one.address)
            for one in likely(suggestion)
        ]
        return format_html_join("", '<div><a href="{}">{}: {}</a>, {}</div>', rows) or "None."

    @admin.display(description="Newest first")
    def happened(self, suggestion):
        entries = Activity.objects.of(suggestion).order_by("-sequence")[:50]
        return render_to_string("admin/accounts/organization/_activity.html", {"entries": entries})
