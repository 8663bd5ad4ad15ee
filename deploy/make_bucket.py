"""Makes the bucket that settings name, where it isn't there yet. Safe to run at every start."""

import os
import sys
from pathlib import Path

from botocore.exceptions import ClientError

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chartrequest.settings.production")


def make(storage):
    """True where it was made now. Errors other than "not there" get out: the start must fail on them."""
    server = storage.connection.meta.client
    try:
        server.head_bucket(Bucket=storage.bucket_name)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise
        server.create_bucket(Bucket=storage.bucket_name)
        return True
    return False


if __name__ == "__main__":
    import django
    from django.core.files.storage import default_storage

    django.setup()
    make(default_storage)
