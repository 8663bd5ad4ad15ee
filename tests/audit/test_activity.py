"""The activity is a hash chain that can't be rewritten unnoticed (product 1.2)."""

import pytest
from django.db import connection

from audit.invariants import violations
from audit.models import Activity


def _tamper(sql, *values):
    """Change a row as somebody with the database's password would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE audit_activity DISABLE TRIGGER USER")
        cursor.execute(sql, values)


def test_entries_follow_one_another(pending):
    first, second = Activity.objects.of(pending)[:2]
    assert second.previous_hash == first.hash
    assert list(violations()) == []


@pytest.mark.parametrize("act", [lambda entry: entry.save(), lambda entry: entry.delete()])
def test_an_entry_can_not_be_edited_or_deleted(pending, act):
    with pytest.raises(TypeError):
        act(Activity.objects.of(pending).first())


@pytest.mark.parametrize("act", ["update", "delete"])
def test_nor_can_many_at_once(pending, act):
    with pytest.raises(TypeError):
        getattr(Activity.objects.of(pending), act)(**({"event": "x"} if act == "update" else {}))


@pytest.mark.postgres
def test_the_database_itself_refuses(pending):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    with pytest.raises(Exception, match="activity"), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_activity SET event = 'x'")


def test_a_changed_entry_is_found(pending):
    _tamper("UPDATE audit_activity SET actor_name = %s WHERE sequence = 1", "Nobody")
    assert any("changed" in sentence for sentence in violations())


def test_a_missing_entry_is_found(pending):
    _tamper("DELETE FROM audit_activity WHERE sequence = 1")
    assert list(violations())


def test_an_entry_cut_off_at_the_end_is_found(pending):
    last = Activity.objects.of(pending).last()
    _tamper("DELETE FROM audit_activity WHERE id = %s", last.pk)
    assert list(violations())


def test_a_state_that_no_entry_explains_is_found(pending):
    _tamper("UPDATE requests_app_recordrequest SET state = 'completed' WHERE id = %s", pending.pk)
    assert any("state" in sentence for sentence in violations())
