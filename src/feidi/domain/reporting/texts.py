"""Texts of reporting."""

from feidi.kernel.messages import Text

TEXTS: dict[str, Text] = {}
