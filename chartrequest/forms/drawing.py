from pathlib import Path

import django.forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property


class DrawnField(BoundField):
    """A field that knows how it is drawn; see templates/ui/field.html."""

    @property
    def input_type(self):
        return getattr(self.field.widget, "input_type", "")

    @property
    def is_choices(self):
        """A group of radios or checkboxes: a fieldset whose members carry their own labels."""
        return self.use_fieldset and self.input_type in ("radio", "checkbox")

    @property
    def is_check(self):
        """One checkbox: its label stands after it."""
        return not self.use_fieldset and self.input_type == "checkbox"

    @property
    def is_optional(self):
        says_so = getattr(
            self.form, "says_optional", True
        )  # a search form need not: nothing in it is required
        return says_so and not self.field.required and not self.is_check

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        if self.is_choices:
            attrs.pop("aria-invalid", None)  # no state of a single radio: the fieldset names the error
        return attrs


class Renderer(DjangoTemplates):
    """Draws forms by templates/ui/; widgets stay Django's own, so the admin looks as it should."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = DrawnField

    @cached_property
    def engine(self):
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [settings.BASE_DIR / "templates", Path(django.forms.__file__).parent / "templates"],
                "NAME": "forms",
                "OPTIONS": {"builtins": ["chartrequest.templatetags.ui"]},
            }
        )
