"""A signed-in user for the pages of the frame."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from feidi.kernel.access import schedule_actor
from feidi.kernel.identity.models import User
from feidi.kernel.identity.services.users import add_user

PASSWORD = "yunxi-bridge-2026"


@pytest.fixture
def user(db: None, now: datetime) -> User:
    return add_user(
        actor=schedule_actor("test"),
        now=now,
        login="zhang.san",
        display_name="张三",
        password=PASSWORD,
        must_change=False,
    )


@pytest.fixture
def visitor(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
