"""Celery's queue of files, for `bin/run`: a message is there whole or not at all.

Kombu opens a message under its final name and writes it then. A worker that looks in between takes an empty message and
ends with an unrecoverable error, and all of `bin/run` with it. Written aside and renamed, there is no in between.
"""

import os
import uuid
from time import monotonic

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue, payload, **kwargs):
        called = uuid.uuid4()
        aside = os.path.join(self.data_folder_out, f"{called}.part")
        place = os.path.join(self.data_folder_out, f"{round(monotonic() * 1000)}_{called}.{queue}.msg")
        try:
            with open(aside, "wb") as file:
                file.write(dumps(payload).encode())
            os.rename(aside, place)
        except OSError as error:
            raise ChannelError(f"Cannot add file {place!r} to directory") from error


class Transport(filesystem.Transport):
    Channel = Channel
