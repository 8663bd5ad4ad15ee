"""Forms of what is there already, which two people may have open at once."""

from django import forms


class ChangesForm(forms.Form):
    """`said()` names only what was changed, so that a colleague's change stays.

    Each field carries along what the page showed: what is changed is told from that, not from what is there by now.
    """

    def __init__(self, row, data=None):
        initial = {name: getattr(row, name) for name in self.base_fields} if row else {}
        super().__init__(data, initial=initial)
        carry_along(self)

    def said(self):
        return {name: self.cleaned_data[name] for name in changed_in(self)}


def carry_along(form):
    for field in form.fields.values():
        field.show_hidden_initial = True


def changed_in(form):
    """The fields that differ from what the page showed; what doesn't carry that along counts as said."""
    told = set(form.changed_data)
    return [field.name for field in form if field.name in told or field.html_initial_name not in form.data]
