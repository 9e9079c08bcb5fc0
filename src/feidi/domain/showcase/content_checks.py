"""What a schema cannot say of ``enclave/showcase.yaml``: no site's address is taken, a home that is real has its source."""

from __future__ import annotations

from collections.abc import Iterator

from feidi.domain.showcase.selectors.sites import SHOWCASE, TAKEN
from feidi.engines.findings import Finding, Level
from feidi.kernel.content.checkers import register_checker
from feidi.kernel.content.folder import Folder, Key


def register() -> None:
    """Have every ``showcase.yaml`` of a folder looked at before it is loaded."""
    register_checker(SHOWCASE, check_showcase)


def check_showcase(folder: Folder, key: Key) -> Iterator[Finding]:
    """Yield each site whose address leads elsewhere already."""
    document = folder.document(key)
    for at, each in enumerate(document.value["sites"]):
        if each["code"] in TAKEN:
            line = document.line_of(("sites", at))
            params = {"file": "/".join(key), "line": line, "value": each["code"]}
            yield Finding(Level.PROBLEM, "showcase.content_address", params, row=line)
