"""What templates say often: an icon, an amount, the tone of a message. Built into every template."""

from decimal import Decimal
from functools import lru_cache

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.safestring import mark_safe
from lucide import _render_icon as draw

register = template.Library()

TONES = {"debug": "info", "info": "info", "success": "ok", "warning": "warn", "error": "bad"}
TONE_ICONS = {"info": "info", "ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name):
    """A decoration: the words beside it (or an sr-only text) carry the meaning."""
    _, _, strokes = "".join(line.strip() for line in draw(str(name), None).splitlines()).partition(">")
    drawn = f'<svg class="ico" viewBox="0 0 24 24" aria-hidden="true">{strokes}'
    return mark_safe(drawn)  # noqa: S308  (the package's own drawing)


@register.filter
def money(amount):
    """$1,234.50 from a Decimal; nothing from nothing."""
    if amount is None or amount == "":
        return ""
    amount = Decimal(amount)
    sign = "−" if amount < 0 else ""
    return f"{sign}${intcomma(f'{abs(amount):.2f}', use_l10n=False)}"


@register.filter
def tone(message):
    return TONES.get(message.level_tag, "info")


@register.filter
def tone_icon(message):
    return TONE_ICONS[tone(message)]
