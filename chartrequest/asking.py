"""What the pages that ask have in common: who may, what is asked, and the verb that a valid answer calls."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from audit.models import MoveRefused


class Asked:
    """A page of the admin on which ops decide about one row; a subclass says what."""

    move = ""  # the last part of its address
    label = ""
    right = ""
    form = None

    def __init__(self, model_admin):
        self.model_admin = model_admin
        self.opts = model_admin.model._meta

    @property
    def url_name(self):
        return f"{self.opts.app_label}_{self.opts.model_name}_{self.move}"

    def path(self):
        view = self.model_admin.admin_site.admin_view(
            permission_required(self.right, raise_exception=True)(
                require_http_methods(["GET", "HEAD", "POST"])(self.view)
            )
        )
        return path(f"<str:pk>/{self.move}/", view, name=self.url_name)

    def address(self, row):
        return reverse(f"admin:{self.url_name}", args=[row.pk])

    def is_open(self, row):
        """Whether there is something to decide."""
        return True

    def says(self, row):
        """Sentences above the form."""
        return []

    def make_form(self, row, data):
        return self.form(data)

    def do(self, row, form, *, by):
        """Call the verb; returns the sentence that tells what was done. Raises MoveRefused."""
        raise NotImplementedError

    def after(self, row):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])

    def view(self, request, pk):
        row = self.model_admin.get_object(request, pk)
        if row is None:
            raise Http404
        form = self.make_form(row, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                messages.success(request, self.do(row, form, by=request.user))
            except MoveRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect(self.after(row))
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": f"{self.label}: {row}",
            "opts": self.opts,
            "asked": self,
            "row": row,
            "says": self.says(row),
            "form": form,
            "back": self.after(row),
        }
        return render(request, "admin/asked.html", context, status=422 if form.errors else 200)


def open_for(request, pages, row):
    """`(label, address)` of the pages that this person may use on the row."""
    return [
        (page.label, page.address(row))
        for page in pages
        if request.user.has_perm(page.right) and page.is_open(row)
    ]
