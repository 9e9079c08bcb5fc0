"""Texts of incubation."""

from feidi.kernel.messages import Text

TEXTS: dict[str, Text] = {}
