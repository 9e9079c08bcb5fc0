"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class IncubationConfig(AppConfig):
    """Label ``incubation``, fixed for ever."""

    name = "feidi.domain.incubation"
    label = "incubation"

    @override
    def ready(self) -> None:
        """Register subject kinds, audited kinds, texts and events."""
        from feidi.domain.incubation import registering  # noqa: PLC0415 - models are loaded only now

        registering.register()
