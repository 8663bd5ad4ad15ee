"""What was asked for one of a patient's dependents, newest first (product 4.3)."""

import uuid

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.dependents.access import with_dependent
from accounts.models import Permission
from requests_app.models import RecordRequest
from requests_app.tracking.refunding.shown import has_open_refund

SIZE = 25


@require_safe
@with_dependent(Permission.VIEW_REQUESTS)
def timeline(request, dependent):
    member = request.member
    asked = RecordRequest.objects.outbound(member).filter(patient__dependent=dependent)
    asked = asked.annotate(is_refunding=has_open_refund())
    pages = Paginator(asked.select_related("custodian").order_by("-id"), SIZE)
    context = {
        "dependent": dependent,
        "page": pages.get_page(request.GET.get("page")),
        "may_ask": member.may(Permission.MAKE_REQUESTS),
        "new_key": uuid.uuid4(),
    }
    return render(request, "requests_app/tracking/dependent.html", context)
