"""The groups that ops are given by role, so that nobody needs all rights for a part of the work (docs/running.md).

Made, and brought back to what stands here, after each `migrate`: for rights of your own make a group of your own.
"""

from django.contrib.auth.models import Group, Permission

_PEOPLE = ["accounts.view_person", "accounts.view_member", "accounts.view_role", "accounts.view_survey"]
_ORGANIZATIONS = [
    *("accounts.view_organization", "accounts.view_invitation", "accounts.view_joinrequest"),
    *("directory.view_custodian", "directory.view_service", "directory.view_specialty"),
    *("directory.view_registryentry", "directory.view_registryimport", "directory.view_registrybadrow"),
    *("directory.view_suggestion", "correspondence.view_contacttocheck"),
]
_MONEY = [
    *("billing.view_invoice", "billing.view_quote", "billing.view_payment", "billing.view_checkpayment"),
    *("billing.view_tariff", "billing.view_difference", "billing.view_bankday"),
    "billing.view_incurredfee",
    *("billing.view_ledgertransaction", "billing.view_ledgerentry", "billing.view_bankevent"),
    *("billing.view_refund", "billing.view_dispute", "billing.view_edition"),
]
_RUNNING = [
    "outbox.view_job",
    "outbox.view_sweeprun",
    "outbox.view_sweepfailure",
    "correspondence.view_notice",
    "audit.view_activity",
]

GROUPS = {
    "Organizations": [
        *_ORGANIZATIONS,
        *_PEOPLE,
        "accounts.change_organization",
        "accounts.decide_organization",
        "audit.view_activity",
        *("directory.decide_suggestion", "directory.add_custodian", "directory.change_custodian"),
        *("directory.merge_custodian", "correspondence.change_contacttocheck"),
    ],
    "Money": [
        *_MONEY,
        "billing.add_checkpayment",
        "billing.change_payment",  # ask the bank what became of one
        "billing.decide_refund",
        "billing.add_edition",
        "billing.add_tariff",
        "billing.add_incurredfee",
        "billing.change_difference",
        "accounts.view_organization",
    ],
    "People": [*_PEOPLE, "accounts.change_person", "accounts.view_organization"],
    # Where requests stand, and nothing about the patient (requests_app/admin).
    "Requests": [
        "requests_app.view_recordrequest",
        "requests_app.end_recordrequest",
        *_RUNNING,
        *("outbox.change_job", "correspondence.change_notice"),  # give what failed another life
    ],
    # Not the requests themselves: health information is nobody's to read by the way.
    "Read only": [*_ORGANIZATIONS, *_PEOPLE, *_MONEY, *_RUNNING],
}


def make(using="default", **_signal):
    """Receives `post_migrate`, when the rights of every app of ours exist."""
    if using != "default":  # the sandbox bank's books hold no people
        return
    rights = {
        f"{one.content_type.app_label}.{one.codename}": one
        for one in Permission.objects.select_related("content_type")
    }
    for name, names in GROUPS.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set([rights[one] for one in names])
