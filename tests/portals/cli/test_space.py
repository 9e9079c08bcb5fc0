"""``feidi space free``: the next free slots, by the outpost's clock, for who may see them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from feidi.domain.space.models import Unit
from feidi.portals.cli.main import main
from tests.support.rooms import DAY, book, make_rooms
from tests.support.world import World

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def rooms(world: World, monkeypatch: pytest.MonkeyPatch) -> dict[str, Unit]:
    """The outpost's units; the command's clock stands at the test's moment."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    return make_rooms(world)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """``run(*words)``: status and JSON of ``feidi space free`` as the officer."""

    def command(*words: str, who: str = "officer") -> tuple[int, Any]:
        status = main(["space", "free", *words, "--as", who, "--json"])
        return status, json.loads(capsys.readouterr().out)

    return command


def test_the_first_free_hour_of_each_room_of_a_zone(world: World, rooms: dict[str, Unit], run: Run) -> None:
    book(world, rooms["HALL-W"], "08:30", "10:00")
    status, found = run("--zone", "meeting", "--from", DAY.isoformat(), "--to", DAY.isoformat())
    assert status == 0
    assert [(each["unit"], each["starts_at"]) for each in found] == [
        ("HALL-E", "2026-11-24T08:30:00+08:00"),
        ("HALL", "2026-11-24T10:00:00+08:00"),
        ("HALL-W", "2026-11-24T10:00:00+08:00"),
    ]
    assert found[0].keys() == {"unit", "uid", "name", "zone", "capacity", "needs_approval", "starts_at", "ends_at"}
    status, found = run("--zone", "meeting", "--from", "2026-11-24T19:00", "--minutes", "90", "--count", "1")
    assert [each["starts_at"] for each in found] == ["2026-11-25T08:30:00+08:00"]


def test_a_firm_finds_rooms_too_and_nothing_free_is_told(rooms: dict[str, Unit], run: Run) -> None:
    assert run("--from", DAY.isoformat(), who="tenant")[0] == 0
    assert run("--zone", "meeting", "--from", "2026-11-29", "--to", "2026-11-29") == (1, [])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--zone", "cellar"), "cli.space_zone"),
        (("--outpost", "nowhere"), "cli.space_outpost"),
        (("--from", "tomorrow"), "cli.space_moment"),
        (("--from", "2026-13-40"), "cli.space_moment"),
        (("--from", "2026-11-25", "--to", "2026-11-24T08:00"), "slots.ends_before_start"),
        (("--minutes", "0"), "slots.length_wrong"),
    ],
)
def test_bad_input_is_refused_in_words(rooms: dict[str, Unit], run: Run, words: tuple[str, ...], code: str) -> None:
    status, told = run(*words)
    assert (status, told["refused"]) == (1, code)
    assert told["text"]
    assert told["fix"]


def test_who_sees_no_rooms_is_told_so(rooms: dict[str, Unit], run: Run) -> None:
    assert run(who="rival")[1]["refused"] == "cli.space_outpost"
    assert run(who="nobody")[1]["refused"] == "cli.as_unknown"
