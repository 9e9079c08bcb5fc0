"""``space.yaml`` is looked at before it is loaded: codes that stand nowhere, parts that cannot be, areas that do not fit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from feidi.kernel.content.checking import check_folder
from feidi.kernel.messages import text_of
from tests.support.source import ROOT

CONTENT = ROOT / "jurisdictions"
FILE = "yunxi/enclave/space.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the whole content folder."""
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("{code: meeting, floor: f8", "{code: cellar, floor: f8", "space.content_zone"),
        ("{code: meeting, floor: f8", "{code: meeting, floor: f9", "space.content_floor"),
        ("hours: day, shape: talk-a", "hours: never, shape: talk-a", "space.content_hours"),
        ("hours: day, shape: talk-a", "hours: day, shape: talk-c", "space.content_shape"),
        ("hours: day, shape: talk-a", "hours: null, shape: talk-a", "space.content_no_hours"),
        ("part_of: HALL}", "part_of: HALL-E}", "space.content_part"),
        ("area_m2: 240, capacity: 24", "area_m2: 241, capacity: 24", "space.content_area"),
        ("area_m2: 1150", "area_m2: 1100", "space.content_area"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(folder: Path, before: str, after: str, code: str) -> None:
    file = folder / FILE
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    found = check_folder(folder)
    assert code in {each.code for each in found}
    for each in found:
        assert each.code.startswith("space.content_"), text_of(each)
        assert FILE in text_of(each)
        assert each.row is not None
        assert each.row > 1


def test_what_ships_fits(folder: Path) -> None:
    assert not list(check_folder(folder))
