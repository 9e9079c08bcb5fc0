"""App configuration."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Label ``files``, fixed for ever."""

    name = "feidi.kernel.files"
    label = "files"
