"""A database that others hold too long: a page that says so, and nothing half-written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from django.test import Client

from feidi.kernel.identity.models import User
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.portals.ui.refusing_urls")]


@contextmanager
def held() -> Iterator[None]:
    """Hold what is to be written, from another connection."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=50")
        other = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        other = psycopg.connect(**connection.get_connection_params() | {"autocommit": False})
        other.execute("SELECT 1 FROM identity_user WHERE login = 'held' FOR UPDATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


def test_who_waited_too_long_is_told_to_try_again_and_nothing_is_written() -> None:
    user = User.objects.create(login="held", display_name="原样", created_at=NOW)
    client = Client()
    client.force_login(user)
    with held():
        busy = client.post("/writing")
    user.refresh_from_db()
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    assert "别人正在写入" in busy.content.decode()
    assert user.display_name == "原样"
    assert client.post("/writing").status_code == 200
    user.refresh_from_db()
    assert user.display_name == "改了"
