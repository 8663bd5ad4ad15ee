"""Files as people send them, and as people who mean harm do; made here, so that tests need no samples."""

import io
import struct
import zipfile
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw


def upload(content, name="scan.pdf"):
    file = io.BytesIO(content)
    file.name = name
    return file


def pdf(pages=1, size=(612, 792), *, rotate=0, change=None, **saved):
    """A PDF whose pages say their number; `change(pdf)` may do anything to it before it is saved."""
    made = pikepdf.new()
    font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(1, pages + 1):
        page = made.add_blank_page(page_size=size)
        page.Resources = Dictionary(Font=Dictionary(F=font))
        page.Contents = made.make_stream(b"BT /F 24 Tf 72 500 Td (This is page %d) Tj ET" % number)
        if rotate:
            page.Rotate = rotate
    if change:
        change(made)
    file = io.BytesIO()
    made.save(file, **saved)
    return file.getvalue()


def with_script(made):
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')"))
    made.attachments["evil.txt"] = b"attached"
    made.pages[0].AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("calc.exe")))
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = ["Nobody Should Know"]


def with_filled_field(made):
    """A form field whose value is only in its appearance, as filled forms have it."""
    look = made.make_stream(
        b"1 0 0 rg 0 0 100 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 20]
    )
    field = made.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("name"),
            V=String("Jane"),
            Rect=Array([100, 100, 200, 120]),
            F=4,
            AP=Dictionary(N=look),
        )
    )
    made.pages[0].Annots = Array([field])
    made.Root.AcroForm = Dictionary(Fields=Array([field]))


def raw_pdf(pages):
    """The smallest PDF whose page tree is the given bytes, without a usable table of objects."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + pages
        + b"\ntrailer<</Root 1 0 R/Size 9>>\n%%EOF"
    )


LYING_COUNT = raw_pdf(
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 99999>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj"
)
CIRCLE = raw_pdf(b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj")
NO_PAGES = pdf(0)
MENDABLE = raw_pdf(
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj"
)


def picture(kind="PNG", size=(300, 400), mode="RGB", **saved):
    """A picture whose upper left corner is dark."""
    made = Image.new(mode, size, "white" if mode != "1" else 1)
    ImageDraw.Draw(made).rectangle((0, 0, size[0] // 4, size[1] // 4), fill=0)
    file = io.BytesIO()
    made.save(file, kind, **saved)
    return file.getvalue()


def tiff(frames, mode="1", size=(300, 400)):
    first, *others = [Image.new(mode, size, 1) for _frame in range(frames)]
    file = io.BytesIO()
    first.save(file, "TIFF", save_all=True, append_images=others)
    return file.getvalue()


def huge_png(width=30_000, height=30_000):
    """A PNG of 900 megapixels in a few kilobytes."""

    def chunk(kind, content):
        return (
            struct.pack("!I", len(content)) + kind + content + struct.pack("!I", zlib.crc32(kind + content))
        )

    header = struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0)
    lines = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def office(part="word/document.xml", *, macros=False, filler=0):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, b" " * filler or "<document/>")
        if macros:
            archive.writestr("word/vbaProject.bin", b"macro")
    return file.getvalue()


def ole(*streams, sector=b""):
    """As much of an old office file as tells it apart: its mark, a sector, the names of its streams."""
    names = b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + sector.ljust(512, b"\0") + names


WORD_SECTOR = b"\xec\xa5".ljust(10, b"\0") + b"\0\0"
LOCKED_WORD_SECTOR = b"\xec\xa5".ljust(10, b"\0") + b"\0\x01"
EXCEL_SECTOR = b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 12 + b"\xe1\x00\x02\x00\xb0\x04"
LOCKED_EXCEL_SECTOR = b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 12 + b"\x2f\x00\x02\x00\x00\x00"
MP4 = struct.pack("!I", 20) + b"ftypisom" + b"\0" * 200
MOV = struct.pack("!I", 20) + b"ftypqt  " + b"\0" * 200
HEIC = struct.pack("!I", 20) + b"ftypheic" + b"\0" * 200
AVI = b"RIFF" + struct.pack("<I", 200) + b"AVI LIST" + b"\0" * 200
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
