"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class NotifyConfig(AppConfig):
    """Label ``notify``, fixed for ever."""

    name = "feidi.kernel.notify"
    label = "notify"

    @override
    def ready(self) -> None:
        """Register texts, the subject kind and what is audited."""
        from feidi.kernel.audit import AuditedKind, register_audited  # noqa: PLC0415 - models are ready only now
        from feidi.kernel.messages import register_texts  # noqa: PLC0415
        from feidi.kernel.notify.access import ROBOT, SUBJECT, SUBSCRIPTION  # noqa: PLC0415
        from feidi.kernel.notify.texts import TEXTS  # noqa: PLC0415
        from feidi.kernel.subjects.registry import register  # noqa: PLC0415

        register_texts(TEXTS)
        register(SUBJECT)
        register_audited(AuditedKind(SUBSCRIPTION, "notify.Subscription"))
        register_audited(AuditedKind(ROBOT, "notify.Robot", personal=frozenset({"address_enc", "secret_enc"})))
