"""People and organizations for ops. What moves or decides something is a verb; the rest can be read."""

from accounts.admin import library, membership, organizations, people  # noqa: F401  (they register)
