"""Requests of every state, brought there by the product's own verbs, for the parts that look at one request."""

from django.db import transaction

from audit.actors import SYSTEM
from outbox.queue import run_due
from tests import cast, stage

STATES = ["draft", "pending", "incomplete", "qa", "priced", "ordered", "completed", "abandoned"]


class Lives:
    """`rosa` asks, `clara` answers; `request_in("qa")` is a new request in that state."""

    def __init__(self, name):
        firm = cast.organization(f"Firm of {name}", "law_firm")
        practice = cast.organization(f"Practice of {name}", "provider")
        self.rosa, self.clara = cast.member(f"{name}-rosa", firm), cast.member(f"{name}-clara", practice)
        self.custodian = cast.custodian(practice)

    def request_in(self, state, *, file=None):
        """A request that was brought to `state`; `file` is what the practice uploads, three pages if not said."""
        made = stage.draft(self.rosa, self.custodian)
        if state == "draft":
            return made
        made.submit(by=self.rosa)
        if state == "incomplete":
            made.mark_incomplete(by=self.clara, reason="expired")
        elif state == "abandoned":
            made.abandon(by=self.rosa)
        elif state != "pending":
            self._answer(made, state, file)
        made.refresh_from_db()
        return made

    def _answer(self, made, state, file):
        if file is None:
            stage.upload(made, self.clara, pages=3)
        else:
            from requests_app.processing import uploads

            uploads.add(made, file, by=self.clara)
        made.begin_review(by=self.clara)
        if state == "qa":
            return
        stage.priced(made, self.clara)
        if state == "priced":
            return
        with transaction.atomic():
            made.invoices.get().locked().settle(by=SYSTEM)
        if state == "completed":
            deliver()


def deliver():
    """Let the background do all it has to do, as the worker would."""
    run_due()
