from billing.models.agreement import CardAgreement, Ceiling
from billing.models.card import BankCustomer, Card
from billing.models.check_payment import CheckPayment
from billing.models.check_use import CheckUse
from billing.models.difference import BankDay, Difference
from billing.models.dispute import Dispute
from billing.models.edition import Edition
from billing.models.incurred_fee import IncurredFee
from billing.models.invoice import Invoice
from billing.models.ledger import LedgerEntry, LedgerTransaction
from billing.models.pay_link import PayLink
from billing.models.payment import Payment
from billing.models.quote import Quote
from billing.models.refund import Refund
from billing.models.refundable import Refundable
from billing.models.tariff import Tariff
from billing.models.webhook import BankEvent

__all__ = [
    "BankCustomer",
    "BankDay",
    "BankEvent",
    "Card",
    "CardAgreement",
    "Ceiling",
    "CheckPayment",
    "CheckUse",
    "Difference",
    "Dispute",
    "Edition",
    "IncurredFee",
    "Invoice",
    "LedgerEntry",
    "LedgerTransaction",
    "PayLink",
    "Payment",
    "Quote",
    "Refund",
    "Refundable",
    "Tariff",
]
