"""App configuration."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """Label ``calendar``, fixed for ever."""

    name = "feidi.kernel.calendar"
    label = "calendar"
