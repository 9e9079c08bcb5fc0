"""Checks of the content."""

from __future__ import annotations

from feidi.kernel.content.models import ContentRevision


def has_content() -> bool:
    """Tell whether any content is published."""
    return ContentRevision.objects.exists()
