"""The specialties of a custodian in words."""

from directory.models import Custodian, Specialty

SHOWN = 2


def words_of(one):
    """ "Hospital · Cardiology" of a custodian; the first specialties of an entry, as far as the codes have words."""
    if isinstance(one, Custodian):
        return " · ".join(part for part in (str(one.get_kind_display()), one.specialty) if part)
    codes = one.taxonomies.split()[:SHOWN]
    named = Specialty.objects.in_bulk(codes) if codes else {}
    return " · ".join(named[code].name for code in codes if code in named)
