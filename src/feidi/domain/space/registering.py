"""What space tells the kernel at start: subject kinds, audited kinds, texts."""

from feidi.domain.space import access
from feidi.domain.space.texts import TEXTS
from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

HEAD_LEASE = "space.head_lease"


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_texts(TEXTS)
    register_subject(
        SubjectKind(
            HEAD_LEASE,
            "space.HeadLease",
            label=str,
            visible_to=access.head_leases_visible_to,
            url_name="console:leases:lease_view",
        )
    )
    register_audited(AuditedKind(HEAD_LEASE, "space.HeadLease"))
