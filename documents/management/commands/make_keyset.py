from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from documents import crypto


class Command(BaseCommand):
    help = "Write the keyset that files and SSNs are encrypted with, once; wrapped if KEYSET_KMS_URI is set."
    requires_system_checks = []

    def handle(self, **_options):
        path = Path(settings.KEYSET_FILE)
        if path.exists():
            self.stdout.write(f"{path} is there already and stays as it is.")
            return
        crypto.make_keyset(path)
        self.stdout.write(f"Wrote {path}. Keep a copy apart: without it nothing stored can be read.")
