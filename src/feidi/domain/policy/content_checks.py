"""What a schema cannot say of fact dictionaries and policies: their rules are read as the engine reads them."""

from __future__ import annotations

from collections.abc import Iterator

from feidi.engines.findings import Finding
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.language import Source, parse_dictionary, parse_policy
from feidi.kernel.content.checkers import register_checker
from feidi.kernel.content.folder import Folder, Key
from feidi.kernel.content.parsing import digest_of

FACTS_FILE = "facts.yaml"
_POLICY = "policies/_each.yaml"


def register() -> None:
    """Have every fact dictionary and policy of a folder looked at before it is loaded."""
    register_checker(FACTS_FILE, check_facts)
    register_checker(_POLICY, check_policy)


def check_facts(folder: Folder, key: Key) -> Iterator[Finding]:
    """Yield what is wrong in one place's fact dictionary, read with those it inherits from."""
    _dictionary, findings = _dictionary_at(folder, key[0])
    yield from (each for each in findings if each.params["file"] == _file(key))


def check_policy(folder: Folder, key: Key) -> Iterator[Finding]:
    """Yield what is wrong in one policy: words no dictionary of its lineage has, rules and amounts that cannot be read."""
    dictionary, _findings = _dictionary_at(folder, key[0])
    yield from parse_policy(_source(folder, key), dictionary).findings


def _dictionary_at(folder: Folder, place: str) -> tuple[FactDictionary, list[Finding]]:
    keys = [(each, FACTS_FILE) for each in reversed(folder.lineage(place)) if (each, FACTS_FILE) in folder.texts]
    return parse_dictionary([_source(folder, each) for each in keys if isinstance(folder.document(each).value, dict)])


def _source(folder: Folder, key: Key) -> Source:
    document = folder.document(key)
    return Source(key[0], _file(key), document.value, document.line_of, digest_of(folder.texts[key]))


def _file(key: Key) -> str:
    return "/".join(key)
