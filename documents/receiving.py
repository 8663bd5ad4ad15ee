"""Receiving an upload onto the disk."""

import io

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class ToDisk(TemporaryFileUploadHandler):
    """Django's own, but a full disk doesn't end the request: the file is marked `is_cut`, and intake refuses it."""

    def new_file(self, *args, **kwargs):
        self.is_cut = False
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        if self.is_cut:
            return
        try:
            super().receive_data_chunk(raw_data, start)
            self.file.flush()
        except OSError:
            self._let_go()

    def file_complete(self, file_size):
        if not self.is_cut:
            return super().file_complete(file_size)
        facts = (self.field_name, self.file_name, self.content_type, file_size, self.charset)
        file = InMemoryUploadedFile(io.BytesIO(), *facts)
        file.is_cut = True
        return file

    def _let_go(self):
        self.is_cut = True
        try:
            self.file.close()
        except OSError:  # what it still held has no place either
            pass
