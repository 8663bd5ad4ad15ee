from django import forms
from django.utils.translation import gettext_lazy as _


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once. Whether each can be taken is found out file by file, so none is refused here."""

    widget = SeveralFiles
    default_error_messages = {"required": _("Choose at least one file.")}

    def clean(self, data, initial=None):
        files = [file for file in data or [] if file]
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files


class UploadForm(forms.Form):
    files = FilesField(
        label=_("Records"),
        help_text=_("PDF, PNG, JPEG or TIFF; several at once. Each file may have up to 500 MB."),
    )
    files.widget.attrs["accept"] = ".pdf,.png,.jpg,.jpeg,.tif,.tiff,.bmp"
