"""What the query string of an outbound list asks for: states, a search, "Advanced Search", an order."""

from datetime import datetime, time, timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chartrequest.forms import DateField, PlainTextField
from directory.models import Custodian
from requests_app.lists import NEWEST_FIRST, Search, Walk, capped_counts, said
from requests_app.lists.searching import named
from requests_app.models import RecordRequest, State
from requests_app.models.patient import search_key
from requests_app.tracking.status_check import RequestIdField

STATES = list(State)
ORDERS = {
    "updated": NEWEST_FIRST,
    "unchanged": ("updated_at", "id"),
    "newest": ("-id",),
    "oldest": ("id",),
    # For a search by days: the days are then one stretch of an index, however many came later.
    "submitted": ("-submitted_at", "-id"),
}
ORDER_LABELS = {
    "updated": _("Latest change first"),
    "unchanged": _("Longest unchanged first"),
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
    "submitted": _("Last submitted first"),
}


class AdvancedSearchForm(forms.Form):
    """Each field narrows the list further."""

    says_optional = False
    patient = PlainTextField(label=_("Patient"), max_length=100, required=False)
    request_id = RequestIdField(label=_("Request ID"), required=False)
    case = PlainTextField(label=_("Case number"), max_length=60, required=False)
    provider = PlainTextField(label=_("Provider"), max_length=100, required=False)
    submitted_from = DateField(label=_("Submitted from"), required=False)
    submitted_to = DateField(label=_("Submitted to"), required=False)

    def clean_patient(self):
        said = self.cleaned_data["patient"]
        if problem := Search(said).problem:
            raise forms.ValidationError(problem)
        return said

    def clean(self):
        start, end = self.cleaned_data.get("submitted_from"), self.cleaned_data.get("submitted_to")
        if start and end and end < start:
            self.add_error("submitted_to", _("This is before the first day. Swap the two days."))
        return self.cleaned_data

    @property
    def is_used(self):
        return any(self.data.get(name) for name in self.fields)

    @property
    def asks_for_days(self):
        said = getattr(self, "cleaned_data", {})
        return bool(said.get("submitted_from") or said.get("submitted_to"))


class Asked:
    """What is asked for, and the rows that answer it. Words that mean nothing are left out."""

    def __init__(self, request):
        get = said(request)
        self.member = request.member
        self.states = [state for state in STATES if state in get.getlist("status")]
        self.form = AdvancedSearchForm(get)
        self.is_valid = self.form.is_valid()
        self.chosen_sort = get.get("sort") if get.get("sort") in self._orders else ""
        self.sort = self.chosen_sort or ("submitted" if self.form.asks_for_days else "updated")
        self.search = self._quick_search(get.get("q", ""))

    @property
    def order(self):
        return ORDERS[self.sort]

    @property
    def sorts(self):
        return [(key, ORDER_LABELS[key]) for key in self._orders]

    @property
    def _orders(self):
        """Drafts have no day of submission, so only what is searched by days is put in that order."""
        return [key for key in ORDERS if key != "submitted" or self.form.asks_for_days]

    @property
    def is_narrowed(self):
        return bool(self.states or self.search.text or self.form.is_used)

    def walks(self):
        """One for each way of searching and, where states are chosen, through each state: each follows an index."""
        if not self.is_valid or self.search.problem:
            return []
        mine = self._mine()
        return [Walk(mine.filter(way), tuple(self.states)) for way in self.search.ways]

    def everything(self):
        """The same rows as one queryset, for what isn't shown page by page."""
        if not self.is_valid or self.search.problem:
            return RecordRequest.objects.none()
        ways = Q()
        for way in self.search.ways:
            ways |= way
        states = {"state__in": self.states} if self.states else {}
        return self._mine().filter(ways, **states).order_by(*self.order)

    def _quick_search(self, text):
        """An ID, or the beginning of a patient's name, a case number or a provider's name.

        Case numbers may look like an ID with a slip, so those are looked for as well.
        """
        search = Search(text, also=lambda said: [case_begins(said), provider_named(said)])
        if search.problem and any(one.isdigit() for one in search.text):
            search.problem, search.ways = "", [case_begins(search.text)]
        return search

    def _mine(self):
        mine = RecordRequest.objects.outbound(self.member)
        said = self.form.cleaned_data if self.is_valid else {}
        if said.get("patient"):
            names = Q()
            for way in Search(said["patient"]).ways:
                names |= way
            mine = mine.filter(names)
        if said.get("request_id"):
            mine = mine.filter(public_id=said["request_id"])
        if said.get("case"):
            mine = mine.filter(case_begins(said["case"]))
        if said.get("provider"):
            mine = mine.filter(provider_named(said["provider"]))
        if said.get("submitted_from"):
            mine = mine.filter(submitted_at__gte=_midnight(said["submitted_from"]))
        if said.get("submitted_to"):
            mine = mine.filter(submitted_at__lt=_midnight(said["submitted_to"] + timedelta(days=1)))
        return mine


def counts(member):
    """How many requests of the organization stand in each state, each a `lists.Count` of at most a thousand."""
    mine = RecordRequest.objects.outbound(member)
    return capped_counts(mine, STATES)


def case_begins(text):
    return Q(batch__case_key__startswith=search_key(text))


def provider_named(text):
    return named("custodian", Custodian.objects.filter(name__icontains=text))


def _midnight(day):
    """The beginning of a day in the reader's zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
