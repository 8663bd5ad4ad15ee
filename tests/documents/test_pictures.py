import io

import pytest
from PIL import Image

from documents.intake import FileRefused
from documents.models import Use
from documents.previews import thumbnail
from tests.documents import make


def corners(picture):
    """Which corners of a picture are dark."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    right, bottom = image.width - 3, image.height - 3
    places = {
        "top left": (2, 2),
        "top right": (right, 2),
        "bottom left": (2, bottom),
        "bottom right": (right, bottom),
    }
    return {name for name, place in places.items() if image.getpixel(place) < 128}


def test_each_frame_of_a_tiff_is_a_page(keep):
    assert keep(make.tiff(7), "fax.tif").page_count == 7


def test_frames_that_lead_back_to_each_other_end(keep):
    content = bytearray(make.tiff(2))
    last = _place_of_next(content, _next_frame(content, 4))
    content[last : last + 4] = content[4:8]  # the last frame says that the first is next
    assert keep(bytes(content), "fax.tif").page_count == 2


def _next_frame(content, at):
    return int.from_bytes(content[at : at + 4], "little")


def _place_of_next(content, frame):
    """Where the last frame's offset of a next one stands."""
    while True:
        place = frame + 2 + 12 * int.from_bytes(content[frame : frame + 2], "little")
        frame = int.from_bytes(content[place : place + 4], "little")
        if not frame:
            return place


def test_a_photo_of_48_megapixels_is_taken(keep):
    photo = make.picture("JPEG", (8000, 6000))
    assert keep(photo, "photo.jpg", Use.PATIENT_AUTHORIZATION).page_count == 1


def test_a_photo_of_120_megapixels_is_refused(keep):
    with pytest.raises(FileRefused, match="too many pixels"):
        keep(make.picture("JPEG", (12_000, 10_000), "L"), "photo.jpg")


def test_a_color_picture_of_more_than_25_megapixels_is_refused(keep):
    with pytest.raises(FileRefused, match="too many pixels"):
        keep(make.picture("PNG", (5000, 5001)), "a.png")


def test_a_black_and_white_page_of_600_dpi_is_taken(keep):
    assert keep(make.picture("TIFF", (5100, 6600), "1"), "a.tif").page_count == 1


def test_a_picture_that_unpacks_to_900_megapixels_is_refused(keep):
    with pytest.raises(FileRefused, match="too many pixels"):
        keep(make.huge_png(), "a.png")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
def test_a_cut_picture_is_refused(keep, kind):
    content = make.picture(kind)
    with pytest.raises(FileRefused, match="damaged or incomplete"):
        keep(content[: len(content) // 2], "a")


@pytest.mark.parametrize(
    ("orientation", "corner"), [(1, "top left"), (3, "bottom right"), (6, "top right"), (8, "bottom left")]
)
def test_a_photo_stands_upright(keep, orientation, corner):
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = keep(make.picture("JPEG", (800, 600), exif=exif), "photo.jpg")
    assert corners(thumbnail(photo, 1)) == {corner}


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "1"),
        ("PNG", "L"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "RGBA"),
        ("PNG", "I;16"),
        ("JPEG", "CMYK"),
        ("TIFF", "LAB"),
    ],
)
def test_every_kind_of_color_is_shown(keep, kind, mode):
    assert thumbnail(keep(make.picture(kind, mode=mode), "a"), 1).startswith(b"\xff\xd8\xff")


def test_what_is_see_through_is_shown_on_white(keep):
    file = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(file, "PNG")
    assert corners(thumbnail(keep(file.getvalue(), "a.png"), 1)) == set()
