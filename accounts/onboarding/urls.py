from django.urls import path

from accounts.onboarding.views import founding, joining, standing, survey

urlpatterns = [
    path("", survey.survey, name="survey"),
    path("organization/", joining.choose_organization, name="choose_organization"),
    path("organization/email/", joining.verify_own_email, name="verify_own_email"),
    path("organization/npi/", founding.organization_by_npi, name="organization_by_npi"),
    path("organization/new/", founding.found_organization, name="found_organization"),
    path("organization/join/", joining.ask_to_join, name="ask_to_join"),
    path("organization/join/withdraw/", joining.withdraw_join, name="withdraw_join"),
    path("standing/", standing.standing, name="standing"),
    path("standing/reply/", standing.apply_again, name="apply_again"),
]
