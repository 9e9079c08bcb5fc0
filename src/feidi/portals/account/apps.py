"""App configuration."""

from django.apps import AppConfig


class AccountConfig(AppConfig):
    """Label ``portal_account``, fixed for ever."""

    name = "feidi.portals.account"
    label = "portal_account"
