"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class ShowcaseConfig(AppConfig):
    """Label ``showcase``, fixed for ever."""

    name = "feidi.domain.showcase"
    label = "showcase"

    @override
    def ready(self) -> None:
        """Register subject kinds, audited kinds, texts and events."""
        from feidi.domain.showcase import registering  # noqa: PLC0415 - models are loaded only now

        registering.register()
