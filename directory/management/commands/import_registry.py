"""manage.py import_registry: the national provider registry's file into the directory (product 3.6)."""

import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from directory.finding import index, spelling
from directory.models import RegistryEntry
from directory.registry import BadFile, reading, run, side_files

EVERY = 1.0  # seconds between two words on how far it is


class Command(BaseCommand):
    help = (
        "Takes the national provider registry's file (NPPES, as published, also inside its zip) into the directory: "
        "the whole one, or a weekly update. Stopped at any point, it goes on where it was when it is started again."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="the CSV with 330 columns, or its zip")
        parser.add_argument("--deactivations", type=Path, help="the list of deactivated NPIs, as CSV")
        parser.add_argument("--taxonomy", type=Path, help="the provider taxonomy's codes and words, as CSV")
        parser.add_argument("--from-the-start", action="store_true", help="don't go on where it was stopped")

    def handle(self, *, file, deactivations, taxonomy, from_the_start, **options):
        if not (file or deactivations or taxonomy):
            raise CommandError("Name a file: the registry's CSV or zip, --deactivations or --taxonomy.")
        try:
            if taxonomy:
                self.stdout.write(f"{side_files.name_specialties(taxonomy):,} specialties have their words.")
            if file:
                self._registry(file, from_the_start)
            if deactivations:
                count, new, bad = side_files.deactivate(deactivations)
                self.stdout.write(
                    f"{count:,} deactivations read; {new:,} entries ended by them, {bad:,} bad rows."
                )
        except BadFile as refusal:
            raise CommandError(str(refusal)) from refusal

    def _registry(self, path, from_the_start):
        with reading.opened(path) as source:
            this = run.begin(path, again=from_the_start)
            if not RegistryEntry.objects.exists():
                index.drop_on_postgresql(RegistryEntry)
            if this.offset:
                self.stdout.write(f"Going on behind row {this.rows:,}, where it was stopped.")
            shown = _Shown(self.stdout, this, source.size)
            try:
                for _ in run.finish(this, source):
                    shown.tell()
            except BadFile:
                if this.offset:
                    self._make_findable()  # what was taken before the damage
                else:
                    this.delete()
                raise
            shown.end()
        self.stdout.write(
            f"{this.rows:,} rows: {this.written:,} new or changed, {this.unchanged:,} as they were, "
            f"{this.deactivated:,} deactivated, {this.abroad:,} abroad, {this.bad:,} bad."
        )
        if this.mended:
            self.stdout.write(
                f"{this.mended:,} rows had been changed by a spreadsheet (phones as decimal numbers, ZIP codes "
                "without their zeros) and were mended. The file as published needs none of that."
            )
        for reason, count in _reasons(this):
            self.stdout.write(f"  {count:,} kept aside: {reason.lower()}")
        self._make_findable()

    def _make_findable(self):
        """Both are quick where little changed, and minutes after a first load: so each says what it takes."""
        began = time.monotonic()
        with connection.cursor() as cursor:
            index.make(RegistryEntry, cursor)
        size = index.size(RegistryEntry)
        told = f", {size / 1e6:,.0f} MB" if size else ""
        self.stdout.write(f"Index of names: {_span(time.monotonic() - began)}{told}.")
        began = time.monotonic()
        self.stdout.write(
            f"{spelling.learn():,} words for misspelled names: {_span(time.monotonic() - began)}."
        )


def _reasons(this):
    reasons = {}
    for reason in this.bad_rows.values_list("reason", flat=True):
        reasons[reason] = reasons.get(reason, 0) + 1
    return sorted(reasons.items(), key=lambda one: -one[1])


class _Shown:
    """A bar with rows a second and the time left: on a terminal in place, elsewhere a line every half minute."""

    def __init__(self, out, this, size):
        self.out, self.this, self.size = out, this, max(size, 1)
        self.is_terminal = sys.stdout.isatty()
        self.every = EVERY if self.is_terminal else 30 * EVERY
        self.begun, self.rows, self.offset = time.monotonic(), this.rows, this.offset
        self.told = self.begun

    def tell(self):
        now = time.monotonic()
        if now - self.told < self.every:
            return
        self.told = now
        took = now - self.begun
        rate = (self.this.rows - self.rows) / took
        left = (self.size - self.this.offset) * took / max(self.this.offset - self.offset, 1)
        done = self.this.offset / self.size
        bar = ("#" * int(done * 30)).ljust(30, ".")
        line = f"[{bar}] {done:4.0%}  {self.this.rows:,} rows  {rate:,.0f}/s  {_span(left)} left"
        self.out.write(f"\r{line}" if self.is_terminal else line, ending="" if self.is_terminal else "\n")
        self.out.flush()

    def end(self):
        took = time.monotonic() - self.begun
        if self.is_terminal:
            self.out.write("\r" + " " * 90 + "\r", ending="")
        if took > EVERY:
            self.out.write(f"{_span(took)}, {(self.this.rows - self.rows) / took:,.0f} rows a second.")


def _span(seconds):
    minutes, seconds = divmod(int(seconds), 60)
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min {seconds:02d} s"
