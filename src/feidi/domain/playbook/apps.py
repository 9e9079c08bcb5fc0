"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class PlaybookConfig(AppConfig):
    """Label ``playbook``, fixed for ever."""

    name = "feidi.domain.playbook"
    label = "playbook"

    @override
    def ready(self) -> None:
        """Register subject kinds, audited kinds, texts and events."""
        from feidi.domain.playbook import registering  # noqa: PLC0415 - models are loaded only now

        registering.register()
