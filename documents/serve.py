"""Handing files out. Whoever calls has checked who asks, and has written down that they did."""

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from documents import names

CHUNK = 1024 * 1024  # a segment of the ciphertext: each is decrypted and sent in one go
# What a browser may show by itself; everything else is saved.
SHOWN_INLINE = {"application/pdf", "image/png", "image/jpeg"}
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
# Browsers refuse to open their PDF viewer in a sandbox; the viewer is one by itself.
SANDBOX_OF_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def download(document, *, filename=None, inline=False):
    """A response that streams the plaintext; memory stays flat at any size.

    Raises FileNotFoundError where the blob is gone, before anything is sent.
    """
    stream = document.open()
    response = StreamingHttpResponse(_pieces(stream), content_type=document.media_type)
    shown = inline and document.media_type in SHOWN_INLINE
    response["Content-Length"] = document.size
    name = names.cleaned(filename or document.name)
    response["Content-Disposition"] = content_disposition_header(not shown, name)
    response["Content-Security-Policy"] = (
        SANDBOX_OF_PDF if shown and document.media_type == "application/pdf" else SANDBOX
    )
    response._resource_closers.append(stream.close)
    return _private(response)


def jpeg(picture):
    """A page picture or thumbnail, given as bytes."""
    return _private(HttpResponse(picture, content_type="image/jpeg"))


def _pieces(stream):
    while piece := stream.read(CHUNK):
        yield piece


def _private(response):
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
