"""Who is behind an NPI: asked of whoever keeps a directory, which this app doesn't know."""

from dataclasses import dataclass

from accounts.signals import npi_sought


@dataclass(frozen=True)
class Facts:
    """What the directory says of a practice; fields have the names of the organization's."""

    name: str
    street: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""
    phone: str = ""
    fax: str = ""


def of(npi):
    """The Facts of an NPI, or None where no directory knows it."""
    answers = npi_sought.send(None, npi=npi)
    return next((facts for _receiver, facts in answers if facts), None)
