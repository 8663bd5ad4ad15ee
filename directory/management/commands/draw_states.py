"""Draws the outlines of the states for the map, from the file that the package us-atlas has of them."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from directory.atlas.drawing import picture
from directory.atlas.outlines import FIPS, PICTURE


class Command(BaseCommand):
    help = f"Draws static/{PICTURE} from states-10m.json of the npm package us-atlas."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="states-10m.json")

    def handle(self, *, file, **options):
        drawn = picture(json.loads(file.read_text()), FIPS)
        (settings.BASE_DIR / "static" / PICTURE).write_text(drawn)
        self.stdout.write(f"static/{PICTURE}: {len(drawn):,} bytes")
