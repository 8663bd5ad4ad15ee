"""Files to measure with: a chart as practices send it, and a heap of incompressible pictures."""

import io
import os
import random

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw

LETTER = (612, 792)
WORDS = [
    "patient",
    "seen",
    "today",
    "with",
    "no",
    "acute",
    "distress",
    "lungs",
    "clear",
    "plan",
    "follow",
    "up",
]


def chart(path, pages, *, scan_every=5):
    """A chart: typed pages, and each few pages a scanned one (a Letter page at 150 dpi, as JPEG)."""
    pdf, chance = pikepdf.new(), random.Random(42)
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(pages):
        page = pdf.add_blank_page(page_size=LETTER)
        if number % scan_every == scan_every - 1:
            _scanned(pdf, page, chance)
        else:
            page.Resources = Dictionary(Font=Dictionary(F=font))
            page.Contents = pdf.make_stream(_typed(number, chance))
    pdf.save(path)
    return path


def heap(path, megabytes):
    """A PDF of so many MB: pages that each show 3 MB of noise, which nothing can make smaller."""
    pdf = pikepdf.new()
    for _ in range(max(1, round(megabytes / 3))):
        page = pdf.add_blank_page(page_size=LETTER)
        _show(pdf, page, os.urandom(3_000_000), 1000, 1000)
    pdf.save(path, compress_streams=False)
    return path


def _typed(number, chance):
    lines = [b"BT /F 11 Tf 13 TL 54 740 Td"]
    for line in range(50):
        words = " ".join(chance.choices(WORDS, k=12))
        lines.append(f"({number + 1}.{line} {words}) Tj T*".encode())
    return b"\n".join([*lines, b"ET"])


def _scanned(pdf, page, chance):
    sheet = Image.effect_noise((1275, 1650), 12).point(lambda value: min(255, value + 110))
    draw = ImageDraw.Draw(sheet)
    for line in range(60):
        draw.text((120, 80 + line * 25), " ".join(chance.choices(WORDS, k=14)), fill=30, font_size=18)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=60)
    _show(pdf, page, out.getvalue(), *sheet.size, Filter=Name.DCTDecode, ColorSpace=Name.DeviceGray)


def _show(pdf, page, content, width, height, **more):
    image = pdf.make_stream(content)
    facts = {"ColorSpace": Name.DeviceRGB} | more
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height, image.BitsPerComponent = width, height, 8
    for key, value in facts.items():
        image[f"/{key}"] = value
    page.Resources = Dictionary(XObject=Dictionary(I=image))
    page.Contents = pdf.make_stream(b"q 612 0 0 792 0 0 cm /I Do Q")
