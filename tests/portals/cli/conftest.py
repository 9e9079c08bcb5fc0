"""Content that the commands' tests need."""

from __future__ import annotations

from datetime import datetime

import pytest

from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.content.publishing import load_folder


@pytest.fixture
def cn_content(db: None, now: datetime) -> None:
    """The national content: the roles are there."""
    load_folder(actor=Actor(kind=ActorKind.COMMAND, label="test"), now=now, places=["cn"])
