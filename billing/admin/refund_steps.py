"""Each step of a refund for ops: a page that asks, and the verb (product 7.7)."""

from django import forms

from accounts.asking import FreshlyAsked
from billing.models import Refund
from chartrequest.days import business_day
from chartrequest.forms import DateField, MoneyField, PlainTextField
from chartrequest.templatetags.ui import money

READ_BY = "Whoever asked reads this on the page of the request, and in the refund letter."


def _words(**said):
    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
    return PlainTextField(max_length=2000, multiline=True, widget=widget, help_text=READ_BY, **said)


class ApproveForm(forms.Form):
    amount = MoneyField(label="Amount to refund", help_text="The whole, or a part of it.")
    decision = _words(label="Explanation", required=False)

    def __init__(self, refund, *args):
        super().__init__(*args, initial={"amount": refund.amount})
        self.fields["amount"].most = refund.amount


class DenyForm(forms.Form):
    ground = forms.ChoiceField(
        label="Reason",
        choices=[("", "Choose the reason"), *Refund.Ground.choices],
        help_text="This sentence is emailed.",
    )
    decision = _words(label="Explanation", required=False)

    def __init__(self, refund, *args):
        super().__init__(*args)

    def clean(self):
        said = super().clean()
        if said.get("ground") == Refund.Ground.OTHER and not said.get("decision"):
            self.add_error("decision", "Say why it is denied.")
        return said


class CheckSentForm(forms.Form):
    number = PlainTextField(label="Check number", max_length=30)
    sent_on = DateField(label="Mailed on", past_only=True)

    def __init__(self, refund, *args):
        super().__init__(*args, initial={"sent_on": business_day()})


class AgainForm(forms.Form):
    by_check = forms.TypedChoiceField(
        label="How",
        choices=[("no", "To the card once more"), ("yes", "By check, to the mailing address")],
        coerce=lambda said: said == "yes",
    )

    def __init__(self, refund, *args):
        super().__init__(*args)


class Step(FreshlyAsked):
    """A verb of the refund; `does` says what it brings about, `done` what the refund then is."""

    right = "billing.decide_refund"

    def is_open(self, refund):
        return refund.can(self.move)

    def says(self, refund):
        if not self.is_open(refund):
            return [refund.why_not(self.move)]
        about = (
            f"{refund.organization.name}, request {refund.invoice.record_request}: {money(refund.amount)}, "
        )
        about += f"{refund.get_reason_display()} ({refund.get_method_display()})"
        return [sentence for sentence in (about, refund.problem, self.does) if sentence]

    def make_form(self, refund, data):
        return self.form(refund, data)

    def do(self, refund, form, *, by):
        getattr(refund, self.move)(by=by, **form.cleaned_data)
        return f"{refund} is {self.done}."


class Approve(Step):
    move, label, form, done = "approve", "Approve", ApproveForm, "approved"
    does = "A card is paid back by itself within minutes; a check is written by us. Whoever asked is told by email."


class Deny(Step):
    move, label, form, done = "deny", "Deny", DenyForm, "denied"
    does = "Nothing is paid. Whoever asked is told by email, and may ask again within the 30 days."

    def is_open(self, refund):
        """What is approved to a card is on its way."""
        return super().is_open(refund) and not (refund.state == Refund.State.APPROVED and refund.is_to_card)


class SendCheck(Step):
    move, label, form, done = "send_check", "Record the check sent", CheckSentForm, "paid by check"
    does = "The check is in the mail. Whoever asked is told by email."

    def is_open(self, refund):
        return super().is_open(refund) and not refund.is_to_card


class Again(Step):
    move, label, form, done = "again", "Pay it again", AgainForm, "under way again"
    does = "The bank said that nothing was paid. Try the card once more, or send a check."


STEPS = [Approve, Deny, SendCheck, Again]
