"""What a form is called on the page that offers to send it again. Each app names its own."""

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

NAMES = {}


def name_forms(**names):
    """Give the forms that URLs take in the names their pages show."""
    NAMES.update(names)


def name_of(path):
    try:
        found = resolve(path.partition("?")[0])
    except Resolver404:
        return _("A form")
    return NAMES.get(found.url_name) or _("A form")
