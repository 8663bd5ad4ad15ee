"""A page that is one form: shown, taken over when valid, else shown again with its errors, answered 422."""

from django.shortcuts import redirect, render

from audit.models import MoveRefused


def form_page(request, template, form, take_over, *, after, **shown):
    """`take_over(form)` changes something; what it refuses is told above the form. Then on to the address `after`."""
    if request.method == "POST" and form.is_valid():
        try:
            take_over(form)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(after)
    return render(request, template, {"form": form, **shown}, status=422 if form.errors else 200)
