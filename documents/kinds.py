"""What each use takes: kinds of file by content (product 5.9, 6.3, 7.7), bytes and pages."""

from dataclasses import dataclass

from documents.models import Use

MIB = 1024 * 1024

PDF = "application/pdf"
JPEG, PNG, TIFF, BMP = "image/jpeg", "image/png", "image/tiff", "image/bmp"
DOC, DOCX = "application/msword", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLS, XLSX = "application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RTF, TEXT, CSV = "application/rtf", "text/plain", "text/csv"
MP4, MOV, AVI = "video/mp4", "video/quicktime", "video/x-msvideo"

IMAGES = {JPEG, PNG, TIFF, BMP}
PAGED = {PDF, *IMAGES}
BY_PERSON_ONLY = {DOC, DOCX, XLS, XLSX, RTF, TEXT, CSV, MP4, MOV, AVI}

# Files whose endings are mixed up within a family open all the same; across families somebody is mistaken
# about what they send, or wants us to be.
FAMILIES = [
    ({"pdf"}, {PDF}),
    ({"jpg", "jpeg", "jpe", "jfif", "png", "tif", "tiff", "bmp", "heic", "gif"}, IMAGES),
    ({"doc", "docx", "rtf"}, {DOC, DOCX, RTF}),
    ({"xls", "xlsx"}, {XLS, XLSX}),
    ({"csv", "txt"}, {TEXT, CSV}),
    ({"mov", "mp4", "m4v", "avi", "qt"}, {MP4, MOV, AVI}),
    ({"docm", "xlsm", "dcm", "zip", "exe", "svg", "html", "htm", "xml", "js"}, set()),
]


@dataclass(frozen=True)
class Allowance:
    """`types` by content, at most `size` bytes and `pages` pages; `words` names the types to a person."""

    types: frozenset
    size: int
    pages: int
    words: str


_PAGED_WORDS = "PDF, JPEG, PNG, TIFF, BMP"
ALLOWANCES = {
    Use.PATIENT_AUTHORIZATION: Allowance(frozenset({PDF, JPEG, PNG}), 20 * MIB, 200, "PDF, JPEG, PNG"),
    Use.AUTHORIZATION: Allowance(
        frozenset(PAGED | BY_PERSON_ONLY),
        20 * MIB,
        200,
        f"{_PAGED_WORDS}, DOC, DOCX, RTF, TXT, XLS, XLSX, CSV, MOV, AVI, MP4",
    ),
    Use.RECORDS: Allowance(frozenset(PAGED), 500 * MIB, 20_000, _PAGED_WORDS),
    Use.ATTACHMENT: Allowance(frozenset({PDF, JPEG, PNG}), 20 * MIB, 500, "PDF, JPEG, PNG"),
    Use.REFUND_EVIDENCE: Allowance(frozenset({PDF}), 20 * MIB, 500, "PDF"),
    Use.GENERATED: Allowance(frozenset({PDF}), 4096 * MIB, 100_000, "PDF"),
}

ENDINGS = {
    PDF: ["pdf"],
    JPEG: ["jpg", "jpeg"],
    PNG: ["png"],
    TIFF: ["tif", "tiff"],
    BMP: ["bmp"],
    DOC: ["doc"],
    DOCX: ["docx"],
    XLS: ["xls"],
    XLSX: ["xlsx"],
    RTF: ["rtf"],
    TEXT: ["txt"],
    CSV: ["csv"],
    MP4: ["mp4"],
    MOV: ["mov"],
    AVI: ["avi"],
}


def endings_of(use):
    """The endings to offer where a file is chosen, such as `.pdf`; the content decides in the end."""
    return [f".{ending}" for kind in ENDINGS if kind in ALLOWANCES[use].types for ending in ENDINGS[kind]]


def contradicts(ending, media_type):
    """True if a name's ending claims another family of files than the content is of."""
    return any(ending in endings and media_type not in types for endings, types in FAMILIES)
