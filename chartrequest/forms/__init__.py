"""How forms are drawn, and the fields whose rules every app shares (trust.md, "Bad input")."""

from chartrequest.forms.dates import DateField
from chartrequest.forms.drawing import Renderer
from chartrequest.forms.identity import NpiField, PhoneField, SsnField
from chartrequest.forms.mail import EmailField
from chartrequest.forms.money import MoneyField
from chartrequest.forms.text import PlainTextField

__all__ = [
    "DateField",
    "EmailField",
    "MoneyField",
    "NpiField",
    "PhoneField",
    "PlainTextField",
    "Renderer",
    "SsnField",
]
