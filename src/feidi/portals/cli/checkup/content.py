"""Checks of the content."""

from __future__ import annotations

from django.apps import apps


def has_content() -> bool:
    """Tell whether any content is published."""
    return apps.get_model("content", "ContentRevision")._default_manager.exists()
