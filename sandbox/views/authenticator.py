from django.shortcuts import render
from django.views.decorators.http import require_safe

from sandbox import authenticator


@require_safe
def index(request):
    context = {
        "shown": authenticator.codes(),
        "seconds_left": authenticator.seconds_left(),
        "here": "authenticator",
    }
    return render(request, "sandbox/authenticator.html", context)
