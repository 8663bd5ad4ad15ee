"""Production takes everything from the environment, and refuses to start unsafe."""

import os
import runpy
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from chartrequest.settings import base

SAFE = {
    "SECRET_KEY": "Jx0r8vN3qLw5-Zt7bYp1_kHm9sDf2gAe4uCiO6nRxTzQvWyB",
    "SITE_URL": "https://records.example.org",
    "DATABASE_URL": "postgres://records:Sh7-kel2-Vand@db:5432/records",
    "STRIPE_SECRET_KEY": "sk_test_1",
    "STRIPE_PUBLISHABLE_KEY": "pk_test_1",
    "STRIPE_WEBHOOK_SECRET": "whsec_1",
    "AWS_STORAGE_BUCKET_NAME": "records",
}
SAFE["SECRET_KEY"] += "0123456789"


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """A function that takes changes (None takes a name out) and gives the settings production would have."""
    for name in ("DEBUG", "SANDBOX_BANK", "ALLOWED_HOSTS", "REDIS_URL", "SENTRY_DSN"):
        monkeypatch.delenv(name, raising=False)
    keyset = tmp_path / "keyset.json"
    keyset.write_text("{}")
    # `base` was read when the tests began; production reads the address from it.
    monkeypatch.setattr(base, "SITE_URL", SAFE["SITE_URL"])

    def settings(**changes):
        base.env.ENVIRON.files_cache.clear()
        for name, value in ({**SAFE, "KEYSET_FILE": str(keyset)} | changes).items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        return runpy.run_module("chartrequest.settings.production")

    return settings


def test_it_starts_where_all_is_given(environment):
    assert environment()["DEBUG"] is False


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "x8Hq2" * 9}, "SECRET_KEY is missing or a default"),
        ({"SECRET_KEY": "changeme" * 10}, "SECRET_KEY is missing or a default"),
        ({"SECRET_KEY": "django-insecure-" + SAFE["SECRET_KEY"]}, "SECRET_KEY is missing or a default"),
        ({"DEBUG": "true"}, "DEBUG is on"),
        ({"SANDBOX_BANK": "true"}, "The sandbox is on"),
        ({"STRIPE_SECRET_KEY": None}, "STRIPE_SECRET_KEY or"),
        ({"STRIPE_PUBLISHABLE_KEY": ""}, "or STRIPE_PUBLISHABLE_KEY is missing"),
        ({"STRIPE_WEBHOOK_SECRET": None}, "STRIPE_WEBHOOK_SECRET is missing"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS lets any"),
        ({"DATABASE_URL": "sqlite:////tmp/db.sqlite3"}, "not a PostgreSQL database"),
        ({"DATABASE_URL": "postgres://records:postgres@db/records"}, "password is missing or a default"),
        ({"DATABASE_URL": "postgres://records:records@db/records"}, "password is missing or a default"),
        ({"DATABASE_URL": "postgres://records@db/records"}, "password is missing or a default"),
        ({"AWS_STORAGE_BUCKET_NAME": None}, "AWS_STORAGE_BUCKET_NAME is missing"),
        ({"KEYSET_FILE": None}, "KEYSET_FILE names no file"),
        ({"KEYSET_FILE": "/nowhere/keyset.json"}, "KEYSET_FILE names no file"),
    ],
)
def test_it_refuses_to_start(environment, changes, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        environment(**changes)


def test_it_refuses_an_address_in_the_clear(environment, monkeypatch):
    monkeypatch.setattr(base, "SITE_URL", "http://records.example.org")
    with pytest.raises(ImproperlyConfigured, match="not an https"):
        environment()


def test_it_refuses_the_sandbox_among_the_apps(environment, monkeypatch):
    monkeypatch.setattr(base, "INSTALLED_APPS", [*base.INSTALLED_APPS, "sandbox"])
    with pytest.raises(ImproperlyConfigured, match="The sandbox is on"):
        environment()


def test_all_that_is_wrong_is_said_at_once(environment):
    with pytest.raises(ImproperlyConfigured) as refused:
        environment(DEBUG="1", STRIPE_WEBHOOK_SECRET=None)
    assert len(str(refused.value).splitlines()) == 2


def test_a_socket_needs_no_password(environment):
    assert environment(DATABASE_URL="postgres:///records")["DATABASES"]["default"]["NAME"] == "records"


def test_a_secret_is_read_from_a_file_without_its_line_end(environment, tmp_path):
    (tmp_path / "password").write_text("Sh7-kel2-Vand\n")
    settings = environment(
        DATABASE_URL="postgres://records@db/records", DATABASE_PASSWORD_FILE=str(tmp_path / "password")
    )
    assert settings["DATABASES"]["default"]["PASSWORD"] == "Sh7-kel2-Vand"


def test_the_password_of_redis_is_quoted(environment):
    settings = environment(REDIS_URL="redis://redis:6379", REDIS_PASSWORD="a/b@c")
    assert settings["CELERY_BROKER_URL"] == "redis://:a%2Fb%40c@redis:6379/0"
    assert settings["CACHES"]["default"]["LOCATION"] == "redis://:a%2Fb%40c@redis:6379/1"


def test_a_task_is_given_again_only_after_its_time_limit(environment):
    settings = environment()
    waits = settings["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"]
    assert waits > settings["CELERY_TASK_TIME_LIMIT"]


def test_cookies_belong_to_this_host_alone(environment):
    settings = environment()
    for cookie in ("SESSION", "CSRF"):
        assert settings[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert settings[f"{cookie}_COOKIE_SECURE"]


def test_the_keys_of_an_email_provider_reach_anymail(environment):
    assert environment(ANYMAIL_POSTMARK_SERVER_TOKEN="t")["ANYMAIL"] == {"POSTMARK_SERVER_TOKEN": "t"}


def test_djangos_own_deployment_checks_pass(tmp_path):
    (tmp_path / "keyset.json").write_text("{}")
    environment = {
        # Neither the tests' settings nor what a browser's test before this one needs (tests/chromium.py).
        **{name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")},
        **SAFE,
        "KEYSET_FILE": str(tmp_path / "keyset.json"),
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "chartrequest.settings.production",
        "CLAMD": "tcp://clamd:3310",
        "TELNYX_API_KEY": "k",
        "HSTS_PRELOAD": "1",
    }
    done = subprocess.run(
        [sys.executable, base.BASE_DIR / "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
