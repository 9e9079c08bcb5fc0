"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class SpaceConfig(AppConfig):
    """Label ``space``, fixed for ever."""

    name = "feidi.domain.space"
    label = "space"

    @override
    def ready(self) -> None:
        """Register subject kinds, audited kinds, texts and events."""
        from feidi.domain.space import registering  # noqa: PLC0415 - models are loaded only now

        registering.register()
