"""Switches for what shall go wrong. Rows, so that they reach every process."""

from django.db import transaction

from sandbox.models import Fault
from sandbox.router import ALIAS

TIMEOUT_BEFORE = "timeout_before"  # nothing was done, and no answer
TIMEOUT_AFTER = "timeout_after"  # it was done, and no answer
ERROR_BEFORE = "error_before"  # nothing was done, and a 500
ERROR_AFTER = "error_after"  # it was done, and a 500, which is kept for its key as Stripe does
RATE_LIMITED = "rate_limited"  # 429, nothing was done
IN_USE = "in_use"  # 409, the same key is under way elsewhere
WIRE = (TIMEOUT_BEFORE, TIMEOUT_AFTER, ERROR_BEFORE, ERROR_AFTER, RATE_LIMITED, IN_USE)


def break_next(kind, *, path="", times=1):
    """Play `kind` on the next writing calls whose path contains `path`. "decline:CODE" declines a charge."""
    if kind not in WIRE and not kind.startswith("decline:"):
        raise ValueError(kind)
    return Fault.objects.create(kind=kind, path=path, times=times)


def mend():
    """Everything works again."""
    Fault.objects.all().delete()


def due(path, kinds=WIRE):
    """The kind of fault to play now, used up by asking; "" when all is well."""
    return _use(Fault.objects.filter(kind__in=kinds), path)


def due_decline():
    """The decline code that the next charge shall meet, or ""."""
    return _use(Fault.objects.filter(kind__startswith="decline:"), "").removeprefix("decline:")


def _use(faults, path):
    with transaction.atomic(using=ALIAS):
        fault = next((fault for fault in faults if fault.path in path), None)
        if fault is None:
            return ""
        if fault.times <= 1:
            fault.delete()
        else:
            fault.times -= 1
            fault.save(update_fields=["times"])
        return fault.kind
