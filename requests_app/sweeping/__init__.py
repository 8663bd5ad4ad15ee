"""What time does to requests and drafts: warnings, ends, questions to ops (product 1.9)."""

from requests_app.sweeping import requests

ALL = [requests.SWEEP]
