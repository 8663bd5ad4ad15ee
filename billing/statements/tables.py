"""Statements and agings as rows of a spreadsheet; the first row is the heading."""

from django.utils.translation import gettext as _

from billing.statements.reckoning import Aged, bucket_labels


def statement_rows(made):
    """Opening balance, each entry, closing balance."""
    sums = [_("Charged"), _("Paid")]
    yield [_("Date"), _("Entry"), _("Invoice"), _("Request ID"), _("Case number"), *sums, _("Balance")]
    yield [_day(made.begins_on), _("Opening balance"), *[""] * 5, made.opening]
    for one in made.entries:
        record_request = one.invoice.record_request
        said = [_day(one.on), one.label, one.invoice.number, record_request, record_request.batch.case_number]
        yield [*said, one.charged, one.paid, one.balance]
    yield [_day(made.ends_on), _("Closing balance"), *[""] * 5, made.closing]


def receivable_rows(found):
    """Each organization with what it owes, by how late, and the sums."""
    yield [_("Organization"), *bucket_labels().values(), _("Total")]
    for organization, aged in found:
        yield [organization.name, *amounts(aged)]
    yield [_("Total"), *sums(found)]


def amounts(aged):
    """What is owed, a number for each bucket, and the total."""
    return [*(getattr(aged, name) for name in Aged.BUCKETS), aged.total]


def sums(found):
    """The amounts of all organizations together."""
    rows = [amounts(aged) for _organization, aged in found] or [amounts(Aged())]
    return [sum(column) for column in zip(*rows, strict=True)]


def _day(day):
    return f"{day:%m/%d/%Y}"
