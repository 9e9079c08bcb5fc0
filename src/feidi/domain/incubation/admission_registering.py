"""What admission tells the kernel at start: subject kinds, audited kinds, texts."""

from feidi.domain.incubation import admission_access as access
from feidi.domain.incubation import content_checks
from feidi.domain.incubation.admission_texts import ADMISSION_TEXTS
from feidi.domain.incubation.services.reassigning import HANDLERS
from feidi.domain.parties.services.handing import register_handler
from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

APPLICATION, SEAT, ANSWER = "incubation.application", "incubation.seat", "incubation.first_answer"
AUDITED = {
    APPLICATION: "incubation.Application",
    "incubation.application_file": "incubation.ApplicationFile",
    ANSWER: "incubation.FirstAnswer",
    "incubation.review": "incubation.Review",
    SEAT: "incubation.ReviewSeat",
}
#: What an applicant said, and what was said to it: the trail keeps a keyed digest only.
PERSONAL = {
    APPLICATION: frozenset({"answers", "contact_name", "phone_masked", "missing", "feedback"}),
    ANSWER: frozenset({"data"}),
    SEAT: frozenset({"remark"}),
}
#: What opens something, and what is encrypted, is not repeated in the trail.
LEFT_OUT = {APPLICATION: frozenset({"secret_sha256", "phone_sealed", "origin_digest"})}


def register() -> None:
    """Run once, from the app's registering."""
    register_texts(ADMISSION_TEXTS)
    content_checks.register()
    for handler in HANDLERS:
        register_handler(handler)
    register_subject(
        SubjectKind(
            APPLICATION,
            "incubation.Application",
            label=str,
            visible_to=access.applications_visible_to,
            url_name="console:admissions:application_view",
        )
    )
    register_subject(
        SubjectKind(
            SEAT,
            "incubation.ReviewSeat",
            label=str,
            visible_to=access.seats_visible_to,
            url_name="console:admissions:seat_view",
        )
    )
    for kind, model in AUDITED.items():
        register_audited(
            AuditedKind(kind, model, personal=PERSONAL.get(kind, frozenset()), left_out=LEFT_OUT.get(kind, frozenset()))
        )
