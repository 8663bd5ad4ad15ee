"""The languages in which the signing page can be read: those that have a catalog of words."""

from pathlib import Path

from django.conf import settings

NAMES = {"en": "English", "es": "Español"}


def offered():
    """Pairs of code and the language's own name, the one the product is written in first."""
    return [(code, NAMES.get(code, code)) for code, _name in settings.LANGUAGES if _is_translated(code)]


def _is_translated(code):
    if code == settings.LANGUAGE_CODE:
        return True
    return any(
        (Path(folder) / code / "LC_MESSAGES" / "django.mo").exists() for folder in settings.LOCALE_PATHS
    )
