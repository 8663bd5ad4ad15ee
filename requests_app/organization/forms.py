from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from chartrequest.forms import PhoneField, PlainTextField
from chartrequest.forms.changes import ChangesForm
from directory.organization.forms import FAX
from requests_app import clinical
from requests_app.models.walk_in_requestor import KINDS


class LineForm(forms.Form):
    """One line of the review checklist."""

    text = PlainTextField(
        label=_("What must be looked at"),
        max_length=200,
        help_text=_("One thing that can be ticked: “Name and birth date match on every page”."),
    )


class ReviewerForm(forms.Form):
    """Who of the practice signs off; only who may review pages can."""

    says_optional = False

    member = forms.ChoiceField(
        label=_("Clinical Reviewer"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This person can't review pages any more. Choose another one.")},
    )

    def __init__(self, organization, data=None):
        now = clinical.reviewer_of(organization)
        super().__init__(data, initial={"member": str(now.pk) if now else ""})
        members = Member.objects.active().filter(organization=organization)
        members = members.select_related("person", "role", "organization")
        able = [one for one in members if clinical.can_be(one, organization)]
        able.sort(key=lambda one: one.person.full_name.casefold())
        self.able = {str(one.pk): one for one in able}
        self.fields["member"].choices = [
            ("", _("Nobody: whoever reviews the pages finishes the review")),
            *((str(one.pk), f"{one.person.full_name} · {one.role.name}") for one in able),
        ]

    @property
    def chosen(self):
        """The member, or None for nobody."""
        return self.able.get(self.cleaned_data["member"])


class WalkInForm(ChangesForm):
    """Somebody who comes to the desk often."""

    name = PlainTextField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose one")), *KINDS])
    phone = PhoneField(label=_("Phone"), required=False)
    fax = PhoneField(label=_("Fax"), required=False, error_messages={"invalid": FAX})
    email = forms.EmailField(label=_("Email"), required=False)
    address = PlainTextField(label=_("Address"), max_length=300, required=False)
    note = PlainTextField(
        label=_("Note for your front desk"),
        max_length=500,
        required=False,
        help_text=_("For example who picks the records up. Write nothing about anybody's health."),
    )
