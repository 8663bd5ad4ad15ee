from django import forms
from django.utils.translation import gettext_lazy as _

from chartrequest.forms import PlainTextField
from requests_app.right_of_access import LONGEST_WHY


class ExtendForm(forms.Form):
    """Why a patient has to wait longer for an answer."""

    why = PlainTextField(
        label=_("Why do you need more time?"),
        help_text=_("The patient reads this. Say what is in the way, in plain words."),
        max_length=LONGEST_WHY,
        multiline=True,
        error_messages={"required": _("Say why: the law asks you to tell the patient.")},
    )
