from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from documents import store


class Use(models.TextChoices):
    """What a file is for. `documents.kinds` says what each use takes and how much of it."""

    AUTHORIZATION = "authorization", _("Authorization")
    PATIENT_AUTHORIZATION = "patient_authorization", _("Authorization given by a patient")
    RECORDS = "records", _("Records")
    ATTACHMENT = "attachment", _("Attachment of a message")
    REFUND_EVIDENCE = "refund_evidence", _("Evidence for a refund")
    GENERATED = "generated", _("Made by the system")


class Document(models.Model):
    """A kept file. The original is never changed: what is shown or released is made from it.

    `size` and `sha256` are of the plaintext; `page_count` is empty for what has no pages (office, video).
    """

    Use = Use

    key = models.CharField(max_length=32, unique=True, editable=False)
    use = models.CharField(max_length=30, choices=Use.choices)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    stored_size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    page_count = models.PositiveIntegerField(null=True, blank=True)
    read_by_person_only = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"document {self.pk}"  # its name may be health information, and this lands in logs

    @property
    def is_paged(self):
        """True if its pages can be shown, reviewed and released one by one."""
        return self.page_count is not None

    def open(self):
        """A readable stream of the plaintext; use it in a `with`."""
        return store.open_blob(self.key)

    def read(self):
        """The whole plaintext: only for what is known to be small."""
        with self.open() as stream:
            return stream.read()

    def remove_blob(self):
        """Remove what is stored, once the row is gone for good."""
        transaction.on_commit(lambda: store.remove(self.key), robust=True)


class PreviewPack(models.Model):
    """Pictures of some consecutive pages of a document, kept together: one trip to the store shows many.

    Made from the document and can be made again; `ends` are the byte offsets at which each JPEG ends.
    """

    class Size(models.TextChoices):
        THUMBNAIL = "thumbnail", _("Thumbnail")
        PAGE = "page", _("Page")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="preview_packs")
    size = models.CharField(max_length=10, choices=Size.choices)
    first = models.PositiveIntegerField(help_text=_("Number of its first page, from 1."))
    ends = models.JSONField()
    key = models.CharField(max_length=32, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "size", "first"], name="preview_pack_once"),
        ]

    def __str__(self):
        return f"{self.size}s of document {self.document_id} from {self.first}"

    def remove_blob(self):
        transaction.on_commit(lambda: store.remove(self.key), robust=True)
