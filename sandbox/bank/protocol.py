"""The door: who calls, what for, whether this key was answered before; then the endpoint, then its events."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from sandbox.bank import faults, form, routes
from sandbox.bank.delivery import wake
from sandbox.bank.errors import Refusal, TimedOut
from sandbox.models import Reply
from sandbox.models.books import new_id
from sandbox.router import ALIAS

__all__ = ["TimedOut", "handle"]

KEPT = timedelta(hours=24)


@dataclass
class Call:
    """One request as an endpoint sees it. `is_public`: made from a page with the publishable key."""

    method: str
    path: str
    params: dict
    is_public: bool = False
    key: str = ""
    expand: list = field(default_factory=list)

    @property
    def digest(self):
        said = json.dumps([self.method, self.path, self.params, self.expand], sort_keys=True)
        return salted_hmac("sandbox.reply", said).hexdigest()


def handle(method, url, headers, body=None):
    """Answer one call of the protocol: (status, headers, body text). Raises TimedOut for a lost answer."""
    try:
        call = _read(method.lower(), url, headers, body)
        fault = faults.due(call.path) if call.method != "get" else ""
        _fail_before(fault)
        status, answer, replayed = _answer(call, fault)
    except Refusal as refusal:
        status, answer, replayed, fault = refusal.status, {"error": refusal.error}, False, ""
    wake()
    if fault == faults.TIMEOUT_AFTER:
        raise TimedOut
    return status, _headers(replayed), json.dumps(answer)


def _read(method, url, headers, body):
    given = {name.lower(): value for name, value in headers.items()}
    parts = urlsplit(url)
    params = form.decode(parts.query if method in ("get", "delete") else body or "")
    secret = given.get("authorization", "").removeprefix("Bearer ").strip()
    if not secret.startswith(("sk_test_", "pk_test_")):
        raise Refusal("Invalid API Key provided", status=401)
    expand = params.pop("expand", [])
    return Call(
        method=method,
        path=parts.path,
        params=params,
        is_public=secret.startswith("pk_test_"),
        key=given.get("idempotency-key", "") if method == "post" else "",
        expand=expand if isinstance(expand, list) else [expand],
    )


def _answer(call, fault):
    endpoint, parts = routes.find(call)
    with transaction.atomic(using=ALIAS):
        kept = _kept_reply(call)
        if kept:
            return kept.status, kept.body, True
        status, answer = _done(endpoint(call, *parts))
        if fault == faults.ERROR_AFTER:
            status, answer = 500, _broken()
        if call.key:
            Reply.objects.create(key=call.key, asked=call.digest, status=status, body=answer)
    return status, answer, False


def _done(answer):
    return answer if isinstance(answer, tuple) else (200, answer)


def _kept_reply(call):
    """The answer given before to this key; a refusal of the call itself is not kept, it may be mended."""
    if not call.key:
        return None
    Reply.objects.filter(created__lt=timezone.now() - KEPT).delete()
    kept = Reply.objects.filter(key=call.key).first()
    if kept and kept.asked != call.digest:
        raise Refusal(
            "An idempotency key can only be used with the parameters that it was first used with.",
            kind="idempotency_error",
        )
    return kept


def _fail_before(fault):
    if fault == faults.TIMEOUT_BEFORE:
        raise TimedOut
    if fault == faults.ERROR_BEFORE:
        raise Refusal(_broken()["error"]["message"], status=500, kind="api_error")
    if fault == faults.RATE_LIMITED:
        raise Refusal("Request rate limit exceeded.", status=429, code="rate_limit")
    if fault == faults.IN_USE:
        message = "There is currently another in-progress request using this idempotency key."
        raise Refusal(message, status=409, kind="idempotency_error", code="idempotency_key_in_use")


def _broken():
    return {"error": {"type": "api_error", "message": "Something went wrong at the bank."}}


def _headers(replayed):
    headers = {"content-type": "application/json", "request-id": new_id("req")}
    return headers | ({"idempotent-replayed": "true"} if replayed else {})
