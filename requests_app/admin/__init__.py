"""Requests for ops: where each stands and what happened, and nothing about the patient (product 10.2)."""

from requests_app.admin import incurred_fees, requests  # noqa: F401  (they register)
