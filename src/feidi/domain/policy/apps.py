"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class PolicyConfig(AppConfig):
    """Label ``policy``, fixed for ever."""

    name = "feidi.domain.policy"
    label = "policy"

    @override
    def ready(self) -> None:
        """Register subject kinds, audited kinds and texts."""
        from feidi.domain.policy import registering  # noqa: PLC0415 - models are loaded only now

        registering.register()
