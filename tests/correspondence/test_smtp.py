"""Email leaves by SMTP as it does in production: a real server takes it, or says no."""

import pytest
from aiosmtpd.controller import Controller

from correspondence.channels import Refused, email


class Sink:
    """Takes letters; a mailbox named gone never exists, one named busy is busy now."""

    def __init__(self):
        self.letters = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone@"):
            return "550 No such mailbox"
        if address.startswith("busy@"):
            return "450 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope.content.decode())
        return "250 OK"


@pytest.fixture
def sink(settings, unused_port):
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=unused_port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", unused_port, False
    yield handler
    controller.stop()


@pytest.fixture
def unused_port():
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def send(to):
    return email.send(
        to, subject="Request 4820-1173-94", body="Open it: http://testserver/\n", key="notice-7"
    )


def test_a_letter_arrives_with_its_own_message_id(sink):
    send("rosa@smith.test")
    (letter,) = sink.letters
    assert "Subject: Request 4820-1173-94" in letter
    assert "Open it: http://testserver/" in letter
    assert "Message-ID: <notice-7@testserver>" in letter


def test_a_mailbox_that_does_not_exist_is_final(sink):
    with pytest.raises(Refused):
        send("gone@smith.test")


def test_a_busy_mailbox_may_be_tried_again(sink):
    with pytest.raises(Exception, match="450") as raised:
        send("busy@smith.test")
    assert not isinstance(raised.value, Refused)


def test_a_server_that_does_not_answer_may_be_tried_again(settings, unused_port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port
    with pytest.raises(ConnectionError):
        send("rosa@smith.test")
