from importlib import import_module

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

PARTS = ["audit", "outbox", "documents", "correspondence", "billing", "requests_app"]


class Command(BaseCommand):
    help = "Checks that nothing was lost, doubled or changed: prints each violation and their number."

    def handle(self, *args, **options):
        if not connection.introspection.table_names():
            raise CommandError(
                "There is no database here yet. Run bin/run first, or say with DATA_DIR where it is."
            )
        count = 0
        for part in PARTS:
            for violation in import_module(f"{part}.invariants").violations():
                count += 1
                self.stdout.write(violation)
        self.stdout.write(f"{count} violations")
        if count:
            raise CommandError("Something is not as it must be.")
