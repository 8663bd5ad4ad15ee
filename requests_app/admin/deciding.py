"""A patient's own request whose time is over: end it, or let it go on (product 1.9)."""

from django import forms

from accounts.asking import FreshlyAsked
from chartrequest.days import business_day
from requests_app.sweeping import deciding

WHAT = (
    "A patient's own request, {state}, submitted on {day:%m/%d/%Y}. Its custodian owes an answer within 30 days, with "
    "one written extension of 30 (45 CFR 164.524)."
)


class Decision(FreshlyAsked):
    """`does` says what it brings about, `done` what is said afterwards."""

    right = "requests_app.end_recordrequest"
    form = forms.Form

    def is_open(self, record_request):
        return bool(record_request.ops_asked_at)

    def says(self, record_request):
        if not self.is_open(record_request):
            return []
        submitted_on = business_day(record_request.submitted_at)
        return [WHAT.format(state=record_request.get_state_display(), day=submitted_on), self.does]

    def do(self, record_request, form, *, by):
        deciding.MOVES[self.move](record_request, by=by)
        return f"Request {record_request} {self.done}"


class End(Decision):
    move, label, done = "end", "Cancel the request", "is canceled. The patient is told."
    does = "It is canceled and costs the patient nothing. The patient is told, and may reopen it for nothing."


class KeepGoing(Decision):
    move, label, done = "keep_going", "Keep it going", "goes on for 30 days."
    does = "It stays as it is for 30 days; if nothing has come of it by then, it is put before you again."
