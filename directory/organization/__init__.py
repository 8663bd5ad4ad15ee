"""What others use of an organization: a practice's places, a requestor's physicians (product 2.9, 2.10)."""
