"""Who walks: the officer and the verifier of the invented places, under names one can read on a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from feidi.kernel.identity.models import User
from tests.journeys.walking import Walker, walking

NAMES = {
    "officer": "张专员",
    "lead": "周主任",
    "verifier": "李核验",
    "bureau": "云溪区经科局（演示）",
    "manager": "陈经理",
}


@pytest.fixture
def people(world: Any) -> Any:
    """The world, its people named."""
    for login, name in NAMES.items():
        User.objects.filter(login=login).update(display_name=name)
        world.users[login].display_name = name
    return world


@pytest.fixture
def walker(request: pytest.FixtureRequest, browser: Any, server: str, people: Any) -> Iterator[Callable[[str], Walker]]:
    """``walker("officer")``: that person, signed in, in a browser of their own."""
    journey = request.node.originalname.removeprefix("test_").replace("_", "-")
    with ExitStack() as stack:

        def start(login: str) -> Walker:
            made = stack.enter_context(walking(browser, server, journey))
            made.sign_in(login)
            return made

        yield start
