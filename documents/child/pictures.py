"""Pictures as pages of a PDF: JPEG carried over as it is, everything else without loss, on Letter."""

import io
import tempfile
import zlib
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

from documents.child import images, pdfs

LETTER = 612.0, 792.0
LEAST_DPI, MOST_DPI = 97, 2400  # 72 and 96 are what programs write that don't know; fax goes down to 98
SHELF_BYTES = 64 * 1024 * 1024
RASTER_DPI = 200
RASTER_PIXELS = 20_000_000
ORIENTATION = 0x0112
TURNS = {1: 0, 3: 180, 6: 90, 8: 270}
SIDEWAYS = {5, 6, 7, 8}
# JFIF and Adobe say how colors are meant; the other application segments hold places, names and previews.
KEPT_SEGMENTS = {0xE0, 0xEE}
ENTROPY_CODED = 0xDA


class Shelf:
    """Pages made from pictures, put aside in files of some 64 MiB each, so that memory stays flat."""

    def __init__(self):
        self._begin()

    def _begin(self):
        self.holder, self.held = [pikepdf.new()], 0

    def add(self, path, media_type, number):
        """Make a page. Returns a list that holds its PDF once the shelf is closed, and its index there."""
        made = (
            of_looks(path, number) if media_type == "application/pdf" else of_file(path, media_type, number)
        )
        place = self.holder, len(self.holder[0].pages)
        _add_page(self.holder[0], made)
        self.held += len(made.data)
        if self.held > SHELF_BYTES:
            self.close()
            self._begin()
        return place

    def close(self):
        """Move what was made to a file without a name, and go on from there."""
        file = tempfile.TemporaryFile()  # noqa: SIM115  the PDF reads from it until the end
        self.holder[0].save(file)
        self.holder[0] = pikepdf.open(file)


@dataclass
class Picture:
    """Encoded pixels, their size in points as stored, and the clockwise turn that brings them upright.

    `paper` is the page to put them on as stored; Letter where empty, filled if `is_scaled`.
    """

    data: bytes
    filter: Name
    mode: str
    size: tuple
    points: tuple
    turn: int = 0
    is_scaled: bool = False
    paper: tuple | None = None


def of_file(path, media_type, number):
    """A page of a picture file."""
    with images.open_image(path, media_type) as image:
        images.select(image, number)
        points, is_scaled = _points(image)
        orientation = image.getexif().get(ORIENTATION, 1)
        if media_type == "image/jpeg" and image.mode in {"L", "RGB"} and orientation in TURNS:
            with open(path, "rb") as file:
                data = without_metadata(file.read())
            turn = TURNS[orientation]
            return Picture(data, Name.DCTDecode, image.mode, image.size, points, turn, is_scaled)
        is_bilevel = image.mode == "1"
        upright = images.read(image, max(image.size))
    if is_bilevel:
        upright = upright.convert("1", dither=Image.Dither.NONE)
    if orientation in SIDEWAYS:
        points = points[::-1]
    data = zlib.compress(upright.tobytes(), 3)
    return Picture(data, Name.FlateDecode, upright.mode, upright.size, points, is_scaled=is_scaled)


def of_looks(path, number):
    """A page of a PDF as it is shown: for what can't be carried over in parts."""
    with pdfs.open_rendered(path) as rendered:
        rendered.init_forms()
        page = rendered[number - 1]
        points = page.get_size()
        scale = min(RASTER_DPI / 72, (RASTER_PIXELS / (points[0] * points[1])) ** 0.5)
        drawn = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
        page.close()
    file = io.BytesIO()
    drawn.save(file, "JPEG", quality=85)
    return Picture(file.getvalue(), Name.DCTDecode, "RGB", drawn.size, points, paper=points)


def without_metadata(data):
    """A JPEG without the segments that say where, when and by whom it was taken."""
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != ENTROPY_CODED:
        if data[at + 1] == 0xFF:  # padding
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        is_application = 0xE0 <= data[at + 1] <= 0xEF or data[at + 1] == 0xFE
        if not is_application or data[at + 1] in KEPT_SEGMENTS:
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, data[at:]])


def _points(image):
    """The size in points by the resolution that the file claims; True where there is none to be believed."""
    try:
        x, y = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        x = y = 0
    if all(LEAST_DPI <= value <= MOST_DPI for value in (x, y)):
        return (image.width * 72 / x, image.height * 72 / y), False
    return (float(image.width), float(image.height)), True


def _add_page(pdf, picture):
    width, height = picture.points
    paper = picture.paper or (LETTER[::-1] if width > height else LETTER)
    scale = min(paper[0] / width, paper[1] / height)
    if not picture.is_scaled:
        scale = min(scale, 1)
    width, height = width * scale, height * scale
    page = pdf.add_blank_page(page_size=paper)
    image = pdf.make_stream(
        picture.data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.size[0],
        Height=picture.size[1],
        ColorSpace=Name.DeviceRGB if picture.mode == "RGB" else Name.DeviceGray,
        BitsPerComponent=1 if picture.mode == "1" else 8,
        Filter=picture.filter,
    )
    page.Resources = Dictionary(XObject=Dictionary(I=image))
    at = (paper[0] - width) / 2, (paper[1] - height) / 2
    page.Contents = pdf.make_stream(b"q %.3f 0 0 %.3f %.3f %.3f cm /I Do Q" % (width, height, *at))
    page.Rotate = picture.turn
