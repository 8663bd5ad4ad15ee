"""The records of a request: files are added, put in order, removed (product 6.3)."""

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import MoveRefused
from documents.intake import FileRefused, take_in
from documents.models import Use
from requests_app import permissions
from requests_app.models import RecordFile, RecordPage
from requests_app.models.states import WITH_CUSTODIAN
from requests_app.processing.holding import check, held
from requests_app.processing.signing_off import lift

RULE = {"allowed": permissions.can_upload, "states": WITH_CUSTODIAN}


def add(record_request, file, *, by):
    """Take one uploaded file into the request and lay its pages out for review; returns its RecordFile.

    Raises FileRefused with a sentence, MoveRefused outside Pending and QA; then nothing of the file is kept.
    The file is checked and stored before the request is held, so that a slow one makes nobody wait.
    """
    check(record_request, by=by, **RULE)
    document = take_in(file, use=Use.RECORDS, by=by)
    try:
        return _lay_out(record_request, document, by=by)
    except BaseException:
        document.delete()
        raise


def _lay_out(record_request, document, *, by):
    with held(record_request, by=by, **RULE) as row:
        kept = row.files.kept()
        if kept.filter(document__sha256=document.sha256).exists():
            raise FileRefused(_("The very same file is here already, so it was not added again."))
        last = row.files.aggregate(last=Max("position"))["last"] or 0
        file = row.files.create(document=document, position=last + 1, uploaded_by_id=by.actor.person_id)
        RecordPage.objects.bulk_create(
            RecordPage(record_request=row, file=file, number=number)
            for number in range(1, document.page_count + 1)
        )
        lift(row, by=by)
        row.record("records_uploaded", by=by, file=file.pk, pages=document.page_count)
    return file


def remove(file, *, by):
    """Take a file out of the request; the activity, and the file itself, are kept."""
    with held(file.record_request, by=by, **RULE) as row:
        file = _still_there(row, file)
        file.removed_at = timezone.now()
        file.save(update_fields=["removed_at"])
        lift(row, by=by)
        row.record("file_removed", by=by, file=file.pk, pages=file.document.page_count)


def move(file, step, *, by):
    """Move a file one place earlier (`step` -1) or later (1); at either end nothing changes."""
    with held(file.record_request, by=by, **RULE) as row:
        files = list(row.files.kept())
        at = files.index(_still_there(row, file))
        to = at + step
        if not 0 <= to < len(files):
            return
        files.insert(to, files.pop(at))
        for position, one in enumerate(files, 1):
            one.position = position
        RecordFile.objects.bulk_update(files, ["position"])
        row.record("files_reordered", by=by, file=file.pk)


def _still_there(row, file):
    found = row.files.kept().filter(pk=file.pk).first()
    if found is None:
        raise MoveRefused(_("That file was removed meanwhile."))
    return found
