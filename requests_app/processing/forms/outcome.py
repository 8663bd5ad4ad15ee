from django import forms
from django.utils.translation import gettext_lazy as _

from chartrequest.forms import DateField, PhoneField, PlainTextField
from requests_app import grounds
from requests_app.grounds import MissingReason
from requests_app.models import Outcome

Kind = Outcome.Kind


class ContactForm(forms.Form):
    """To whom the practice's letters send questions and complaints (45 CFR 164.524(d)(2)(iii))."""

    contact_name = PlainTextField(
        label=_("Privacy contact: name or title"),
        max_length=160,
        help_text=_("Who takes questions and complaints, for example: Privacy Officer."),
    )
    contact_phone = PhoneField(label=_("Phone of the privacy contact"))
    contact_address = PlainTextField(
        label=_("Address or email of the privacy contact"), max_length=300, required=False
    )


class LetterForm(ContactForm):
    """A letter that answers the request in place of records; whoever sends it signs it."""

    explains = _("Explain it in plain words")

    explanation = PlainTextField(label="", max_length=2000, multiline=True)
    signed_name = PlainTextField(
        label=_("Your own full name"),
        max_length=160,
        help_text=_("Typing your name here is your signature."),
        error_messages={"required": _("Type your full name.")},
    )

    def __init__(self, data=None, *, by, initial=None):
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.by = by
        self.fields["explanation"].label = self.explains
        self.fields["signed_name"].widget.attrs["autocomplete"] = "name"

    def clean_signed_name(self):
        name = self.by.person.full_name
        if _plain(self.cleaned_data["signed_name"]) != _plain(name):
            raise forms.ValidationError(_("Type your own name: %(name)s.") % {"name": name})
        return name

    @property
    def said(self):
        """What the letter is written from."""
        return {key: value for key, value in self.cleaned_data.items() if key != "signed_name"}


class NoRecordsForm(LetterForm):
    kind = Kind.NO_RECORDS
    explains = _("What was searched, and how?")

    elsewhere = PlainTextField(
        label=_("Where the records may be"),
        max_length=300,
        required=False,
        help_text=_("If you know it: the law asks to tell (45 CFR 164.524(d)(3))."),
    )
    field_order = [
        "explanation",
        "elsewhere",
        "contact_name",
        "contact_phone",
        "contact_address",
        "signed_name",
    ]


class DenyForm(LetterForm):
    kind = Kind.DENIED
    ground = forms.ChoiceField(
        label=_("Ground"), choices=grounds.choices, error_messages={"required": _("Choose a ground.")}
    )
    field_order = ["ground", "explanation", "contact_name", "contact_phone", "contact_address", "signed_name"]


class OutcomeForm(ContactForm):
    """Whether all that was asked for is released, or a part; stands beside the price."""

    says_optional = False  # what is needed hangs on the answers before it

    outcome = forms.ChoiceField(
        label=_("What do you release?"),
        choices=[(Kind.FULL, _("All that was asked for")), (Kind.PARTIAL, _("A part of it"))],
        widget=forms.RadioSelect,
        initial=Kind.FULL,
        required=False,
    )
    delivered_types = forms.MultipleChoiceField(
        label=_("Record types that are here"), widget=forms.CheckboxSelectMultiple, required=False
    )
    delivered_from = DateField(
        label=_("Their first day of service"),
        past_only=True,
        required=False,
        help_text=_("MM/DD/YYYY. Leave both days empty if they are those asked for."),
    )
    delivered_to = DateField(label=_("Their last day of service"), past_only=True, required=False)
    missing = PlainTextField(label=_("What is missing?"), max_length=1000, multiline=True, required=False)
    missing_reason = forms.ChoiceField(
        label=_("Why is it missing?"),
        choices=[("", _("Choose a reason")), *MissingReason.choices],
        required=False,
    )
    ground = forms.ChoiceField(label=_("Ground for withholding it"), choices=grounds.choices, required=False)
    explanation = PlainTextField(
        label=_("Explain it in plain words"),
        max_length=2000,
        multiline=True,
        required=False,
        help_text=_("Stands in the letter that goes out in front of the pages, in your name."),
    )
    field_order = [
        "outcome",
        "delivered_types",
        "delivered_from",
        "delivered_to",
        "missing",
        "missing_reason",
        "ground",
        "explanation",
    ]

    def __init__(self, record_request, data=None, *, initial=None):
        initial = {"delivered_types": record_request.record_types} | (initial or {})
        super().__init__(data, initial=initial, use_required_attribute=False)
        asked = zip(record_request.record_types, record_request.record_type_labels, strict=True)
        self.fields["delivered_types"].choices = list(asked)
        for name in ("contact_name", "contact_phone"):
            self.fields[name].required = False

    @property
    def of_a_part(self):
        """The fields that a partial release needs; those of what is withheld come after."""
        names = ["delivered_types", "delivered_from", "delivered_to", "missing", "missing_reason"]
        return [self[name] for name in names]

    @property
    def of_what_is_withheld(self):
        names = ["ground", "explanation", "contact_name", "contact_phone", "contact_address"]
        return [self[name] for name in names]

    @property
    def partial(self):
        """The fields of the Outcome of a part; None where all is released."""
        said = self.cleaned_data
        if said["outcome"] != Kind.PARTIAL:
            return None
        kept = {name: value for name, value in said.items() if name != "outcome"}
        if said["missing_reason"] != MissingReason.WITHHELD:
            for name in ("ground", "explanation", "contact_name", "contact_phone", "contact_address"):
                kept[name] = ""
        return kept

    def clean_outcome(self):
        return self.cleaned_data["outcome"] or Kind.FULL

    def clean(self):
        said = super().clean()
        if said.get("outcome") != Kind.PARTIAL:
            return said
        self._need("delivered_types", _("Choose at least one, or state that there are no records."))
        self._need("missing", _("Say what is missing."))
        self._need("missing_reason", _("Say why it is missing."))
        if said.get("missing_reason") == MissingReason.WITHHELD:
            self._need("ground", _("Choose a ground."))
            self._need("explanation", _("Explain why it is withheld."))
            self._need("contact_name", _("Fill in who takes questions and complaints."))
            self._need("contact_phone", _("Fill in the phone number."))
        start, end = said.get("delivered_from"), said.get("delivered_to")
        if start and end and end < start:
            self.add_error("delivered_to", _("The last day is before the first one."))
        return said

    def _need(self, name, sentence):
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)


def _plain(name):
    return " ".join(name.split()).casefold()
