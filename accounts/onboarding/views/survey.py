from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_http_methods

from accounts.models import Kind, Survey
from accounts.onboarding.forms import PatientSurvey, PracticeSurvey, ProfessionalSurvey
from accounts.onboarding.steps import onward, page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request):
    """What everybody answers once, before anything else opens (product 2.4)."""
    if request.user.is_staff or request.user.onboarded_at:
        return onward(request)
    asked = _form_for(request.user, request.member)
    form = asked(request.POST) if request.method == "POST" else asked(initial=_known(request.user))
    if form.is_bound and form.is_valid():
        Survey.answer(request.user, **form.cleaned_data)
        return onward(request)
    step = "" if request.member else "survey"
    return page(request, "survey", form=form, step=step, status=422 if form.errors else 200)


def _form_for(person, member):
    """Patients few questions; who comes by invitation none about an organization that others run."""
    kind = member.organization.kind if member else person.signed_up_as
    if kind == Kind.HOUSEHOLD:
        return PatientSurvey
    return PracticeSurvey if kind == Kind.PROVIDER and not member else ProfessionalSurvey


def _known(person):
    return {"time_zone": person.time_zone, "birth_date": person.birth_date}
