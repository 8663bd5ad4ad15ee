"""What the pages of the six steps have in common."""

from django.shortcuts import redirect, render
from django.urls import reverse

from requests_app.intake import keeping
from requests_app.intake.draft import Draft
from requests_app.intake.forms import FORMS
from requests_app.models.kept_input import TooMuchTyped


def page(request, draft, step, template, *, status=200, **context):
    """One page of the wizard, under its tabs."""
    context |= {
        "draft": draft,
        "batch": draft.batch,
        "step": step,
        "steps": draft.steps(step),
        "is_edit": "edit" in request.GET,
    }
    return render(request, f"requests_app/intake/{template}", context, status=status)


def form_page(request, batch, *, step, name, template, after, shown=lambda form: form):
    """A page that is one form: shown as it was left, taken over when valid, else shown with its errors.

    `shown` may put another form in the place of the one that was left.
    """
    draft = Draft(batch)
    if request.method == "POST":
        form = FORMS[name](draft, request.member, request.POST)
        if form.is_valid():
            keeping.take_over(form, batch, by=request.member)
            return onwards(request, batch, after)
        keep_typed(request, batch, name)
        return page(request, draft, step, template, form=form, form_name=name, status=422)
    typed = keeping.typed_into(name, **keeping.place(batch, request.member))
    left = FORMS[name].resumed(draft, request.member, typed) if typed else FORMS[name](draft, request.member)
    form = shown(left)
    is_resumed = bool(typed) and form is left
    return page(request, draft, step, template, form=form, form_name=name, is_resumed=is_resumed)


def onwards(request, batch, after):
    """To the next page; or back to the review, for whoever came from its "Edit"."""
    if "edit" in request.GET:
        return redirect("wizard_review", batch.pk)
    return redirect(after, batch.pk)


def keep_typed(request, batch, name):
    """Keep what can't be taken over yet; whether it was kept."""
    try:
        keeping.keep(name, request.POST, **keeping.place(batch, request.member))
    except (keeping.FromAnOlderPage, TooMuchTyped):
        return False
    return True


def with_query(url_name, *args, query=""):
    return reverse(url_name, args=args) + (f"?{query}" if query else "")
