"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class TalentConfig(AppConfig):
    """Label ``talent``, fixed for ever."""

    name = "feidi.domain.talent"
    label = "talent"

    @override
    def ready(self) -> None:
        """Register subject kinds, audited kinds, texts and events."""
        from feidi.domain.talent import registering  # noqa: PLC0415 - models are loaded only now

        registering.register()
