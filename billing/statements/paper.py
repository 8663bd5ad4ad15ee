"""A statement, and the operator's W-9, as PDF (product 7.9)."""

from django.conf import settings
from django.http import HttpResponse

from documents.render import pdf_from_template


def statement_pdf(made, aged):
    """A statement with its aging on its last day, as PDF bytes. It names no patient. Raises RenderFailed."""
    context = {"statement": made, "aged": aged, "organization": made.organization}
    return _pdf("statement", context)


def w9_pdf():
    """The operator's W-9 as PDF bytes: who the payee of our invoices is, for whoever pays them. Raises RenderFailed."""
    return _pdf("w9", {})


def as_download(paper, name):
    """The answer that hands over a paper."""
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _pdf(name, context):
    known = {"operator": settings.OPERATOR, "site": settings.SITE_NAME}
    return pdf_from_template(f"billing/papers/{name}.html", known | context)
