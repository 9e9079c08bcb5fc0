"""App of users and sign-in attempts."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Label ``identity``, fixed for ever."""

    name = "feidi.kernel.identity"
    label = "identity"
