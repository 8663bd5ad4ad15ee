from django.db import models
from django.utils.translation import gettext_lazy as _

from correspondence import events


class ChoiceQuerySet(models.QuerySet):
    def choose(self, person, channels):
        """Keep `channels`, a dict of a group's key and a channel: all at once, whoever else saves meanwhile."""
        rows = [
            self.model(person=person, group=group, channel=channel)
            for group, channel in sorted(channels.items())
        ]
        self.bulk_create(
            rows, update_conflicts=True, unique_fields=["person", "group"], update_fields=["channel"]
        )

    def of(self, person):
        """The channel of each group as it is obeyed now, the default among them."""
        chosen = dict(self.filter(person=person).values_list("group", "channel"))
        return {group.key: _obeyed(person, chosen.get(group.key)) for group in events.GROUPS}

    def ways(self, people, event):
        """`(person, channel, address)` for each of `people` who wants to be told of `event`."""
        group, chosen = events.group_of(event), {}
        if group:
            chosen = dict(self.filter(person__in=people, group=group.key).values_list("person_id", "channel"))
        for person in people:
            channel = _obeyed(person, chosen.get(person.pk))
            if channel != Choice.Channel.NONE:
                address = person.phone if channel == Choice.Channel.TEXT else person.email
                yield person, channel, address


class Choice(models.Model):
    """How a person wants to be told of a group of events (product 2.11). Without a row: by email."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("Email")
        TEXT = "text", _("Text")
        NONE = "none", _("None")

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=20)
    channel = models.CharField(max_length=10, choices=Channel.choices)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="choice_once")]

    def __str__(self):
        return f"{self.group} by {self.channel}"


def takes_texts(person):
    """Texts go to a number that was verified, and to no other."""
    return bool(person.phone and person.phone_verified_at)


def _obeyed(person, channel):
    """A number that is gone, or not verified any more, leaves the email."""
    if channel is None or (channel == Choice.Channel.TEXT and not takes_texts(person)):
        return Choice.Channel.EMAIL
    return Choice.Channel(channel)
