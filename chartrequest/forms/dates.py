import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EARLIEST = date(1900, 1, 1)
YEARS_AHEAD = 10
# [0-9], since \d would take digits of other scripts.
_TYPED = re.compile(r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4})")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}")


class DateField(forms.DateField):
    """A day typed as MM/DD/YYYY (or 2024-01-31), from 1900 on; `past_only` refuses tomorrow and later."""

    widget = forms.TextInput
    default_error_messages = {
        "required": _("Fill in the date as MM/DD/YYYY."),
        "invalid": _("%(typed)s is not a date. Use MM/DD/YYYY."),
        "short_year": _("%(typed)s has a year of two digits. Use MM/DD/YYYY."),
        "too_early": _("%(typed)s is too long ago. Use a date from 01/01/1900 on."),
        "too_late": _("%(typed)s is too far ahead."),
        "future": _("%(typed)s is in the future."),
    }

    def __init__(self, *, past_only=False, **kwargs):
        self.past_only = past_only
        kwargs.setdefault("help_text", _("MM/DD/YYYY"))
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        return {"class": "w-date num", "autocomplete": "off"}

    def prepare_value(self, value):
        return f"{value:%m/%d/%Y}" if isinstance(value, date) else value

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "") != (data or "").strip()

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return super().to_python(value)
        typed = str(value).strip()
        if not typed:
            return None
        return self._within_bounds(self._read(typed), typed)

    def _read(self, typed):
        match = _TYPED.fullmatch(typed) or _ISO.fullmatch(typed)
        if match is None:
            self._refuse("short_year" if _SHORT_YEAR.fullmatch(typed) else "invalid", typed)
        try:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            self._refuse("invalid", typed)

    def _within_bounds(self, day, typed):
        today = timezone.localdate()
        if day < EARLIEST:
            self._refuse("too_early", typed)
        if self.past_only and day > today:
            self._refuse("future", typed)
        if day.year > today.year + YEARS_AHEAD:
            self._refuse("too_late", typed)
        return day

    def _refuse(self, code, typed):
        shown = "".join(character for character in typed[:40] if character.isprintable())
        raise ValidationError(self.error_messages[code], code=code, params={"typed": shown})
