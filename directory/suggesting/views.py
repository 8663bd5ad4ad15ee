from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import limits
from accounts.access import for_member
from accounts.models import Permission
from audit.models import MoveRefused
from chartrequest.way_back import way_back
from directory.models import Custodian, RegistryEntry, Suggestion
from directory.suggesting.already import listed_at, there_already
from directory.suggesting.forms import FollowForm, InviteForm, SuggestionForm

SHOWN = 20
FROM_A_SEARCH = ("name", "state", "city", "zip_code")

asks = for_member(Permission.MAKE_REQUESTS)


@require_http_methods(["GET", "HEAD", "POST"])
@asks
def suggest(request):
    """The form, and below it what became of this person's suggestions. `next` is the page they came from."""
    if request.method != "POST":
        return _page(request, SuggestionForm(initial=_known(request.GET)))
    form = SuggestionForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    there = there_already(**{name: form.cleaned_data[name] for name in ("name", "state", "npi")})
    if there and (there.by_npi or not form.cleaned_data["is_another"]):
        form.ask_whether_another(there)
        return _page(request, form, there=there)
    if not _made(request, form):
        return _page(request, form)
    messages.success(
        request,
        _("Thank you. We look at it and write to %(email)s.") % {"email": request.user.email},
    )
    return redirect(way_back(request, "suggest"))


@require_POST
@asks
def suggestion_follow(request):
    """Hear what becomes of a suggestion that somebody else made: the one of this name or NPI that waits."""
    form = FollowForm(request.POST)
    waiting = Suggestion.objects.alike(**form.cleaned_data) if form.is_valid() else None
    if waiting is None:
        raise MoveRefused(_("It is decided already. Search for it once more."))
    _may_suggest(request)
    waiting.follow(by=request.member)
    messages.success(request, _("We write to %(email)s when it is decided.") % {"email": request.user.email})
    return redirect(way_back(request, "suggest"))


@require_POST
@asks
def suggestion_invite(request):
    """Want somebody in the network whom the directory lists: one click, since we know who it is."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        raise Http404
    _may_suggest(request)
    wanted = Suggestion.wish(form.cleaned_data["wanted"], by=request.member)
    messages.success(
        request,
        _("Thank you. We ask %(name)s to join and write to %(email)s.")
        % {"name": wanted.name, "email": request.user.email},
    )
    return redirect(way_back(request, "suggest"))


def _made(request, form):
    """Whether it was taken; a refusal stands above the form, so that nothing typed is lost."""
    try:
        _may_suggest(request)
        Suggestion.make(by=request.member, is_another=form.cleaned_data["is_another"], **form.facts)
    except MoveRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _may_suggest(request):
    """Count it; raises MoveRefused after too many."""
    if not limits.may_try(request, "suggest"):
        minutes = -(-limits.seconds_left(request, "suggest") // 60)
        raise MoveRefused(
            ngettext(
                "Many suggestions came from you already. You can send another in %(count)s minute.",
                "Many suggestions came from you already. You can send another in %(count)s minutes.",
                minutes,
            )
            % {"count": minutes}
        )


def _known(asked):
    """What the form begins with: the registry's entry of the NPI, else what was searched for."""
    npi = asked.get("npi", "")
    entry = RegistryEntry.objects.filter(pk=npi, deactivated_on=None).first() if npi.isdigit() else None
    if entry:
        return {name: getattr(entry, name, "") for name in SuggestionForm.base_fields} | {"is_another": False}
    return {name: asked[name][:80] for name in FROM_A_SEARCH if asked.get(name)}


def _page(request, form, there=None):
    back = way_back(request, "suggest")
    back = "" if back == reverse("suggest") else back
    mine = list(Suggestion.objects.heard_by(request.user)[:SHOWN])
    listed = [one.custodian_id for one in mine if one.custodian_id]
    if there:
        listed += [one.pk for one in there.custodians]
    shown = {
        "form": form,
        "there": there,
        "there_url": listed_at(back, there.query) if back and there and there.listed else "",
        "is_mine": bool(there and there.waiting and there.waiting in mine),
        "suggestions": mine,
        "wished": Suggestion.objects.wished_by(request.user),
        "answering": set(Custodian.objects.in_network().filter(pk__in=listed).values_list("pk", flat=True)),
        "back": back,
    }
    return render(
        request, "directory/suggesting/suggest.html", shown, status=422 if form.errors or there else 200
    )
