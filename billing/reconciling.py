"""The bank's books against our ledger, day by day, id by id and to the cent (product 7.8, docs/books.md).

What the bank knows and we have not heard of (a webhook that was lost) is heard first, as its event would have been;
what then still differs is a `Difference` for ops. `invariants` uses the same comparison.
"""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

import outbox
from billing import gateway, listening
from billing.models import BankDay, Difference, LedgerTransaction, Payment, Refund
from billing.models.sums import total
from chartrequest.days import began, business_day
from outbox.queue import enqueue

FAR_BACK = timedelta(days=400)
# Compared again each night: what was booked late, or lost from the ledger since, is still found.
AGAIN = timedelta(days=30)
CURRENCY = "usd"
NAMES = {
    "charge": "charge",
    "refund": "refund",
    "refund_failed": "refund-failed",
    "dispute": "dispute",
    "dispute_won": "dispute-won",
}
Kind = Difference.Kind


def plan():
    """Ask for a comparison of each day that has none, of the last ones again, and of those that differ.

    Safe to run twice, and after days of outage; returns the days.
    """
    today = business_day()
    days = sorted(_days(today))
    for day in days:
        BankDay.objects.get_or_create(day=day)
        enqueue("billing.compare_day", key=f"compare:{day}:{today}", day=day.isoformat())
    return days


def _days(today):
    yesterday = today - timedelta(days=1)
    compared = BankDay.objects.filter(compared_at__isnull=False)
    lately = compared.filter(day__gte=today - AGAIN).values_list("day", flat=True)
    return _missing(yesterday) | set(lately) | set(Difference.objects.open().values_list("day", flat=True))


def _missing(yesterday):
    """The days until `yesterday` that were never compared."""
    first = min(max(_first_day() or yesterday, yesterday - FAR_BACK), yesterday)
    every = {first + timedelta(days=number) for number in range((yesterday - first).days + 1)}
    return every - set(BankDay.objects.filter(compared_at__isnull=False).values_list("day", flat=True))


def _first_day():
    """The day of the first charge of ours, or the first that was compared."""
    began_at = Payment.objects.order_by("id").values_list("created_at", flat=True).first()
    days = [business_day(began_at)] if began_at else []
    return min([*days, *BankDay.objects.order_by("day").values_list("day", flat=True)[:1]], default=None)


@outbox.handler("billing.compare_day")
def compare_day(job, *, day):
    """Compare a day, and keep what differs. Where the bank can't be asked the day says so, and the job comes again."""
    row, _is_new = BankDay.objects.get_or_create(day=date.fromisoformat(day))
    row.begin()
    since, until = began(row.day), began(row.day + timedelta(days=1))
    try:
        theirs = list(gateway.list_movements(since=since, until=until))
        hear(theirs)
        found = list(differences(theirs, since, until))
    except Exception as error:
        row.fail(f"{type(error).__name__}: {getattr(error, 'code', '')}".rstrip(": "))
        raise
    row.finish(found, movements=len(theirs))


def hear(theirs):
    """Bring about what the bank has done and nobody told us: its own object says what, as after an event."""
    booked = _booked(theirs)
    for source in {one.source for one in theirs if reference_of(one) not in booked}:
        if (said := gateway.fetch(source)) is not None:
            listening.react(said)


def differences(theirs, since, until):
    """Dicts of Difference's fields for the bank's movements and the ledger's entries from `since` to before `until`."""
    theirs = list(theirs)
    booked = _booked(theirs)
    for reference, moves in _by_reference(theirs).items():
        found = _compared(reference, moves, booked.get(reference))
        if found:
            yield found
    yield from _not_at_bank(theirs, since, until)


def reference_of(move):
    """How the ledger names a movement of the bank."""
    return f"{NAMES[move.kind]}:{move.source}"


def _by_reference(moves):
    found = {}
    for move in moves:
        found.setdefault(reference_of(move), []).append(move)
    return found


def _booked(moves):
    """What the ledger has on the bank's account: `{reference: transaction, with its sum}`."""
    references = {reference_of(move) for move in moves}
    of = LedgerTransaction.objects.filter(reference__in=references)
    return {one.reference: one for one in _summed(of) if one.sum is not None}


def _summed(transactions):
    return transactions.annotate(sum=total("entries__amount", filter=Q(entries__account="bank_card")))


def _compared(reference, moves, booked):
    """What is otherwise between a movement (several where the bank did it in parts) and its entry, or None."""
    move, amount = moves[0], sum((one.amount for one in moves), Decimal("0.00"))
    said = {"reference": reference, "theirs": amount, "currency": move.currency}
    if booked is None:
        if is_in_flight(move) or came_to_nothing(move):
            return None
        invoice = _invoice_of(move)
        said |= {"ours": None, "invoice": invoice, "kind": Kind.NOT_BOOKED if invoice else Kind.NOT_OURS}
    else:
        said |= {"ours": booked.sum, "invoice": booked.invoice, "kind": Kind.AMOUNT}
    if move.currency != CURRENCY:
        return said | {"kind": Kind.CURRENCY}
    return None if said["ours"] == amount else said


def is_in_flight(move):
    """The bank was quicker than we: an attempt of ours has no end yet."""
    if move.kind == "charge":
        attempts = Payment.objects.under_way().filter(invoice__number=move.reference, problem="")
        return attempts.filter(amount=move.amount).exists()
    if move.kind == "refund":
        late = Payment.objects.filter(charge_id=move.charge_id, refunded=0)
        under_way = Refund.objects.filter(payment__charge_id=move.charge_id, state=Refund.State.APPROVED)
        keys = [str(payment.refund_key) for payment in late] + [str(refund.key) for refund in under_way]
        return move.key in keys
    return False


def came_to_nothing(move):
    """It went and came back before we heard of either: neither is in the ledger, and nothing is missing."""
    if move.kind == "charge":
        return False
    moves = list(gateway.list_movements(source=move.source))
    return not sum(one.amount for one in moves) and not _booked(moves)


def _invoice_of(move):
    """The invoice of the payment that a movement belongs to, so that only its entry is missing; None: it isn't ours."""
    if move.kind in ("dispute", "dispute_won"):
        of = Payment.objects.filter(disputes__bank_id=move.source)
    elif move.kind == "charge":
        of = Payment.objects.filter(Q(charge_id=move.source) | Q(key=listening.key_of(move.key)))
    else:
        of = Payment.objects.filter(Q(refund_id=move.source) | Q(refunds__bank_id=move.source))
    payment = of.select_related("invoice").first()
    return payment and payment.invoice


def _not_at_bank(theirs, since, until):
    """Entries of those days that the bank has on no day at all."""
    known = {reference_of(move) for move in theirs}
    named = Q()
    for name in NAMES.values():
        named |= Q(reference__startswith=f"{name}:")
    booked = _summed(LedgerTransaction.objects.filter(named, written_at__gte=since, written_at__lt=until))
    for entry in booked.exclude(reference__in=known).exclude(sum=None).select_related("invoice"):
        source = entry.reference.partition(":")[2]
        if entry.reference in {reference_of(one) for one in gateway.list_movements(source=source)}:
            continue  # of another day: booked late, or around midnight
        yield {
            "reference": entry.reference,
            "kind": Kind.NOT_AT_BANK,
            "ours": entry.sum,
            "theirs": None,
            "currency": CURRENCY,
            "invoice": entry.invoice,
        }


def late_days():
    """How many days are over and not compared, or failed the last time; yesterday is the coming night's."""
    yesterday = business_day() - timedelta(days=1)
    failed = BankDay.objects.exclude(problem="").values_list("day", flat=True)
    return len({day for day in _missing(yesterday) if day < yesterday} | set(failed))
