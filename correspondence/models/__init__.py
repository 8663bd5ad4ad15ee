from correspondence.models.choice import Choice
from correspondence.models.contact import ContactToCheck
from correspondence.models.message import Message
from correspondence.models.notice import Notice
from correspondence.models.thread import ReadMark, Thread

__all__ = ["Choice", "ContactToCheck", "Message", "Notice", "ReadMark", "Thread"]
