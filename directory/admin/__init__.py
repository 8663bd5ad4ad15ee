"""The directory for ops. What decides something is a page that asks, a POST and a verb; the rest can be read."""

from directory.admin import custodians, registry, suggestions  # noqa: F401  (they register)
