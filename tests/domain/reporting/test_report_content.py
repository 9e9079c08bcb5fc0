"""``enclave/reports.yaml``: what it names must exist; what does not is told with its line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feidi.kernel.content.checking import check
from feidi.kernel.content.folder import Folder, read_folder

KEY = ("cn", "enclave/reports.yaml")


@pytest.fixture(scope="module")
def folder() -> Folder:
    """The content that ships, without what does not matter here."""
    whole = read_folder(None)
    kept = {key: text for key, text in whole.texts.items() if key[0] == "cn" and key[1] in {"place.yaml", KEY[1]}}
    return replace(whole, texts=kept)


def findings(folder: Folder, old: str, new: str) -> list[tuple[str, int | None]]:
    text = folder.texts[KEY]
    assert old in text
    changed = replace(folder, texts={**folder.texts, KEY: text.replace(old, new, 1)})
    return [(each.code, each.row) for each in check(changed)]


def line_of(folder: Folder, words: str) -> int:
    return next(at for at, line in enumerate(folder.texts[KEY].splitlines(), start=1) if words in line)


def test_what_ships_has_no_fault(folder: Folder) -> None:
    assert check(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("现有在谈项目{talking}。", "现有在谈项目{talkin}。", "reports.content_place", "{talkin}"),
        ("核实落地{K14_year}；", "核实落地{K99_year}；", "reports.content_place", "{K99_year}"),
        ("本周新增线索{K01_term}", "本周新增线索{K01_term", "reports.content_brace", "本周新增线索"),
        ("招商周报（{span}）", "招商周报（{when}）", "reports.content_place", "招商周报"),
        ("figures: [K01, K08, K14, K02", "figures: [K99, K08, K14, K02", "reports.content_figure", "figures: [K99"),
        ("due_day: 5", "due_day: 9", "reports.content_day", "due_day: 9"),
    ],
)
def test_what_does_not_exist_is_told_with_its_line(folder: Folder, old: str, new: str, code: str, at: str) -> None:
    found = findings(folder, old, new)
    changed = replace(folder, texts={**folder.texts, KEY: folder.texts[KEY].replace(old, new, 1)})
    assert found == [(code, line_of(changed, at))]


def test_a_list_says_its_columns_and_a_section_says_something(folder: Folder) -> None:
    bare = 'list: leads, columns: ["#", name, sponsor, industry, owner, progress]'
    assert [code for code, _line in findings(folder, bare, "list: leads, columns: []")] == ["reports.content_columns"]
    silent = "words: coordination, figures"
    assert [code for code, _line in findings(folder, silent, 'words: "", figures')] == ["reports.content_empty"]
