"""``enclave/assessments.yaml``: published sheets; a figure, number or part that does not exist is told with its line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feidi.kernel.content.checking import check
from feidi.kernel.content.folder import Folder, read_folder

KEY = ("cn", "enclave/assessments.yaml")


@pytest.fixture(scope="module")
def folder() -> Folder:
    """The content that ships, without what does not matter here."""
    whole = read_folder(None)
    kept = {key: text for key, text in whole.texts.items() if key[0] == "cn" and key[1] in {"place.yaml", KEY[1]}}
    return replace(whole, texts=kept)


def test_what_ships_has_no_fault(folder: Folder) -> None:
    assert check(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("figure: K02, take: numerator", "figure: K99, take: numerator", "reports.content_figure"),
        ('points: "35"', 'points: "35%"', "reports.content_number"),
        ('share: "7/10"', 'share: "7/0"', "reports.content_number"),
        ('least: {task: "4/5", money: "1/5"}', 'least: {task: "4/5", cash: "1/5"}', "reports.content_step"),
        ('most: "12"', 'most: "-12"', "reports.content_number"),
    ],
)
def test_what_does_not_exist_is_told_with_its_line(folder: Folder, old: str, new: str, code: str) -> None:
    text = folder.texts[KEY]
    assert old in text
    line = next(at for at, each in enumerate(text.splitlines(), start=1) if old in each)
    changed = replace(folder, texts={**folder.texts, KEY: text.replace(old, new, 1)})
    assert [(each.code, each.row) for each in check(changed)] == [(code, line)]
