"""manage.py repeat_quotes: reckons everything that was quoted anew, and says what comes out otherwise (product 7.2)."""

from django.core.management.base import BaseCommand, CommandError

from billing import cancellation, quoting
from billing.fees import FeeRefused
from billing.models import Quote

AGAIN = {
    Quote.Kind.ESTIMATE: quoting.again,
    Quote.Kind.PRICE: quoting.again,
    Quote.Kind.CANCELLATION: cancellation.again,
    Quote.Kind.REOPENING: cancellation.reopening_again,
}


class Command(BaseCommand):
    help = "Reckons every quote again, by its own edition or tariff; exit code 1 where one differs."

    def add_arguments(self, parser):
        parser.add_argument("--newest", type=int, help="only so many, the newest")

    def handle(self, *, newest, **options):
        quotes = Quote.objects.filter(kind__in=AGAIN).order_by("-id")
        if newest:
            quotes = quotes[:newest]
        count, wrong = 0, []
        for quote in quotes.iterator():
            count += 1
            if (why := difference(quote)) is not None:
                wrong.append(f"Quote {quote.pk} of {quote.quoted_at:%Y-%m-%d}: {why}")
        self.stdout.write(f"{count} made again, {len(wrong)} differ")
        if wrong:
            raise CommandError("\n".join(wrong))


def difference(quote):
    """What is otherwise in a price that is reckoned anew, or None."""
    try:
        repeated = AGAIN[quote.kind](quote)
    except KeyError:
        return "it was kept before quotes said all that they hang on"
    except FeeRefused as refusal:
        return str(refusal)
    if repeated.total != quote.total:
        return f"{quote.total} then, {repeated.total} now"
    return None if repeated.lines == quote.lines else "the same total of other lines"
