"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class PartiesConfig(AppConfig):
    """Label ``parties``, fixed for ever."""

    name = "feidi.domain.parties"
    label = "parties"

    @override
    def ready(self) -> None:
        """Register grants, subject kinds, audited kinds and texts."""
        from feidi.domain.parties import registering  # noqa: PLC0415 - models are loaded only now

        registering.register()
