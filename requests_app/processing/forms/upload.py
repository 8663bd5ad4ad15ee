from django import forms
from django.utils.translation import gettext_lazy as _

from documents import kinds
from documents.models import Use


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once. Whether each can be taken is found out file by file, so none is refused here."""

    widget = SeveralFiles
    default_error_messages = {"required": _("Choose at least one file.")}

    def clean(self, data, initial=None):
        files = [file for file in data or [] if file]
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files


class UploadForm(forms.Form):
    files = FilesField(label=_("Records"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = kinds.ALLOWANCES[Use.RECORDS]
        files = self.fields["files"]
        files.widget.attrs["accept"] = ",".join(kinds.endings_of(Use.RECORDS))
        files.help_text = _("%(kinds)s; several at once. Each file may have up to %(size)s MB.") % {
            "kinds": allowed.words,
            "size": allowed.size // kinds.MIB,
        }
