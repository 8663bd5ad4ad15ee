"""What the shell of every page needs: the product's name, the sidebar, whether it is closed."""

from dataclasses import dataclass, field, replace
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.models import Permission
from requests_app.processing import inbox

SIDEBAR_COOKIE = "sidebar"


@dataclass
class Entry:
    """One line of the sidebar: a URL's name, its query, and the lines under it."""

    label: str
    name: str
    icon: str = ""
    query: str = ""
    children: list = field(default_factory=list)
    tally: str = ""  # the name of what is counted beside it
    needs: str = ""  # the permission without which the page says no
    is_current: bool = False
    count: str = ""

    @property
    def url(self):
        return reverse(self.name) + self.query

    def marked(self, request, counts):
        """The same entry, knowing whether the page of `request` is the one it leads to, with its count."""
        children = [child.marked(request, counts) for child in self.children]
        here = request.get_full_path() == self.url if self.query else request.path.startswith(self.url)
        if self.name == "home":
            here = request.path == self.url
        count = counts.get(self.tally)
        return replace(
            self,
            children=children,
            is_current=here and not any(child.is_current for child in children),
            count=str(count) if count else "",
        )


DASHBOARD = Entry(_("Dashboard"), "home", "house")
CHECK_STATUS = Entry(_("Check Request Status"), "check_status", "search")
INBOUND = Entry(
    _("Inbound"),
    "inbound",
    "inbox",
    children=[
        Entry(_("Incomplete"), "inbound", query="?status=incomplete", tally="incomplete"),
        Entry(_("Messages"), "inbound", query="?messages=unread", tally="messages"),
        Entry(_("Rush Requests"), "inbound", query="?rush=1", tally="rush"),
    ],
    tally="open",
    needs=Permission.VIEW_REQUESTS,
)
OUTBOUND = Entry(_("Outbound"), "outbound", "send", needs=Permission.VIEW_REQUESTS)
RECORD_REQUEST = Entry(_("Record Request"), "wizard_start", "file-plus", needs=Permission.MAKE_REQUESTS)

DEPENDENTS = Entry(_("Dependents"), "dependents", "users", needs=Permission.MAKE_REQUESTS)

# Product 4.1, 5.1 and 6.1, each with what exists so far. Patients ask by the same wizard as everybody.
PATIENT = [DASHBOARD, OUTBOUND, RECORD_REQUEST, DEPENDENTS, CHECK_STATUS]
REQUESTOR = [DASHBOARD, OUTBOUND, RECORD_REQUEST, CHECK_STATUS]
PROVIDER = [DASHBOARD, INBOUND, CHECK_STATUS]

# The menu under one's name (product 2.8-2.11).
PROFILE = Entry(_("Profile"), "my_account", "circle-user")
MY_ACCOUNT = Entry(_("My Account"), "my_account", "circle-user")
MY_ORGANIZATION = Entry(_("My Organization"), "my_organization", "building-2")
ASSIGN_PERMISSIONS = Entry(
    _("Assign Permissions"), "assign_permissions", "shield-check", needs=Permission.MANAGE_USERS
)


def site(request):
    return {
        "SITE_NAME": settings.SITE_NAME,
        "nav": SimpleLazyObject(partial(_nav, request)),
        "own_pages": SimpleLazyObject(partial(_own_pages, request)),
        "sidebar_closed": request.COOKIES.get(SIDEBAR_COOKIE) == "closed",
    }


def _nav(request):
    """The sidebar of whoever acts; empty for anybody without an organization."""
    member = getattr(request, "member", None)
    if member is None:
        return []
    organization = member.organization
    entries = PROVIDER if organization.is_provider else PATIENT if organization.is_household else REQUESTOR
    entries = [entry for entry in entries if not entry.needs or member.may(entry.needs)]
    counts = inbox.counts(member) if INBOUND in entries else {}
    return [entry.marked(request, counts) for entry in entries]


def _own_pages(request):
    """What the menu under their name leads to; a patient's household is no organization to manage."""
    member = getattr(request, "member", None)
    if member is None:
        entries = [MY_ACCOUNT]
    elif member.organization.is_household:
        entries = [PROFILE]
    elif member.organization.is_provider:
        entries = [MY_ACCOUNT, MY_ORGANIZATION, ASSIGN_PERMISSIONS]
    else:
        entries = [MY_ACCOUNT, MY_ORGANIZATION]
    return [entry.marked(request, {}) for entry in entries if not entry.needs or member.may(entry.needs)]
