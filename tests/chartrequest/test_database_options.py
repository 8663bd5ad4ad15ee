import pytest
from django.db import connection

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.mark.parametrize(("name", "value"), [("jit", "off"), ("max_parallel_workers_per_gather", "0")])
def test_short_questions_are_answered_without_a_warm_up(name, value):
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        assert cursor.fetchone() == (value,)
