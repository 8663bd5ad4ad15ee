"""What this app's forms are called when somebody was signed out while sending one (product 2.12)."""

from django.utils.translation import gettext_lazy as _

from accounts.idle.naming import name_forms

name_forms(
    post_message=_("Your message"),
    mark_incomplete=_("Mark as incomplete"),
    upload_records=_("Upload records"),
    remove_page=_("Remove a page"),
    price=_("Price"),
    release=_("Approve release"),
    agree_fee=_("Agreed fee"),
    abandon_request=_("Abandon Request"),
    request_refund=_("Request a Refund"),
    request_correct=_("Correct the request"),
    request_correct_patient=_("Correct the patient"),
    wizard_patient=_("Record Request: the patient"),
    wizard_patient_edit=_("Record Request: the patient"),
    wizard_case=_("Record Request: the case"),
    wizard_details=_("Record Request: the details"),
    wizard_specify=_("Record Request: the details"),
    wizard_delivery=_("Record Request: the delivery"),
    wizard_payment=_("Record Request: the payment"),
    payment_method=_("Payment method"),
    send_pay_link=_("Send the link to pay"),
    approve_price=_("Approve the price"),
    wizard_submit=_("Submit Request"),
    checklist=_("Review checklist"),
    checklist_rename=_("Review checklist"),
    clinical_reviewer=_("Clinical Reviewer"),
    walk_in_add=_("Frequent walk-in requestors"),
    walk_in_edit=_("Frequent walk-in requestors"),
    place_edit=_("Facility details"),
    place_delivery=_("Delivery and rush"),
    place_services=_("Services and fees"),
    place_form_add=_("Form types offered"),
    place_form_edit=_("Form types offered"),
    physician_add=_("Designated physicians"),
    physician_edit=_("Designated physicians"),
    notification_settings=_("Status notifications"),
)
