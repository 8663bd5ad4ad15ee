from django import forms
from django.utils.translation import gettext_lazy as _

from chartrequest.forms import DateField, PhoneField, PlainTextField
from requests_app.authorizations.signing import Signature
from requests_app.authorizations.terms import SensitiveKind
from requests_app.models import SigningInvitation

Capacity = SigningInvitation.Capacity
LET_IN = "let_in_"
OTHER_INITIALS = _("These are not the initials you gave above. Leave the box empty to keep such records out.")


class BirthDateForm(forms.Form):
    """The one question before anything is shown."""

    birth_date = DateField(label=_("The patient's birth date"), past_only=True)


class SignatureForm(forms.Form):
    """The signature; each specially protected kind has a box of its own for initials, empty from the start."""

    capacity = forms.ChoiceField(
        label=_("Who are you?"),
        choices=Capacity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who you are.")},
    )
    authority = PlainTextField(
        label=_("If you sign for the patient: your right to do so"),
        required=False,
        max_length=160,
        help_text=_("For example: mother; legal guardian; agent under a health care power of attorney."),
    )
    name = PlainTextField(
        label=_("Your own full name"),
        max_length=160,
        help_text=_("Typing your name here is your signature."),
        error_messages={"required": _("Type your full name.")},
    )
    initials = PlainTextField(
        label=_("Your initials"), max_length=10, error_messages={"required": _("Type your initials.")}
    )
    agrees = forms.BooleanField(
        label=_("I agree to sign electronically. My typed name counts like a signature on paper."),
        error_messages={"required": _("Check this box to sign electronically.")},
    )

    def __init__(self, data=None):
        super().__init__(data, use_required_attribute=False)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["initials"].widget.attrs |= {"class": "w-code", "autocomplete": "off"}
        for kind in SensitiveKind:
            box = PlainTextField(label=kind.label, max_length=10, required=False)
            box.widget.attrs |= {"class": "w-code", "autocomplete": "off"}
            self.fields[LET_IN + kind] = box

    @property
    def boxes(self):
        return [self[LET_IN + kind] for kind in SensitiveKind]

    def clean_initials(self):
        initials = _letters(self.cleaned_data["initials"])
        if not initials.isalpha():
            raise forms.ValidationError(_("Use letters only, like MW."))
        return initials

    def clean(self):
        said = self.cleaned_data
        if said.get("capacity") == Capacity.SELF:
            said["authority"] = ""
        elif said.get("capacity") and not said.get("authority") and "authority" not in self.errors:
            self.add_error("authority", _("Say by what right you sign for the patient."))
        initials = said.get("initials")
        for kind in SensitiveKind:
            typed = _letters(said.get(LET_IN + kind) or "")
            if typed and initials and typed != initials:
                self.add_error(LET_IN + kind, OTHER_INITIALS)
        return said

    def signature(self, *, address, browser):
        said = self.cleaned_data
        return Signature(
            name=said["name"],
            initials=said["initials"],
            capacity=said["capacity"],
            authority=said["authority"],
            included=[str(kind) for kind in SensitiveKind if said.get(LET_IN + kind)],
            address=address,
            browser=browser,
        )


class PatientAddressForm(forms.Form):
    """Where the link to read and sign goes: by email, by text, or both ways."""

    email = forms.EmailField(label=_("Patient's email"), required=False, max_length=254)
    phone = PhoneField(label=_("Patient's mobile phone"), required=False, help_text=_("For a text message."))

    def clean(self):
        said = self.cleaned_data
        if not self.errors and not said.get("email") and not said.get("phone"):
            self.add_error("email", _("Fill in an email address, a mobile phone number, or both."))
        return said


def _letters(initials):
    """“t. w.” as “TW”."""
    return initials.replace(".", "").replace(" ", "").upper()
