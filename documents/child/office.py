"""Office files: Word and Excel, old (OLE) and new (zip). Told apart and checked, never opened or run."""

import re
import zipfile

UNPACKED_CEILING = 100 * 1024 * 1024
ENTRIES_CEILING = 5000
PARTS = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OLE_SIZE_READ = 64 * 1024 * 1024
SECTOR = 512


def inspect_zip(job, _media_type):
    with zipfile.ZipFile(job["path"]) as archive:
        entries = archive.infolist()
        # The sizes may lie, but nobody reads past them: what unpacks this file stops there or refuses it.
        if len(entries) > ENTRIES_CEILING or sum(e.file_size for e in entries) > UNPACKED_CEILING:
            return {"refused": "unpacks_too_large"}
        names = {entry.filename for entry in entries}
        media_type = next((kind for part, kind in PARTS.items() if part in names), None)
        if not media_type or "[Content_Types].xml" not in names:
            return {"refused": "kind"}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            return {"refused": "macros"}
        if any(entry.flag_bits & 0x1 for entry in entries):
            return {"refused": "password"}
        if archive.testzip():
            return {"refused": "damaged"}
    return {"media_type": media_type}


def inspect_ole(job, _media_type):
    with open(job["path"], "rb") as file:
        content = file.read(OLE_SIZE_READ)

    def has(stream):
        return stream.encode("utf-16-le") + b"\0\0" in content

    if has("EncryptedPackage"):
        return {"refused": "password"}
    if has("WordDocument"):
        media_type, locked = "application/msword", _word_is_locked(content)
    elif has("Workbook") or has("Book"):
        media_type, locked = "application/vnd.ms-excel", _excel_is_locked(content)
    else:
        return {"refused": "kind"}
    if locked:
        return {"refused": "password"}
    if has("_VBA_PROJECT") or has("_VBA_PROJECT_CUR") or has("Macros"):
        return {"refused": "macros"}
    return {"media_type": media_type}


def _word_is_locked(content):
    """The flag fEncrypted of the file information block, which begins a sector ([MS-DOC] 2.5.2)."""
    for start in range(SECTOR, len(content) - 12, SECTOR):
        if content[start : start + 2] == b"\xec\xa5":
            return bool(content[start + 11] & 0x01)
    return False


def _excel_is_locked(content):
    """A FilePass record soon after the one that begins the workbook ([MS-XLS] 2.4.117)."""
    start = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00").search(content)
    if not start:
        return False
    position = start.start()
    for _record in range(8):
        kind = int.from_bytes(content[position : position + 2], "little")
        if kind == 0x2F:
            return True
        position += 4 + int.from_bytes(content[position + 2 : position + 4], "little")
    return False
