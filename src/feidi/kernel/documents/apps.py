"""App configuration."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Label ``documents``, fixed for ever."""

    name = "feidi.kernel.documents"
    label = "documents"
