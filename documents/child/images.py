"""Pictures as pages: PNG, JPEG, TIFF (each frame a page), BMP."""

import warnings

from PIL import Image, ImageFile, ImageOps

MEGAPIXEL = 1_000_000
COLOR_CEILING = 25 * MEGAPIXEL
# A byte a pixel: fax and scan pages of 600 dpi. JPEG: phone photos have up to 108 megapixels, and the decoder
# can shrink while it reads.
GRAY_CEILING = 100 * MEGAPIXEL
JPEG_CEILING = 110 * MEGAPIXEL
FRAMES_READ_AT_INTAKE = 20
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/tiff": "TIFF", "image/bmp": "BMP"}

Image.MAX_IMAGE_PIXELS = None  # our own ceilings stand below
ImageFile.LOAD_TRUNCATED_IMAGES = False
warnings.simplefilter("ignore")


class TooBig(Exception):
    """More pixels than may be opened."""


def inspect(job, media_type):
    try:
        with open_image(job["path"], media_type) as image:
            pages = frame_count(image, media_type, job["pages"])
            if pages > job["pages"]:
                return {"refused": "too_many_pages"}
            for number in range(1, pages + 1):
                select(image, number)
                if number <= FRAMES_READ_AT_INTAKE:
                    read(image, 2000)
    except TooBig:
        return {"refused": "too_big_picture"}
    return {"media_type": media_type, "pages": pages}


def open_image(path, media_type):
    return Image.open(path, formats=[FORMATS[media_type]])


def frame_count(image, media_type, most):
    """Only TIFF has pages: the previews that phones hide in a JPEG are none, nor are animation frames."""
    if media_type != "image/tiff":
        return 1
    count = 0
    while count <= most:
        try:
            image.seek(count)
        except EOFError:
            break
        count += 1
    return count


def select(image, number):
    """Go to page `number`, from 1. Raises TooBig."""
    if number > 1 or image.tell():
        image.seek(number - 1)
    width, height = image.size
    ceiling = COLOR_CEILING
    if image.format in {"JPEG", "MPO"}:
        ceiling = JPEG_CEILING
    elif image.mode in {"1", "L", "P"}:
        ceiling = GRAY_CEILING
    if width * height > ceiling:
        raise TooBig
    if width < 1 or height < 1:
        raise ValueError("No pixels.")


def read(image, width):
    """The selected page upright, on white, as RGB or L.

    A JPEG is shrunk while it is read, to no less than `width`.
    """
    if image.format in {"JPEG", "MPO"}:
        image.draft(None, (width, width))
    image.load()
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"1", "L"}:
        return upright.convert("L")
    if upright.mode.startswith("I"):
        return upright.convert("I").point(lambda value: value / 256).convert("L")
    if "A" in upright.getbands() or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    if upright.mode == "LAB":
        return _from_lab(upright)
    return upright.convert("RGB")


def _from_lab(image):
    from PIL import ImageCms

    return ImageCms.profileToProfile(
        image, ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), outputMode="RGB"
    )
