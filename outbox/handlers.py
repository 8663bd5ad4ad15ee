"""How each kind of job is done. Apps register their own when Django starts."""

HANDLERS = {}


class GiveUp(Exception):
    """A handler raises it where trying again can't help: the job goes to the dead letters at once."""


def handler(kind):
    """Register a function `f(job, **ids)` for `kind`; it must be safe to run twice."""

    def register(function):
        if kind in HANDLERS:
            raise ValueError(f"Two handlers for {kind}")
        HANDLERS[kind] = function
        return function

    return register
