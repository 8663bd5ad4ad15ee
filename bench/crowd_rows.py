"""The rows of a crowd, table by table: what each column holds, as SQL over `crowd` (see `crowd.Crowd`).

A column that isn't named has its model's default. Percent signs are doubled, as the statements have parameters.
"""

from billing.models import Invoice, Quote
from correspondence.models import Thread
from documents.models import Document
from requests_app.models import Batch, Patient, RecordFile, RecordPage, RecordRequest

FIRST = (
    "james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph "
    "jessica thomas karen carlos sarah ahmed nancy daniel lisa matthew betty anthony margaret mark sandra"
)
LAST = (
    "smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson "
    "anderson taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson "
    "walker young allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell "
    "mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards collins reyes stewart morris"
)
PAGES = 8  # of a file that is under review
INVOICED = "('completed', 'ordered', 'priced')"


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
TABLES = [
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
            "sweep_on": _when("pending incomplete qa priced ordered", "current_date + 30"),
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
