"""Taking a file in: spool, virus scan, inspection, encryption, row. Refused anywhere, nothing is left."""

import logging
import os
import tempfile
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction

from documents import kinds, limited, names, scanner, store
from documents.models import Document
from documents.refusals import FileRefused, refusal
from outbox.queue import enqueue

__all__ = ["Checked", "FileRefused", "check", "take_in"]

log = logging.getLogger(__name__)


@dataclass
class Checked:
    """A file that was found fit for `use` and is not kept yet. `found` has its media type and pages."""

    spool: BinaryIO
    use: str
    name: str
    found: dict


def take_in(file, *, use, by, name=None):
    """Check an uploaded file and keep it; returns its Document. Raises FileRefused with a sentence.

    `file` is a Django upload, any binary stream, or what `check` returned. `by` is who gave it: a member, a
    person, or an Actor. Where a transaction around this is rolled back, `sweep_orphans` removes the blob.
    """
    checked = file if isinstance(file, Checked) else check(file, use=use, name=name)
    if checked.use != use:
        raise ValueError(f"Checked for {checked.use}, not for {use}.")
    with checked.spool:
        checked.spool.seek(0)
        try:
            kept = store.put(checked.spool)
        except store.StoreFailed as error:
            log.exception("An upload could not be stored")
            raise refusal("store") from error
    return _enter(kept, use=use, by=by, name=checked.name, found=checked.found)


def check(file, *, use, name=None):
    """Everything that can be said against a file, before anything is kept. Raises FileRefused."""
    allowance = kinds.ALLOWANCES[use]
    name = names.cleaned(name or getattr(file, "name", ""))
    try:
        spool = _spooled(file, allowance)
    except OSError as error:  # the disk is full
        raise refusal("store") from error
    try:
        _scan(spool)
        found = _inspect(spool, allowance, names.ending(name))
    except OSError as error:
        spool.close()
        raise refusal("store") from error
    except BaseException:
        spool.close()
        raise
    return Checked(spool, use, name, found)


def _spooled(file, allowance):
    """The upload as an open file on disk, whose size in bytes was counted and is within the limit."""
    if getattr(file, "is_cut", False):
        raise refusal("store")
    if hasattr(file, "temporary_file_path"):
        spool = open(file.temporary_file_path(), "rb")  # noqa: SIM115  closed by who checks
    else:
        spool = _copied(file, allowance.size)
    size = os.fstat(spool.fileno()).st_size
    if 0 < size <= allowance.size:
        return spool
    spool.close()
    raise refusal("too_large", limit=allowance.size // kinds.MIB) if size else refusal("empty")


def _copied(file, most):
    """As much of a stream as tells that it is longer than `most` bytes, in a file without a name."""
    spool = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        if hasattr(file, "seek"):
            file.seek(0)
        while spool.tell() <= most and (chunk := file.read(store.CHUNK)):
            spool.write(chunk)
        spool.flush()
    except BaseException:
        spool.close()
        raise
    return spool


def _scan(spool):
    try:
        if not scanner.is_clean(spool):
            raise refusal("infected")
    except scanner.ScannerDown as error:
        raise refusal("scanner") from error


def _inspect(spool, allowance, ending):
    """`{"media_type": …, "pages": …}` of a file that this use takes."""
    job = {"path": limited.path_of(spool), "ending": ending, "pages": allowance.pages}
    try:
        (found,) = limited.run("inspect", job, files=[spool])
    except (limited.ChildFailed, ValueError) as error:
        raise refusal("too_much") from error
    if "refused" in found:
        raise refusal(found["refused"], pages=allowance.pages, kinds=allowance.words)
    if found["media_type"] not in allowance.types:
        raise refusal("kind", kinds=allowance.words)
    if kinds.contradicts(ending, found["media_type"]):
        raise refusal("name", ending=ending, kinds=allowance.words)
    return found


def _enter(kept, *, use, by, name, found):
    try:
        with transaction.atomic():
            document = Document.objects.create(
                key=kept.key,
                use=use,
                name=name,
                media_type=found["media_type"],
                size=kept.size,
                stored_size=kept.stored_size,
                sha256=kept.sha256,
                page_count=found.get("pages"),
                read_by_person_only=found["media_type"] in kinds.BY_PERSON_ONLY,
                uploaded_by_id=_person_id(by),
            )
            if document.is_paged:
                enqueue("documents.previews", document_id=document.pk)
            return document
    except BaseException:
        store.remove(kept.key)
        raise


def _person_id(by):
    actor = getattr(by, "actor", None)
    if actor is not None:
        return actor.person_id
    return getattr(by, "pk", None)
