from django import forms
from django.utils.translation import gettext_lazy as _

from chartrequest.forms import PlainTextField
from requests_app.reasons import IncompleteReason


class MarkIncompleteForm(forms.Form):
    """Why a request is sent back (product 1.5)."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=IncompleteReason.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--cols"}),
        error_messages={"required": _("Choose what is wrong."), "invalid_choice": _("Choose one of these.")},
    )
    comment = PlainTextField(
        label=_("What should the requestor do?"),
        help_text=_("The requestor reads this. One clear sentence saves a second round."),
        max_length=1000,
        multiline=True,
        required=False,
    )

    def clean(self):
        given = super().clean()
        is_silent = not given.get("comment") and "comment" not in self.errors
        if given.get("reason") == IncompleteReason.OTHER and is_silent:
            self.add_error("comment", _("Say what is missing."))
        return given
