""" "Check Request Status": an ID gives a line of steps. Public too, and says nothing about anybody (product 5.7)."""

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.limits import may_try
from requests_app import public_id
from requests_app.models import RecordRequest, State
from requests_app.tracking import progress


class RequestIdField(forms.CharField):
    """A request ID as somebody types it: ten digits, or an error that tells a slip from an unknown one."""

    default_error_messages = {
        "required": _("Type the request ID: ten digits, like 4820-1173-90."),
        "slip": public_id.SLIP,
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=40, **kwargs)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {
            "class": "w-code num",
            "inputmode": "numeric",
            "autocomplete": "off",
        }

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return public_id.parse(typed)
        except ValueError:
            shown = "".join(one for one in typed[:20] if one.isprintable())
            raise forms.ValidationError(
                self.error_messages["slip"], code="slip", params={"typed": shown}
            ) from None


class StatusForm(forms.Form):
    request_id = RequestIdField(label=_("Request ID"))


@require_safe
def check_status(request):
    """Ask for an ID; with one in the query, show its steps. 429 after thirty questions in five minutes."""
    if "request_id" not in request.GET:
        return render(request, "requests_app/tracking/check_status.html", {"form": StatusForm()})
    form = StatusForm(request.GET)
    if not may_try(request, "check_status"):
        form.add_error(None, _("Too many questions from here. Wait five minutes and try again."))
        return render(request, "requests_app/tracking/check_status.html", {"form": form}, status=429)
    if not form.is_valid():
        return render(request, "requests_app/tracking/check_status.html", {"form": form}, status=422)
    found = RecordRequest.objects.exclude(state=State.DRAFT).filter(public_id=form.cleaned_data["request_id"])
    record_request = found.select_related("custodian").first()
    if record_request is None:
        form.add_error(
            "request_id", _("No request has this ID. Drafts are not found until they are submitted.")
        )
        return render(request, "requests_app/tracking/check_status.html", {"form": form}, status=404)
    page = {"form": form, "found": record_request, "steps": progress.steps(record_request)}
    return render(request, "requests_app/tracking/check_status.html", page)
