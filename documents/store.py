"""The blobs: encrypted, bound to their own key, and kept by `default_storage` (a folder, or S3).

Nothing here holds a whole file in memory, and the plaintext never has a name on a disk: temporary files are
unlinked while open, so that a killed process leaves nothing behind.
"""

import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass

from django.core.files import File
from django.core.files.storage import default_storage
from tink import TinkError

from documents import crypto

CHUNK = 1024 * 1024


class StoreFailed(Exception):
    """The store refused, doesn't answer, or kept something other than what it was given; or the disk is full."""


class BlobMissing(StoreFailed, FileNotFoundError):
    """The store answers, and has no such blob."""


@dataclass(frozen=True)
class Kept:
    """What was kept: its key, sizes in bytes, and the SHA-256 of the plaintext."""

    key: str
    size: int
    stored_size: int
    sha256: str


def put(source):
    """Encrypt a readable stream, from where it stands, and keep it. Raises StoreFailed."""
    key = secrets.token_hex(16)
    with tempfile.TemporaryFile() as sealed:
        try:
            size, sha256 = _seal(source, sealed, key)
        except (OSError, TinkError) as error:
            raise StoreFailed("The disk took no more.") from error
        stored_size = sealed.seek(0, os.SEEK_END)
        sealed.seek(0)
        _save(key, sealed, stored_size)
    return Kept(key, size, stored_size, sha256)


def _seal(source, sealed, key):
    """Encrypt `source` into the open file `sealed`; size in bytes and SHA-256 of the plaintext."""
    size, digest = 0, hashlib.sha256()
    with crypto.sealing(open(os.dup(sealed.fileno()), "wb"), key) as stream:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            digest.update(chunk)
            stream.write(chunk)
    return size, digest.hexdigest()


def _save(key, sealed, stored_size):
    name = name_of(key)
    try:
        written = default_storage.save(name, File(sealed, name=name))
        if written != name or default_storage.size(name) != stored_size:
            raise StoreFailed("The store kept something else.")
    except Exception as error:
        remove(key)
        raise StoreFailed("The file could not be stored.") from error


def open_blob(key):
    """A stream of the plaintext. Raises BlobMissing, StoreFailed, and TinkError where the blob was changed."""
    try:
        sealed = default_storage.open(name_of(key), "rb")
    except FileNotFoundError as error:
        raise BlobMissing(key) from error
    except Exception as error:  # whatever a store's client raises when it isn't reached
        raise StoreFailed("The store does not answer.") from error
    return crypto.unsealing(sealed, key)


def chunks(key):
    """The plaintext piece by piece."""
    with open_blob(key) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def unsealed(key):
    """The plaintext as an open temporary file without a name, for programs that need to seek."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  closed by the caller
    try:
        for chunk in chunks(key):
            file.write(chunk)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def remove(key):
    """Remove a blob if it can be; what stays is taken by `documents.tasks.sweep_orphans`."""
    try:
        default_storage.delete(name_of(key))
    except Exception:  # noqa: S110  the sweep is the second try, and the first reason matters more
        pass


def name_of(key):
    return f"{key[:2]}/{key}"
