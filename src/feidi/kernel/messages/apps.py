"""App configuration."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Label ``kernel_messages``, fixed for ever."""

    name = "feidi.kernel.messages"
    label = "kernel_messages"
