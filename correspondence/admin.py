from django import forms
from django.contrib import admin
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html_join

from chartrequest.admin import ReadOnly, Standing
from chartrequest.asking import Asked, open_for
from chartrequest.forms import PlainTextField
from correspondence import contacts
from correspondence.models import ContactToCheck, Notice
from outbox.models import Job


@admin.register(Notice)
class NoticeAdmin(ReadOnly):
    """Who was told what, and whether it arrived."""

    list_display = ["created_at", "event", "channel", "address", "state", "reference", "sent_at"]
    list_filter = ["state", "channel", "event", "created_at"]
    search_fields = ["=reference", "address"]
    date_hierarchy = "created_at"
    list_select_related = False
    actions = ["send_again", "came_back"]

    def has_send_again_permission(self, request):
        return request.user.has_perm("correspondence.change_notice")

    @admin.action(description="Send again what failed", permissions=["send_again"])
    def send_again(self, request, notices):
        keys = [notice.job_key for notice in notices.filter(state=Notice.State.FAILED)]
        for job in Job.objects.filter(key__in=keys, state=Job.State.DEAD):
            job.retry()
        self.message_user(request, f"{len(keys)} to be sent again.")

    @admin.action(description="It came back to our mailbox: mark as bounced", permissions=["check_contacts"])
    def came_back(self, request, notices):
        """By SMTP a bounce is a letter to the address that we send from, and whoever reads it tells us here."""
        taken = notices.filter(channel=Notice.Channel.EMAIL, state=Notice.State.DELIVERED)
        with transaction.atomic():
            came_back = list(taken.select_for_update())
            for notice in came_back:
                notice.settle(Notice.State.BOUNCED)
        self.message_user(request, f"{len(came_back)} marked as bounced.")

    def has_check_contacts_permission(self, request):
        return request.user.has_perm(Close.right)


class SettledForm(forms.Form):
    """Why a contact needs no look any more."""

    why = PlainTextField(
        label="What was done", max_length=500, widget=forms.TextInput(attrs={"class": "vTextField"})
    )


class Close(Asked):
    move, label, right, form = "close", "Mark as settled", "correspondence.change_contacttocheck", SettledForm

    def is_open(self, contact):
        return contact.closed_at is None

    def says(self, contact):
        return [contact.what_to_do] if self.is_open(contact) else ["This is closed already."]

    def do(self, contact, form, *, by):
        contact.close(by=by, **form.cleaned_data)
        return f"{contact} is closed."

    def after(self, contact):
        return reverse("admin:correspondence_contacttocheck_changelist") + "?standing=open"


@admin.register(ContactToCheck)
class ContactToCheckAdmin(ReadOnly):
    """Closes by itself when nobody has the contact any more or something arrives there, or here, with a sentence."""

    change_form_template = "admin/change_form_with_decisions.html"
    list_display = ["address", "channel", "why", "times", "failed_at", "reference", "closed_at"]
    list_filter = [Standing, "why", "channel"]
    search_fields = ["address", "=reference"]
    fields = [
        *("address", "channel", "why", "what_to_do", "who_has_it", "times", "opened_at", "failed_at"),
        *("reference", "closed_at", "closed_by", "closed_why"),
    ]
    readonly_fields = ["what_to_do", "who_has_it"]

    def __init__(self, *args):
        super().__init__(*args)
        self.decisions = [Close(self)]

    def get_urls(self):
        return [*(one.path() for one in self.decisions), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        contact = self.get_object(request, object_id)
        decisions = open_for(request, self.decisions, contact) if contact else []
        return super().change_view(request, object_id, form_url, {"decisions": decisions})

    @admin.display(description="What to do")
    def what_to_do(self, contact):
        return contact.what_to_do

    @admin.display(description="Who has it")
    def who_has_it(self, contact):
        rows = [
            (
                reverse(f"admin:{one._meta.app_label}_{one._meta.model_name}_change", args=[one.pk]),
                one._meta.verbose_name,
                one,
            )
            for one in contacts.holders(contact.channel, contact.address)
        ]
        return (
            format_html_join("", '<div><a href="{}">{}: {}</a></div>', rows)
            or "Nobody: it was typed for a request."
        )
