from audit.models.activity import Activity
from audit.models.lifecycle import Lifecycle, MoveRefused, NotPermitted, verb

__all__ = ["Activity", "Lifecycle", "MoveRefused", "NotPermitted", "verb"]
