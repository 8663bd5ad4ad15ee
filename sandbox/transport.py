"""How the stripe library reaches the bank: a call of a function in place of HTTPS."""

import stripe

from sandbox import bank


class BankClient(stripe.HTTPClient):
    name = "sandbox"

    def request(self, method, url, headers, post_data=None, *, _usage=None):
        try:
            status, headers, body = bank.handle(method, url, headers or {}, post_data)
        except bank.TimedOut as problem:
            raise stripe.APIConnectionError("The bank did not answer.") from problem
        return body, status, headers

    def close(self):
        pass
