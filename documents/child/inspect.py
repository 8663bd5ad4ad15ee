"""What a file is, by its content, and its number of pages. Reports `media_type` and `pages`, or `refused`."""

from importlib import import_module

# What a file begins with, who looks closer, and the type where that is clear already. Readers are loaded when
# they are needed: for a small file, loading them all would take longer than reading it.
SIGNATURES = [
    (b"\x89PNG\r\n\x1a\n", "images.inspect", "image/png"),
    (b"\xff\xd8\xff", "images.inspect", "image/jpeg"),
    (b"II*\x00", "images.inspect", "image/tiff"),
    (b"MM\x00*", "images.inspect", "image/tiff"),
    (b"II+\x00", "images.inspect", "image/tiff"),
    (b"MM\x00+", "images.inspect", "image/tiff"),
    (b"BM", "images.inspect", "image/bmp"),
    (b"PK\x03\x04", "office.inspect_zip", None),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office.inspect_ole", None),
    (b"{\\rtf", "text.inspect_rtf", "application/rtf"),
]
PROGRAMS_AND_GIF = (b"MZ", b"\x7fELF", b"GIF8")
BRANDS_OF_PHOTOS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}
QUICKTIME_ATOMS = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}


def main(job, report):
    with open(job["path"], "rb") as file:
        head = file.read(4096)
    try:
        report(**found(job, head))
    except MemoryError:
        report(refused="too_much")
    except Exception:  # a hostile file breaks its reader in any way there is
        report(refused="damaged")


def found(job, head):
    if head[128:132] == b"DICM":  # its preamble may be that of a TIFF
        return {"refused": "kind"}
    for signature, inspect, media_type in SIGNATURES:
        if head.startswith(signature) and (signature != b"BM" or _is_bmp(head)):
            return _reader(inspect)(job, media_type)
    if head[4:8] == b"ftyp":
        if head[8:12] in BRANDS_OF_PHOTOS:
            return {"refused": "heic"}
        return {"media_type": "video/quicktime" if head[8:12] == b"qt  " else "video/mp4"}
    if head[4:8] in QUICKTIME_ATOMS:
        return {"media_type": "video/quicktime"}
    if head.startswith(b"RIFF") and head[8:12] == b"AVI ":
        return {"media_type": "video/x-msvideo"}
    start = head.find(b"%PDF-", 0, 1024 + 5)
    # Readers allow for some junk before the header, but junk that begins another format is another file.
    is_markup = _reader("text.is_markup")
    if start >= 0 and not is_markup(head[:start]) and not head.startswith(PROGRAMS_AND_GIF):
        return _reader("pdfs.inspect")(job)
    return _reader("text.inspect")(job)


def _reader(name):
    module, function = name.split(".")
    return getattr(import_module(f"documents.child.{module}"), function)


def _is_bmp(head):
    """`BM` also begins words; a bitmap goes on with a header of one of the known lengths."""
    return int.from_bytes(head[14:18], "little") in {12, 16, 40, 52, 56, 64, 108, 124}
