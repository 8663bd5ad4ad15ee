import re

from django import forms
from django.core.exceptions import ValidationError

from billing.fees import BadSchedule
from billing.fees.facts import MEDIA, REQUESTORS
from billing.fees.rows import CHOICES, MONEY
from chartrequest.days import business_day
from chartrequest.forms import DateField, PlainTextField

TIER = re.compile(r"(?P<first>[0-9]{1,6})\s*(-\s*(?P<last>[0-9]{1,6}|)\s*)?:\s*\$?(?P<rate>[0-9.]{1,9})")
CALLED = {
    "base_fee": "Base fee ($)",
    "base_includes_pages": "Pages the base fee includes",
    "max_copy_total": "Most for the copies ($)",
    "max_total": "Most in all ($)",
    "min_total": "Least in all ($)",
    "handling_pct": "Handling (percent)",
    "effective": "In the law since (a day, as 2026-07-01, or a month or a year)",
    "per_year_of_records_fee": "Each year of records ($)",
    "labor_per_hour": "Labor, an hour ($)",
} | {
    f"{name}_fee": f"{name.capitalize()} ($)"
    for name in ("affidavit", "certification", "image", "notary", "rush")
}
WORDS = ["name", "citation", "effective", "free_rules", "note"]
CHOSEN = ["custodian_kind", "postage", "indexed", "confidence"]
MANY = {"requestors": [*REQUESTORS, "any"], "medium": [*MEDIA, "any"]}


class ScheduleForm(forms.Form):
    """A schedule's columns as ops type them; what they may hold is `fees.rows`' to say. docs/fees.md explains them."""

    effective_on = DateField(
        label="In force from", help_text="MM/DD/YYYY. Days before keep the schedules they had."
    )
    why = PlainTextField(label="What changed, and by which law", max_length=500)
    tiers = forms.CharField(
        label="Rates per page",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="A line each, in dollars a page: “1-20: 0.97”, the last without an end: “101-: 0.66”.",
    )

    def __init__(self, edition, row, data=None):
        self.edition, self.row = edition, row
        began = {"effective_on": business_day(), "tiers": _written(row["tiers"])}
        super().__init__(data, initial=row | began)
        self.fields |= {name: _amount_field(name) for name in [*sorted(MONEY), "base_includes_pages"]}
        self.fields |= {name: _choice_field(name) for name in CHOSEN}
        self.fields |= {name: _many_field(name, values) for name, values in MANY.items()}
        self.fields |= {name: _words_field(name) for name in WORDS}

    def clean_tiers(self):
        return [_tier(line) for line in self.cleaned_data["tiers"].splitlines() if line.strip()]

    def clean_base_includes_pages(self):
        typed = self.cleaned_data["base_includes_pages"] or "0"
        if not re.fullmatch(r"[0-9]{1,6}", typed):
            raise ValidationError("Use a whole number of pages.")
        return int(typed)

    def clean(self):
        said = super().clean()
        if self.errors:
            return said
        row = dict(self.row)
        for name, value in said.items():
            if name in ("effective_on", "why"):
                continue
            if name in MONEY and value == "":
                row.pop(name, None) if name != "base_fee" else row.update(base_fee="0.00")
            else:
                row[name] = value
        if row == self.row:
            raise ValidationError("Nothing is changed.")
        self.revised = row
        try:
            self.edition.would_be(row)
        except BadSchedule as refusal:
            raise ValidationError(str(refusal)) from refusal
        return said

    def save(self, *, by):
        """The new edition."""
        said = self.cleaned_data
        made, _is_new = self.edition.revised(
            self.revised, effective_on=said["effective_on"], note=said["why"], by=by
        )
        return made


def _called(name):
    return CALLED.get(name, name.replace("_", " ").capitalize())


def _amount_field(name):
    return forms.CharField(label=_called(name), required=False, max_length=12)


def _choice_field(name):
    choices = [(one, one or "–") for one in sorted(CHOICES[name])]
    return forms.ChoiceField(label=_called(name), choices=choices, required=False)


def _many_field(name, values):
    choices = [(one, one) for one in values]
    return forms.MultipleChoiceField(
        label=_called(name), choices=choices, widget=forms.CheckboxSelectMultiple
    )


def _words_field(name):
    return PlainTextField(label=_called(name), max_length=1000, required=name in ("name", "citation"))


def _written(tiers):
    return "\n".join(f"{tier['from']}-{tier.get('to', '')}: {tier['rate']}" for tier in tiers)


def _tier(line):
    match = TIER.fullmatch(line.strip())
    if match is None:
        raise ValidationError(f"“{line.strip()[:40]}” is not a rate. Write “1-20: 0.97”.")
    tier = {"from": int(match["first"]), "rate": match["rate"]}
    return tier | ({"to": int(match["last"])} if match["last"] else {})
