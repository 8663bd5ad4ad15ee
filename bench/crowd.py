"""A crowd of requests, written by the database itself: rows as consistent as if they had been lived.

The worst case: nearly all of them between one firm and one practice. 85 of 100 have ended. Ids are given here
(request n has patient n, batch n, thread n; all above what is there), so a crowd can grow: `grow(100)`, then `grow(1_000_000)`.
"""

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from accounts.models import Organization
from billing.models import Invoice, Quote
from correspondence.models import Thread
from directory.models import Custodian
from documents.models import Document
from requests_app.models import Batch, Patient, RecordFile, RecordPage, RecordRequest
from tests import cast

OTHERS = 20  # firms and practices beside the two great ones; each twentieth request is between two of them
FIRST = "james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph "
FIRST += (
    "jessica thomas karen carlos sarah ahmed nancy daniel lisa matthew betty anthony margaret mark sandra"
)
LAST = "smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson "
LAST += "anderson taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson "
LAST += "walker young allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell "
LAST += "mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards collins reyes stewart morris"
PAGES = 8  # of a file that is under review
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
INVOICED = "('completed', 'ordered', 'priced')"


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
        self.before = max(model.objects.aggregate(last=Max("id"))["last"] or 0 for model, *_ in _TABLES)

    def grow(self, size):
        """Have `size` requests; those that are there stay."""
        if size <= self.size:
            return
        with connection.cursor() as cursor:
            dropped = _drop_indexes(cursor) if size - self.size > 10_000 else []
            cursor.execute("SET session_replication_role = replica")  # keys are right by construction
            self._say_who(cursor, self.before + self.size + 1, self.before + size)
            for model, source, columns in _TABLES:
                _insert(cursor, model, source, columns | self._who())
            cursor.execute("SET session_replication_role = DEFAULT")
            for definition in dropped:
                cursor.execute(definition)
            for model in {model for model, *_ in _TABLES}:
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
    tables = sorted({model._meta.db_table for model, *_ in _TABLES})
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


def _one_of(words, drawn):
    listed = ",".join(f"'{word}'" for word in words.split())
    return f"(ARRAY[{listed}])[1 + {drawn} %% {len(words.split())}]"


def _luhn():
    """The tenth digit of a request ID, as `stdnum.luhn` reckons it."""
    parts = []
    for at in range(1, 10):
        digit = f"substr(digits, {at}, 1)::int"
        parts.append(f"({digit} * 2) / 10 + ({digit} * 2) %% 10" if at % 2 else digit)
    return f"((10 - ({' + '.join(parts)}) %% 10) %% 10)::text"


def _when(states, value):
    listed = ", ".join(f"'{state}'" for state in states.split())
    return f"CASE WHEN state IN ({listed}) THEN {value} END"


_FIRST, _LAST = _one_of(FIRST, "draw"), _one_of(LAST, "draw_2")
_TABLES = [
    (
        Thread,
        "crowd",
        {
            "id": "n",
            # Each tenth has messages; of those that are over, the practice wrote the last one.
            "last_message_at": "CASE WHEN n %% 10 = 5 THEN ended END",
            "last_organization_id": "CASE WHEN n %% 10 = 5 THEN CASE WHEN is_over THEN practice ELSE firm END END",
        },
    ),
    (
        Patient,
        "crowd",
        {
            "id": "n",
            "organization_id": "firm",
            "first_name": f"initcap({_FIRST})",
            # Each thousandth has a name that few have.
            "last_name": f"initcap(CASE WHEN n %% 1000 = 1 THEN 'quill' || n ELSE {_LAST} END)",
            "first_key": _FIRST,
            "last_key": f"CASE WHEN n %% 1000 = 1 THEN 'quill' || n ELSE {_LAST} END",
            "birth_date": "date '1940-01-01' + (n * 7919 %% 25000)::int",
        },
    ),
    (
        Batch,
        "crowd",
        {
            "id": "n",
            "key": "gen_random_uuid()",
            "organization_id": "firm",
            "patient_id": "n",
            "case_number": "'24-CV-' || n",
            "case_key": "'24-cv-' || n",
            "delivery": "'download'",
            "pay_by": "'check'",
            "submitted_at": "CASE WHEN state <> 'draft' THEN asked END",
        },
    ),
    (
        RecordRequest,
        "crowd",
        {
            "id": "n",
            "state": "state",
            "public_id": f"digits || {_luhn()}",
            "batch_id": "n",
            "organization_id": "firm",
            "patient_id": "n",
            "custodian_id": "custodian",
            "custodian_organization_id": "practice",
            "thread_id": "n",
            "is_specified": "true",
            "is_rush": "n %% 31 = 3",
            "record_types": "'[\"medical\"]'::jsonb",
            "dates": "'all'",
            "page_count": f"coalesce({_when('completed priced ordered', '8 + n %% 90')}, 0)",
            "incomplete_reason": "CASE WHEN state = 'incomplete' THEN 'illegible' ELSE '' END",
            "created_at": "begun",
            "updated_at": "ended",
            "submitted_at": "CASE WHEN state <> 'draft' THEN asked END",
            "due_on": "CASE WHEN state <> 'draft' THEN (asked + interval '14 days')::date END",
            "incomplete_at": _when("incomplete", "ended"),
            "review_began_at": _when("qa priced ordered completed", "asked + (ended - asked) * 0.3"),
            "priced_at": _when("priced ordered completed", "asked + (ended - asked) * 0.6"),
            "ordered_at": _when("ordered completed", "asked + (ended - asked) * 0.9"),
            "completed_at": _when("completed", "ended"),
            "ended_at": _when("canceled abandoned", "ended"),
        },
    ),
    (
        Quote,
        f"crowd WHERE state IN {INVOICED}",
        {
            "id": "n",
            "record_request_id": "n",
            "kind": "'price'",
            "lines": "'[]'::jsonb",
            "total": "18.50 + n %% 90",
        },
    ),
    (
        Invoice,
        f"crowd WHERE state IN {INVOICED}",
        {
            "id": "n",
            "number": "'INV-' || n",
            "record_request_id": "n",
            "organization_id": "firm",
            "quote_id": "n",
            "total": "18.50 + n %% 90",
            "issued_at": "asked + (ended - asked) * 0.6",
            "due_on": "(ended + interval '30 days')::date",
            "settled_at": _when("ordered completed", "asked + (ended - asked) * 0.9"),
        },
    ),
    (
        Document,
        "crowd WHERE state = 'qa'",
        {
            "id": "n",
            "key": "md5(n::text)",
            "use": "'records'",
            "name": "'records.pdf'",
            "media_type": "'application/pdf'",
            "size": "100000",
            "stored_size": "100100",
            "sha256": "md5(n::text)",
            "page_count": str(PAGES),
        },
    ),
    (
        RecordFile,
        "crowd WHERE state = 'qa'",
        {"id": "n", "record_request_id": "n", "document_id": "n", "position": "1"},
    ),
    (
        RecordPage,
        f"crowd, generate_series(1, {PAGES}) page WHERE state = 'qa'",
        {
            "id": f"n * {PAGES} + page",
            "record_request_id": "n",
            "file_id": "n",
            "number": "page",
            "verdict": "CASE WHEN page < 4 THEN 'approved' ELSE '' END",
        },
    ),
]
