"""Pictures of pages, as JPEG: written to `out` one after another, each reported with its page and its end."""

import io
import warnings

from PIL import Image

from documents.child import images, pdfs

warnings.simplefilter("ignore")


def main(job, report):
    with open(job["out"], "wb") as out, _open(job) as draw:
        for number in range(job["first"], job["last"] + 1):
            report(begun=number)
            picture = _picture(draw, number, job)
            out.write(picture)
            out.flush()
            report(page=number, size=len(picture))


def _picture(draw, number, job):
    """The JPEG, or nothing where this page can't be drawn: the others still are."""
    try:
        drawn = draw(number)
        drawn.thumbnail((job["width"], job["height"]), Image.Resampling.BOX, reducing_gap=2.0)
        file = io.BytesIO()
        drawn.save(file, "JPEG", quality=job["quality"])
        return file.getvalue()
    except Exception:  # a hostile page breaks its reader in any way there is
        return b""


def _open(job):
    return _Pdf(job) if job["media_type"] == "application/pdf" else _Picture(job)


class _Pdf:
    def __init__(self, job):
        self.box = job["width"], job["height"]
        self.pdf = pdfs.open_rendered(job["path"])
        self.pdf.init_forms()

    def __call__(self, number):
        page = self.pdf[number - 1]
        try:
            width, height = page.get_size()
            scale = min(self.box[0] / width, self.box[1] / height)
            return page.render(scale=scale, rev_byteorder=True).to_pil()
        finally:
            page.close()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.pdf.close()


class _Picture:
    def __init__(self, job):
        self.width = job["width"]
        self.image = images.open_image(job["path"], job["media_type"])

    def __call__(self, number):
        images.select(self.image, number)
        return images.read(self.image, self.width)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.image.close()
