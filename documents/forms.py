"""Uploads in forms: the file is checked while the form is, and a refusal is the field's error."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from documents import kinds, names
from documents.intake import FileRefused, check


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class UploadField(forms.FileField):
    """A file for `use`, or several with `many=True`; cleans to a `Checked`, or a list of them.

    Nothing is kept by the form: once all of it is right, the view calls `take_in(checked, use=…, by=…)`.
    Of several files each wrong one is named with its own error.
    """

    default_error_messages = {"too_many": _("Please send at most %(most)d files at once.")}

    def __init__(self, *, use, many=False, most=50, **kwargs):
        self.use, self.many, self.most = use, many, most
        kwargs.setdefault("widget", ManyFilesInput() if many else forms.FileInput())
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": ",".join(kinds.endings_of(self.use))}

    def clean(self, data, initial=None):
        if not self.many:
            return self._checked(data, initial)
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            super().clean(None, initial)
        if len(files) > self.most:
            raise ValidationError(self.error_messages["too_many"], "too_many", {"most": self.most})
        return self._each_checked(files)

    def _each_checked(self, files):
        checked, errors = [], []
        for file in files:
            try:
                checked.append(self._checked(file))
            except ValidationError as error:
                errors += [f"{names.cleaned(file.name)}: {message}" for message in error.messages]
        if errors:
            raise ValidationError(errors)
        return checked

    def _checked(self, data, initial=None):
        file = super().clean(data, initial)
        if not data:
            return file
        try:
            return check(file, use=self.use)
        except FileRefused as error:
            raise ValidationError(str(error), "refused") from error
