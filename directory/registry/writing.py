"""A batch of entries kept in one statement: handed over as rows to SQLite, by COPY to PostgreSQL (ten times faster)."""

from django.db import connection

from directory.models import RegistryEntry

FIELDS = [field.column for field in RegistryEntry._meta.concrete_fields]
_TABLE = RegistryEntry._meta.db_table
_FACTS = [name for name in FIELDS if name != "npi"]
_AT_ONCE = 500
_DAYS = [FIELDS.index(name) for name in ("updated_on", "deactivated_on")]
_ROW = f"({', '.join(['%s'] * len(FIELDS))})"
# A row that was written before its NPI was deactivated doesn't bring it back.
_STILL_OFF = f"""case when excluded.updated_on > {_TABLE}.deactivated_on then excluded.deactivated_on
    else coalesce({_TABLE}.deactivated_on, excluded.deactivated_on) end"""
_NEW = {name: _STILL_OFF if name == "deactivated_on" else f"excluded.{name}" for name in _FACTS}
# Only what differs is written, and an older file never overrules a newer one.
_UPSERT = f"""
    insert into {_TABLE} ({", ".join(FIELDS)}) {{rows}}
    on conflict (npi) do update set {", ".join(f"{name} = {value}" for name, value in _NEW.items())}
    where (excluded.updated_on is null or {_TABLE}.updated_on is null
           or excluded.updated_on >= {_TABLE}.updated_on)
      and ({" or ".join(f"{_TABLE}.{name} is distinct from {value}" for name, value in _NEW.items())})
"""
_INCOMING = "registry_incoming"


def keep(entries):
    """Insert or update entries `{npi: fields}`; returns how many were new or changed. Call it in a transaction."""
    rows = [[entry[name] for name in FIELDS] for entry in entries.values()]
    with connection.cursor() as cursor:
        return _copied(cursor, rows) if connection.vendor == "postgresql" else _handed_over(cursor, rows)


def _copied(cursor, rows):
    cursor.execute(f"create temp table if not exists {_INCOMING} (like {_TABLE}) on commit delete rows")
    with cursor.copy(f"copy {_INCOMING} ({', '.join(FIELDS)}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(_UPSERT.format(rows=f"select {', '.join(FIELDS)} from {_INCOMING}"))  # noqa: S608 (no text of others)
    return cursor.rowcount


def _handed_over(cursor, rows):
    written, day = 0, connection.ops.adapt_datefield_value
    for row in rows:
        for at in _DAYS:
            row[at] = day(row[at])
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        statement = _UPSERT.format(rows=f"values {', '.join([_ROW] * len(part))}")
        cursor.execute(statement, [value for row in part for value in row])
        written += cursor.rowcount
    return written


def deactivate(days):
    """Say of entries `{npi: day}` that they are not in use any more; returns of how many that was new.

    An entry that is not here is not made: there is nothing to find. One that was published again since then is
    in use again.
    """
    there = RegistryEntry.objects.in_bulk(list(days))
    ended = [
        entry
        for npi, entry in there.items()
        if entry.deactivated_on != days[npi] and not (entry.updated_on and entry.updated_on > days[npi])
    ]
    for entry in ended:
        entry.deactivated_on = days[entry.npi]
    RegistryEntry.objects.bulk_update(ended, ["deactivated_on"], batch_size=_AT_ONCE)
    return len(ended)
