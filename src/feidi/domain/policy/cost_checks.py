"""What a schema cannot say of cost files: their figures are read as the costing engine reads them."""

from __future__ import annotations

from collections.abc import Iterator

from feidi.engines.costing import CostFile, parse_costs
from feidi.engines.findings import Finding
from feidi.kernel.content.checkers import register_checker
from feidi.kernel.content.folder import Folder, Key
from feidi.kernel.content.parsing import digest_of

_COSTS = "costs/_each.yaml"


def register() -> None:
    """Have every cost file of a folder looked at before it is loaded."""
    register_checker(_COSTS, check_costs)


def check_costs(folder: Folder, key: Key) -> Iterator[Finding]:
    """Yield each figure that cannot be used: unknown item, wrong unit, no period, no basket, no source."""
    document = folder.document(key)
    file = CostFile(key[0], key[1], document.value, document.line_of, digest_of(folder.texts[key]))
    yield from parse_costs([file])[1]
