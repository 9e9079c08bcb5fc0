"""The playbooks of a folder, read and looked at by the same schema as published content."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.playbooks import lint, located, read_playbook
from feidi.kernel.content import schema as content_schema
from feidi.kernel.content.schema import Surroundings, check_value
from feidi.kernel.content.yaml_reader import Document, read_yaml, spelled

#: Where a place keeps its playbooks.
INSIDE: Final = "enclave/playbooks"
_SCHEMA: Final = Path(content_schema.__file__).parent / "schemas" / INSIDE / "_each.yaml"


def playbooks_of(path: Path) -> list[Path]:
    """Return the playbooks of a folder of places, of one place, or (neither) every YAML file of the folder itself."""
    inside = sorted(path.glob(f"**/{INSIDE}/*.yaml"))
    return inside or sorted(path.glob("*.yaml"))


def findings_of(file: Path, name: str) -> list[Finding]:
    """Return all that is wrong with one file; ``name`` is what it is called in the answer."""
    try:
        document = read_yaml(file.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return [_named(name, Finding(Level.FATAL, "playbooks.not_utf8", {"why": str(error)}, row=1))]
    found = [*document.findings, *_by_schema(document)]
    if not found:
        found += lint(read_playbook(document.value, document.line_of))
    return [_named(name, each) for each in found]


@cache
def _schema() -> Any:
    return read_yaml(_SCHEMA.read_text(encoding="utf-8")).value


def _by_schema(document: Document) -> Iterator[Finding]:
    if document.value is None:
        return
    around = Surroundings(root=document.value, define=_schema()["define"], other_file=lambda _path: None)
    for remark in check_value(document.value, _schema()["root"], (), around):
        line = document.line_of(remark.path)
        yield Finding(Level.PROBLEM, remark.code, remark.params, row=line, column=spelled(remark.path) or None)


def _named(name: str, finding: Finding) -> Finding:
    finding = located(finding, name)
    params: dict[str, Scalar] = {**finding.params, "file": name}
    return Finding(finding.level, finding.code, params, finding.row, finding.column)
