"""Where a request stands, in plain sentences: what happened, who is next, by when, what one can do.

One place for both sides, so that nobody hears two stories (product 1.14).
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from billing.models import Quote
from chartrequest.days import business_day
from requests_app import charging, clocks, permissions, readiness, right_of_access
from requests_app.charging import Outlook
from requests_app.clocks import Why
from requests_app.models.states import State
from requests_app.reasons import IncompleteReason


@dataclass(frozen=True)
class Standing:
    """Four sentences (the last two may be empty) and the `tone` of their note: "", warn, bad or ok."""

    what_happened: str
    who_next: str
    by_when: str = ""
    can_do: str = ""
    tone: str = ""


def standing(record_request, member):
    """The Standing of this request for this member of one of its two sides."""
    asks = member.organization_id == record_request.organization_id
    return _STATES[State(record_request.state)](record_request, member, asks)


def _draft(record_request, member, asks):
    paper = record_request.authorization
    if record_request.awaiting_signature and not (paper and paper.is_given):
        return _awaiting_signature(paper and paper.invitation)
    missing = readiness.missing(record_request)
    return Standing(
        _("This is a draft; nobody else sees it.")
        if record_request.organization.is_household
        else _("This is a draft; only your organization sees it."),
        _("You act next."),
        can_do=" ".join(missing) if missing else _("Everything is there: submit it."),
        tone="warn",
    )


def _awaiting_signature(link):
    if link and link.signed_at:
        return Standing(
            _("The patient has signed."),
            _("The signed paper is being made; then the request submits itself."),
            _("This takes minutes."),
            tone="ok",
        )
    if link and not link.is_open:
        return Standing(
            _("The link to sign can't be used any more."),
            _("You act next."),
            can_do=_("Send the patient a new link, or upload a signed authorization instead."),
            tone="warn",
        )
    return Standing(
        _("The authorization was sent to the patient to sign."),
        _("The patient acts next; the request submits itself the moment they sign."),
        can_do=_("You can send the link again, or upload a signed authorization instead."),
    )


def _pending(record_request, member, asks):
    what = _("The request was submitted on %(day)s.") % {"day": _day(record_request.submitted_at)}
    if record_request.reopened_at:
        what = _("The request was reopened on %(day)s.") % {"day": _day(record_request.reopened_at)}
    elif record_request.rejections:
        what = _("The request was corrected and came back to the practice.")
    if before := record_request.earlier_delivery:
        what = _(
            "Something is missing from what was delivered on %(day)s: “%(missing)s” Nothing is charged for it."
        )
        what %= {"day": _day(before.delivered_at), "missing": before.missing}
    if asks:
        who = _("%(practice)s acts next: it looks up the records and uploads them.")
        return Standing(
            what,
            who % _names(record_request),
            _all(_due(record_request), _limits(record_request)),
            _you_may_write(record_request, member),
        )
    if not permissions.can_upload(member, record_request):
        can_do = _("A colleague whose role may upload records does this.")
    elif record_request.files.exists():
        can_do = _("Begin the review when all of the records are uploaded.")
    else:
        can_do = _("Check the authorization, then upload the records, or mark the request as incomplete.")
    by_when = _all(_due(record_request), _limits(record_request))
    return Standing(what, _("Your practice acts next."), by_when, can_do, _tone_of_due(record_request))


def _incomplete(record_request, member, asks):
    reason = record_request.get_incomplete_reason_display()
    what = _("%(practice)s sent the request back on %(day)s: %(reason)s.") % {
        **_names(record_request),
        "day": _day(record_request.incomplete_at),
        "reason": reason,
    }
    if record_request.incomplete_reason == IncompleteReason.REVOKED:
        what = _("The patient took the authorization back, so nothing may be released.")
    if record_request.incomplete_comment:
        what += f" “{record_request.incomplete_comment}”"
    if not asks:
        who = _("%(requestor)s acts next: they correct the request and submit it again.") % _names(
            record_request
        )
        return Standing(what, who, _limits(record_request), _you_may_write(record_request, member))
    can_do = _("Correct what is named and submit again; everything you gave before stays.")
    if not permissions.can_ask(member, record_request):
        can_do = _("A colleague whose role may make requests corrects it.")
    return Standing(what, _("You act next."), _limits(record_request), can_do, "bad")


def _qa(record_request, member, asks):
    if asks:
        return Standing(
            _("The records are found; the practice reviews every page before it is released."),
            _("%(practice)s acts next.") % _names(record_request),
            _all(_due(record_request), _limits(record_request)),
            _you_may_write(record_request, member),
        )
    left = readiness.unreviewed(record_request)
    what = _("The records are uploaded and under review.")
    if left:
        can_do = " ".join(left)
        if not permissions.can_review(member, record_request):
            can_do = _("A colleague whose role may review pages does this.")
    else:
        what = _("The review is done.")
        can_do = _("Check the price and release the records.")
        if not permissions.can_price(member, record_request):
            can_do = _("A colleague whose role may price and release does this.")
    by_when = _all(_due(record_request), _limits(record_request))
    return Standing(what, _("Your practice acts next."), by_when, can_do, _tone_of_due(record_request))


def _priced(record_request, member, asks):
    what = _("The practice finished its review on %(day)s and set the price.") % {
        "day": _day(record_request.priced_at)
    }
    if not asks:
        who = _("%(requestor)s pays next; then the records go out by themselves.") % _names(record_request)
        return Standing(what, who, _limits(record_request), _("There is nothing for you to do now."))
    price = record_request.invoices.open().filter(kind=Quote.Kind.PRICE)
    invoice = price.select_related("quote").first()
    if invoice is None:
        return Standing(what, _("You act next."), _ends(record_request), tone="warn")
    by_when = _("The invoice is due on %(day)s.") % {"day": _day(invoice.due_on)}
    who, can_do, tone = _paying(record_request, invoice)
    if not permissions.can_ask(member, record_request):
        can_do = _("A colleague whose role may make requests pays.")
    return Standing(what, who, _all(by_when, _limits(record_request)), can_do, tone)


def _paying(record_request, invoice):
    """Who is next, what can be done, and the tone, by how this price will be paid."""
    you = _("You act next.")
    expected = charging.outlook(record_request, invoice)
    if expected is Outlook.NO_CARD:
        why = record_request.batch.why_not_card
        return you, f"{why} {_('You can also pay by hand.')}", "bad"
    if expected is Outlook.ASK:
        can_do = _(
            "The price is more than may be charged without asking. Approve it, and the records are yours."
        )
        return you, can_do, "warn"
    failed = invoice.payments.filter(turn__isnull=False).first()
    again_at = charging.next_try_at(invoice)
    if expected is Outlook.BY_ITSELF and failed is None:
        who = _("Your card is charged by itself, as you agreed; nobody has to do anything.")
        return who, _("This takes minutes."), ""
    if failed and failed.state == failed.State.NEEDS_ACTION:
        return you, _("The bank of your card asks you to confirm the payment."), "bad"
    if failed and again_at:
        who = _("%(sentence)s We try again on %(day)s.") % {
            "sentence": failed.sentence,
            "day": _day(again_at),
        }
        return who, _("You can also pay by hand now."), "bad"
    return you, _("Pay, and the records are yours within minutes."), "warn"


def _ordered(record_request, member, asks):
    if stopped := readiness.forbidden(record_request):
        return Standing(
            _("The delivery was stopped."),
            " ".join(stopped),
            can_do=_("Nothing goes out. Our staff settles the payment and writes to you.") if asks else "",
            tone="bad",
        )
    paid = record_request.invoices.filter(kind=Quote.Kind.PRICE, total__gt=0).exists()
    if record_request.is_answered_by_letter:
        return Standing(
            _("The practice answered by a letter."),
            _("It is being put together; nobody has to do anything."),
            _("This takes minutes."),
        )
    what = _("The payment is in.") if paid else _("Nothing was to be paid.")
    release = getattr(record_request, "release", None)
    if release and record_request.batch.delivery == record_request.batch.Delivery.FAX:
        if release.fax_attempts:
            what = _("The fax did not go through; it is tried again.")
        return Standing(what, _("The records are being faxed; nobody has to do anything."))
    return Standing(
        what,
        _("The release is being put together; nobody has to do anything."),
        _("This takes minutes."),
    )


def _completed(record_request, member, asks):
    what = _("The records were delivered on %(day)s.") % {"day": _day(record_request.completed_at)}
    release = getattr(record_request, "release", None)
    if release and release.faxed_at:
        what = _("The records were faxed on %(day)s.") % {"day": _day(release.faxed_at)}
    if release and release.fax_failed_at:
        what = _("The records could not be faxed, so they were made ready to download on %(day)s.") % {
            "day": _day(release.fax_failed_at)
        }
    nobody, tone = _("Nobody has to do anything more."), "ok"
    outcome = record_request.outcome
    if outcome and outcome.is_letter:
        return _answered(record_request, outcome, member, asks)
    if outcome and outcome.kind == outcome.Kind.PARTIAL:
        what += " " + _("It is a part of what was asked for. Missing: “%(missing)s” (%(why)s).") % {
            "missing": outcome.missing,
            "why": outcome.get_missing_reason_display(),
        }
        tone = "warn"
    if asks:
        can_do = " ".join([_("You can download the records."), *_may_say_missing(record_request, member)])
        return Standing(what, nobody, can_do=can_do, tone=tone)
    return Standing(what, nobody, tone=tone)


def _answered(record_request, outcome, member, asks):
    said = {**_names(record_request), "day": _day(record_request.completed_at)}
    what = _("%(practice)s stated on %(day)s that it has no such records.") % said
    can_do = _("You can download the statement.")
    if outcome.kind == outcome.Kind.DENIED:
        said["ground"] = outcome.get_ground_display()
        what = _("%(practice)s denied the request on %(day)s: %(ground)s.") % said
        can_do = _(
            "You can download the letter. It says how to complain, and whether a review can be asked for."
        )
    if not asks:
        return Standing(what, _("Nobody has to do anything more."))
    can_do = " ".join([can_do, *_may_say_missing(record_request, member)])
    return Standing(what, _("Nothing is charged."), can_do=can_do, tone="warn")


def _may_say_missing(record_request, member):
    if not permissions.can_ask(member, record_request) or record_request.why_not_reopened:
        return []
    said = {"day": _day(record_request.reopens_until)}
    return [_("If something is missing, say so until %(day)s: it is completed free of charge.") % said]


def _canceled(record_request, member, asks):
    what = _("The request was canceled on %(day)s.") % {"day": _day(record_request.ended_at)}
    if record_request.swept:
        what = _SWEPT[record_request.swept] % {"day": _day(record_request.ended_at)}
    what += _what_came(record_request)
    can_do = _what_next(record_request, member) if asks else ""
    if asks and record_request.invoices.open().exists():
        pay = _("You can pay it here.")
        return Standing(what, _("The cancellation invoice is open."), "", _all(pay, can_do), "warn")
    return Standing(what, _("Nobody has to do anything more."), can_do=can_do)


def _what_next(record_request, member):
    """What whoever asked can do with a canceled request, as far as their role allows it."""
    if not permissions.can_ask(member, record_request):
        return ""
    if not record_request.swept:
        return _("You can make a new request from it.")
    if hindered := readiness.missing_to_reopen(record_request):
        return _all(*hindered, _("You can make a new request from it."))
    return _("You can reopen it: it goes back to the practice, and its time begins anew.")


def _abandoned(record_request, member, asks):
    what = _("The request ended on %(day)s without a fee.") % {"day": _day(record_request.ended_at)}
    if record_request.swept:
        what = _SWEPT[record_request.swept] % {"day": _day(record_request.ended_at)}
    what += _what_came(record_request)
    return Standing(what, _("Nobody has to do anything more."))


def _what_came(record_request):
    before = record_request.earlier_delivery
    said = before and {"day": _day(before.delivered_at)}
    return " " + _("What was delivered on %(day)s stays available.") % said if before else ""


_STATES = {
    State.DRAFT: _draft,
    State.PENDING: _pending,
    State.INCOMPLETE: _incomplete,
    State.QA: _qa,
    State.PRICED: _priced,
    State.ORDERED: _ordered,
    State.COMPLETED: _completed,
    State.CANCELED: _canceled,
    State.ABANDONED: _abandoned,
}


def _names(record_request):
    return {"practice": record_request.custodian.name, "requestor": record_request.batch.organization.name}


def _day(moment):
    """A day in the reader's zone, as "Nov 22, 2026"."""
    if moment is None:
        return "–"
    day = timezone.localdate(moment) if hasattr(moment, "hour") else moment
    return date_format(day, "M j, Y")


_SWEPT = {
    Why.WAITED: _lazy("The request was canceled on %(day)s: no records came within 60 days."),
    Why.UNCORRECTED: _lazy("The request was canceled on %(day)s: it was not corrected within 14 days."),
    Why.UNFULFILLED: _lazy(
        "The request ended on %(day)s without a fee: it was not fulfilled within 90 days."
    ),
    Why.UNDELIVERED: _lazy(
        "The request ended on %(day)s: it was not delivered within 90 days. What was paid for it goes back."
    ),
}
_UNLESS = {
    State.PENDING: _lazy(
        "It is canceled on %(day)s unless the records are released and paid for before then."
    ),
    State.QA: _lazy("It is canceled on %(day)s unless the records are released and paid for before then."),
    State.PRICED: _lazy("It is canceled on %(day)s unless it is paid for before then."),
    State.INCOMPLETE: _lazy("It is canceled on %(day)s unless it is corrected before then."),
}


def _ends(record_request):
    """When time ends the request, said from two weeks before on, as soon as the first warning is out."""
    running, today = clocks.clock(record_request), business_day()
    if running is None or not (running.told_on[0] <= today or record_request.state == State.INCOMPLETE):
        return ""
    words = {"day": _day(running.ends_on)}
    if record_request.organization.is_household:
        if running.is_over(today):
            return _("It has waited for long: our staff looks at it and decides whether it goes on.")
        return _("On %(day)s our staff looks at it and decides whether it goes on.") % words
    if running.why == Why.UNFULFILLED:
        return _("It ends on %(day)s, without a fee, unless it is fulfilled before then.") % words
    return _UNLESS[record_request.state] % words


def _limits(record_request):
    """Until when the law wants an answer, and when time ends the request."""
    return _all(right_of_access.in_words(record_request), _ends(record_request))


def _all(*sentences):
    return " ".join(sentence for sentence in sentences if sentence)


def _due(record_request):
    if record_request.due_on is None:
        return ""
    words = {"day": _day(record_request.due_on)}
    if record_request.due_on < business_day():
        return _("An answer was due on %(day)s.") % words
    return _("An answer is due by %(day)s.") % words


def _tone_of_due(record_request):
    late = record_request.due_on and record_request.due_on < business_day()
    return "bad" if late else "warn"


def _you_may_write(record_request, member):
    if permissions.can_message(member, record_request):
        return _("You can write a message if something has to be said.")
    return ""
