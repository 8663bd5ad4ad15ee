"""The law as rows: read data/fee_schedules.toml, or rows kept in the database, and refuse what is malformed.

The file's columns are explained in docs/fees.md. What a row's note says in
words and no column carries stands in data/fee_readings.toml, by code.
"""

import hashlib
import json
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings

from billing.fees.refusals import BadSchedule, NoSchedule
from billing.fees.rows import read_row
from billing.fees.schedule import Schedule


@dataclass(frozen=True)
class Book:
    """All schedules of one version; `version` is the sha256 of what they say (see `version_of`)."""

    version: str
    schedules: tuple[Schedule, ...]

    @classmethod
    def of(cls, rows, version, readings=None):
        """From plain rows (of a TOML file, or of an edition). Raises BadSchedule."""
        readings = readings or {}
        made = [read_row(row, readings.get(row.get("code"), {})) for row in rows]
        codes = [schedule.code for schedule in made]
        if len(set(codes)) != len(codes):
            raise BadSchedule("Two schedules have the same code.")
        if stray := set(readings) - set(codes):
            raise BadSchedule(f"There is no schedule “{min(stray)}” for its reading.")
        return cls(version, tuple(replace(schedule, version=version) for schedule in made))

    def by_code(self, code):
        for schedule in self.schedules:
            if schedule.code == code:
                return schedule
        raise NoSchedule("There is no fee schedule with that code.")

    def of_state(self, state):
        return tuple(schedule for schedule in self.schedules if schedule.state == state)

    @property
    def states(self):
        return tuple(sorted({schedule.state for schedule in self.schedules}))


def version_of(rows, readings):
    """What tells two sets of schedules apart: the sha256 of all they say, in whatever order it was written."""
    said = json.dumps([sorted(rows, key=lambda row: str(row.get("code"))), readings], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def book(path=None):
    """The schedules of settings.FEE_SCHEDULES_FILE, read once a process. What the product prices by are editions."""
    return _book(Path(path or settings.FEE_SCHEDULES_FILE))


@cache
def _book(path):
    rows, readings = read_file(path)
    return Book.of(rows, version_of(rows, readings), readings)


def read_file(path):
    """The plain rows of a file, and their readings from fee_readings.toml beside it. Raises BadSchedule."""
    readings_path = path.with_name("fee_readings.toml")
    readings_text = readings_path.read_bytes() if readings_path.exists() else b""
    try:
        document = tomllib.loads(path.read_bytes().decode())
        readings = tomllib.loads(readings_text.decode())
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSchedule(f"The fee schedules can't be read: {error}") from error
    if set(document) != {"meta", "schedule"}:
        raise BadSchedule("The fee schedules must have the parts “meta” and “schedule” and no other.")
    if document["meta"] != {"schema_version": 1, "currency": "USD"}:
        raise BadSchedule("The fee schedules are not of version 1 in US dollars.")
    return document["schedule"], readings
