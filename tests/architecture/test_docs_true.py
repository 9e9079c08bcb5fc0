"""Documents that fail the build when what they name is gone: packages, pages, settings, commands, links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from feidi.portals.cli.main import COMMANDS
from tests.architecture.test_docs import settings_read
from tests.support.source import DOCS, ROOT, SOURCE, written_docs
from tests.support.urls import addresses

LAYERS = ("engines", "kernel", "domain", "portals")
_LINK = re.compile(r"""(?:\]\(|src=")([^)"#\s]+)""")


def packages(layer: str) -> set[str]:
    return {path.name for path in (SOURCE / layer).iterdir() if (path / "__init__.py").exists()}


def described(page: str) -> dict[str, set[str]]:
    """Return {heading: names} of the tables under "What each part is": the backticked names of their first cells."""
    section = page.partition("## What each part is")[2].partition("\n## ")[0]
    tables: dict[str, set[str]] = {}
    heading = ""
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            heading = ""
        elif not heading:
            heading = cells[0]
            tables[heading] = set()
        else:
            tables[heading] |= set(re.findall(r"`(\w+)`", cells[0]))
    return tables


def drawn(page: str) -> dict[str, set[str]]:
    """Return {layer: words} of the drawing of the building."""
    drawing = page.partition("```\n")[2].partition("\n```")[0]
    words: dict[str, set[str]] = {}
    layer = ""
    for line in drawing.splitlines():
        first, names = line[:11].strip(), line[11:].strip()
        layer = first if first[:1].isalpha() else layer
        words.setdefault(layer, set()).update(re.findall(r"[a-z_]+", re.split(r"\s{4,}", names)[0]))
    return words


def broken_links(page: Path) -> list[str]:
    """Return the relative links and pictures of a page that lead nowhere."""
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    return [link for link in links if "://" not in link and not (page.parent / link).exists()]


def pages_of(text: str) -> list[str]:
    return re.findall(r"^\| `([\w:]+)` \|", text, flags=re.MULTILINE)


def unknown(words: set[str], known: set[str]) -> list[str]:
    return sorted(words - known)


def test_the_architecture_page_describes_what_there_is_and_nothing_else() -> None:
    tables = described((DOCS / "architecture.md").read_text(encoding="utf-8"))
    for heading, names in tables.items():
        there = {name for layer in heading.split(", ") for name in packages(layer)}
        assert names == there, f"docs/architecture.md, table {heading}"
    assert {layer for heading in tables for layer in heading.split(", ")} == set(LAYERS)


def test_the_building_is_drawn_as_it_stands() -> None:
    drawing = drawn((DOCS / "architecture.md").read_text(encoding="utf-8"))
    for layer in LAYERS:
        assert drawing[layer] == packages(layer), f"docs/architecture.md, drawing of {layer}"


def test_every_page_has_its_line_and_no_line_is_left_over() -> None:
    named = pages_of((DOCS / "pages.md").read_text(encoding="utf-8"))
    there = {each.name for each in addresses()}
    assert len(named) == len(set(named))
    assert sorted(there - set(named)) == [], "write a line in docs/pages.md"
    assert unknown(set(named), there) == [], "these pages are gone"


def test_docs_name_no_setting_and_no_command_that_is_gone() -> None:
    text = written_docs()
    settings = set(re.findall(r"(?<![\w])(FEIDI_[A-Z_]+)", text)) - {"FEIDI_TEST_DB"}
    assert unknown(settings, settings_read()) == []
    commands = set(re.findall(r"(?<![\w/-])feidi ([a-z][a-z-]+)", text))
    assert unknown(commands, set(COMMANDS)) == []


@pytest.mark.parametrize(
    "page", [*ROOT.glob("*.md"), *DOCS.rglob("*.md")], ids=lambda page: str(page.relative_to(ROOT))
)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page) == []


def test_every_decision_stands_in_the_list() -> None:
    folder = DOCS / "decisions"
    records = {path.name for path in folder.glob("[0-9]*.md")}
    listed = set(re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8")))
    assert records == listed
    assert len({name[:4] for name in records}) == len(records), "a number is used once"


def test_planted_faults_are_seen(tmp_path: Path) -> None:
    planted = tmp_path / "planted.md"
    planted.write_text('[a](gone.md) <img src="gone.png"> [b](https://example.org) [c](planted.md)', encoding="utf-8")
    assert broken_links(planted) == ["gone.md", "gone.png"]
    page = "## What each part is\n\n| engines | |\n|---|---|\n| `stages` / `gone` | words |\n\n## Next\n| `no` | |\n"
    assert described(page) == {"engines": {"stages", "gone"}}
    assert drawn("```\nkernel     a b    words\n           c\n   |\n```")["kernel"] == {"a", "b", "c"}
    assert pages_of("| `a:b` | x | y |\n| `c` is | not |\n") == ["a:b"]
