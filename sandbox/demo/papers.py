"""Papers of the demo: an authorization and some visits, laid out by the product's own renderer."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.render import pdf_from_template

VISITS = [
    ("Annual examination", "No complaints. Lungs clear, heart regular. Vaccinations up to date."),
    (
        "Follow-up of hypertension",
        "Blood pressure 132/84 on lisinopril 10 mg daily. Continue; check again in three months.",
    ),
    (
        "Laboratory results",
        "Hemoglobin 14.1 g/dL, creatinine 0.9 mg/dL, LDL 118 mg/dL. All discussed by phone.",
    ),
    (
        "Knee pain after a fall",
        "Swelling of the left knee, full range of motion. X-ray without fracture. Rest, ice, ibuprofen.",
    ),
    (
        "Physical therapy report",
        "Six sessions attended. Pain 2 of 10, stairs without help. Discharged with home exercises.",
    ),
    ("Referral letter", "Please see this patient for persistent knee pain; imaging is enclosed."),
]


def authorization(patient, custodian, requestor):
    page = {"patient": patient, "custodian": custodian, "requestor": requestor, "signed_on": date.today()}
    return _file("authorization.pdf", "sandbox/demo/authorization.html", page)


def visits(patient, custodian, count):
    """A PDF of `count` visits, a page each."""
    first = date.today() - timedelta(days=700)
    notes = [
        {"title": title, "text": text, "on": first + timedelta(days=37 * number)}
        for number, (title, text) in enumerate((VISITS * count)[:count])
    ]
    page = {"patient": patient, "custodian": custodian, "notes": notes}
    return _file("visits.pdf", "sandbox/demo/visits.html", page)


def _file(name, template, context):
    return SimpleUploadedFile(name, pdf_from_template(template, context), content_type="application/pdf")
