"""Answering: the practice's inbound list, uploading, review, price and release (product 6.2-6.6).

Flows that change something are functions here (`uploads`, `review`, `assigning`, `pricing`); each holds the
request's row while it does. `views/` are their addresses.
"""
