"""What a schema cannot say of a playbook: the same lint that the command runs, before anything is published."""

from __future__ import annotations

from collections.abc import Iterator

from feidi.domain.playbook.selectors.playbooks import FOLDER
from feidi.engines.findings import Finding, Level
from feidi.engines.playbooks import lint, located, read_playbook
from feidi.kernel.content.checkers import register_checker
from feidi.kernel.content.folder import Folder, Key, at


def register() -> None:
    """Have every playbook of a folder looked at before it is loaded."""
    register_checker(f"{FOLDER}/_each.yaml", check_playbook)


def check_playbook(folder: Folder, key: Key) -> Iterator[Finding]:
    """Yield what is wrong in one playbook, with its line."""
    document = folder.document(key)
    found = lint(read_playbook(document.value, document.line_of))
    yield from (at(key, located(each, "/".join(key))) for each in found if each.level is not Level.NOTE)
