"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class EvidenceConfig(AppConfig):
    """Label ``evidence``, fixed for ever."""

    name = "feidi.kernel.evidence"
    label = "evidence"

    @override
    def ready(self) -> None:
        """Register texts, subject kinds and what is audited."""
        from feidi.kernel.audit import AuditedKind, register_audited  # noqa: PLC0415 - models are ready only now
        from feidi.kernel.events import declare  # noqa: PLC0415
        from feidi.kernel.evidence.access import ITEM, REQUIREMENT  # noqa: PLC0415
        from feidi.kernel.evidence.events import EvidenceAccepted  # noqa: PLC0415
        from feidi.kernel.evidence.texts import TEXTS  # noqa: PLC0415
        from feidi.kernel.files.delegation import register_hanging  # noqa: PLC0415
        from feidi.kernel.messages import register_texts  # noqa: PLC0415

        register_texts(TEXTS)
        declare(EvidenceAccepted)
        for kind in (ITEM, REQUIREMENT):
            register_hanging(kind)
            # the details of a visit name who was there
            personal = frozenset({"details"}) if kind is ITEM else frozenset()
            register_audited(AuditedKind(kind=kind.kind, model=kind.model, personal=personal))
