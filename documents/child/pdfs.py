"""PDFs: opened and mended by qpdf, counted by qpdf and by PDFium. Pages are money, so the two must agree."""

import pikepdf
import pypdfium2
from pypdfium2 import raw


def inspect(job):
    try:
        with pikepdf.open(job["path"], access_mode=pikepdf.AccessMode.stream) as pdf:
            walked = len(pdf.pages)  # walks the tree: a /Count that lies is not believed
            claimed = pdf.Root.Pages.get("/Count")
    except pikepdf.PasswordError:
        return {"refused": "password"}
    except pikepdf.PdfError:
        return {"refused": "password" if _wants_password(job["path"]) else "damaged"}
    except (AttributeError, KeyError, TypeError, ValueError, RuntimeError, RecursionError):
        return {"refused": "damaged"}
    if walked == 0:
        return {"refused": "pages_unclear" if isinstance(claimed, int) and claimed > 0 else "no_pages"}
    if walked > job["pages"]:
        return {"refused": "too_many_pages"}
    with open_rendered(job["path"]) as rendered:
        if len(rendered) != walked or not _all_open(rendered, walked):
            return {"refused": "pages_unclear"}
    return {"media_type": "application/pdf", "pages": walked}


def open_rendered(path):
    """PDFium's view of the file. Raises PdfiumError.

    Opened by its raw call: the wrapper resolves the path, and a temporary file without a name has none.
    """
    handle = raw.FPDF_LoadDocument(path.encode(), None)
    if not handle:
        password = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        raise pypdfium2.PdfiumError("It wants a password." if password else "It can't be opened.")
    return pypdfium2.PdfDocument(handle)


def _wants_password(path):
    try:
        open_rendered(path).close()
    except pypdfium2.PdfiumError as error:
        return "password" in str(error)
    return False


def _all_open(document, count):
    """False where the reader counts a page that it can't find."""
    try:
        return all(document.get_page_size(index) for index in range(count))
    except pypdfium2.PdfiumError:
        return False
