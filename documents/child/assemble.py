"""Joining pages of many files into one PDF, each stamped below its content.

The new file is built from nothing: of each page only its drawing (content, fonts, images, flattened
annotations and form fields) is carried over. Scripts, actions, attachments and metadata have no way in.
"""

import pikepdf
from pikepdf import Name

from documents.child import pdfs, pictures
from documents.child.stamps import Stamp

LETTER = (0, 0, 612, 792)
# Keys that can stand in a drawing's parts without being drawn.
HIDDEN = [
    "/Metadata",
    "/PieceInfo",
    "/AF",
    "/OPI",
    "/Alternates",
    "/StructParent",
    "/StructParents",
    "/LastModified",
]


def main(job, report):
    out = pikepdf.new()
    if job["cover"]:
        with pikepdf.open(job["cover"]) as cover:
            out.pages.extend(cover.pages)
    fronts = len(out.pages)
    sources = [Source(**source) for source in job["sources"]]
    shelf = pictures.Shelf()
    pages = [sources[source].page(number, shelf) for source, number, _rotation in job["parts"]]
    shelf.close()
    stamp = Stamp(out, job["stamp"], len(pages))
    for place, (page, (source, number, rotation)) in enumerate(zip(pages, job["parts"], strict=True), 1):
        try:
            _add(stamp, place, page, rotation)
        except Exception:  # a broken page can still be shown, so it can be released as it looks
            _add(stamp, place, sources[source].looks(number), rotation)
    _strip(out)
    out.docinfo["/Title"] = job["stamp"]
    with open(job["out"], "wb") as file:
        out.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    counted = _counted(job["out"])
    report(pages=counted - fronts, all=counted)


class Source:
    """A file that pages are taken from. A picture, or a PDF with hidden layers, goes by its looks."""

    def __init__(self, path, media_type):
        self.path, self.media_type = path, media_type
        self.pdf = None
        if media_type == "application/pdf":
            pdf = pikepdf.open(path, access_mode=pikepdf.AccessMode.stream)
            if not _hides_layers(pdf) and _flatten(pdf):
                self.pdf = pdf

    def page(self, number, shelf):
        """Where the page is to be found: a list that holds a PDF, and an index into that."""
        if self.pdf is not None:
            return [self.pdf], number - 1
        return shelf.add(self.path, self.media_type, number)

    def looks(self, number):
        shelf = pictures.Shelf()
        page = shelf.add(self.path, self.media_type, number)
        shelf.close()
        return page


def _hides_layers(pdf):
    """Layers that are switched off would show again in a file without the switches."""
    try:
        default = pdf.Root.OCProperties.D
    except AttributeError:
        return False
    return bool(len(default.get("/OFF", []))) or default.get("/BaseState") == Name.OFF


def _flatten(pdf):
    """Draw what stands on the pages into them; False where that can't be done."""
    try:
        if any("/Annots" in page for page in pdf.pages):
            pdf.generate_appearance_streams()
            pdf.flatten_annotations("screen")
    except Exception:  # a broken form must not stop a release: its pages go by their looks
        return False
    return True


def _add(stamp, place, page, rotation):
    (pdf,), index = page
    page = pdf.pages[index]
    box = _box(page)
    # The pages of a file often share one list of images; one that was not approved must not come along in it.
    page.remove_unreferenced_resources()
    drawing = page.as_form_xobject(handle_transformations=False)
    drawing.BBox = pikepdf.Array(box)
    drawing = stamp.out.copy_foreign(pdf.make_indirect(drawing))
    turned = (_turn(page) + rotation) % 360
    new = stamp.page(place, drawing, box, turned)
    if unit := page.get("/UserUnit"):
        new.UserUnit = unit


def _box(page):
    """What of the page is shown, as (left, bottom, right, top); Letter where the file makes no sense."""
    media = _rectangle(page.mediabox) or LETTER
    crop = _rectangle(page.cropbox) or media
    both = [max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3])]
    return both if both[0] < both[2] and both[1] < both[3] else media


def _rectangle(array):
    try:
        x1, y1, x2, y2 = (float(value) for value in array)
    except (TypeError, ValueError):
        return None
    left, bottom, right, top = min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
    return (left, bottom, right, top) if right > left and top > bottom else None


def _turn(page):
    """The page's own rotation in degrees clockwise; it may stand on a parent."""
    try:
        return round(float(page.obj.get("/Rotate", 0)) / 90) * 90 % 360
    except (TypeError, ValueError, OverflowError):
        return 0


def _strip(out):
    for thing in out.objects:
        if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
            for key in HIDDEN:
                if key in thing:
                    del thing[key]


def _counted(path):
    """Pages as read back by both readers, or -1 where they differ."""
    with (
        pikepdf.open(path, access_mode=pikepdf.AccessMode.stream) as pdf,
        pdfs.open_rendered(path) as rendered,
    ):
        return len(pdf.pages) if len(pdf.pages) == len(rendered) else -1
