"""A file taken into the registry, batch by batch: each batch and how far it is are one transaction.

Killed at any point it goes on behind the last batch that was kept; run again over a finished file it looks at
every row and changes nothing.
"""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from directory.models import RegistryBadRow, RegistryImport
from directory.registry import BadFile, BadRow, reading, rows, writing
from directory.registry.columns import Columns

BATCH = 5000
KEPT_OF_A_REASON = 200
# A file whose first rows are nearly all bad is another kind of file: nothing of it is taken.
_LOOKED_AT, _TOO_BAD = 1000, 0.5


class Batch:
    """What was read since the last commit."""

    def __init__(self):
        self.entries, self.ended, self.bad = {}, {}, []
        self.rows = self.abroad = self.mended = self.doubled = 0

    def take(self, columns, row, line):
        self.rows += 1
        try:
            if len(row) != columns.count:
                raise BadRow("The row has another number of columns than the first line")
            entry, was_mended = rows.entry_of(columns.of(row))
        except BadRow as fault:
            self.bad.append((line, str(fault), ",".join(row)[:1000]))
            return
        self.mended += was_mended
        if entry is None:
            self.abroad += 1
        elif "name" not in entry:
            self.ended[entry["npi"]] = entry["deactivated_on"]
        else:
            self._newest(entry)

    def _newest(self, entry):
        """A file may name an NPI twice; one statement may not."""
        before = self.entries.get(entry["npi"])
        if before and (before["updated_on"] or entry["updated_on"]) > (
            entry["updated_on"] or before["updated_on"]
        ):
            return
        self.entries[entry["npi"]] = entry


def begin(path, *, again=False):
    """The import of this file: the one that was stopped, else a new one. `again` begins anew. Raises BadFile."""
    told = reading.fingerprint(path)
    stopped = RegistryImport.objects.filter(fingerprint=told, finished_at__isnull=True).first()
    if stopped and not again:
        return stopped
    return RegistryImport.objects.create(file_name=path.name[:200], fingerprint=told)


def finish(this, source):
    """Take all that is left of a Source; yields `this` after each batch, for whoever shows how far it is.

    Raises BadFile where it isn't the registry's file, and nothing of it is kept; where it turns out damaged, and what
    was taken stays; and where another command takes the same import.
    """
    given = source.rows()
    columns = Columns(next(given, []))
    if this.offset:
        source.start(this.offset, this.line)
        given = source.rows()
    kept = Counter(this.bad_rows.values_list("reason", flat=True))
    batch = Batch()
    for row in given:
        if row:  # an empty line is nobody's fault
            batch.take(columns, row, source.line)
        if batch.rows >= BATCH:
            _keep(this, batch, source, kept)
            batch = Batch()
            yield this
    _keep(this, batch, source, kept, is_last=True)
    yield this


def _keep(this, batch, source, kept, *, is_last=False):
    if this.offset == 0 and batch.rows:
        _refuse_another_kind(batch)
    with transaction.atomic():
        if RegistryImport.objects.select_for_update().get(pk=this.pk).offset != this.offset:
            raise BadFile("Another command takes this file. It goes on there.")
        this.written += writing.keep(batch.entries)
        this.deactivated += len(batch.ended)
        writing.deactivate(batch.ended)
        this.rows += batch.rows
        this.abroad += batch.abroad
        this.mended += batch.mended
        this.bad += len(batch.bad)
        this.offset, this.line = source.offset, source.line
        this.finished_at = timezone.now() if is_last else None
        this.save()
        RegistryBadRow.objects.bulk_create(_few_of_each(this, batch.bad, kept))


def _few_of_each(this, bad, kept):
    for line, reason, text in bad:
        kept[reason] += 1
        if kept[reason] <= KEPT_OF_A_REASON:
            yield RegistryBadRow(registry_import=this, line=line, reason=reason, text=text.replace("\0", ""))


def _refuse_another_kind(batch):
    if len(batch.bad) > _TOO_BAD * batch.rows:
        (reason, count), *_ = Counter(reason for _, reason, _ in batch.bad).most_common(1)
        raise BadFile(
            f"{len(batch.bad):,} of the first {batch.rows:,} rows can't be read, {count:,} of them since: "
            f"{reason[0].lower()}{reason[1:]}. Nothing was taken. Take the file as it was published."
        )
