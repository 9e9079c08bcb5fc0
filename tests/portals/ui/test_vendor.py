"""Vendored files are the ones written down, and run on a Chromium of 2022 under the manifest storage."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

import feidi

STATIC = Path(feidi.__file__).parent / "portals" / "ui" / "static" / "ui"
VENDOR = STATIC / "vendor"
ROWS = re.findall(
    r"^\| (\S+) \| \S+ \| \S+ \| \S+ \| ([0-9a-f]{64}) \|$", (VENDOR / "VERSIONS.md").read_text(), re.MULTILINE
)


def test_every_vendored_file_is_written_down() -> None:
    there = {each.name for each in VENDOR.iterdir() if each.suffix in {".js", ".css", ".svg"}}
    assert {name for name, _digest in ROWS} == there


@pytest.mark.parametrize(("name", "digest"), ROWS)
def test_vendored_file_is_unchanged_and_free_of_source_maps(name: str, digest: str) -> None:
    content = (VENDOR / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == digest
    assert b"sourceMappingURL" not in content


@pytest.mark.parametrize("name", ["vendor/tabler.min.css", "ui.css", "components.css"])
def test_styles_use_nothing_newer_than_a_chromium_of_2022(name: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"color-mix\(|light-dark\(|oklch\(|@layer|@container|@starting-style|\n\s*&", text)


def test_first_page_is_under_450_kilobytes_compressed() -> None:
    import brotli
    import django_htmx

    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    names = ["vendor/tabler.min.css", "vendor/tabler.min.js", "vendor/icons.svg", "ui.css", "components.css", "ui.js"]
    total = sum(len(brotli.compress(each.read_bytes(), quality=9)) for each in [htmx, *(STATIC / n for n in names)])
    assert total < 450_000


def test_every_icon_that_templates_name_is_in_the_sprite() -> None:
    there = set(re.findall(r'<symbol id="([\w-]+)"', (VENDOR / "icons.svg").read_text()))
    portals = STATIC.parents[2]
    named = {
        name
        for path in portals.rglob("templates/**/*.html")
        for name in re.findall(r"""(?:icon |icon=)["']([\w-]+)["']""", path.read_text(encoding="utf-8"))
    }
    assert named <= there
