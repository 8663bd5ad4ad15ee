"""The page on which ops merge two custodians."""

from accounts.access import freshly_signed_in
from chartrequest.asking import Asked
from directory.admin.forms import MergeForm
from directory.merging import merge
from directory.suggesting.already import named_alike


class Merge(Asked):
    move, label, right = "merge", "Merge into another", "directory.merge_custodian"

    def is_open(self, custodian):
        return custodian.merged_into_id is None

    def says(self, custodian):
        if custodian.merged_into:
            return [f"It was merged into {custodian.merged_into} (number {custodian.merged_into_id})."]
        return [
            f"{custodian.name}, {custodian.address} (number {custodian.pk}) goes; the one that you name stays.",
            "Favorites, services, forms and drafts move there, and its NPI leads there. Requests that were sent stay "
            "about this one, and are answered by the practice of the other. It can't be undone.",
        ]

    def make_form(self, custodian, data):
        alike = named_alike(custodian.name, custodian.state)
        return MergeForm(data, [one for one in alike if one != custodian])

    def do(self, custodian, form, *, by):
        into = merge(custodian, into=form.cleaned_data["custodian"], by=by)
        return f"{custodian} is merged into {into} (number {into.pk})."

    @property
    def view(self):
        return freshly_signed_in(super().view)
