"""What happened to content, for the apps that reckon with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ContentPublished:
    """Files became the newest revisions, by a load or by a second person. ``files``: (place, path) of each."""

    files: tuple[tuple[str, str], ...]
    at: datetime
