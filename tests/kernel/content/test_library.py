"""What is published, by place, folder and day."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from feidi.kernel.access import schedule_actor
from feidi.kernel.content.library import library
from feidi.kernel.content.publishing import load_folder

pytestmark = pytest.mark.django_db

PLACE = """code: somewhere
kind: country
division: "990000"
name: {zh: 某地, en: Somewhere}
short_name: {zh: 某地, en: Somewhere}
parent: null
demonstration: true
source: 演示
"""


def _policy(day: str, title: str) -> str:
    return (
        f"valid_from: {day}\nsource: 演示\n"
        f"document: {{title: {title}, number: null, issued: null, url: null, grade: D}}\nclauses: [{{代码: X}}]\n"
    )


def _write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        file = root / "somewhere" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def test_each_gives_the_files_of_a_folder_that_hold_on_a_day(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feidi.kernel.content.checkers._checkers", {})
    cases = "source: 演示\ncases: [{clause: X}]\n"
    old = {"policies/b.yaml": _policy("2026-01-01", "旧"), "policies/a.yaml": _policy("2026-06-01", "夏")}
    _write(tmp_path, {"place.yaml": PLACE, "policies/a.cases.yaml": cases, **old})
    load_folder(actor=schedule_actor("content"), now=now, path=tmp_path)
    _write(tmp_path, {"policies/b.yaml": _policy("2027-01-01", "新")})
    load_folder(actor=schedule_actor("content"), now=now, path=tmp_path)

    def titles(day: date | None) -> list[str]:
        return [each.data["document"]["title"] for each in library().each("somewhere", "policies", on=day)]

    assert titles(date(2026, 3, 1)) == ["旧"]
    assert titles(date(2026, 11, 23)) == ["夏", "旧"]
    assert titles(date(2027, 1, 1)) == ["夏", "新"]
    assert titles(None) == ["夏", "新"]
    assert [each.path for each in library().each("somewhere", "policies", on=None, ending=".cases.yaml")] == [
        "policies/a.cases.yaml"
    ]
    assert library().each("elsewhere", "policies", on=None) == ()
