import json

from django.db import models, transaction
from django.utils import timezone

from correspondence.models.choice import Choice
from documents.crypto import seal, unseal
from outbox.queue import enqueue, enqueue_new


class NoticeQuerySet(models.QuerySet):
    def to_people(self, people, event, *, reference, path, words=None):
        """Owe each of `people` a notice about `event`, the way they chose; sent after the commit, once each.

        `words` fill its template, such as a day.
        """
        return self.to_people_of(event, [(people, {"reference": reference, "path": path}, words)])

    def to_people_of(self, event, matters):
        """The same for several matters at once: of each its people, its `reference` and `path`, and its `words`."""
        everybody = {person.pk: person for people, _said, _words in matters for person in people}
        ways = {person.pk: way for person, *way in Choice.objects.ways(list(everybody.values()), event)}
        owed = [
            (self._to(person, *ways[person.pk], event=event, **said), words)
            for people, said, words in matters
            for person in people
            if person.pk in ways
        ]
        made = self.bulk_create(notice for notice, _words in owed)
        with_words = [(notice, words) for notice, words in owed if words]
        for notice, words in with_words:
            notice.words_sealed = seal(json.dumps(words), notice.words_place)
        self.bulk_update([notice for notice, _words in with_words], ["words_sealed"])
        enqueue_new("correspondence.send", [(one.job_key, {"notice_id": one.pk}) for one in made])
        return made

    def _to(self, person, channel, address, **said):
        language = person.language
        return self.model(channel=channel, address=str(address), person=person, language=language, **said)

    def owe(self, event, channel, address, *, person=None, reference="", path="", language="en"):
        """Write a notice and the job that sends it. `reference` is a request's ID, `path` a page of ours."""
        notice = self.create(
            event=event,
            channel=channel,
            address=str(address),
            person=person,
            reference=reference,
            path=path,
            language=person.language if person else language,
        )
        enqueue("correspondence.send", key=notice.job_key, notice_id=notice.pk)
        return notice

    def owe_secret(
        self, event, channel, address, *, secret_path="", on_behalf_of="", words=None, person=None, **said
    ):
        """Owe a notice that only its reader may know: a link that lets its holder in, a code, a reason in words.

        Whoever reads the table or a backup can't follow it. `words` fill the event's template as `said`.
        """
        notice = self.owe(event, channel, address, person=person, **said)
        notice.path_sealed = seal(secret_path, notice.path_place) if secret_path else b""
        notice.words_sealed = seal(json.dumps(words), notice.words_place) if words else b""
        notice.on_behalf_of = on_behalf_of
        notice.save(update_fields=["path_sealed", "words_sealed", "on_behalf_of"])
        return notice

    @transaction.atomic
    def came_back(self, address, *, provider_id=""):
        """A mail to `address` came back after it had been taken. One that is no notice is a contact to check too."""
        from correspondence.models.contact import ContactToCheck  # it knows notices

        sent = self.filter(channel=self.model.Channel.EMAIL, state=self.model.State.DELIVERED)
        there = sent.filter(provider_id=provider_id, address__iexact=address) if provider_id else sent.none()
        notices = list(there.select_for_update())
        for notice in notices:
            notice.settle(self.model.State.BOUNCED)
        if not notices:
            why = ContactToCheck.Why.BOUNCED
            ContactToCheck.objects.report(self.model.Channel.EMAIL, address, why=why)


class Notice(models.Model):
    """One email, text or fax that somebody is owed (product 9.2-9.4).

    It holds an event, an ID and a link, and no health information: its words come from the event's template.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "Email"
        TEXT = "text", "Text"
        FAX = "fax", "Fax"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DELIVERED = "delivered", "Delivered"
        FAILED = "failed", "Failed"
        BOUNCED = "bounced", "Bounced"

    event = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = models.CharField(max_length=254)
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=300, blank=True)
    # A link with a token in it is a key: it lies here sealed, and only until it is delivered.
    path_sealed = models.BinaryField(default=b"", blank=True, editable=False)
    words_sealed = models.BinaryField(default=b"", blank=True, editable=False)
    on_behalf_of = models.CharField(max_length=200, blank=True, help_text="Who asked us to write.")
    language = models.CharField(max_length=10, default="en")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    provider_id = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["reference"], name="notice_by_reference"),
            models.Index(
                fields=["provider_id"],
                condition=models.Q(channel="email") & ~models.Q(provider_id=""),
                name="notice_by_provider",
            ),
        ]

    def __str__(self):
        return f"{self.event} by {self.channel}"

    @property
    def is_brief(self):
        """A text instead of an email that somebody chose: what it is about, and the link."""
        return self.channel == self.Channel.TEXT and self.person_id is not None

    @property
    def job_key(self):
        return f"notice:{self.pk}"

    def settle(self, state, *, provider_id=""):
        self.state, self.sent_at = state, timezone.now()
        self.provider_id = provider_id or self.provider_id
        if state == self.State.DELIVERED:
            self.path_sealed = self.words_sealed = b""
        self.save(update_fields=["state", "provider_id", "sent_at", "path_sealed", "words_sealed"])
        self._tell_of_contact(state)

    def _tell_of_contact(self, state):
        """What bounced is a contact to check; what arrives is none any more. A refusal is told by `sending`."""
        from correspondence.models.contact import ContactToCheck  # it knows notices

        if state == self.State.BOUNCED:
            why = ContactToCheck.Why.BOUNCED
            ContactToCheck.objects.report(self.channel, self.address, why=why, reference=self.reference)
        elif state == self.State.DELIVERED:
            ContactToCheck.objects.works(self.channel, self.address)

    @property
    def link_path(self):
        """The path the link leads to, open or sealed. A delivered secret is gone: then it is empty."""
        return unseal(self.path_sealed, self.path_place) if self.path_sealed else self.path

    @property
    def words(self):
        """What fills the template beside the link; nothing once it is delivered."""
        return json.loads(unseal(self.words_sealed, self.words_place)) if self.words_sealed else {}

    @property
    def words_place(self):
        return f"notice/{self.pk}/words"

    @property
    def path_place(self):
        return f"notice/{self.pk}/path"
