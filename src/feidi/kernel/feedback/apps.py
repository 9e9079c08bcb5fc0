"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class FeedbackConfig(AppConfig):
    """Label ``feedback``, fixed for ever."""

    name = "feidi.kernel.feedback"
    label = "feedback"

    @override
    def ready(self) -> None:
        """Register subject kinds, audited kinds, texts and events."""
        from feidi.kernel.feedback import registering  # noqa: PLC0415 - models are loaded only now

        registering.register()
