"""Our own documents (invoice, receipt, cover sheet, certificate) from templates, in a process with limits."""

import tempfile

from django.template.loader import render_to_string

from documents import limited


class RenderFailed(Exception):
    """The page could not be made into a PDF within the limits; trying again may help."""


def pdf_from_template(template, context):
    """A template as PDF bytes. Images and styles must stand in it (`data:`); nothing else is fetched.

    Liberation Sans, Serif and Mono are there on every installation. Raises RenderFailed.
    """
    return pdf_from_html(render_to_string(template, context))


def pdf_from_html(html):
    with tempfile.TemporaryFile() as out:
        job = {"out": limited.path_of(out)}
        try:
            limited.run("html", job, files=[out], stdin=html.encode())
        except limited.ChildFailed as error:
            raise RenderFailed("The document could not be laid out.") from error
        return out.read()
