"""The law as rows: load data/fee_schedules.toml, refuse what is malformed, keep it for the process.

The file's columns are explained in docs/fees.md. What a row's note says in
words and no column carries stands in data/fee_readings.toml, by code.
"""

import hashlib
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
    """All schedules of one version; `version` is the sha256 of what they were read from."""

    version: str
    schedules: tuple[Schedule, ...]

    @classmethod
    def of(cls, rows, version, readings=None):
        """From plain rows (a TOML file, or a table later). Raises BadSchedule."""
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


def book(path=None):
    """The schedules of settings.FEE_SCHEDULES_FILE, read once a process."""
    return _read(Path(path or settings.FEE_SCHEDULES_FILE))


@cache
def _read(path):
    readings_path = path.with_name("fee_readings.toml")
    law = path.read_bytes()
    readings = readings_path.read_bytes() if readings_path.exists() else b""
    try:
        document = tomllib.loads(law.decode())
        reading_rows = tomllib.loads(readings.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSchedule(f"The fee schedules can't be read: {error}") from error
    if set(document) != {"meta", "schedule"}:
        raise BadSchedule("The fee schedules must have the parts “meta” and “schedule” and no other.")
    if document["meta"] != {"schema_version": 1, "currency": "USD"}:
        raise BadSchedule("The fee schedules are not of version 1 in US dollars.")
    version = hashlib.sha256(law + b"\0" + readings).hexdigest()
    return Book.of(document["schedule"], version, reading_rows)
