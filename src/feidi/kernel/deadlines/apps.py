"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class DeadlinesConfig(AppConfig):
    """Label ``deadlines``, fixed for ever."""

    name = "feidi.kernel.deadlines"
    label = "deadlines"

    @override
    def ready(self) -> None:
        """Register texts, the subject kind and what is audited."""
        from feidi.kernel.audit import AuditedKind, register_audited  # noqa: PLC0415 - models are ready only now
        from feidi.kernel.deadlines.access import SUBJECT  # noqa: PLC0415
        from feidi.kernel.deadlines.texts import TEXTS  # noqa: PLC0415
        from feidi.kernel.files.delegation import register_hanging  # noqa: PLC0415
        from feidi.kernel.messages import register_texts  # noqa: PLC0415

        register_texts(TEXTS)
        register_hanging(SUBJECT)
        register_audited(AuditedKind(kind="deadlines.deadline", model="deadlines.Deadline"))
