"""What time does to requests and drafts: warnings, ends, questions to ops (product 1.9)."""

from requests_app.sweeping import drafts, requests

ALL = [requests.SWEEP, drafts.DELETING, drafts.WARNING]
