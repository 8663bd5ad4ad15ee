"""Why records are missing from a release, and on what ground access is denied (product 1.12)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MissingReason(models.TextChoices):
    """Why a part of what was asked for does not come."""

    NOT_FOUND = "not_found", _("Not found")
    ELSEWHERE = "elsewhere", _("Kept by another provider")
    DESTROYED = "destroyed", _("Destroyed after the time it had to be kept")
    NOT_YET = "not_yet", _("Not finished yet, such as a result or a dictation")
    NOT_COVERED = "not_covered", _("Not covered by the authorization")
    WITHHELD = "withheld", _("Withheld: access to this part is denied")
    OTHER = "other", _("Other")


class Ground(models.TextChoices):
    """The grounds of 45 CFR 164.524(a), and those for which an authorization is not enough."""

    DANGER = "danger", _("It is likely to endanger somebody's life or physical safety")
    OTHER_PERSON = "other_person", _("It speaks of another person, who is likely to be harmed substantially")
    REPRESENTATIVE = (
        "representative",
        _("A representative asks, and the patient or another is likely to be harmed substantially"),
    )
    PSYCHOTHERAPY = "psychotherapy", _("Psychotherapy notes")
    LEGAL = "legal", _("Put together for a legal action or proceeding")
    INMATE = "inmate", _("An inmate's copy would endanger health, safety or custody")
    RESEARCH = "research", _("Research that includes treatment is still in progress, as the patient agreed")
    PRIVACY_ACT = "privacy_act", _("The Privacy Act allows to deny it")
    CONFIDENCE = "confidence", _("Given by somebody else under a promise of confidentiality")
    NOT_AUTHORIZED = "not_authorized", _("The authorization does not allow it")
    PART_2 = "part_2", _("Substance use disorder records, which need a consent of their own")
    OTHER_LAW = "other_law", _("Another law forbids it")


CITATIONS = {
    Ground.DANGER: "45 CFR 164.524(a)(3)(i)",
    Ground.OTHER_PERSON: "45 CFR 164.524(a)(3)(ii)",
    Ground.REPRESENTATIVE: "45 CFR 164.524(a)(3)(iii)",
    Ground.PSYCHOTHERAPY: "45 CFR 164.524(a)(1)(i)",
    Ground.LEGAL: "45 CFR 164.524(a)(1)(ii)",
    Ground.INMATE: "45 CFR 164.524(a)(2)(ii)",
    Ground.RESEARCH: "45 CFR 164.524(a)(2)(iii)",
    Ground.PRIVACY_ACT: "45 CFR 164.524(a)(2)(iv)",
    Ground.CONFIDENCE: "45 CFR 164.524(a)(2)(v)",
    Ground.NOT_AUTHORIZED: "45 CFR 164.508",
    Ground.PART_2: "42 CFR 2.31",
    Ground.OTHER_LAW: "",
}
# 45 CFR 164.524(a)(4): another licensed professional looks at these again where the patient asks.
REVIEWABLE = {Ground.DANGER, Ground.OTHER_PERSON, Ground.REPRESENTATIVE}
_GROUPS = [
    (_("The patient may have it reviewed"), REVIEWABLE),
    (
        _("Not to be reviewed"),
        {
            Ground.PSYCHOTHERAPY,
            Ground.LEGAL,
            Ground.INMATE,
            Ground.RESEARCH,
            Ground.PRIVACY_ACT,
            Ground.CONFIDENCE,
        },
    ),
    (_("An authorization is not enough"), {Ground.NOT_AUTHORIZED, Ground.PART_2, Ground.OTHER_LAW}),
]


def choices():
    """The grounds as a form offers them: grouped, each with its citation."""
    groups = [("", [("", _("Choose a ground"))])]
    for heading, members in _GROUPS:
        groups.append((heading, [(one.value, in_words(one)) for one in Ground if one in members]))
    return groups


def in_words(ground):
    """ "Psychotherapy notes (45 CFR 164.524(a)(1)(i))"."""
    ground = Ground(ground)
    citation = CITATIONS[ground]
    return f"{ground.label} ({citation})" if citation else str(ground.label)
