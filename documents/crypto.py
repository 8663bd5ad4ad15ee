"""Encryption at rest (product 11.1): Tink, one keyset for files and one for small values such as SSNs.

Both stand in `settings.KEYSET_FILE`. With `KEYSET_KMS_URI` (aws-kms://arn:…) the file holds them wrapped by
that key; without it the file itself is the secret. Losing it loses every file.
"""

import json
import os
import secrets
from functools import lru_cache
from pathlib import Path

import tink
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from tink import aead, json_proto_keyset_format, secret_key_access, streaming_aead

aead.register()
streaming_aead.register()

KINDS = {
    "files": streaming_aead.streaming_aead_key_templates.AES256_GCM_HKDF_1MB,
    "values": aead.aead_key_templates.AES256_GCM,
}


class Unreadable(Exception):
    """What is stored was changed, cut off, moved to another place, or belongs to another keyset."""


def seal(text, where):
    """Encrypt a short text for one place: table, row and field, such as "patient/17/ssn"."""
    return _primitive("values").encrypt(text.encode(), where.encode())


def unseal(sealed, where):
    """The text that was sealed for `where`. Raises Unreadable."""
    try:
        return _primitive("values").decrypt(bytes(sealed), where.encode()).decode()
    except tink.TinkError as error:
        raise Unreadable(where) from error


def sealing(target, key):
    """A writable stream that encrypts into `target`; closing it ends the ciphertext and closes `target`."""
    return _primitive("files").new_encrypting_stream(target, key.encode())


def unsealing(source, key):
    """A readable stream of the plaintext of `source`. Reading raises TinkError on a changed or cut file."""
    return _primitive("files").new_decrypting_stream(source, key.encode())


@lru_cache
def _primitive(kind):
    return _keyset(kind).primitive(aead.Aead if kind == "values" else streaming_aead.StreamingAead)


def _keyset(kind):
    path = Path(settings.KEYSET_FILE)
    if not path.exists():
        if not getattr(settings, "KEYSET_MAY_BE_MADE", False):
            raise ImproperlyConfigured(f"No keyset at {path}; make one with `manage.py make_keyset`.")
        make_keyset(path)
    written = json.dumps(json.loads(path.read_text())[kind])
    if uri := _kms_uri():
        return json_proto_keyset_format.parse_encrypted(written, _wrapping_key(uri), kind.encode())
    return json_proto_keyset_format.parse(written, secret_key_access.TOKEN)


def make_keyset(path):
    """Write fresh keys to `path`, readable by its owner only. Keys that stand there already stay."""
    keysets = {kind: json.loads(_written(kind)) for kind in KINDS}
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            json.dump(keysets, file)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # whole or not at all, and only one process can be first
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _written(kind):
    keyset = tink.new_keyset_handle(KINDS[kind])
    if uri := _kms_uri():
        return json_proto_keyset_format.serialize_encrypted(keyset, _wrapping_key(uri), kind.encode())
    return json_proto_keyset_format.serialize(keyset, secret_key_access.TOKEN)


def _kms_uri():
    return getattr(settings, "KEYSET_KMS_URI", "")


def _wrapping_key(uri):
    import boto3  # slow to load: only where it is used
    from tink.integration import awskms

    region = uri.split(":")[4]  # aws-kms://arn:aws:kms:REGION:…
    return awskms.new_client(boto3_client=boto3.client("kms", region_name=region), key_uri=uri).get_aead(uri)
