import pytest

from documents import serve, store
from tests.documents import make


def body(response):
    return b"".join(response.streaming_content)


def test_the_whole_file_is_sent_with_its_length(keep):
    content = make.pdf(3)
    response = serve.download(keep(content), filename="records.pdf")
    assert body(response) == content
    assert response["Content-Length"] == str(len(content))


def test_it_is_saved_under_the_given_name_never_shown(keep):
    response = serve.download(keep(make.pdf()), filename='4820 "x".pdf')
    assert response["Content-Disposition"] == 'attachment; filename="4820 \\"x\\".pdf"'


def test_a_name_can_not_break_out_of_its_header(keep):
    response = serve.download(keep(make.pdf()), filename="a\r\nSet-Cookie: b=1/ü.pdf")
    assert "\n" not in response["Content-Disposition"]
    assert response["Content-Disposition"].endswith("%C3%BC.pdf")


def test_nothing_is_cached_or_guessed(keep):
    for response in (serve.download(keep(make.pdf())), serve.jpeg(b"")):
        assert response["Cache-Control"] == "no-store, private"
        assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "name", "shown"),
    [
        (make.pdf(), "a.pdf", "inline"),
        (make.picture("PNG"), "a.png", "inline"),
        (b"words", "a.txt", "attachment"),
        (make.office(), "a.docx", "attachment"),
    ],
)
def test_only_what_is_safe_to_show_is_shown(keep, content, name, shown):
    response = serve.download(keep(content, name, "authorization"), filename=name, inline=True)
    assert response["Content-Disposition"].startswith(shown)


def test_what_is_shown_may_run_nothing(keep):
    picture = serve.download(keep(make.picture(), "a.png"), inline=True)
    assert "default-src 'none'" in picture["Content-Security-Policy"]
    assert "sandbox" in picture["Content-Security-Policy"]
    assert "default-src 'none'" in serve.download(keep(make.pdf()), inline=True)["Content-Security-Policy"]


def test_a_file_that_is_gone_is_noticed_before_anything_is_sent(keep):
    document = keep(make.pdf())
    store.remove(document.key)
    with pytest.raises(FileNotFoundError):
        serve.download(document)


def test_the_file_is_let_go_when_the_reader_hangs_up(keep):
    response = serve.download(keep(make.pdf()))
    stream = response._resource_closers[-1].__self__
    response.close()
    assert stream.closed


def test_it_comes_in_pieces(keep):
    content = make.pdf() + b"%" * 6_000_000
    pieces = list(serve.download(keep(content)).streaming_content)
    assert max(len(piece) for piece in pieces) <= serve.CHUNK
    assert len(pieces) > 4
