"""Who gets what at which address. An address that isn't here fails the test.

A `Row` speaks of one address and method, on an object of Smith Law and Lakeside (`of` names which one).
`sees` says whose business it is; within it, those named in `may` are answered `answer`, the others 403. To anyone
else it is a page that doesn't exist. Who isn't signed in is sent to sign in.
"""

from tests.access import forms as fill
from tests.access import table_of_people
from tests.access.rows import MEMBERS, NO_ONE, SIGNED_IN, Open, Row, do, link
from tests.access.world import AHEAD, OPS

FIRM = {"rosa", "ruth", "rolf"}
PRACTICE = {"clara", "carl", "dora", "fred", "rita", "nora"}
BOTH = FIRM | PRACTICE  # a submitted request: the two sides see it

ASKERS = {"rosa", "ruth"}
READERS = ASKERS | {"clara", "carl", "dora", "fred"}
UPLOADERS = {"clara", "carl", "fred"}
REVIEWERS = {"clara", "carl", "dora"}
PRICERS = {"clara", "carl"}
LISTS = READERS | {"pat", "paul", "sam", "otto"}
PAYERS = {"rosa", "ruth", "pat", "paul", "sam", "otto", "clara", "carl", "rita"}


DRAFT = (FIRM, ASKERS, "draft")

TRACKING = [
    Row("record_request", BOTH, READERS, "qa"),
    Row("download_release", BOTH, ASKERS, "completed"),
    Row("download_earlier", BOTH, ASKERS, "reopened"),
    Row("something_missing", BOTH, ASKERS, "completed"),
    do("something_missing", BOTH, ASKERS, "completed", post={"missing": "Page 3"}),
    Row("authorization_file", BOTH, READERS, "qa"),
    Row("authorization_page", BOTH, READERS, "qa"),
    do("show_ssn", BOTH, READERS, "qa", answer=200),
    do("post_message", BOTH, READERS, "qa", post={"body": "Hello"}),
    Row("abandon_request", BOTH, ASKERS, "pending"),
    do("abandon_request", BOTH, ASKERS, "pending", post=fill.cost),
    Row("reopen_request", BOTH, ASKERS, "lapsed"),
    do("reopen_request", BOTH, ASKERS, "lapsed", post=fill.reopening),
    do("ask_again", BOTH, ASKERS, "lapsed"),
    Row("outbound", MEMBERS, LISTS),
    do("outbound", MEMBERS, LISTS, post={"q": "x"}, changes=False),
    Row("outbound_export", MEMBERS, LISTS),
    do("outbound_columns", MEMBERS, LISTS, post={"column": "status"}),
    Row("make_payment", BOTH, ASKERS, "priced"),
    do("make_payment", BOTH, ASKERS, "priced", post=fill.payment),
    Row("approve_price", BOTH, ASKERS, "priced", answer=302),
    do("approve_price", BOTH, ASKERS, "priced", post=fill.payment, changes=False),
    Row("payment_method", BOTH, ASKERS, "priced"),
    do("payment_method", BOTH, ASKERS, "priced", post={"pay_by": "check"}),
    Row("send_pay_link", BOTH, ASKERS, "priced"),
    do("send_pay_link", BOTH, ASKERS, "priced", post={"email": "accounts@example.test"}),
    Row("pay_several", MEMBERS, PAYERS),
    do("pay_several", MEMBERS, PAYERS, post={"invoice": "x"}, answer=422, changes=False),
    Row("paid_several", set(), set(), refused=SIGNED_IN - PAYERS),
    Row("payment_action", BOTH, ASKERS, "waits"),
    do("payment_cancel", BOTH, ASKERS, "waits"),
    Row("payment_status", BOTH, ASKERS, "waits", answer=302),
    Row("estimate_pdf", BOTH, ASKERS, "qa"),
    Row("invoice_pdf", BOTH, READERS, "priced"),
    Row("receipt_pdf", BOTH, ASKERS, "completed"),
    Row("refunds", MEMBERS, PAYERS),
    Row("request_refund", BOTH, ASKERS, "completed"),
    Row("refund_letter", BOTH, ASKERS, "completed"),
    do("request_refund", BOTH, ASKERS, "completed", post=fill.refund),
]

WIZARD = [
    Row("wizard_start", MEMBERS, PAYERS),
    Row("wizard_patient", MEMBERS, PAYERS),
    do("wizard_patient", MEMBERS, PAYERS, post=fill.PATIENT),
    do("wizard_patient_autosave", MEMBERS, PAYERS, post=fill.PATIENT, answer=204),
    do("wizard_patient_discard", MEMBERS, PAYERS),
    Row("wizard_resume", *DRAFT, answer=302),
    Row("wizard_patient_edit", *DRAFT),
    do("wizard_patient_edit", *DRAFT, post=fill.PATIENT),
    Row("wizard_case", *DRAFT),
    do("wizard_case", *DRAFT, post={"case_number": "7"}),
    Row("wizard_providers", *DRAFT),
    do("wizard_provider_add", *DRAFT, args={"custodian_id": fill.peachtree}),
    Row("wizard_provider_remove", *DRAFT),
    do("wizard_provider_remove", *DRAFT),
    Row("wizard_details", *DRAFT),
    do("wizard_details", *DRAFT, post=fill.details),
    do("wizard_specify", *DRAFT, post=fill.details),
    do("wizard_apply_to_all", *DRAFT, post=fill.details),
    Row("wizard_delivery", *DRAFT),
    do("wizard_delivery", *DRAFT, post={"delivery": "download", "reasons": "litigation"}),
    Row("wizard_authorization", *DRAFT),
    do("wizard_authorization_upload", *DRAFT, post=fill.authorization),
    do("wizard_authorization_ask", *DRAFT, post=fill.ask_patient),
    do("wizard_authorization_for_all", *DRAFT, changes=False),
    Row("wizard_authorization_delete", *DRAFT),
    do("wizard_authorization_delete", *DRAFT),
    Row("wizard_authorization_thumbnail", *DRAFT),
    Row("wizard_payment", *DRAFT),
    do("wizard_payment", *DRAFT, post={"pay_by": "check"}),
    Row("wizard_estimate", *DRAFT),
    do("wizard_estimate", *DRAFT, post=fill.estimate),
    Row("wizard_review", *DRAFT),
    Row("wizard_duplicates", FIRM, ASKERS, "again"),
    do("wizard_duplicate_go_on", FIRM, ASKERS, "again"),
    do("wizard_duplicate_missing", FIRM, ASKERS, "again", changes=False),  # the earlier ones cover all
    Row("wizard_submit", *DRAFT),
    do("wizard_submit", *DRAFT),
    Row("wizard_done", FIRM, ASKERS, "pending"),
    Row("wizard_delete", *DRAFT),
    do("wizard_delete", *DRAFT),
    do("wizard_autosave", *DRAFT, post={"pay_by": "check"}, answer=204),
    do("wizard_save_exit", *DRAFT, post={"pay_by": "check"}),
    do("wizard_save", *DRAFT, post={"pay_by": "check"}),
    do("wizard_back", *DRAFT, post={"pay_by": "check"}),
    do("wizard_discard", *DRAFT),
    Row("request_correct", BOTH, ASKERS, "incomplete"),
    do("request_correct", BOTH, ASKERS, "incomplete", post=fill.details),
    Row("request_correct_patient", BOTH, ASKERS, "incomplete"),
    do("request_correct_patient", BOTH, ASKERS, "incomplete", post=fill.PATIENT),
    do("request_correct_authorization", BOTH, ASKERS, "incomplete", post=fill.authorization),
    do("request_resubmit", BOTH, ASKERS, "incomplete"),
    Row("signing_resend", FIRM, ASKERS, "signing"),
    do("signing_resend", FIRM, ASKERS, "signing", post={"email": "t@example.test"}),
    Row("signing_withdraw", FIRM, ASKERS, "signing"),
    do("signing_withdraw", FIRM, ASKERS, "signing"),
]

PROCESSING = [
    Row("inbound", MEMBERS, LISTS),
    do("inbound", MEMBERS, LISTS, post={"q": "x"}, changes=False),
    Row("inbound_export", MEMBERS, LISTS),
    do("inbound_columns", MEMBERS, LISTS, post={"column": "status"}),
    Row("mark_incomplete", BOTH, REVIEWERS, "qa"),
    do("mark_incomplete", BOTH, REVIEWERS, "qa", post={"reason": "not_signed"}),
    do("assign", BOTH, READERS - FIRM, "qa", post=fill.colleague),
    do("begin_review", BOTH, UPLOADERS, "pending"),
    do("take_back", BOTH, UPLOADERS, "qa"),
    Row("upload_records", BOTH, UPLOADERS, "qa"),
    do("upload_records", BOTH, UPLOADERS, "qa", post=fill.records),
    Row("remove_file", BOTH, UPLOADERS, "qa"),
    do("remove_file", BOTH, UPLOADERS, "qa"),
    do("move_file", BOTH, UPLOADERS, "pending", post={"step": "later"}),
    Row("page_picture", BOTH, READERS - FIRM, "qa"),
    Row("page_thumbnail", BOTH, READERS - FIRM, "qa"),
    Row("qa", BOTH, REVIEWERS, "qa"),
    Row("qa_page", BOTH, REVIEWERS, "qa"),
    do("undo_verdict", BOTH, REVIEWERS, "reviewed", changes={"clara"}),
    do("clinical_review", BOTH, REVIEWERS, "qa", post={"done": "1"}, changes=False),
    do("tick_checklist", BOTH, REVIEWERS, "qa", post={"done": "1"}),
    do("approve_page", BOTH, REVIEWERS, "qa"),
    do("remove_page", BOTH, REVIEWERS, "qa"),
    do("reopen_page", BOTH, REVIEWERS, "qa"),
    do("rotate_page", BOTH, REVIEWERS, "qa"),
    Row("price", BOTH, PRICERS, "reviewed"),
    do("release", BOTH, PRICERS, "reviewed", post=fill.price),
    Row("no_records", BOTH, PRICERS, "pending"),
    # Each signs by their own name, which a row can't know: their own tests send the letters.
    do("no_records", BOTH, PRICERS, "pending", post=fill.LETTER, answer=422, changes=False),
    Row("deny", BOTH, PRICERS, "pending"),
    do("deny", BOTH, PRICERS, "pending", post=fill.LETTER, answer=422, changes=False),
    # A firm's request knows no such extension: whoever may try is told so.
    Row("extend_answer", BOTH, PRICERS, "pending", answer=302),
    do("extend_answer", BOTH, PRICERS, "pending", post={"why": "x"}, changes=False),
    do("agree_fee", BOTH, {"clara"}, "reviewed", post={"fee": "9.00"}),
]

SUGGESTED = {"name": "Hillside Clinic", "state": "FL", "phone": "(305) 555-0123"}
DIRECTORY = [
    Row("suggest", MEMBERS, PAYERS),
    do("suggest", MEMBERS, PAYERS, post=SUGGESTED),
    # Nothing of this name waits.
    do("suggestion_follow", MEMBERS, PAYERS, post=SUGGESTED, changes=False),
    # It is in the network already.
    do(
        "suggestion_invite",
        MEMBERS,
        PAYERS,
        post=lambda world, _: {"custodian": world.lakeside.pk},
        changes=False,
    ),
]

CARDS = [
    Row("cards", MEMBERS, PAYERS),
    Row("statements", MEMBERS, PAYERS),
    Row("statement_pdf", MEMBERS, PAYERS),
    Row("statement_csv", MEMBERS, PAYERS),
    Row("w9_pdf", MEMBERS, PAYERS),
    Row("card_add", MEMBERS, PAYERS),
    Row("card_added", set(), {"rosa"}, answer=302, refused=SIGNED_IN - PAYERS, query=fill.setup),
    Row("card_remove", {"ruth"}, {"rosa"}, refused=SIGNED_IN - PAYERS),
    do("card_remove", {"ruth"}, {"rosa"}, refused=SIGNED_IN - PAYERS),
    Row("card_share", {"ruth"}, {"rosa"}, refused=SIGNED_IN - PAYERS),
    do("card_share", {"ruth"}, {"rosa"}, refused=SIGNED_IN - PAYERS, post={"shared": "no"}),
]

SIGNING = [
    link("signing", open=200, unidentified=200, signed=200, revoked=200),
    link(
        "signing_birth_date",
        {"birth_date": "11/02/1978"},
        ("open", "unidentified", "signed", "revoked"),
        **dict.fromkeys(("open", "unidentified", "signed", "revoked"), 302),
    ),
    link("signing_accept", fill.signature, ("open",), open=302, unidentified=302, signed=302, revoked=302),
    link("signing_revoke", open=302, unidentified=302, signed=200, revoked=302),
    link("signing_revoke", {}, ("signed",), open=302, unidentified=302, signed=302, revoked=302),
    link("signing_copy", open=404, unidentified=302, signed=200, revoked=404),
    Open("signing_language", 302, {"language": "es"}),
    Open("sign", 302, args={"token": fill.token}),
]

# Who holds an invoice's link may pay it; without a visit by one, there is nothing, for anybody.
PAYING_BY_LINK = [
    Open("pay_link", 302, args={"token": fill.token}),
    Open("linked_invoice", 404),
    Open("linked_card", 404),
    Open("linked_pay", 404, {}),
    Open("linked_bank", 404),
    Open("linked_cancel", 404, {}),
    Open("linked_status", 404),
    Open("linked_receipt", 404),
]

EVERYBODY = [
    Open("healthz"),
    Open("check_status"),
    Open("sidebar", 302, {}),
    Open("stripe_webhook", 400, {}),
    Open("home", but=NO_ONE | dict.fromkeys(OPS, 302)),
    Open("act_for", 404, {"member": fill.member_of_rosa}, NO_ONE | {"rosa": 302}),
    Open("favorite_toggle", 302, {}, NO_ONE, changes=SIGNED_IN - set(AHEAD)),
]

ROWS = [
    *(*TRACKING, *WIZARD, *PROCESSING, *DIRECTORY, *CARDS, *SIGNING, *PAYING_BY_LINK),
    *(*EVERYBODY, *table_of_people.ROWS),
]
