from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from kombu import Connection

from chartrequest import health

pytestmark = pytest.mark.django_db


def ask():
    return health.healthz(RequestFactory().get("/healthz"))


def test_all_answer():
    assert ask().status_code == 200


@pytest.mark.parametrize(
    ("part", "error"), [("_database", OperationalError("password of rosa")), ("_broker", OSError("10.0.0.7"))]
)
def test_one_that_is_gone_is_told_without_details(part, error):
    with patch.object(health, part, side_effect=error):
        answer = ask()
    assert answer.status_code == 503
    assert answer.content == b"unwell\n"


def test_a_broker_that_refuses_makes_it_unwell():
    with patch.object(health.app, "connection_for_write", _refusing):
        assert ask().status_code == 503


def test_it_only_answers_reading():
    assert health.healthz(RequestFactory().post("/healthz")).status_code == 405


def _refusing():
    return Connection("redis://127.0.0.1:1/0", transport_options={"socket_connect_timeout": 0.5})
