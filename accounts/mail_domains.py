"""The domain of an email address: who shares one works for the same organization, unless anybody can have one."""

from functools import lru_cache

from django.conf import settings


def of(email):
    """The domain as ASCII in lower case ("smithlaw.example"), or "" for what has none.

    A domain of other scripts is compared by its ASCII form, so that a letter that only looks the same is another.
    """
    _local, at, domain = email.strip().rpartition("@")
    try:
        return domain.rstrip(".").encode("idna").decode().lower() if at else ""
    except UnicodeError:
        return ""


def of_organization(email):
    """The same, but "" for a free mail domain and what lies under one."""
    domain = of(email)
    return "" if is_free(domain) else domain


def is_free(domain):
    """Whether anybody can have an address there: the domain or one above it is in data/free_mail_domains.txt."""
    labels = domain.split(".")
    return any(".".join(labels[start:]) in _free() for start in range(len(labels)))


@lru_cache
def _free():
    text = (settings.BASE_DIR / "data" / "free_mail_domains.txt").read_text()
    return frozenset(line for line in text.split() if not line.startswith("#"))
