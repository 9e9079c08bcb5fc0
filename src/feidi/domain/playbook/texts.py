"""Texts of playbook."""

from feidi.kernel.messages import Text

TEXTS: dict[str, Text] = {}
