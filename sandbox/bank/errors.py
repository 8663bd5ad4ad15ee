class TimedOut(Exception):
    """The bank did not answer. It may or may not have done what it was asked."""


class Refusal(Exception):
    """An answer with Stripe's error shape; whatever the call wrote is undone."""

    def __init__(self, message, *, status=400, kind="invalid_request_error", code=None, param=None):
        super().__init__(message)
        self.status = status
        self.error = {"type": kind, "message": message}
        if code:
            self.error["code"] = code
        if param:
            self.error["param"] = param


def missing(kind, id, param="id"):
    return Refusal(f"No such {kind}: '{id}'", status=404, code="resource_missing", param=param)


# Codes that stand for themselves; every other decline is `card_declined` with its decline_code.
_OWN_CODE = {
    "expired_card",
    "incorrect_cvc",
    "incorrect_number",
    "processing_error",
    "authentication_required",
}
_MESSAGES = {
    "insufficient_funds": "Your card has insufficient funds.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "incorrect_number": "Your card number is incorrect.",
    "processing_error": "An error occurred while processing your card. Try again in a little bit.",
    "authentication_required": "Your card was declined. This transaction requires authentication.",
    "test_mode_live_card": "Your card was declined. The sandbox bank takes published test numbers only.",
}


def card_error(decline_code):
    """The error object of a decline, as it stands in a 402 and in an intent's last error."""
    return {
        "type": "card_error",
        "code": decline_code if decline_code in _OWN_CODE else "card_declined",
        "decline_code": decline_code,
        "message": _MESSAGES.get(decline_code, "Your card was declined."),
    }
