"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class RoadshowConfig(AppConfig):
    """Label ``roadshow``, fixed for ever."""

    name = "feidi.domain.roadshow"
    label = "roadshow"

    @override
    def ready(self) -> None:
        """Register subject kinds, audited kinds, texts and events."""
        from feidi.domain.roadshow import registering  # noqa: PLC0415 - models are loaded only now

        registering.register()
