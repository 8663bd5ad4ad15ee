from requests_app.models.authorization import Authorization, SigningInvitation
from requests_app.models.batch import Batch
from requests_app.models.checklist import ChecklistItem, ChecklistTick
from requests_app.models.duplicate_answer import DuplicateAnswer
from requests_app.models.kept_input import KeptInput
from requests_app.models.outcome import EarlierDelivery, Outcome
from requests_app.models.patient import Patient
from requests_app.models.record_request import RecordRequest, State
from requests_app.models.records import RecordFile, RecordPage
from requests_app.models.release import Release
from requests_app.models.walk_in_requestor import WalkInRequestor

__all__ = [
    "Authorization",
    "Batch",
    "ChecklistItem",
    "ChecklistTick",
    "DuplicateAnswer",
    "EarlierDelivery",
    "KeptInput",
    "Outcome",
    "Patient",
    "RecordFile",
    "RecordPage",
    "RecordRequest",
    "Release",
    "SigningInvitation",
    "State",
    "WalkInRequestor",
]
