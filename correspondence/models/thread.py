from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone


class Thread(models.Model):
    """The messages between the two sides of one request (product 9.1)."""

    last_message_at = models.DateTimeField(null=True, blank=True)
    last_organization = models.ForeignKey(
        "accounts.Organization", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [
            # Of a million threads few have messages: those are counted from the index alone, at most a thousand.
            models.Index(
                fields=["last_organization", "id"],
                include=["last_message_at"],
                condition=Q(last_message_at__isnull=False),
                name="thread_with_messages",
            ),
        ]

    def __str__(self):
        return f"Thread {self.pk}"

    def post(self, *, by, body):
        """Add a message; call it inside the transaction that tells the other side."""
        message = self.messages.create(
            author_id=by.actor.person_id,
            organization_id=by.actor.organization_id,
            author_name=by.actor.name,
            organization_name=by.actor.organization_name,
            body=body,
        )
        self.last_message_at, self.last_organization_id = message.sent_at, by.actor.organization_id
        self.save(update_fields=["last_message_at", "last_organization"])
        return message

    def mark_read(self, person, until=None):
        """`person` has seen all messages, or those up to the moment `until`; what came in later stays unread."""
        until = until or timezone.now()
        marks = ReadMark.objects.filter(thread=self, person=person)
        if not marks.filter(read_at__gte=until).exists():
            ReadMark.objects.update_or_create(thread=self, person=person, defaults={"read_at": until})

    @staticmethod
    def unread_by(member, *, thread):
        """A condition for a filter or annotation: the other side wrote after this person last looked.

        `thread` is the path of the thread's key from the queried model, such as "thread_id".
        """
        path = thread.removesuffix("_id")
        newer = ReadMark.objects.filter(
            thread=OuterRef(thread),
            person=member.person_id,
            read_at__gte=OuterRef(f"{path}__last_message_at"),
        )
        return (
            Q(**{f"{path}__last_message_at__isnull": False})
            # Both sides of it, where "not" would have the database look at the threads without messages as well.
            & (
                Q(**{f"{path}__last_organization__lt": member.organization_id})
                | Q(**{f"{path}__last_organization__gt": member.organization_id})
            )
            & ~Exists(newer)
        )


class ReadMark(models.Model):
    """When a person last looked at a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="read_marks")
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="read_mark_once")]

    def __str__(self):
        return f"{self.person_id} read {self.thread_id}"
