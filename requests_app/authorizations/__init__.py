"""Authorizations: uploaded, or signed by the patient through a link (product 1.4, 11.5)."""
