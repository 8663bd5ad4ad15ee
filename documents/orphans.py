"""What nobody uses: left by a process that died, or by a change that was rolled back (invariant F).

A blob without a row, a document that nothing names, an upload that was never finished.
"""

import logging
import os
import re
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, ProtectedError
from django.utils import timezone

from documents import store
from documents.models import Document, PreviewPack

log = logging.getLogger(__name__)

# No transaction lasts that long, so the row of a blob this old would be there.
AGE = timedelta(hours=24)
KEY = re.compile(r"[0-9a-f]{32}")


def sweep():
    """Remove what nobody used for 24 hours; returns how many blobs and documents."""
    removed = _sweep_unnamed()
    for key in found():
        if not _has_row(key):  # looked up again, one by one, right before it is gone for good
            store.remove(key)
            removed += 1
    if removed:
        log.info("Removed %s stored files that nobody uses", removed)
    _sweep_uploads()
    return removed


def unnamed():
    """Documents that are older than 24 hours and that no other row names."""
    old = Document.objects.filter(created_at__lt=timezone.now() - AGE)
    for named_by in Document._meta.get_fields(include_hidden=True):
        if named_by.auto_created and not named_by.concrete and named_by.related_model is not PreviewPack:
            rows = named_by.related_model._base_manager.all()
            old = old.exclude(Exists(rows.filter(**{named_by.field.name: OuterRef("pk")})))
    return old


def _sweep_unnamed():
    removed = 0
    for document in unnamed():
        try:
            document.delete()
        except ProtectedError:  # somebody named it meanwhile
            continue
        removed += 1
    return removed


def found():
    """The keys of blobs that are older than 24 hours and have no row."""
    oldest = timezone.now() - AGE
    for folder in _folders():
        stored = [key for key in default_storage.listdir(folder)[1] if KEY.fullmatch(key)]
        for key in sorted(set(stored) - _known(folder)):
            try:
                if default_storage.get_modified_time(store.name_of(key)) < oldest:
                    yield key
            except FileNotFoundError:  # somebody else swept it
                continue


def _folders():
    """Keys begin with their folder's name: each folder is compared with its own rows, so memory is flat."""
    try:
        folders = default_storage.listdir("")[0]
    except FileNotFoundError:  # nothing was ever stored
        return []
    return sorted(folder for folder in folders if re.fullmatch(r"[0-9a-f]{2}", folder))


def _known(folder):
    return {
        key
        for model in (Document, PreviewPack)
        for key in model.objects.filter(key__startswith=folder).values_list("key", flat=True).iterator()
    }


def _has_row(key):
    return any(model.objects.filter(key=key).exists() for model in (Document, PreviewPack))


def _sweep_uploads():
    """Uploads have names while Django receives them, and a killed process leaves them in the clear."""
    if not settings.FILE_UPLOAD_TEMP_DIR:
        return
    for path in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*"):
        try:
            if time.time() - path.stat().st_mtime > AGE.total_seconds():
                os.unlink(path)
        except FileNotFoundError:
            continue
