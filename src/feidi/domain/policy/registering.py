"""What policy tells the kernel at start: subject kinds, audited kinds, texts, listeners."""

from feidi.domain.policy import access, content_checks, cost_checks, subscribers
from feidi.domain.policy.selectors import persons
from feidi.domain.policy.texts import TEXTS
from feidi.kernel.audit import AuditedKind, register_audited, speaks_of_a_person
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind, is_personal
from feidi.kernel.subjects import register as register_subject

CHECKUP = "policy.checkup"
CLAIM = "policy.claim"
STAMP = "policy.clause_verification"
#: Whose, under which number, what was asked for and paid, what was noted.
CLAIM_OF_A_PERSON = frozenset(
    {"masked", "acceptance_number", "applied_fen", "approved_fen", "paid_fen", "note", "void_reason"}
)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_texts(TEXTS)
    register_subject(SubjectKind(CHECKUP, "policy.Checkup", label=str, visible_to=access.checkups_visible_to))
    register_subject(
        SubjectKind(
            CLAIM,
            "policy.PolicyClaim",
            label=str,
            visible_to=access.claims_visible_to,
            url_name="console:policy_claims:claim_view",
        )
    )
    register_audited(
        # the four long columns are covered by their digest
        AuditedKind(
            CHECKUP,
            "policy.Checkup",
            left_out=frozenset({"facts", "files", "results", "summary"}),
            about_a_person=speaks_of_a_person,
            personal_of_such=frozenset({"subject_label", "content_hash"}),
        )
    )
    # who holds the account is a person; whose claim it is stands there by number, or masked
    register_audited(
        AuditedKind(
            CLAIM,
            "policy.PolicyClaim",
            personal=frozenset({"account_holder"}),
            about_a_person=lambda claim: claim.organization_id is None or is_personal(claim.about_kind),
            personal_of_such=CLAIM_OF_A_PERSON,
        )
    )
    register_audited(AuditedKind(STAMP, "policy.ClauseVerification"))
    content_checks.register()
    cost_checks.register()
    persons.register()
    subscribers.register()
