"""The vocabulary is made anew while people go on working."""

import threading

import pytest
from django.db import connection

from directory.finding import spelling
from directory.models import Word


@pytest.mark.django_db
def test_words_that_nobody_has_any_more_go():
    Word.objects.create(text="forgotten", count=3)
    spelling.learn()
    assert not spelling.known(["forgotten"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_whoever_saves_a_custodian_meanwhile_does_not_wait():
    Word.objects.create(text="lakeside", count=3)

    def note():
        Word.note("lakeside hillcrest")
        connection.close()

    def while_counting(execute, statement, parameters, many, context):
        answer = execute(statement, parameters, many, context)
        if "words_counted as" in statement:
            one = threading.Thread(target=note)
            one.start()
            one.join(10)
            assert not one.is_alive()
        return answer

    with connection.execute_wrapper(while_counting):
        spelling.learn()
