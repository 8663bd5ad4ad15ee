from audit.models.activity import Activity
from audit.models.door import MoveRefused, NotPermitted, verb
from audit.models.lifecycle import Lifecycle

__all__ = ["Activity", "Lifecycle", "MoveRefused", "NotPermitted", "verb"]
