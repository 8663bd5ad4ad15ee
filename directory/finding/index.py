"""Words looked up by an index of the database's own: GIN on PostgreSQL, FTS5 on SQLite. One kind of question for both.

A question is a list of terms that must all be there; a term is a tuple of words of which one must be, and a word
that ends in "*" stands for all that begin with it.
"""

from contextlib import contextmanager

from django.db import connection, transaction

from directory.models import Custodian, RegistryEntry

INDEXED = (Custodian, RegistryEntry)
_VECTOR = "array_to_tsvector(string_to_array({table}.words, ' '))"
_NAME = "{table}_words"


def condition(model, terms):
    """(SQL, parameters) that holds for the rows of `model` that have all terms."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        return f"{_VECTOR.format(table=table)} @@ %s::tsquery", [_as_tsquery(terms)]
    index = _NAME.format(table=table)
    return f"{table}.rowid in (select rowid from {index} where {index} match %s)", [_as_match(terms)]  # noqa: S608


def _as_tsquery(terms):
    return " & ".join(
        "(" + " | ".join(f"'{word[:-1]}':*" if word[-1] == "*" else f"'{word}'" for word in term) + ")"
        for term in terms
    )


def _as_match(terms):
    return " AND ".join(
        "(" + " OR ".join(f'"{word[:-1]}"*' if word[-1] == "*" else f'"{word}"' for word in term) + ")"
        for term in terms
    )


@contextmanager
def preferred():
    """Within it PostgreSQL reads a whole table only for what most rows have; holds until the transaction ends.

    How many rows hold a word that begins like this one, or that is like a misspelled one, it can but guess. It
    guesses many, and then reads 8,000,000 rows for the first 2,000 where there are none (20 s instead of 4 ms). The
    memory is for the places of rows that a common word has: where they don't fit, all around them is read.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PREFER)
        yield


def make_all(using="default", **_signal):
    """Receives `post_migrate`: both indexes are there whatever a migration did to their tables.

    A table that SQLite remakes loses its triggers, and its rows may get other numbers: its index is filled anew.
    """
    if using != "default":
        return
    with connection.cursor() as cursor:
        for model in INDEXED:
            make(model, cursor)
        if connection.vendor == "postgresql":
            cursor.execute("create extension if not exists pg_trgm")
            cursor.execute(
                "create index if not exists directory_word_alike on directory_word using gin (text gin_trgm_ops)"
            )


def make(model, cursor):
    """The index of a model's words, unless it is there."""
    table = model._meta.db_table
    named = {"table": table, "index": _NAME.format(table=table), "vector": _VECTOR.format(table=table)}
    if connection.vendor == "postgresql":
        cursor.execute(_GIN.format(**named))
        return
    cursor.execute("select count(*) from sqlite_master where type = 'trigger' and tbl_name = %s", [table])
    if cursor.fetchone()[0]:
        return
    for statement in _FTS5:
        cursor.execute(statement.format(**named))


def drop_on_postgresql(model):
    """Ahead of a first load: an index that is built at the end takes a third of the time. SQLite keeps its own."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"drop index if exists {_NAME.format(table=model._meta.db_table)}")


def size(model):
    """Bytes of the index; None where the database doesn't say."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("select pg_relation_size(%s)", [_NAME.format(table=model._meta.db_table)])
        return cursor.fetchone()[0]


_PREFER = """
    select set_config('seq_page_cost', '4', true), set_config('random_page_cost', '4', true),
           set_config('work_mem', '32MB', true)
"""
_GIN = "create index if not exists {index} on {table} using gin (({vector}))"
_OLD = "insert into {index}({index}, rowid, words) values ('delete', old.rowid, old.words);"
_NEW = "insert into {index}(rowid, words) values (new.rowid, new.words);"
_FTS5 = [
    "create virtual table if not exists {index} using "
    "fts5(words, content='{table}', tokenize=\"ascii tokenchars '_'\")",
    "create trigger {index}_new after insert on {table} begin " + _NEW + " end",
    "create trigger {index}_old after delete on {table} begin " + _OLD + " end",
    "create trigger {index}_changed after update of words on {table} begin " + _OLD + _NEW + " end",
    "create virtual table if not exists {index}_there using fts5vocab({index}, 'row')",
    "insert into {index}({index}) values ('rebuild')",
]
