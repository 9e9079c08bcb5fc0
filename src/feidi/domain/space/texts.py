"""Texts of space."""

from feidi.kernel.messages import Text

TEXTS: dict[str, Text] = {}
