"""App configuration."""

from django.apps import AppConfig


class PipelineConfig(AppConfig):
    """Label ``pipeline``, fixed for ever."""

    name = "feidi.domain.pipeline"
    label = "pipeline"
