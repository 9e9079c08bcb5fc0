"""App configuration."""

from django.apps import AppConfig


class SavedViewsConfig(AppConfig):
    """Label ``saved_views``."""

    name = "feidi.kernel.saved_views"
    label = "saved_views"
