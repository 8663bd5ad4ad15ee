import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from billing import fees


class Command(BaseCommand):
    help = (
        "Proves an installation: drives one request through every state with the given PDFs, on a scratch database "
        "with the play bank, and leaves the release, the invoice and the authorization in a folder."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--records", nargs="+", required=True, metavar="FILE.pdf", help="Records to release."
        )
        parser.add_argument("--state", default="GA", help="State of the custodian, two letters.")
        parser.add_argument("--out", required=True, metavar="DIR", help="Folder for what comes out.")
        parser.add_argument(
            "--own-cost",
            default="0.00",
            help="USD the custodian states as its cost of copying, where the law names none.",
        )

    def handle(self, *args, **options):
        state = options["state"].upper()
        if state not in fees.book().states or state == "US":
            raise CommandError(
                f"“{options['state']}” is not a state of the fee schedules; give two letters, like GA."
            )
        records = [_readable(name) for name in options["records"]]
        out = _folder(options["out"])
        with tempfile.TemporaryDirectory(prefix="walkthrough-") as scratch:
            self._run(scratch, "migrate", "--no-input", verbosity="0")
            self._run(scratch, "migrate", "--no-input", "--database", "sandbox", verbosity="0")
            self._run(
                scratch, "walk", "--state", state, "--out", out, "--own-cost", options["own_cost"], *records
            )

    def _run(self, scratch, *words, verbosity="1"):
        """A command of this project in a process of its own, on a database and a store that are thrown away."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words, "--verbosity", verbosity],
            cwd=settings.BASE_DIR,
            env=surroundings(scratch),
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            sentence = (done.stderr.strip().splitlines() or ["The walkthrough stopped without a word."])[-1]
            raise CommandError(sentence.removeprefix("CommandError: "))


_FOREIGN = {
    "DATABASE_URL", "BROKER_URL", "STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET",
    "EMAIL_BACKEND", "KEYSET", "KEYSET_KMS_URI", "CLAMD", "DEBUG", "SITE_URL",
}  # fmt: skip


def surroundings(scratch):
    """The environment of the scratch run, without what leads to the real database, bank, store or mail.

    Each name may also be given as NAME_FILE, as an installation does for its secrets.
    """
    kept = {key: value for key, value in os.environ.items() if key.removesuffix("_FILE") not in _FOREIGN}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "chartrequest.settings.embedded",
        "DATA_DIR": scratch,
        "LOG_LEVEL": "ERROR",
    }


def _readable(name):
    path = Path(name).resolve()
    if not path.is_file():
        raise CommandError(f"There is no file {name}.")
    if not os.access(path, os.R_OK):
        raise CommandError(f"The file {name} can't be read.")
    return str(path)


def _folder(name):
    path = Path(name).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"The folder {name} can't be made: {error.strerror}.") from error
    return str(path)
