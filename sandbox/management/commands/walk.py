from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from audit.models import Activity, MoveRefused
from billing.fees import FeeRefused
from directory.models import Custodian
from documents.intake import FileRefused
from outbox.queue import run_due
from requests_app.models import State
from requests_app.processing import uploads
from requests_app.reasons import IncompleteReason
from requests_app.tracking.paying.papers import invoice_paper
from sandbox.demo import driving, papers, people


class Command(BaseCommand):
    help = "The inside of `walkthrough`: works on whatever database the settings name, so run it on a scratch one."

    def add_arguments(self, parser):
        parser.add_argument("records", nargs="+")
        parser.add_argument("--state", required=True)
        parser.add_argument("--out", required=True)
        parser.add_argument("--own-cost", required=True)

    def handle(self, *args, **options):
        members = people.load()
        katie, remi = members["katie"], members["remi"]
        custodian = Custodian.objects.get(name="Lakeside Family Medicine")
        custodian.state, custodian.agreed_copy_fee = options["state"], _amount(options["own_cost"])
        custodian.provider_fee = Decimal("0.00")
        custodian.save()
        try:
            record_request = self._walk(katie, remi, custodian, [Path(name) for name in options["records"]])
        except (FileRefused, MoveRefused, FeeRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        self._leave(record_request, Path(options["out"]))

    def _walk(self, katie, remi, custodian, records):
        card = driving.save_card(katie)
        batch = driving.begin(
            katie,
            first_name="Thomas",
            last_name="Wright",
            birth_date=date(1978, 11, 2),
            pay_by="card",
            card=card,
        )
        one = driving.ask(batch, custodian, by=katie)
        self._say(one, "is written")
        authorization = papers.authorization(one.patient, custodian, katie.organization)
        driving.authorize(one, authorization, by=katie)
        estimate = driving.submit(batch, by=katie)
        self._say(one, f"is submitted; estimate ${estimate}")
        one.mark_incomplete(by=remi, reason=IncompleteReason.ILLEGIBLE)
        self._say(one, "is sent back: the authorization can't be read")
        driving.authorize(one, papers.authorization(one.patient, custodian, katie.organization), by=katie)
        one.resubmit(by=katie)
        self._say(one, "is corrected and submitted again")
        for path in records:
            _upload(one, path, remi)
        one.begin_review(by=remi)
        self._say(one, "records are uploaded", pages=one.pages.kept().count())
        driving.approve_pages(one, by=remi)
        invoice = driving.price(one, by=remi)
        self._say(one, f"every page is approved; schedule {invoice.quote.schedule_code}", invoice)
        if invoice.total:
            payment = driving.pay(invoice, card, by=katie)
            self._say(one, f"{payment.get_state_display().lower()} by {card}", invoice)
        run_due()
        self._say(one, "is delivered", invoice)
        if one.state != State.COMPLETED:
            raise CommandError(f"The request stopped in {one.get_state_display()}.")
        return one

    def _say(self, record_request, what, invoice=None, *, pages=None):
        record_request.refresh_from_db()
        last = Activity.objects.of(record_request).exclude(to_state="").last()
        pages = record_request.page_count if pages is None else pages
        price = f"${invoice.total}" if invoice else "–"
        who = f"{last.actor_name}, {last.organization_name}"
        self.stdout.write(
            f"{record_request.get_state_display():<10}  {who:<38}  {pages:>4} pages  {price:>9}  {what}"
        )

    def _leave(self, record_request, out):
        _copy(record_request.release.document, out / "release.pdf")
        _copy(record_request.authorization.document, out / "authorization.pdf")
        (out / "invoice.pdf").write_bytes(invoice_paper(record_request))
        self.stdout.write(f"Left in {out}: release.pdf, invoice.pdf, authorization.pdf")


def _upload(record_request, path, by):
    with path.open("rb") as handle:
        try:
            uploads.add(record_request, File(handle, name=path.name), by=by)
        except FileRefused as refusal:
            raise FileRefused(f"{path.name}: {refusal}") from refusal


def _copy(document, path):
    with document.open() as stream, path.open("wb") as out:
        while piece := stream.read(1 << 20):
            out.write(piece)


def _amount(text):
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise CommandError(f"“{text}” is not an amount of money, like 15.00.") from None
    if not amount.is_finite() or amount < 0 or amount != amount.quantize(Decimal("0.01")):
        raise CommandError(f"“{text}” is not an amount of money, like 15.00.")
    return amount
