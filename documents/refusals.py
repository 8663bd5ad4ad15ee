"""Why a file is refused, in a sentence: what is wrong, and how to mend it."""

from django.utils.translation import gettext_lazy as _


class FileRefused(Exception):
    """A file that is not taken; `str()` is a sentence for the person who sent it. Nothing was kept."""


SENTENCES = {
    "empty": _("The file is empty. Please choose the file again."),
    "too_large": _("The file is larger than {limit} MB. Send a smaller one, or split it."),
    "kind": _("This kind of file can't be taken here. Please send one of these: {kinds}."),
    "name": _(
        "The name ends in .{ending}, but the content is something else. Please check that it is the right "
        "file, and save it again as one of these: {kinds}."
    ),
    "infected": _("The virus scan found something in this file, so it was not kept."),
    "scanner": _(
        "Files can't be checked for viruses right now, so nothing was kept. "
        "Please try again in a few minutes."
    ),
    "store": _("The file could not be saved. Nothing was kept. Please try again in a few minutes."),
    "password": _("The file opens only with a password. Please save it without one and send it again."),
    "damaged": _(
        "The file is damaged or incomplete and can't be opened. Please save, print to PDF, or scan it again."
    ),
    "pages_unclear": _(
        "The number of pages in this PDF can't be told for certain. "
        "Please print it to PDF again and send that."
    ),
    "no_pages": _("This file has no pages. Please check that it is the right one."),
    "too_many_pages": _("The file has more than {pages} pages. Please split it."),
    "too_big_picture": _(
        "This picture has too many pixels to open safely. "
        "Please save it smaller (300 dots per inch are plenty)."
    ),
    "too_much": _("This file takes too much to open. Please print it to PDF again and send that."),
    "unpacks_too_large": _("This file unpacks to far more than it should. Please save it as a PDF."),
    "macros": _("This file holds macros. Please save it without macros, or as a PDF."),
    "heic": _("Photos in the HEIC format can't be taken. Please save or send the photo as JPEG."),
}


def refusal(reason, **facts):
    """FileRefused with the sentence for `reason`; unknown reasons of a child program count as damage."""
    sentence = SENTENCES.get(reason, SENTENCES["damaged"])
    return FileRefused(str(sentence).format(**facts))
