"""What production must not be: it refuses to start. What it should have: `manage.py check` warns."""

from pathlib import Path

from django.core.checks import Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured

DEFAULT_PASSWORDS = {"postgres", "password", "chartrequest", "changeme", "change-me", "secret", "admin"}


def refuse_unsafe(settings):
    """Raise ImproperlyConfigured with a sentence for each thing that production must not be."""
    if dangers := list(_dangers(settings)):
        raise ImproperlyConfigured("\n".join(dangers))


def _dangers(settings):
    key = settings["SECRET_KEY"]
    if len(key) < 50 or len(set(key)) < 10 or key.startswith("django-insecure-"):
        yield "SECRET_KEY is missing or a default: give 50 random characters or more."
    if settings["DEBUG"]:
        yield "DEBUG is on: it would show health information in error pages."
    if "sandbox" in settings["INSTALLED_APPS"] or settings["SANDBOX"] or settings["SANDBOX_BANK"]:
        yield "The sandbox is on: it would take play money and keep mail from leaving."
    if not (settings["STRIPE_SECRET_KEY"] and settings["STRIPE_PUBLISHABLE_KEY"]):
        yield "STRIPE_SECRET_KEY or STRIPE_PUBLISHABLE_KEY is missing: no card could be charged."
    if not settings["STRIPE_WEBHOOK_SECRET"]:
        yield "STRIPE_WEBHOOK_SECRET is missing: anybody could say that they have paid."
    if not settings["SITE_URL"].startswith("https://"):
        yield "SITE_URL is not an https:// address: links and cookies would travel in the clear."
    if "*" in settings["ALLOWED_HOSTS"]:
        yield "ALLOWED_HOSTS lets any host name in: links in emails could be led elsewhere."
    database = settings["DATABASES"]["default"]
    if not database["ENGINE"].endswith("postgresql"):
        yield "DATABASE_URL is not a PostgreSQL database."
    if _has_default_password(database):
        yield "The database password is missing or a default."
    if not settings["STORAGES"]["default"].get("OPTIONS", {}).get("bucket_name"):
        yield "AWS_STORAGE_BUCKET_NAME is missing: there is nowhere to keep records."
    if not settings["KEYSET_FILE"] or not Path(settings["KEYSET_FILE"]).is_file():
        yield "KEYSET_FILE names no file: records could not be encrypted, nor read again."


def _has_default_password(database):
    host, password = database.get("HOST", ""), database.get("PASSWORD", "")
    # A socket of the same machine may know its peer without a password.
    by_socket = not host or host.startswith("/")
    defaults = {*DEFAULT_PASSWORDS, database.get("USER", ""), database.get("NAME", "")} - {""}
    return password in defaults or not (password or by_socket)


@register(Tags.security, deploy=True)
def what_is_off(app_configs, **kwargs):
    """Name what this installation does without."""
    from django.conf import settings  # a check runs when settings are ready; this module is read before

    off = [
        ("CLAMD", "Uploads aren't scanned for viruses: CLAMD names no scanner."),
        ("TELNYX_API_KEY", "No text and no fax leaves: TELNYX_API_KEY is missing."),
    ]
    return [
        Warning(sentence, id=f"chartrequest.{name}")
        for name, sentence in off
        if not getattr(settings, name, "")
    ]
