"""manage.py quote: what a copy may cost, line by line, by the law of a state or by one schedule alone."""

import json
import re
import sys
from datetime import date
from decimal import Decimal

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from billing.fees import BadFacts, Case, Facts, FeeRefused, book, price, quote
from billing.models import Edition
from chartrequest.days import business_day

COUNTS = ("pages", "labor_minutes", "years", "images")
AMOUNTS = ("own_cost", "postage")
FLAGS = ("mailed", "certified", "affidavit", "notary", "rush")


class Command(BaseCommand):
    help = "Prices a copy of medical records: lines, total and the schedule that decided."
    requires_system_checks = ()

    def create_parser(self, *args, **kwargs):
        """argparse's own complaints in the same form as ours: one sentence, exit code 1."""
        parser = super().create_parser(*args, **kwargs)
        parser.error = self.refuse if parser.called_from_command_line else parser.error
        return parser

    def refuse(self, message):
        self.stderr.write(f"CommandError: {message}")
        sys.exit(1)

    def add_arguments(self, parser):
        # values are read by us, not by argparse, so that every refusal is one sentence
        parser.add_argument("--state", help="two letters, DC or US")
        parser.add_argument("--requestor", help="patient, attorney, insurer, government, workers_comp, …")
        parser.add_argument("--medium", help="paper, electronic, microfilm, image")
        parser.add_argument("--custodian-kind", default="any", help="hospital, physician, other, any")
        parser.add_argument("--schedule", help="price by this schedule alone, such as ga-general")
        parser.add_argument("--pages")
        for name in (*COUNTS[1:], *AMOUNTS):
            parser.add_argument(f"--{name.replace('_', '-')}")
        for name in FLAGS:
            parser.add_argument(f"--{name}", action="store_true")
        parser.add_argument("--on", help="day of pricing, YYYY-MM-DD; today if left out")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        try:
            facts = _facts(options)
            priced = _priced(options, facts)
        except FeeRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        as_json = options["json"]
        self.stdout.write(json.dumps(_as_json(priced, facts), indent=2) if as_json else _table(priced))


def _facts(options):
    if options["pages"] is None:
        raise BadFacts("Say how many pages: --pages 64.")
    values = {name: _count(name, options[name]) for name in COUNTS if options[name] is not None}
    values |= {name: _amount(name, options[name]) for name in AMOUNTS if options[name] is not None}
    values |= {name: bool(options[name]) for name in FLAGS}
    return Facts(**values, on=_day(options["on"]) if options["on"] is not None else business_day())


def _priced(options, facts):
    held = _held(facts.on)
    state, named = (options["state"] or "").upper(), options["schedule"]
    if options["state"] is not None and state not in held.states:
        raise BadFacts("The state must be the two letters of a state, DC or US.")
    if named is None:
        for name in ("state", "requestor", "medium"):
            if not options[name]:
                raise BadFacts(f"Give --{name}, or price by one row with --schedule.")
    requestor, medium = options["requestor"] or "other", options["medium"] or "paper"
    case = Case(state, requestor, medium, options["custodian_kind"])  # checked also where a row is named
    return quote(held, case, facts) if named is None else price(held.by_code(named), facts)


def _held(on):
    """The schedules this installation prices by on that day; those of the file where there is no database yet."""
    try:
        return Edition.objects.book_on(on)
    except OperationalError:
        return book()


def _count(name, text):
    if not re.fullmatch(r"[0-9]{1,9}", str(text)):
        raise BadFacts(f"The {name.replace('_', ' ')} must be a whole number, such as 64.")
    return int(text)


def _amount(name, text):
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,2})?", str(text)):
        raise BadFacts(f"The {name.replace('_', ' ')} must be an amount in dollars, such as 12.50.")
    return Decimal(str(text))


def _day(text):
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(text)):
            raise ValueError(text)
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise BadFacts("The day must be a date as YYYY-MM-DD, such as 2026-07-01.") from error


def _as_json(priced, facts):
    return {
        "schedule": priced.schedule_code,
        "schedule_code": priced.schedule_code,
        "name": priced.schedule_name,
        "state": priced.state,
        "citation": priced.citation,
        "version": priced.version,
        "on": facts.on.isoformat(),
        "pages": facts.pages,
        "lines": [_line_as_json(line) for line in priced.lines],
        "total": str(priced.total),
        "complete": priced.is_complete,
        "open": list(priced.open),
        "review": list(priced.review),
        "notes": list(priced.notes),
    }


def _line_as_json(line):
    return {
        "code": line.code,
        "label": line.label,
        "quantity": line.quantity if isinstance(line.quantity, int) else str(line.quantity),
        "rate": None if line.rate is None else str(line.rate),
        "amount": str(line.amount),
        "exact": str(line.exact),
        "citation": line.citation,
        "ceiling": None if line.ceiling is None else str(line.ceiling),
        "open": line.is_open,
    }


def _table(priced):
    rows = [(line.label, str(line.quantity), _rate(line), _amount_of(line)) for line in priced.lines]
    total = "Total" if priced.is_complete else "Total so far"
    rows = [("", "Quantity", "Rate", "Amount"), *rows, (total, "", "", str(priced.total))]
    wide = [max(len(row[i]) for row in rows) for i in range(4)]
    out = [f"{priced.schedule_name} ({priced.schedule_code}), {priced.citation}", ""]
    out += [f"{a:<{wide[0]}}  {b:>{wide[1]}}  {c:>{wide[2]}}  {d:>{wide[3]}}" for a, b, c, d in rows]
    said = [*(f"Open: {s}" for s in priced.open), *(f"Review: {s}" for s in priced.review), *priced.notes]
    return "\n".join([*out, *([""] if said else []), *said, "", f"Schedules {priced.version[:12]}"])


def _rate(line):
    return "" if line.rate is None else str(line.rate)


def _amount_of(line):
    return "to be stated" if line.is_open and not line.exact else str(line.amount)
