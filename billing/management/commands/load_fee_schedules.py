"""manage.py load_fee_schedules: a file of fee schedules as a new edition, in force from a day on (product 7.2)."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from billing.fees import BadSchedule
from billing.models import Edition
from chartrequest.forms import DateField


class Command(BaseCommand):
    help = "Loads a file of fee schedules as a new edition; what was loaded before stays, and prices its own days."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default=settings.FEE_SCHEDULES_FILE, type=Path)
        parser.add_argument("--effective-on", help="the first day it prices, YYYY-MM-DD; today if left out")
        parser.add_argument("--note", default="", help="what changed, and by which law")

    def handle(self, *, file, effective_on, note, **options):
        day = DateField(required=False).clean(effective_on or "") if effective_on else None
        try:
            edition, is_new = Edition.from_file(file, effective_on=day, note=note)
        except BadSchedule as refusal:
            raise CommandError(str(refusal)) from refusal
        if not is_new:
            self.stdout.write(f"Nothing new: the edition from {edition.effective_on} says the same.")
            return
        changed = ", ".join(edition.changed_codes) or "the first edition"
        self.stdout.write(
            f"{len(edition.rows)} schedules from {edition.effective_on} on. Changed: {changed}."
        )
