"""App configuration."""

from django.apps import AppConfig


class TodosConfig(AppConfig):
    """Label ``todos``, fixed for ever."""

    name = "feidi.kernel.todos"
    label = "todos"
