"""Texts and faxes as Telnyx's API wants them, seen at the edge: what goes over the wire."""

import base64
import json
from email import message_from_bytes

import httpx
import pytest

from correspondence.channels import Refused, telnyx
from correspondence.channels.fax import DELIVERED, FAILED, SENDING

PDF = b"%PDF-1.7 \x00\xff binary"


class Wire:
    """Stands where the network is; answers as the API's reference says, and keeps what was asked."""

    def __init__(self):
        self.asked = []
        self.answers = {
            "POST /v2/messages": (200, {"data": {"id": "msg_1"}}),
            "GET /v2/faxes": (200, {"data": [], "meta": {"page_number": 1, "total_pages": 1}}),
            "POST /v2/media": (201, {"data": {"media_name": "x"}}),
            "POST /v2/faxes": (202, {"data": {"id": "fax_1", "status": "queued"}}),
            "GET /v2/faxes/fax_1": (200, {"data": {"id": "fax_1", "status": "queued"}}),
        }

    def __call__(self, transport, request):
        request.read()
        self.asked.append(request)
        status, said = self.answers[f"{request.method} {request.url.path}"]
        return httpx.Response(status, json=said, request=request)

    def bodies(self, path):
        return [
            json.loads(one.content) for one in self.asked if one.url.path == path and one.method == "POST"
        ]


@pytest.fixture
def wire(monkeypatch, settings):
    settings.TELNYX_API_KEY, settings.TELNYX_FROM, settings.TELNYX_FAX_APP = "KEY1", "+15550001", "app_1"
    made = Wire()
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda self, request: made(self, request))
    return made


def fields_of(request):
    """The parts of a multipart body: name → (file name, type, bytes)."""
    head = b"Content-Type: " + request.headers["content-type"].encode() + b"\r\n\r\n"
    parts = message_from_bytes(head + request.content).get_payload()
    return {
        part.get_param("name", header="content-disposition"): (
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in parts
    }


def test_a_text_is_one_message_from_our_number(wire):
    assert telnyx.send_text("+15550100", "Hello") == "msg_1"
    assert wire.bodies("/v2/messages") == [{"to": "+15550100", "from": "+15550001", "text": "Hello"}]
    assert wire.asked[0].headers["authorization"] == "Bearer KEY1"


def test_the_pdf_is_uploaded_as_a_file_for_a_day(wire):
    telnyx.send_fax("+15550100", PDF, key="release-7-0")
    (upload,) = [one for one in wire.asked if one.url.path == "/v2/media"]
    fields = fields_of(upload)
    assert fields["media"][1:] == ("application/pdf", PDF)
    assert fields["ttl_secs"][2] == b"86400"
    assert fields["media_name"][2].startswith(b"release-7-0-")


def test_the_fax_names_the_uploaded_file_and_carries_our_key(wire):
    assert telnyx.send_fax("+15550100", PDF, key="release-7-0") == "fax_1"
    (fax,) = wire.bodies("/v2/faxes")
    media = fields_of(next(one for one in wire.asked if one.url.path == "/v2/media"))["media_name"][
        2
    ].decode()
    assert fax == {
        "connection_id": "app_1",
        "from": "+15550001",
        "to": "+15550100",
        "media_name": media,
        "client_state": base64.b64encode(b"release-7-0").decode(),
    }


def test_a_fax_that_was_handed_over_before_is_not_sent_again(wire):
    earlier = {"id": "fax_0", "client_state": base64.b64encode(b"release-7-0").decode()}
    other = {"id": "fax_9", "client_state": base64.b64encode(b"release-8-0").decode()}
    wire.answers["GET /v2/faxes"] = (200, {"data": [other, earlier], "meta": {"total_pages": 1}})
    assert telnyx.send_fax("+15550100", PDF, key="release-7-0") == "fax_0"
    assert wire.bodies("/v2/faxes") == []
    assert wire.asked[0].url.params["filter[to][eq]"] == "+15550100"


@pytest.mark.parametrize(
    ("said", "means"),
    [("queued", SENDING), ("media.processed", SENDING), ("delivered", DELIVERED), ("failed", FAILED)],
)
def test_its_state_is_told_in_our_words(wire, said, means):
    wire.answers["GET /v2/faxes/fax_1"] = (200, {"data": {"id": "fax_1", "status": said}})
    assert telnyx.fax_state("fax_1") == means


@pytest.mark.parametrize("status", [400, 422])
def test_a_number_it_will_not_take_is_final(wire, status):
    wire.answers["POST /v2/messages"] = (status, {"errors": [{"code": "40310", "title": "Invalid 'to'"}]})
    with pytest.raises(Refused):
        telnyx.send_text("1", "Hello")


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_what_may_pass_is_left_to_the_outbox_and_asked_once(wire, status):
    wire.answers["POST /v2/messages"] = (status, {"errors": [{"code": "1", "title": "Later"}]})
    with pytest.raises(Exception) as raised:
        telnyx.send_text("+15550100", "Hello")
    assert not isinstance(raised.value, Refused)
    assert len(wire.asked) == 1
