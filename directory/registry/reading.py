"""A registry file as a stream of rows, as it was published or inside its zip; memory stays flat."""

import csv
import hashlib
import io
import re
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path

from directory.registry import BadFile

# What the weekly and monthly zips hold beside it: other names, endpoints, further places, a header alone.
_MAIN = re.compile(r"npidata_pfile_.*(?<!_fileheader)\.csv$", re.IGNORECASE)
_FIRST = 1 << 20
_LONGEST = 1 << 20  # of a line; the longest the registry has published is some 3,000 bytes
csv.field_size_limit(1 << 20)


class Source:
    """A CSV that is read on from a byte of its unpacked text; `offset` is behind the last row that was given."""

    def __init__(self, stream, size):
        self.stream, self.size = stream, size
        self.offset = self.line = 0

    def start(self, offset, line):
        """Go on at `offset`, which was the `offset` of an earlier reading."""
        self.stream.seek(offset)  # in a zip it is read to there, without being looked at
        self.offset, self.line = offset, line

    def rows(self):
        """Each row as a list of texts. A broken row comes as its own text alone: `[text]`."""
        reader = csv.reader(self._lines(), strict=False)
        while True:
            try:
                yield next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                yield [str(fault)]

    def _lines(self):
        while raw := self.stream.readline(_LONGEST):
            self.offset += len(raw)
            self.line += 1
            if len(raw) == _LONGEST:
                raise BadFile(f"Line {self.line:,} is longer than any row can be: the file is damaged.")
            yield _text(raw).removeprefix("\ufeff").replace("\0", "")


def _text(raw):
    """UTF-8 as it is published, or what a spreadsheet on Windows saves."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


@contextmanager
def opened(path):
    """The Source of a CSV or of the registry's CSV inside a zip. Raises BadFile."""
    path = Path(path)
    if not path.is_file():
        raise BadFile(f"There is no file {path}.")
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            inside = _main_of(archive)
            try:
                with archive.open(inside) as stream:
                    yield Source(io.BufferedReader(stream, _FIRST), inside.file_size)
            except (RuntimeError, NotImplementedError) as fault:
                raise BadFile(f"The zip can't be unpacked: {fault}.") from fault
            except (zipfile.BadZipFile, zlib.error, EOFError) as fault:
                raise BadFile(f"The zip is damaged: {fault}. Download it again.") from fault
        return
    with path.open("rb") as stream:
        if b"\0" in stream.read(4096).replace(b"\xff\xfe", b"\0"):
            raise BadFile("This is not a CSV file. Take the file as it was published, or its zip.")
        stream.seek(0)
        yield Source(stream, path.stat().st_size)


def _main_of(archive):
    csvs = [one for one in archive.infolist() if one.filename.lower().endswith(".csv")]
    main = [one for one in csvs if _MAIN.search(one.filename)] or (csvs if len(csvs) == 1 else [])
    if not main:
        raise BadFile("The zip holds no registry file (npidata_pfile_….csv).")
    return max(main, key=lambda one: one.file_size)


def fingerprint(path):
    """Tells one file from another without reading 10 GB: its size and its first and last megabyte."""
    path = Path(path)
    size = path.stat().st_size
    told = hashlib.sha256(str(size).encode())
    with path.open("rb") as stream:
        told.update(stream.read(_FIRST))
        stream.seek(max(0, size - _FIRST))
        told.update(stream.read(_FIRST))
    return told.hexdigest()
