"""Why no price can be given; each message is one sentence for the person who asked."""


class FeeRefused(ValueError):
    """No price for this; the message says why."""


class BadFacts(FeeRefused):
    """A fact of the case can't be true: negative pages, an unknown state."""


class NoSchedule(FeeRefused):
    """No schedule is held for that code or that day."""


class KindNeeded(FeeRefused):
    """The state has separate tables for hospitals and physicians, and the custodian's kind is not known."""


class BadSchedule(FeeRefused):
    """A row of the schedules is malformed; nothing is loaded."""
