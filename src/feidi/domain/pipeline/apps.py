"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class PipelineConfig(AppConfig):
    """Label ``pipeline``, fixed for ever."""

    name = "feidi.domain.pipeline"
    label = "pipeline"

    @override
    def ready(self) -> None:
        """Register subject kinds, audited kinds, texts and events."""
        from feidi.domain.pipeline import registering  # noqa: PLC0415 - models are loaded only now

        registering.register()
