from django import forms

from chartrequest.forms import DateField, MoneyField, PhoneField, PlainTextField, SsnField


class KitchenForm(forms.Form):
    """One of each field, as the screens use them."""

    name = PlainTextField(label="First name", max_length=80)
    born = DateField(label="Birth date", past_only=True)
    fee = MoneyField(label="Fee", required=False)
    phone = PhoneField(label="Phone", required=False)
    ssn = SsnField(label="SSN")
    state = forms.ChoiceField(label="State", choices=[("", "Choose"), ("GA", "Georgia")])
    comment = PlainTextField(label="Comment", multiline=True, max_length=500, required=False)
    dates = forms.ChoiceField(
        label="Dates of service",
        choices=[("all", "All"), ("after", "After"), ("between", "Between")],
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    pay = forms.ChoiceField(
        label="How to pay",
        choices=[("card", "Credit card"), ("check", "Check")],
        widget=forms.RadioSelect(attrs={"class": "choices--cards"}),
    )
    types = forms.MultipleChoiceField(
        label="Record types",
        choices=[("medical", "Medical"), ("images", "Images"), ("billing", "Billing")],
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(label="Authorization", required=False, help_text="PDF, PNG or JPEG, up to 20 MB.")
    agree = forms.BooleanField(label="I approve the estimate")
