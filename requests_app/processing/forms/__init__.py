from requests_app.processing.forms.extend import ExtendForm
from requests_app.processing.forms.incomplete import MarkIncompleteForm
from requests_app.processing.forms.outcome import DenyForm, NoRecordsForm, OutcomeForm
from requests_app.processing.forms.price import AgreedFeeForm, PriceForm
from requests_app.processing.forms.upload import UploadForm

__all__ = [
    "AgreedFeeForm",
    "DenyForm",
    "ExtendForm",
    "MarkIncompleteForm",
    "NoRecordsForm",
    "OutcomeForm",
    "PriceForm",
    "UploadForm",
]
