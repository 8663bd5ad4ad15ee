"""A crowd of requests, written by the database itself: rows as consistent as if they had been lived.

The worst case: nearly all of them between one firm and one practice. 85 of 100 have ended. Ids are given here
(request n has patient n, batch n, thread n; all above what is there), so a crowd can grow: `grow(100)`, then
`grow(1_000_000)`.
"""

from functools import cache

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from accounts.models import Organization
from bench.crowd_rows import TABLES
from directory.models import Custodian
from tests import cast

OTHERS = 20  # firms and practices beside the two great ones; each twentieth request is between two of them
# Of a hundred requests, one after another: the state and how many have it.
SHARES = [
    ("completed", 74),
    ("canceled", 7),
    ("abandoned", 4),
    ("pending", 5),
    ("incomplete", 2),
    ("qa", 3),
    ("priced", 3),
    ("ordered", 1),
    ("draft", 1),
]


@cache
def shared():
    """The one crowd of this run: a million rows are made once."""
    return Crowd()


class Crowd:
    """`rosa` of the great firm and `clara` of the great practice, and so many requests between them."""

    def __init__(self):
        firm, practice = cast.organization("Smith Law", "law_firm"), cast.organization("Lakeside", "provider")
        self.rosa, self.clara = cast.member("lists-rosa", firm), cast.member("lists-clara", practice)
        cast.member("lists-ruth", firm, role="Member")
        cast.member("lists-carl", practice, role="ROI Specialist")
        self.custodian = cast.custodian(practice)
        for number in range(OTHERS):
            cast.organization(f"Firm {number}", "law_firm")
            other = cast.organization(f"Practice {number}", "provider")
            Custodian.objects.create(organization=other, name=other.name, city="Macon", state="GA")
        self.firms = list(Organization.objects.filter(kind="law_firm").order_by("id"))
        self.custodians = list(Custodian.objects.order_by("id"))
        self.size = 0
        self.before = max(model.objects.aggregate(last=Max("id"))["last"] or 0 for model, *_ in TABLES)

    def grow(self, size):
        """Have `size` requests; those that are there stay."""
        if size <= self.size:
            return
        with connection.cursor() as cursor:
            dropped = _drop_indexes(cursor) if size - self.size > 10_000 else []
            cursor.execute("SET session_replication_role = replica")  # keys are right by construction
            self._say_who(cursor, self.before + self.size + 1, self.before + size)
            for model, source, columns in TABLES:
                _insert(cursor, model, source, columns | self._who())
            cursor.execute("SET session_replication_role = DEFAULT")
            for definition in dropped:
                cursor.execute(definition)
            for model in {model for model, *_ in TABLES}:
                table = model._meta.db_table
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
                )
            cursor.execute("VACUUM ANALYZE")
        self.size = size

    def _say_who(self, cursor, first, last):
        """`crowd`: for each new request its id, state, sides and days."""
        bounds, upto = [], 0
        for state, share in SHARES:
            upto += share
            bounds.append(f"WHEN (n * 37) % 100 < {upto} THEN '{state}'")
        firms = ",".join(str(one.pk) for one in self.firms)
        custodians = ",".join(str(one.pk) for one in self.custodians)
        organizations = ",".join(str(one.organization_id) for one in self.custodians)
        cursor.execute("DROP TABLE IF EXISTS crowd")
        cursor.execute("SELECT setseed(0.42)")
        cursor.execute(
            f"""
            CREATE TEMP TABLE crowd AS
            SELECT *, (random() * 1e6)::int AS draw, (random() * 1e6)::int AS draw_2, begun + lasted AS ended,
                begun + interval '1 hour' AS asked,
                (100000000 + (n * 523456789) % 900000000)::text AS digits
            FROM (
                SELECT *, state IN ('completed', 'canceled', 'abandoned') AS is_over,
                    (ARRAY[{firms}])[side] AS firm,
                    (ARRAY[{custodians}])[side] AS custodian,
                    (ARRAY[{organizations}])[side] AS practice,
                    CASE WHEN state IN ('completed', 'canceled', 'abandoned')
                        THEN now() - interval '30 days' - random() * interval '1000 days'
                        ELSE now() - interval '12 days' - random() * interval '9 days' END AS begun,
                    interval '2 hours' + random() * interval '11 days' AS lasted
                FROM (
                    SELECT n, CASE {" ".join(bounds)} END AS state,
                        CASE WHEN n % 20 = 7 THEN 2 + n / 20 % {OTHERS} ELSE 1 END AS side
                    FROM generate_series({first}::bigint, {last}) n
                ) states
            ) days
            """
        )
        cursor.execute("ANALYZE crowd")

    def _who(self):
        return {"owner_id": str(self.rosa.person_id), "uploaded_by_id": str(self.clara.person_id)}


def _drop_indexes(cursor):
    """Take the indexes of the tables that grow away; returns how to make them again."""
    tables = sorted({model._meta.db_table for model, *_ in TABLES})
    cursor.execute(
        """
        SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
        WHERE i.indrelid = ANY (%s::regclass[]) AND NOT i.indisunique
        """,
        [tables],
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in found]


def _insert(cursor, model, source, columns):
    """INSERT … SELECT: the columns that are said, every other one with the model's default."""
    names, values, params = [], [], []
    for field in model._meta.concrete_fields:
        names.append(f'"{field.column}"')
        if field.column in columns:
            values.append(columns[field.column])
        elif getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
            values.append("now()")
        else:
            default = timezone.now if field.default is timezone.now else field.get_default
            values.append("%s")
            params.append(field.get_db_prep_save(default(), connection))
    sql = f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {source}"
    cursor.execute(sql, params)
