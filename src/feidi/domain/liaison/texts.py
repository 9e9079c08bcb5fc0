"""Texts of the daily work."""

from feidi.kernel.messages import Text

TEXTS: dict[str, Text] = {}
