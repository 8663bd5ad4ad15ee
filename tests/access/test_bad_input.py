"""Every form × every bad text: an error next to its field or a clean acceptance, never a crash, never half a change.

The forms are discovered; one without a line here fails the test.
"""

import csv
import io
from urllib.parse import quote_plus

import pytest
from django import forms
from django.apps import apps
from django.db import models, transaction
from django.urls import reverse
from django.utils.module_loading import import_string

from requests_app.models import RecordRequest
from tests.access import addresses, looking
from tests.access.bad import MARKUP, TEXTS
from tests.access.table import ROWS

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])

ours = {row.name: row for row in ROWS if row.method == "POST"}
# Form → the address that takes it, who sends it; fields are read from the form itself.
FORMS = {
    "requests_app.intake.forms.patient.PatientForm": ("wizard_patient_edit", "rosa"),
    "requests_app.intake.forms.case.CaseForm": ("wizard_case", "rosa"),
    "requests_app.intake.forms.patient.CorrectedPatientForm": ("request_correct_patient", "rosa"),
    "requests_app.intake.forms.details.SpecificationForm": ("wizard_details", "rosa"),
    "requests_app.intake.forms.delivery.DeliveryForm": ("wizard_delivery", "rosa"),
    "requests_app.intake.forms.authorization.UploadForm": ("wizard_authorization_upload", "rosa"),
    "requests_app.intake.forms.authorization.AskPatientForm": ("wizard_authorization_ask", "rosa"),
    "requests_app.intake.forms.payment.PaymentForm": ("wizard_payment", "rosa"),
    "directory.finding.form.SearchForm": ("wizard_providers", "rosa"),
    "requests_app.tracking.outbound.asking.AdvancedSearchForm": ("outbound", "rosa"),
    "requests_app.tracking.status_check.StatusForm": ("check_status", "anonymous"),
    "MessageForm": ("post_message", "rosa"),
    "requests_app.tracking.refunding.forms.RefundForm": ("request_refund", "rosa"),
    "requests_app.processing.forms.incomplete.MarkIncompleteForm": ("mark_incomplete", "clara"),
    "requests_app.processing.forms.extend.ExtendForm": ("extend_answer", "clara"),
    "requests_app.processing.forms.upload.UploadForm": ("upload_records", "clara"),
    "requests_app.processing.forms.outcome.NoRecordsForm": ("no_records", "clara"),
    "requests_app.processing.forms.outcome.DenyForm": ("deny", "clara"),
    "requests_app.processing.forms.outcome.OutcomeForm": ("release", "clara"),
    "requests_app.tracking.missing.SomethingMissingForm": ("something_missing", "rosa"),
    "requests_app.processing.forms.price.PriceForm": ("release", "clara"),
    "requests_app.processing.forms.price.AgreedFeeForm": ("agree_fee", "clara"),
    "requests_app.authorizations.forms.BirthDateForm": ("signing_birth_date", "link_open"),
    "requests_app.authorizations.forms.SignatureForm": ("signing_accept", "link_open"),
    "requests_app.authorizations.forms.PatientAddressForm": ("signing_resend", "rosa"),
    "billing.statements.period.PeriodForm": ("statements", "rosa"),
    "requests_app.tracking.paying.send_link.PayLinkForm": ("send_pay_link", "rosa"),
    "billing.ceilings.CeilingForm": ("ceiling", "rosa"),
    "requests_app.admin.incurred_fees.IncurredFeeForm": ("admin:billing_incurredfee_add", "olga"),
    "billing.admin.checks.CheckForm": ("admin:billing_checkpayment_add", "olga"),
    "accounts.forms.SignInForm": ("account_login", "anonymous"),
    "accounts.forms.ConfirmItIsYouForm": ("account_reauthenticate", "rosa"),
    "accounts.forms.ForgottenPasswordForm": ("account_reset_password", "anonymous"),
    "accounts.forms.ChangePasswordForm": ("account_change_password", "rosa"),
    "accounts.joining.forms.SignUpForm": ("account_signup", "anonymous"),
    "accounts.joining.forms.CodeForm": ("account_email_verification_sent", "unverified"),
    "accounts.joining.forms.WhereTo": ("account_code_elsewhere", "unverified"),
    "accounts.onboarding.forms.ProfessionalSurvey": ("survey", "una"),
    "accounts.onboarding.forms.NpiForm": ("organization_by_npi", "noel"),
    "accounts.onboarding.forms.OrganizationForm": ("found_organization", "noel"),
    "accounts.onboarding.forms.ReplyForm": ("apply_again", "pia"),
    "accounts.own_account.forms.AboutYouForm": ("account_name", "pat"),
    "accounts.own_account.contact_forms.NewEmailForm": ("account_email", "rosa"),
    "accounts.own_account.two_step_forms.AuthenticatorForm": ("mfa_activate_totp", "rosa"),
    "accounts.own_account.passkey_forms.AddPasskeyForm": ("mfa_add_webauthn", "rosa"),
    "accounts.dependents.forms.DependentForm": ("dependent_add", "pat"),
    "accounts.membership.forms.FactsForm": ("organization_edit", "rosa"),
    "accounts.membership.forms.InviteForm": ("member_invite", "clara"),
    "accounts.membership.forms.RoleForm": ("member_role", "clara"),
    "correspondence.forms.ChoicesForm": ("notification_settings", "rosa"),
    "directory.organization.forms.PlaceForm": ("place_edit", "clara"),
    "directory.organization.forms.DeliveryForm": ("place_delivery", "clara"),
    "directory.organization.forms.ServicesForm": ("place_services", "clara"),
    "directory.organization.forms.FormOfferedForm": ("place_form_add", "clara"),
    "directory.organization.forms.PhysicianForm": ("physician_add", "rosa"),
    "directory.suggesting.forms.SuggestionForm": ("suggest", "rosa"),
    "directory.suggesting.forms.FollowForm": ("suggestion_follow", "rosa"),
    "directory.suggesting.forms.InviteForm": ("suggestion_invite", "rosa"),
    "requests_app.organization.forms.LineForm": ("checklist", "clara"),
    "requests_app.organization.forms.ReviewerForm": ("clinical_reviewer", "clara"),
    "requests_app.organization.forms.WalkInForm": ("walk_in_add", "clara"),
    "sandbox.forms.TrayFilter": ("sandbox:tray", "anonymous"),
    "sandbox.forms.SwitchForm": ("sandbox:refuse", "anonymous"),
    "sandbox.forms.FaultForm": ("sandbox:break_next", "anonymous"),
}
# Reached only by a token from an email, by a device, by somebody the world doesn't have, or in the admin, where their
# own tests type the bad texts; the bases of other forms.
ELSEWHERE = {
    "accounts.forms.NewPasswordForm",
    "accounts.admin.deciding.NoReason",
    "accounts.admin.clearing.ClearingForm",
    "accounts.admin.deciding.ReasonForm",
    "accounts.admin.organizations.OrganizationForm",
    "accounts.onboarding.forms.PatientSurvey",
    "accounts.onboarding.forms.PracticeSurvey",
    "accounts.own_account.passkey_forms.ConfirmByPasskeyForm",
    "accounts.own_account.passkey_forms.RenamePasskeyForm",
    "accounts.own_account.passkey_forms.SecondStepByPasskeyForm",
    "accounts.own_account.passkey_forms.SignInByPasskeyForm",
    "accounts.own_account.two_step_forms.ConfirmByCodeForm",
    "accounts.own_account.two_step_forms.SecondStepForm",
    *(f"billing.admin.refund_steps.{name}Form" for name in ("Approve", "Deny", "CheckSent", "Again")),
    "billing.admin.check_resolving.AskForm",
    "billing.admin.payments.PayBackForm",
    "billing.admin.check_resolving.InvoiceNumberForm",
    "billing.admin.check_resolving.SendBackForm",
    "billing.admin.schedule_form.ScheduleForm",
    "correspondence.admin.SettledForm",
    "directory.admin.forms.AnswerForm",
    "directory.admin.forms.FactsForm",
    "directory.admin.forms.MergeForm",
    "directory.admin.forms.WhichForm",
    "directory.admin.custodians.CustodianForm",
    "directory.admin.custodians.ServiceForm",
    "billing.admin.differences.CloseForm",
    "billing.admin.tariffs.TariffForm",
    "chartrequest.forms.changes.ChangesForm",
    "requests_app.intake.forms.step.StepForm",
    "requests_app.processing.forms.outcome.ContactForm",
    "requests_app.processing.forms.outcome.LetterForm",
}
# Fields that a form makes from what it is asked about.
MADE = {
    "directory.organization.forms.ServicesForm": ["notary_offered", "notary_fee"],
    "correspondence.forms.ChoicesForm": ["messages", "records"],
    "accounts.joining.forms.SignUpForm": [
        "first_name",
        "last_name",
        "email",
        "phone",
        "verify_by",
        "kind",
        "password1",
    ],
    "accounts.joining.forms.WhereTo": ["email", "phone", "verify_by"],
}
BY_GET = {"organization_by_npi", "statements", "wizard_providers", "outbound", "check_status", "sandbox:tray"}
# Posted fields that no form class reads.
LOOSE = {
    "make_payment": ["invoice", "card"],
    "approve_price": ["invoice"],
    "linked_pay": ["invoice"],
    "pay_several": ["invoice", "card"],
    "payment_method": ["pay_by", "card", "initials", "by_itself"],
    "abandon_request": ["agreed"],
    "reopen_request": ["agreed"],
    "assign": ["member"],
    "move_file": ["step"],
    "tick_checklist": ["done", "page"],
    "rotate_page": ["direction"],
    "wizard_estimate": ["seen"],
    "wizard_autosave": ["pay_by", "opened"],
    "wizard_provider_add": ["back", "search"],
    "card_share": ["shared", "next"],
    "act_for": ["member"],
    "sidebar": ["next"],
    "favorite_toggle": ["next"],
    "inbound_columns": ["column", "next"],
    "outbound_columns": ["column", "next"],
    "signing_language": ["language"],
    "permission_set": ["role", "permission", "allowed"],
    "join_accept": ["role"],
    "checklist_move": ["direction"],
    "clinical_review": ["done", "page"],
    "two_step_require": ["required"],
    "ask_to_join": ["npi"],
    "resume_drop": ["kept"],
}
QUERIES = {
    "inbound": ["status", "q", "type", "assigned", "after", "before", "sort", "rush"],
    "outbound": ["status", "q", "after", "before", "sort"],
    "wizard_providers": ["state", "name", "page", "favorites", "at", "pick"],
    "card_added": ["setup_intent", "next"],
    "record_request": ["activity"],
    "invoice_pdf": ["invoice"],
    "home": ["status", "after"],
    "statements": ["begins_on", "ends_on"],
    "wizard_details": ["open", "edit"],
    "suggest": ["npi", "name", "state", "next"],
}


def known_forms():
    """Every form class of the product's own apps."""
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        waiting += (children := waiting.pop().__subclasses__())
        found |= {one for one in children if one.__module__.split(".")[0] in OWN}
    return {f"{one.__module__}.{one.__qualname__}" for one in found if "<locals>" not in one.__qualname__}


OWN = {config.label for config in apps.get_app_configs()} & {
    *("accounts", "audit", "billing", "correspondence", "directory", "documents", "outbox"),
    *("requests_app", "sandbox"),
}


def test_every_form_has_a_line():
    lines = {*FORMS, *ELSEWHERE}
    missing = {form for form in known_forms() if form not in lines and form.rpartition(".")[2] not in lines}
    assert {form for form in missing if not _is_of_the_admin(form)} == set()


def _is_of_the_admin(form):
    return import_string(form).__module__.startswith("django")


def encoded(fields):
    """As a browser, or a machine, sends it: bytes that are no UTF-8 too."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in fields.items())


def send(world, person, name, address, fields):
    """The answer to `fields`, and what was written; undone."""
    browser = world.browsers[person]
    with transaction.atomic(), transaction.atomic(using="sandbox"):
        with looking.writing() as written:
            if name in BY_GET or (name in QUERIES and name not in ours):
                answer = browser.get(f"{address.partition('?')[0]}?{encoded(fields)}")
            else:
                answer = browser.post(
                    address, encoded(fields), content_type="application/x-www-form-urlencoded"
                )
            content = looking.body(answer)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="sandbox")
    return answer, content.decode(errors="replace"), written


def address_of(world, name):
    row = next((row for row in ROWS if row.name == name), None)
    return addresses.at(world, row, world.ours) if row else reverse(name)


def good(world, name):
    """What a person who means it sends, so that one bad field stands among good ones."""
    row = ours.get(name)
    if row is None:
        return {}
    request = getattr(world.ours, row.of) if row.of else None
    sent = row.post(world, request) if callable(row.post) else dict(row.post)
    return {
        one: str(value) for one, value in sent.items() if not hasattr(value, "read") and not callable(value)
    }


def fields_of(world, form, name):
    """The names that this form reads, prefixed as on its page."""
    if form == "MessageForm":
        return ["body"]
    if form in MADE:
        return MADE[form]
    declared = list(import_string(form).base_fields) or {"TrayFilter": ["kind", "q", "to"]}.get(form, ["x"])
    draft = world.ours.draft.public_id
    prefix = {"wizard_details": draft, "wizard_authorization_upload": f"up-{draft}"}.get(name, "")
    prefix = f"ask-{draft}" if name == "wizard_authorization_ask" else prefix
    more = ["line_0"] if name == "release" else []
    return [f"{prefix}-{field}" if prefix else field for field in [*declared, *more]]


def complaints(world, person, name, fields):
    """What was wrong with the answers to each bad text in each field."""
    address = address_of(world, name)
    sent = good(world, name)
    for field in fields:
        for what, text in TEXTS.items():
            if field != fields[0] and what == "a million characters":
                continue  # once for each form is slow enough
            answer, content, written = send(world, person, name, address, sent | {field: text})
            if answer.status_code >= 500:
                yield f"{field}: {what}: {answer.status_code}"
            if "<script>alert(1)" in content or "onerror=alert(2)>" in content.replace("&gt;", ""):
                yield f"{field}: {what}: stands unescaped"
            if answer.status_code in (400, 404, 422) and written - KEPT:
                yield f"{field}: {what}: refused, and wrote {written}"


# Half-typed input is kept on purpose, tries are counted, a look is written down.
KEPT = {
    "requests_app_keptinput",
    "audit_activity",
    "requests_app_recordrequest",
    "requests_app_signinginvitation",
}


@pytest.mark.parametrize("form", FORMS)
def test_bad_text_in_a_form(world, form, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    name, person = FORMS[form]
    assert list(complaints(world, person, name, fields_of(world, form, name))) == []


@pytest.mark.parametrize("name", LOOSE)
def test_bad_text_in_a_field_without_a_form(world, name):
    row = ours[name]
    person = "clara" if "clara" in getattr(row, "may", ()) and "rosa" not in row.may else "rosa"
    assert list(complaints(world, person, name, LOOSE[name])) == []


@pytest.mark.parametrize("name", QUERIES)
def test_bad_text_in_an_address(world, name):
    person = "clara" if name == "inbound" else "rosa"
    address = address_of(world, name).partition("?")[0]
    for field in QUERIES[name]:
        for what, text in TEXTS.items():
            answer = world.browsers[person].get(f"{address}?{encoded({field: text})}")
            content = looking.body(answer).decode(errors="replace")
            assert answer.status_code < 500, (field, what)
            assert "<script>alert(1)" not in content, (field, what)


@pytest.mark.parametrize("public_id", ["0", "-1", str(2**63), "x", "%F0%9F%92%A9", "4820-1173-94", "a" * 300])
def test_an_id_that_is_none_is_a_missing_page(world, public_id):
    assert world.browsers["rosa"].get(f"/requests/{public_id}/").status_code == 404


@pytest.mark.parametrize("number", ["0", str(2**63), str(2**63 - 1), "99999999999999999999"])
def test_a_number_that_is_none_is_a_missing_page(world, number):
    for address in (f"/new/{number}/review/", f"/billing/cards/{number}/remove/"):
        assert world.browsers["rosa"].get(address).status_code == 404
    address = f"/inbound/{world.ours.qa.public_id}/pages/{number}/picture/"
    assert world.browsers["clara"].get(address).status_code == 404


@pytest.mark.parametrize("name", ["outbound_export", "inbound_export"])
def test_an_export_holds_no_live_formula(world, name):
    request = world.ours.qa
    for model, pk, fields in (
        (type(request.patient), request.patient_id, {"last_name": "=1+1", "first_name": "@SUM(A1)"}),
        (type(request.batch), request.batch_id, {"case_number": "+1", "comment": "-1"}),
        (type(request.custodian), request.custodian_id, {"name": '=HYPERLINK("x")'}),
        (type(request.organization), request.organization_id, {"name": "\t=1"}),
    ):
        models.QuerySet(model).filter(pk=pk).update(**fields)
    person = "clara" if name == "inbound_export" else "rosa"
    text = looking.body(world.browsers[person].get(reverse(name), {"status": "all"})).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any("1+1" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_markup_that_is_stored_is_never_live(world):
    """Names and messages of one side, on every page of the other."""
    request = world.ours.qa
    models.QuerySet(type(request.patient)).filter(pk=request.patient_id).update(last_name=MARKUP[:80])
    models.QuerySet(type(request.organization)).filter(pk=request.organization_id).update(name=MARKUP)
    models.QuerySet(RecordRequest).filter(pk=request.pk).update(incomplete_comment=MARKUP)
    world.browsers["rosa"].post(reverse("post_message", args=[request.public_id]), {"body": MARKUP})
    for person in ("rosa", "clara"):
        for address in (
            request.get_absolute_url(),
            "/",
            "/inbound/",
            "/outbound/",
            f"/inbound/{request.public_id}/qa/",
        ):
            page = looking.body(world.browsers[person].get(address)).decode()
            assert "<script>alert(1)" not in page
            assert "<img src=x" not in page
