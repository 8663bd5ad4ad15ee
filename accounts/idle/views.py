from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.idle import naming, parting


@require_POST
@login_required
def still_here(request):
    """Keep the session alive, as the click it is; says how many seconds are left."""
    return JsonResponse({"left": request.idle.left})


@require_safe
@login_required
def resume(request):
    """What somebody was sending when they were signed out: to send now, or not."""
    kept = parting.kept_for(request)
    if not kept:
        return redirect("home")
    request.session[parting.KEY]["shown"] = True
    request.session.modified = True
    forms = [(one, naming.name_of(urlsplit(one.path).path)) for one in kept]
    return render(request, "accounts/idle/resume.html", {"forms": forms, "resumed": parting.RESUMED})


@require_POST
@login_required
def resume_drop(request):
    """ "Don't send": forget it."""
    if parting.kept_for(request):
        parting.drop(request, request.POST.get("kept", ""))
    return redirect("resume" if parting.kept_for(request) else "home")
