"""What the requestor does with a link: send it again, withdraw it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from requests_app import permissions
from requests_app.access import with_record_request
from requests_app.authorizations import sending
from requests_app.authorizations.forms import PatientAddressForm

to_ask = with_record_request(allowed=permissions.can_ask)


@require_http_methods(["GET", "HEAD", "POST"])
@to_ask
def resend(request, record_request):
    """“Resend”: a fresh link, to the same addresses or to corrected ones."""
    link = _link(record_request)
    form = PatientAddressForm(request.POST or None, initial={"email": link.email, "phone": link.phone})
    if request.method == "POST" and form.is_valid():
        sending.send_again(link, by=request.member, **_plain(form.cleaned_data))
        messages.success(request, _("A new link is on its way. The one before doesn't open any more."))
        return redirect(record_request)
    return _page(request, "resend.html", record_request, link, form=form, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@to_ask
def withdraw(request, record_request):
    """“Withdraw”: asked first."""
    link = _link(record_request)
    if request.method == "POST":
        sending.withdraw(link, by=request.member)
        messages.success(request, _("The link is withdrawn."))
        return redirect(record_request)
    return _page(request, "withdraw.html", record_request, link)


def _link(record_request):
    authorization = record_request.authorization
    if authorization is None or authorization.invitation is None:
        raise Http404
    return authorization.invitation


def _plain(said):
    return {"email": said["email"], "phone": str(said["phone"] or "")}


def _page(request, name, record_request, link, *, status=200, **more):
    also = link.authorizations.counting().exclude(record_request=record_request).count()
    page = {"record_request": record_request, "link": link, "also": also, **more}
    return render(request, f"requests_app/authorizations/{name}", page, status=status)
