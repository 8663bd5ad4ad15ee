"""No question reads a whole table for what is not there (PostgreSQL alone; SQLite has no such choice)."""

import pytest
from django.db import connection

from directory.finding import index

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def many_words():
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into directory_word (text, count) select md5(n::text), 1 from generate_series(1, 20000) n"
        )
        # New rows wait in a list that each search reads whole, until a vacuum puts them in their places.
        cursor.execute("select gin_clean_pending_list('directory_word_alike')")
        cursor.execute("analyze directory_word")


def _plan(statement):
    with connection.cursor() as cursor:
        cursor.execute(f"explain {statement}")
        return "\n".join(line for (line,) in cursor.fetchall())


def test_words_like_a_misspelled_one_are_looked_up_by_the_index(many_words):
    with index.preferred():
        plan = _plan("select text from directory_word where text % 'anesthesiolgoits'")
    assert "directory_word_alike" in plan
    assert "Seq Scan" not in plan


@pytest.mark.django_db(transaction=True)
def test_other_questions_are_planned_as_before():
    def cost():
        with connection.cursor() as cursor:
            cursor.execute("show seq_page_cost")
            return cursor.fetchone()[0]

    before = cost()
    with index.preferred():
        assert cost() != before
    assert cost() == before
