"""What must still happen: jobs written with the change, run after it, retried, visible.

An effect outside the database (a notice, a charge, an assembly, a preview) is a `Job` row of the same transaction as
the change that asks for it. After the commit Celery is poked with the row's id; a beat sweep takes up what was missed.

`queue.enqueue(kind, **ids)` asks for it, `@handler(kind)` says how it is done, `queue.run_due()` does what is due.
"""

from outbox.handlers import GiveUp, handler

__all__ = ["GiveUp", "handler"]
