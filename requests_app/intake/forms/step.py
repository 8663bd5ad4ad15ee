from django import forms
from django.forms.utils import ErrorDict


class StepForm(forms.Form):
    """A form of one step. `draft` may be None for the first page of a new one."""

    name = ""

    def __init__(self, draft, member, data=None, **kwargs):
        self.draft, self.member = draft, member
        kwargs.setdefault("initial", self.said(draft) if draft else {})
        super().__init__(data, **kwargs)

    def said(self, draft):
        """The values that the draft holds, by field."""
        raise NotImplementedError

    def save(self, held, *, by):
        """Write the cleaned values into the locked batch."""
        raise NotImplementedError

    @classmethod
    def resumed(cls, draft, member, typed):
        """The form as somebody left it; errors are told when they go on, not before."""
        form = cls(draft, member, typed)
        form._errors = ErrorDict()
        return form
