"""Why records are asked for, why a request is sent back: the lists a person picks from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """The 21 reasons of step 3 (product 5.3)."""

    INSURANCE_CHANGE = "insurance_change", _("Change of insurance coverage")
    DISABILITY = "disability", _("Disability determination (DDS)")
    LIFE_INSURANCE = "life_insurance", _("Life insurance")
    LITIGATION = "litigation", _("Litigation")
    MOVING = "moving", _("Moving from area/ Transfer of records")
    FORMS = "forms", _("Work/camp/school forms")
    SECOND_OPINION = "second_opinion", _("Second medical opinion")
    SOCIAL_SECURITY = "social_security", _("Social security")
    TRANSFER_OF_CARE = "transfer_of_care", _("Transfer of care/ Changing doctors")
    PERSONAL_INJURY = "personal_injury", _("Personal injury")
    MALPRACTICE = "malpractice", _("Medical malpractice")
    WORKERS_COMPENSATION = "workers_compensation", _("Worker's compensation")
    RISK_MEDICARE = "risk_medicare", _("Risk adjustment/ Medicare Advantage")
    RISK_COMMERCIAL = "risk_commercial", _("Risk adjustment/ Commercial exchange")
    RISK_RADV = "risk_radv", _("Risk adjustment/ RADV")
    RISK_MEDICAID = "risk_medicaid", _("Risk adjustment/ Medicaid")
    CLAIMS_REVIEW = "claims_review", _("Claims review")
    CONTINUITY = "continuity", _("Continuity of care/ Referral")
    ERE = "ere", _("ERE")
    OTHER = "other", _("Other")
    CARE_COORDINATION = "care_coordination", _("Care Coordination")


class IncompleteReason(models.TextChoices):
    """Why a custodian sends a request back (product 1.5)."""

    NOT_SIGNED = "not_signed", _("Authorization not signed")
    EXPIRED = "expired", _("Authorization expired")
    REVOKED = "revoked", _("Authorization revoked")
    ELEMENTS_MISSING = "elements_missing", _("Authorization is missing elements")
    WRONG_PATIENT = "wrong_patient", _("Authorization is for another patient")
    DATES_MISSING = "dates_missing", _("Dates missing")
    ILLEGIBLE = "illegible", _("Authorization can't be read")
    NOT_OUR_PATIENT = "not_our_patient", _("Not our patient")
    OTHER = "other", _("Other")


class RecordType(models.TextChoices):
    MEDICAL = "medical", _("Medical")
    IMAGES = "images", _("Images")
    BILLING = "billing", _("Billing")
