"""A sweep over a million requests with ten thousand due: each exactly once, also by two workers and when killed.

Beside it the very rows that the sweep has written, by hand: for each request one transaction with its UPDATE and its
INSERTs through psycopg, into tables that are made like the product's own, indexes and all.
"""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from audit.models import Activity
from bench import crowd
from bench.figures import Figure
from billing.models import Invoice, LedgerEntry, LedgerTransaction, Quote
from chartrequest.days import business_day
from correspondence.models import Notice
from outbox.models import Job, SweepRun
from requests_app.models import RecordRequest
from requests_app.sweeping import requests

LEAST_A_SECOND, MOST_DUE, SOME_DUE = 200, 10_000, 1_000
WORKER = "import django; django.setup(); from requests_app.sweeping import requests; requests.sweep()"


def measure(size):
    everybody = crowd.shared()
    everybody.grow(size.requests)
    _give_days()
    few, many = (max(3, min(most, size.requests // 100)) for most in (SOME_DUE, MOST_DUE))
    alone = _swept(few, workers=1)
    plain = _by_hand(alone.ids)
    killed = _killed(few)
    two = _swept(many, workers=2)
    walk = _empty_walk()
    return [
        _rate(f"{many:,} due, one pass of two workers", two, plain),
        _once("… each canceled, billed and told exactly once", two),
        _rate(f"{few:,} due, one worker", alone, plain),
        Figure("… processor time of the worker for each", f"{alone.cpu / few * 1000:.1f} ms"),
        _once("… each exactly once", alone),
        _once(f"Killed after {killed.before:,} of {few:,} and started again: each once", killed),
        Figure(f"A pass over {size.requests:,} with nothing due", f"{walk:.0f} ms"),
    ]


class Swept:
    """`ids` were due; `seconds` it took, `cpu` of them at work."""

    def __init__(self, ids):
        self.ids, self.seconds, self.cpu, self.before = ids, 0.0, 0.0, 0

    @property
    def a_second(self):
        return len(self.ids) / self.seconds

    @property
    def is_once(self):
        """Each has one cancellation in its activity, one invoice, and its owner one notice."""
        of_these = RecordRequest.objects.filter(pk__in=self.ids)
        canceled = of_these.filter(state="canceled", swept="waited", sweep_on=None).count()
        told = Activity.objects.filter(event="cancel", subject_id__in=self.ids).count()
        billed = Invoice.objects.filter(kind="cancellation", record_request__in=self.ids).count()
        written = [str(one) for one in of_these.only("public_id")]
        noticed = Notice.objects.filter(event="request_swept", reference__in=written).count()
        return [canceled, told, billed, noticed] == [len(self.ids)] * 4


def _give_days():
    """Nobody of the crowd is due, as after many sweeps."""
    unreckoned = RecordRequest.objects.filter(requests.UNENDING, sweep_on=None)
    unreckoned.update(sweep_on=business_day() + timedelta(days=30))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE requests_app_recordrequest")


def _make_due(count):
    """So many pending requests have waited for 70 days; returns their ids."""
    pending = RecordRequest.objects.filter(state="pending", sweep_on__gt=business_day())
    ids = list(pending.order_by("pk").values_list("pk", flat=True)[:count])
    assert len(ids) == count, len(ids)
    long_ago = timezone.now() - timedelta(days=70)
    RecordRequest.objects.filter(pk__in=ids).update(submitted_at=long_ago, sweep_on=business_day())
    return ids


def _swept(count, *, workers):
    swept = Swept(_make_due(count))
    spent, began = time.process_time(), time.perf_counter()
    others = [_worker() for _ in range(workers - 1)]
    requests.sweep()
    for other in others:
        assert other.wait() == 0
    swept.seconds, swept.cpu = time.perf_counter() - began, time.process_time() - spent
    return swept


def _worker():
    return subprocess.Popen([sys.executable, "-c", WORKER], env=os.environ)


def _killed(count):
    """A worker is killed in the middle; another one goes on."""
    swept = Swept(_make_due(count))
    worker = _worker()
    while _left(swept) > count * 0.6 and worker.poll() is None:
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    swept.before = count - _left(swept)
    requests.sweep()
    return swept


def _left(swept):
    return RecordRequest.objects.filter(pk__in=swept.ids, state="pending").count()


def _empty_walk():
    began = time.perf_counter()
    requests.sweep()
    assert SweepRun.objects.newest_of("requests").settled == 0
    return (time.perf_counter() - began) * 1000


def _by_hand(ids):
    """Requests a second, when the rows that were written for them are written again by hand."""
    written = _rows(ids)
    with connection.cursor() as cursor:
        for model in (RecordRequest, *MODELS):
            table = model._meta.db_table
            cursor.execute(f"DROP TABLE IF EXISTS plain_{table}")
            cursor.execute(f"CREATE TABLE plain_{table} (LIKE {table} INCLUDING ALL)")
        table = RecordRequest._meta.db_table
        cursor.execute(f"INSERT INTO plain_{table} SELECT * FROM {table} WHERE id = ANY(%s)", [ids])
        plain = connection.connection.cursor()
        began = time.perf_counter()
        for row_id, rows in written.items():
            plain.execute("BEGIN")
            plain.execute(f"SELECT * FROM plain_{table} WHERE id = %s FOR UPDATE SKIP LOCKED", [row_id])
            plain.execute(
                f"UPDATE plain_{table} SET state = 'canceled', ended_at = now(), sweep_on = NULL WHERE id = %s",
                [row_id],
            )
            for name, row in rows:
                plain.execute(
                    f"INSERT INTO plain_{name} SELECT * FROM jsonb_populate_record(NULL::plain_{name}, %s)",
                    [row],
                )
            plain.execute("COMMIT")
        return len(ids) / (time.perf_counter() - began)


MODELS = (Quote, Invoice, LedgerTransaction, LedgerEntry, Activity, Notice, Job)


def _rows(ids):
    """For each request the rows that ending it wrote, as `(table, JSON)`."""
    found, of_notice, of_ledger = {row_id: [] for row_id in ids}, {}, {}
    wanted = [
        (Quote, "t.record_request_id", "t.kind = 'cancellation' AND t.record_request_id = ANY(%s)"),
        (Invoice, "t.record_request_id", "t.kind = 'cancellation' AND t.record_request_id = ANY(%s)"),
        (Activity, "t.subject_id", "t.event IN ('cancel', 'invoiced') AND t.subject_id = ANY(%s)"),
    ]
    with connection.cursor() as cursor:

        def take(model, owner, where, values, joined=""):
            table = model._meta.db_table
            sql = f"SELECT {owner}, t.id, row_to_json(t)::text FROM {table} t {joined} WHERE {where}"
            cursor.execute(sql, values)
            for row_id, own_id, row in cursor.fetchall():
                found[row_id].append((table, row))
                yield row_id, own_id, row

        for model, owner, where in wanted:
            list(take(model, owner, where, [ids]))
        invoice = "JOIN billing_invoice i ON i.id = t.invoice_id"
        ledger = take(
            LedgerTransaction, "i.record_request_id", "i.record_request_id = ANY(%s)", [ids], invoice
        )
        of_ledger = {own_id: row_id for row_id, own_id, _row in ledger}
        entries = f"JOIN billing_ledgertransaction l ON l.id = t.transaction_id {invoice.replace('t.', 'l.')}"
        list(take(LedgerEntry, "i.record_request_id", "l.id = ANY(%s)", [list(of_ledger)], entries))
        said = "JOIN requests_app_recordrequest r ON t.path = '/requests/' || r.public_id || '/'"
        notices = take(Notice, "r.id", "r.id = ANY(%s)", [ids], said)
        of_notice = {f"notice:{own_id}": row_id for row_id, own_id, _row in notices}
        cursor.execute(
            "SELECT key, row_to_json(t)::text FROM outbox_job t WHERE key = ANY(%s)", [list(of_notice)]
        )
        for key, row in cursor.fetchall():
            found[of_notice[key]].append(("outbox_job", row))
    assert all(len(json.loads(rows[0][1])) for rows in found.values())
    return found


def _rate(name, swept, plain):
    here = swept.a_second
    return Figure(
        name,
        f"{here:.0f} a second ({here / plain:.2f} ×)",
        f"{plain:.0f} a second",
        f"at least {LEAST_A_SECOND} a second",
        here >= LEAST_A_SECOND,
    )


def _once(name, swept):
    return Figure(name, "yes" if swept.is_once else "no", "", "yes", swept.is_once)
