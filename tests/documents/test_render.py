import http.server
import io
import threading

import pypdfium2
import pytest
from pikepdf import Pdf

from documents import limited, render
from documents.render import RenderFailed, pdf_from_html, pdf_from_template

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_a_template_becomes_a_pdf(tmp_path, settings):
    (tmp_path / "letter.html").write_text("<h1>Dear {{ name }}</h1>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    page = pypdfium2.PdfDocument(pdf_from_template("letter.html", {"name": "<Jane>"}))[0]
    assert page.get_textpage().get_text_bounded() == "Dear <Jane>"


def test_the_fonts_of_every_installation_are_embedded():
    pdf = Pdf.open(io.BytesIO(pdf_from_html("<p style='font-family: Liberation Sans'>Words")))
    fonts = [str(o.BaseFont) for o in pdf.objects if hasattr(o, "get") and o.get("/Type") == "/Font"]
    assert any("Liberation-Sans" in font for font in fonts)


def test_images_that_stand_in_the_page_are_drawn():
    plain, drawn = (pdf_from_html(f"<img width=99 height=99 src='{src}'>") for src in ("", PIXEL))
    assert b"/Image" in drawn
    assert b"/Image" not in plain


@pytest.fixture
def elsewhere():
    """A web server that notes what is asked of it."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


def test_nothing_is_fetched(elsewhere, tmp_path):
    address, asked = elsewhere
    (tmp_path / "secret.txt").write_text("secret")
    html = (
        f"<link rel=stylesheet href='{address}/a.css'><img src='{address}/b.png'>"
        f"<link rel=attachment href='{(tmp_path / 'secret.txt').as_uri()}'><p>Words"
    )
    assert b"secret" not in pdf_from_html(html)
    assert asked == []


def test_a_layout_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(
        limited.run, "__kwdefaults__", {**limited.run.__kwdefaults__, "limits": limited.Limits(cpu=1)}
    )
    with pytest.raises(RenderFailed):
        render.pdf_from_html("<table>" + "<tr><td>x" * 20_000)
