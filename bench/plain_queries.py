"""What somebody who knows the database would write by hand for the pages that are measured (PostgreSQL).

Each gives the 25 rows of its list in order, with the columns of a first look. Several states are read as one short
walk along an index for each of them: the obvious `state IN (…) ORDER BY …` sorts a hundred thousand rows.
"""

INBOUND_ROWS = """
    SELECT r.public_id, r.state, r.incomplete_reason, r.is_rush, p.first_name, p.middle_name, p.last_name,
        p.birth_date, o.name, o.kind, r.due_on, r.page_count, pages.total, pages.reviewed, a.first_name, a.last_name,
        r.updated_at
    FROM ({chosen}) chosen
    JOIN requests_app_recordrequest r ON r.id = chosen.id
    JOIN requests_app_patient p ON p.id = r.patient_id
    JOIN accounts_organization o ON o.id = r.organization_id
    LEFT JOIN accounts_person a ON a.id = r.assigned_to_id
    LEFT JOIN LATERAL (
        SELECT count(*) AS total, count(*) FILTER (WHERE page.verdict <> '') AS reviewed
        FROM requests_app_recordpage page JOIN requests_app_recordfile f ON f.id = page.file_id
        WHERE page.record_request_id = r.id AND f.removed_at IS NULL AND r.state IN ('pending', 'qa')
    ) pages ON true
    ORDER BY {order}
"""
OUTBOUND_ROWS = """
    SELECT r.public_id, r.state, r.incomplete_reason, r.awaiting_signature, r.is_rush, p.first_name, p.middle_name,
        p.last_name, p.birth_date, c.name, c.city, c.state, b.case_number, r.due_on,
        (SELECT i.total FROM billing_invoice i WHERE i.record_request_id = r.id AND i.voided_at IS NULL
            ORDER BY i.id DESC LIMIT 1),
        t.last_message_at, r.updated_at
    FROM ({chosen}) chosen
    JOIN requests_app_recordrequest r ON r.id = chosen.id
    JOIN requests_app_patient p ON p.id = r.patient_id
    JOIN directory_custodian c ON c.id = r.custodian_id
    JOIN requests_app_batch b ON b.id = r.batch_id
    JOIN correspondence_thread t ON t.id = r.thread_id
    ORDER BY {order}
"""
OPEN = "'pending', 'incomplete', 'qa', 'priced', 'ordered'"
SUBMITTED = f"{OPEN}, 'completed', 'canceled', 'abandoned'"
DUE_FIRST = "r.is_rush DESC, r.due_on, r.id"
NEWEST_FIRST = "r.updated_at DESC, r.id DESC"
SUBMITTED_LAST = "r.submitted_at DESC, r.id DESC"


def _walks(states, side, order, behind=""):
    """The first 25 of several states, state by state."""
    return f"""
        SELECT r.id FROM unnest(ARRAY[{states}]) wanted(state), LATERAL (
            SELECT r.id, r.is_rush, r.due_on, r.updated_at FROM requests_app_recordrequest r
            WHERE r.{side} = %(organization)s AND r.state = wanted.state {behind} ORDER BY {order} LIMIT 25
        ) r ORDER BY {order} LIMIT 25
    """


def _named(key, side, order, more=""):
    """The 25 newest of those whose patient's name begins so."""
    return f"""
        SELECT r.id FROM requests_app_recordrequest r JOIN requests_app_patient p ON p.id = r.patient_id
        WHERE r.{side} = %(organization)s AND (p.last_key LIKE '{key}%%' OR p.first_key LIKE '{key}%%') {more}
        ORDER BY {order} LIMIT 25
    """


def _inbound(chosen, order):
    return INBOUND_ROWS.format(chosen=chosen, order=order)


def _outbound(chosen, order=NEWEST_FIRST):
    return OUTBOUND_ROWS.format(chosen=chosen, order=order)


_IN, _OUT = "custodian_organization_id", "organization_id"
_MINE = f"SELECT r.id FROM requests_app_recordrequest r WHERE r.{_OUT} = %(organization)s"
# A place in the middle of the list, for a page that nobody gets to by "Next".
MIDDLE = "2025-06-01T00:00:00+00:00"

QUERIES = {
    "inbound": _inbound(_walks(OPEN, _IN, DUE_FIRST), DUE_FIRST),
    "inbound-states": _inbound(_walks("'pending', 'completed', 'canceled'", _IN, NEWEST_FIRST), NEWEST_FIRST),
    "inbound-name": _inbound(_named("wri", _IN, NEWEST_FIRST, "AND r.state <> 'draft'"), NEWEST_FIRST),
    "inbound-rare": _inbound(_named("quill9", _IN, NEWEST_FIRST, "AND r.state <> 'draft'"), NEWEST_FIRST),
    "inbound-deep": _inbound(
        _walks(SUBMITTED, _IN, NEWEST_FIRST, f"AND r.updated_at < '{MIDDLE}'"), NEWEST_FIRST
    ),
    "outbound": _outbound(f"{_MINE} ORDER BY {NEWEST_FIRST} LIMIT 25"),
    "outbound-states": _outbound(_walks("'incomplete', 'completed'", _OUT, NEWEST_FIRST)),
    "outbound-name": _outbound(_named("wri", _OUT, NEWEST_FIRST)),
    "outbound-advanced": _outbound(
        _named(
            "hill",
            _OUT,
            SUBMITTED_LAST,
            "AND r.submitted_at >= '2025-06-01 04:00Z' AND r.submitted_at < '2025-09-01 04:00Z'",
        ),
        SUBMITTED_LAST,
    ),
    "outbound-deep": _outbound(f"{_MINE} AND r.updated_at < '{MIDDLE}' ORDER BY {NEWEST_FIRST} LIMIT 25"),
}
