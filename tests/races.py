"""Doing things at the same moment, with the locks as they are, slow, or off; only PostgreSQL can show a race."""

import time
from threading import Barrier, Thread

import pytest
from django.db import connections

from audit.models import Lifecycle
from billing.models import Invoice, Payment

A_MOMENT = 0.15


def at_once(*acts):
    """Do all of it at the same moment, each with connections of its own; gives the results or what was raised."""
    barrier, results = Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        barrier.wait()
        try:
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.fixture
def slow_lock(monkeypatch):
    """Between taking the rows and writing them there is time for somebody else, if the lock lets them in."""
    take = Lifecycle.locked

    def request_locked(self):
        row = take(self)
        time.sleep(A_MOMENT)
        return row

    monkeypatch.setattr(Lifecycle, "locked", request_locked)


@pytest.fixture
def no_lock(monkeypatch):
    """The same moment, and no lock."""

    def request_read(self):
        row = type(self)._base_manager.get(pk=self.pk)
        time.sleep(A_MOMENT)
        return row

    monkeypatch.setattr(Lifecycle, "locked", request_read)

    def invoice_read(self):
        self.record_request.locked()
        return Invoice.objects.get(pk=self.pk)

    monkeypatch.setattr(Invoice, "locked", invoice_read)
    monkeypatch.setattr(Payment, "locked", lambda self: Payment.objects.get(pk=self.pk))
