"""Who acts. Every entry of the activity names one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Somebody who did something, as they were called on that day.

    `person_id` and `organization_id` are empty for the system, and for a patient who signs by a link.
    """

    name: str
    organization_name: str = ""
    person_id: int | None = None
    organization_id: int | None = None

    def may(self, permission, subject=None):
        """The system and a signer are let in by the code that calls them, never by a role."""
        return True

    @property
    def actor(self):
        return self


SYSTEM = Actor(name="ChartRequest", organization_name="automatic")


def signer(name):
    """A patient, or who signs for them, known only by the link they hold."""
    return Actor(name=name, organization_name="by signing link")


def link_holder(number):
    """Whoever pays an invoice by its link: nobody knows who."""
    return Actor(name=f"Payer of {number}", organization_name="by payment link")
