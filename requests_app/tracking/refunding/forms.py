import uuid

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from localflavor.us.us_states import STATE_CHOICES

from billing.models import Refund
from billing.models.refund import MOST_FILES
from chartrequest.forms import MoneyField, PlainTextField
from chartrequest.templatetags.ui import money
from documents import kinds
from documents.intake import FileRefused, take_in
from documents.models import Document, Use
from requests_app.processing.forms.upload import FilesField

Reason = Refund.Reason
REASONS = [one for one in Reason.choices if one[0] != Reason.BY_ITSELF]
MOST_KEPT = 20


class RefundForm(forms.Form):
    """How much of what was paid should go back, why, and where a check would be sent.

    A file that was taken stays, also when something else is to be corrected: `kept` names it, and only who uploaded
    it can.
    """

    amount = MoneyField(label=gettext_lazy("Requested Refund Amount"))
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason for the refund"),
        choices=[("", gettext_lazy("Choose a reason")), *REASONS],
        error_messages={"required": gettext_lazy("Choose the reason.")},
    )
    comments = PlainTextField(
        label=gettext_lazy("Comments"),
        max_length=4000,
        multiline=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("What happened, and what would be right. Needed where the reason is “Other”."),
    )
    files = FilesField(label=gettext_lazy("Upload Document"), required=False)
    mail_street = PlainTextField(label=gettext_lazy("Street"), max_length=200)
    mail_city = PlainTextField(label=gettext_lazy("City"), max_length=100)
    mail_state = forms.ChoiceField(
        label=gettext_lazy("State"), choices=[("", gettext_lazy("Choose one")), *STATE_CHOICES]
    )
    mail_zip = forms.RegexField(
        r"^[0-9]{5}(-[0-9]{4})?\Z",
        label=gettext_lazy("ZIP"),
        widget=forms.TextInput(attrs={"class": "w-code num"}),
        error_messages={"invalid": gettext_lazy("Use five digits, like 31201, or 31201-1234.")},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    ADDRESS = {
        "mail_street": ("street", "address-line1"),
        "mail_city": ("city", "address-level2"),
        "mail_state": ("state", "address-level1"),
        "mail_zip": ("zip_code", "postal-code"),
    }

    def __init__(self, refundable, *args, by, **kwargs):
        self.refundable, self.by = refundable, by
        ours = {name: getattr(by.organization, known) for name, (known, _hint) in self.ADDRESS.items()}
        super().__init__(*args, initial={"form_key": uuid.uuid4(), **ours}, **kwargs)
        for name, (_known, hint) in self.ADDRESS.items():
            self.fields[name].widget.attrs["autocomplete"] = hint
        self.fields["amount"].help_text = _("At most %(left)s can be refunded.") % {
            "left": money(refundable.left)
        }
        allowed = kinds.ALLOWANCES[Use.REFUND_EVIDENCE]
        files = self.fields["files"]
        files.widget.attrs["accept"] = ",".join(kinds.endings_of(Use.REFUND_EVIDENCE))
        files.help_text = _("%(kinds)s; up to %(count)s files of %(size)s MB each.") % {
            "kinds": allowed.words,
            "count": MOST_FILES,
            "size": allowed.size // kinds.MIB,
        }
        self.kept = self._kept() if self.is_bound else []

    def _kept(self):
        """Files of an earlier try that are still wanted: this person's own, and in no refund yet."""
        named = self.data.getlist("kept")[:MOST_KEPT]
        ids = [int(one) for one in named if one.isascii() and one.isdigit() and len(one) < 19]
        mine = Document.objects.filter(
            pk__in=ids, use=Use.REFUND_EVIDENCE, uploaded_by=self.by.person_id
        ).order_by("pk")
        taken = Refund.documents.through.objects.filter(document_id__in=ids).values("document_id")
        return list(mine.exclude(pk__in=taken))

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if refusal := self.refundable.too_much(amount):
            raise forms.ValidationError(refusal)
        return amount

    def clean_files(self):
        """Take in what can be taken; the others are named with their reason."""
        files, refused = self.cleaned_data["files"] or [], []
        for file in files:
            if len(self.kept) >= MOST_FILES:
                refused.append(
                    _("%(name)s: at most %(count)s files can be sent.")
                    % {"name": file.name[:100], "count": MOST_FILES}
                )
                continue
            try:
                self.kept.append(take_in(file, use=Use.REFUND_EVIDENCE, by=self.by))
            except FileRefused as refusal:
                refused.append(f"{file.name[:100]}: {refusal}")
        if refused:
            raise forms.ValidationError(refused)
        return files

    def clean(self):
        said = super().clean()
        if said.get("reason") == Reason.OTHER and not said.get("comments") and "comments" not in self.errors:
            self.add_error("comments", _("Say in the comments why the money should go back."))
        if len(self.kept) > MOST_FILES:
            self.add_error("files", _("At most %(count)s files can be sent.") % {"count": MOST_FILES})
        return said

    def typed(self):
        """What was typed, with the files that were taken: enough to draw the same form again."""
        typed = self.data.copy()
        typed.setlist("kept", [str(one.pk) for one in self.kept])
        return typed

    def ask(self):
        """The refund; raises MoveRefused where somebody was quicker."""
        said = self.cleaned_data
        return Refund.ask(
            self.refundable.invoice,
            by=self.by,
            amount=said["amount"],
            reason=said["reason"],
            comments=said["comments"],
            address={name: said[name] for name in self.ADDRESS},
            documents=self.kept,
            form_key=said["form_key"],
        )
