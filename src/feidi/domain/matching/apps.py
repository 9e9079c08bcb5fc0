"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class MatchingConfig(AppConfig):
    """Label ``matching``, fixed for ever."""

    name = "feidi.domain.matching"
    label = "matching"

    @override
    def ready(self) -> None:
        """Register subject kinds, audited kinds, texts and events."""
        from feidi.domain.matching import registering  # noqa: PLC0415 - models are loaded only now

        registering.register()
