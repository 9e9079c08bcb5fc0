"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class ReportingConfig(AppConfig):
    """Label ``reporting``, fixed for ever."""

    name = "feidi.domain.reporting"
    label = "reporting"

    @override
    def ready(self) -> None:
        """Register subject kinds, audited kinds, texts and events."""
        from feidi.domain.reporting import registering  # noqa: PLC0415 - models are loaded only now

        registering.register()
