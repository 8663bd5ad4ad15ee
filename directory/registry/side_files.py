"""The two small files beside the registry: NPIs that were deactivated, and the words of the taxonomy's codes."""

from pathlib import Path

from django.db import transaction

from directory.models import Specialty
from directory.registry import BadFile, BadRow, reading, writing
from directory.registry.rows import day_of, npi_of

_BATCH = 5000


def deactivate(path):
    """Take the deactivations in; returns (rows, new ones, bad ones). Raises BadFile."""
    count = new = bad = 0
    days = {}
    for number, row in enumerate(_rows(path, "npi")):
        npi, day = _facts(row, ("npi",), ("nppes deactivation date", "npi deactivation date"))
        count += 1
        try:
            days[npi_of(npi)] = day_of(day)
        except BadRow:
            bad += 1
        if number % _BATCH == _BATCH - 1:
            new += _deactivate(days)
            days = {}
    return count, new + _deactivate(days), bad


def _deactivate(days):
    with transaction.atomic():
        return writing.deactivate({npi: day for npi, day in days.items() if day})


def name_specialties(path):
    """Take the taxonomy's words in; returns how many codes there are. Raises BadFile."""
    named = []
    for row in _rows(path, "code"):
        code, name, group, part = _facts(
            row, ("code",), ("display name", "classification"), ("grouping",), ("specialization",)
        )
        if code and "display name" not in row and part:
            name = f"{name}, {part}"
        if code and name:
            named.append(Specialty(code=code[:10], name=name[:200], group=group[:200]))
    with transaction.atomic():
        Specialty.objects.bulk_create(
            named, update_conflicts=True, unique_fields=["code"], update_fields=["name", "group"]
        )
    return len(named)


def _rows(path, key):
    """The rows of a small CSV as `{column in lower case: text}`; a title above the header is passed over."""
    path = Path(path)
    if not path.is_file():
        raise BadFile(f"There is no file {path}.")
    if path.suffix.lower() in (".xlsx", ".xls"):
        raise BadFile(f"{path.name} is a spreadsheet. Save it as CSV, then try again.")
    with reading.opened(path) as source:
        given = source.rows()
        for row in given:
            header = [name.strip().lower() for name in row]
            if key in header:
                break
        else:
            raise BadFile(f"{path.name} has no column “{key}”.")
        for row in given:
            if row:
                yield dict(zip(header, (text.strip() for text in row), strict=False))


def _facts(row, *names):
    return [next((row[name] for name in either if name in row), "") for either in names]
