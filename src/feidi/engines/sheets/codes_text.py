"""Placeholder until the text readers follow."""
from collections.abc import Mapping
TEXT_CODES: Mapping[str, tuple[str, str]] = {}
TEXT_CODES_EN: Mapping[str, tuple[str, str]] = {}
