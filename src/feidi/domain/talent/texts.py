"""Texts of talent."""

from feidi.kernel.messages import Text

TEXTS: dict[str, Text] = {}
