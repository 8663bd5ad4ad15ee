from django import forms
from django.utils.translation import gettext_lazy as _
from localflavor.us.us_states import STATE_CHOICES

from chartrequest.forms import PlainTextField
from directory.models import Custodian


class SearchForm(forms.Form):
    """Which facilities are listed in step 2 (product 3.1, 3.2)."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *STATE_CHOICES]
    )
    name = PlainTextField(label=_("Facility, city or ZIP"), max_length=80, required=False)
    favorites = forms.BooleanField(label=_("Favorites"), required=False)

    def found(self, member):
        """The facilities of the network that fit."""
        said = self.cleaned_data
        found = Custodian.objects.in_network().search(state=said["state"], name=said["name"])
        if said["favorites"]:
            found = found.filter(pk__in=member.person.favorites.values("custodian"))
        return found
