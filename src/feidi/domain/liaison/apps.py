"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class LiaisonConfig(AppConfig):
    """Label ``liaison``, fixed for ever."""

    name = "feidi.domain.liaison"
    label = "liaison"

    @override
    def ready(self) -> None:
        """Register subject kinds, audited kinds, texts and events."""
        from feidi.domain.liaison import registering  # noqa: PLC0415 - models are loaded only now

        registering.register()
