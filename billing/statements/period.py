from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chartrequest.days import business_day
from chartrequest.forms import DateField


class PeriodForm(forms.Form):
    """The days of a statement, both included; this month's where none are named."""

    says_optional = False
    begins_on = DateField(label=gettext_lazy("From"))
    ends_on = DateField(label=gettext_lazy("To"))

    @classmethod
    def of(cls, query):
        """The form as the address fills it in."""
        named = {name: query[name] for name in ("begins_on", "ends_on") if name in query}
        return cls(named or _typed(*months()[0][1:]))

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day > business_day():
            raise ValidationError(_("A statement ends today at the latest."))
        return day

    def clean(self):
        said = super().clean()
        begins_on, ends_on = said.get("begins_on"), said.get("ends_on")
        if begins_on and ends_on and ends_on < begins_on:
            self.add_error("ends_on", _("The last day is before the first."))
        return said


def months():
    """Periods that people ask for: `[(what it is called, first day, last day)]`."""
    today = business_day()
    this_month = today.replace(day=1)
    before = this_month - timedelta(days=1)
    return [
        (_("This month"), this_month, today),
        (_("Last month"), before.replace(day=1), before),
        (_("This year"), today.replace(month=1, day=1), today),
    ]


def chosen():
    """The same periods as an address says them: `[(what it is called, query)]`."""
    return [(label, query(*days)) for label, *days in months()]


def query(begins_on, ends_on):
    """A period as an address says it."""
    return urlencode(_typed(begins_on, ends_on))


def _typed(begins_on, ends_on):
    return {"begins_on": f"{begins_on:%m/%d/%Y}", "ends_on": f"{ends_on:%m/%d/%Y}"}
