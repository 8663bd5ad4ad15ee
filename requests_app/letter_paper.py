"""The PDF of a letter that answers a request, made once and kept with its outcome."""

import io

from django.db import transaction

from audit.actors import SYSTEM
from documents.intake import take_in
from documents.models import Document, Use
from documents.render import pdf_from_template
from requests_app.models import Outcome


def kept(record_request, outcome):
    """The letter as a Document; made outside of any lock, and only once. Raises RenderFailed."""
    if outcome.document_id is None:
        _remove_strays(record_request, outcome)
        made = take_in(
            io.BytesIO(pdf(record_request, outcome)), use=Use.GENERATED, by=SYSTEM, name=_name(outcome)
        )
        if not _keep(outcome, made):
            made.delete()
        outcome.refresh_from_db()
    return outcome.document


def pdf(record_request, outcome):
    """The letter as PDF bytes."""
    page = {"record_request": record_request, "outcome": outcome, "custodian": record_request.custodian}
    return pdf_from_template("requests_app/release/letter.html", page)


@transaction.atomic
def _keep(outcome, document):
    """Make `document` the letter; False where another worker was faster."""
    row = Outcome.objects.select_for_update().get(pk=outcome.pk)
    if row.document_id is not None:
        return False
    row.document = document
    row.save(update_fields=["document"])
    return True


def _remove_strays(record_request, outcome):
    """What a worker made that died before it became the letter."""
    letters = Outcome.objects.filter(document__isnull=False).values("document_id")
    found = Document.objects.filter(use=Use.GENERATED, name=_name(outcome), created_at__gte=outcome.made_at)
    for stray in found.exclude(pk__in=letters):
        stray.delete()


def _name(outcome):
    return f"letter-{outcome.record_request}-{outcome.pk}.pdf"
