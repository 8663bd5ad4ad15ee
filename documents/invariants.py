"""Invariant F: each document has its blob, of that size and SHA-256; no blob is without a row after 24 h."""

import hashlib

from documents import orphans, store
from documents.models import Document


def violations():
    """A sentence for each thing that is off; reads every stored file, so it takes as long as that takes."""
    for document in Document.objects.order_by("pk").iterator(chunk_size=500):
        trouble = _trouble(document)
        # It may have been deleted while it was read, as drafts are.
        if trouble and Document.objects.filter(pk=document.pk).exists():
            yield f"F: {document} {trouble}."
    for key in orphans.found():
        yield f"F: stored file {key} has had no row for 24 hours."


def _trouble(document):
    size, digest = 0, hashlib.sha256()
    try:
        for chunk in store.chunks(document.key):
            size += len(chunk)
            digest.update(chunk)
    except FileNotFoundError:
        return "has no stored file"
    except Exception as error:  # the store's and Tink's own errors: changed, cut off, wrong keyset
        return f"can't be read ({type(error).__name__})"
    if size != document.size:
        return f"has {size} bytes, not {document.size}"
    if digest.hexdigest() != document.sha256:
        return "is not what was kept (its SHA-256 differs)"
    return None
