"""What a schema cannot say of fact dictionaries and policies: their rules are read as the engine reads them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from feidi.engines.findings import Finding
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.language import Source, parse_dictionary, parse_policy
from feidi.kernel.content.checkers import register_checker
from feidi.kernel.content.folder import Folder, Key
from feidi.kernel.content.parsing import digest_of, parse

FACTS_FILE = "facts.yaml"
_POLICY = "policies/_each.yaml"


def register() -> None:
    """Have every fact dictionary and policy of a folder looked at before it is loaded."""
    register_checker(FACTS_FILE, check_facts)
    register_checker(_POLICY, check_policy)


def check_facts(folder: Folder, key: Key) -> Iterator[Finding]:
    """Yield what is wrong in one place's fact dictionary, read with those it inherits from."""
    _dictionary, findings = _read_dictionary(_dictionary_texts(folder, key[0]))
    yield from (each for each in findings if each.params["file"] == _file(key))


def check_policy(folder: Folder, key: Key) -> Iterator[Finding]:
    """Yield what is wrong in one policy: words no dictionary of its lineage has, rules and amounts that cannot be read."""
    yield from _read_policy(key, folder.texts[key], _dictionary_texts(folder, key[0]))


#: (place, text) of every dictionary of a lineage, from the country downwards.
_Texts = tuple[tuple[str, str], ...]


def _dictionary_texts(folder: Folder, place: str) -> _Texts:
    keys = [(each, FACTS_FILE) for each in reversed(folder.lineage(place)) if (each, FACTS_FILE) in folder.texts]
    return tuple((key[0], folder.texts[key]) for key in keys if isinstance(folder.document(key).value, dict))


# a text never changes, so neither does what is wrong with it: a whole folder is checked again in no time
@lru_cache(maxsize=64)
def _read_dictionary(texts: _Texts) -> tuple[FactDictionary, tuple[Finding, ...]]:
    dictionary, findings = parse_dictionary([_source((place, FACTS_FILE), text) for place, text in texts])
    return dictionary, tuple(findings)


@lru_cache(maxsize=512)
def _read_policy(key: Key, text: str, texts: _Texts) -> tuple[Finding, ...]:
    return parse_policy(_source(key, text), _read_dictionary(texts)[0]).findings


def _source(key: Key, text: str) -> Source:
    document = parse(key[1], text)
    return Source(key[0], _file(key), document.value, document.line_of, digest_of(text))


def _file(key: Key) -> str:
    return "/".join(key)
