"""App configuration."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Label ``evidence``, fixed for ever."""

    name = "feidi.kernel.evidence"
    label = "evidence"
