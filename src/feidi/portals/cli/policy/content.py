"""The fact dictionaries and policies of a folder: places with their parents, or one folder that holds both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.rules.clauses import ClauseSet
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.language import ParsedPolicy, Source, gather, parse_dictionary, parse_policy
from feidi.kernel.content.yaml_reader import Document, read_yaml

_FACTS, _PLACE, _POLICIES, _CASES = "facts.yaml", "place.yaml", "policies", ".cases.yaml"


@dataclass(frozen=True, slots=True)
class Content:
    """A folder as read: ``clauses`` and ``dictionary`` of all places together, and everything that is wrong."""

    root: Path
    dictionary: FactDictionary
    policies: tuple[ParsedPolicy, ...]
    clauses: ClauseSet
    findings: tuple[Finding, ...]
    files: int = 0

    @property
    def fatal(self) -> bool:
        """Whether it cannot be used at all."""
        return any(each.level is Level.FATAL for each in self.findings)


def unusable(code: str, **params: Scalar) -> Finding:
    """Return a finding that stops the work."""
    return Finding(Level.FATAL, code, params)


def read_content(path: Path) -> Content:
    """Read a folder of places (``<place>/policies/*.yaml``), a single place of it, or a folder with facts and policies."""
    if not path.is_dir():
        return _nothing(path, unusable("rules.no_folder", path=str(path)))
    if (path / _PLACE).is_file():
        return _read(path.parent, _places(path.parent), only=path.name)
    if (path / _FACTS).is_file():
        return _read(path, {path.name: path}, only=path.name)
    return _read(path, _places(path), only=None)


def _nothing(path: Path, finding: Finding) -> Content:
    return Content(path, FactDictionary({}, {}), (), ClauseSet({}), (finding,))


def _places(root: Path) -> dict[str, Path]:
    return {each.name: each for each in sorted(root.iterdir()) if each.is_dir() and not each.name.startswith(".")}


@dataclass(slots=True)
class _Reading:
    """What is read so far."""

    root: Path
    findings: list[Finding] = field(default_factory=list)
    origin: dict[str, str] = field(default_factory=dict)

    def document(self, file: Path) -> tuple[Document, Source] | None:
        """Return a file's value; what keeps it from being read is noted."""
        name = file.relative_to(self.root).as_posix()
        try:
            raw = file.read_bytes()
            text = raw.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.note(name, 1, Finding(Level.FATAL, "content.not_utf8", {"why": str(error)}))
            return None
        found = read_yaml(text)
        for each in found.findings:
            self.note(name, each.row or 1, each)
        place = file.relative_to(self.root).parts[0] if len(file.relative_to(self.root).parts) > 1 else self.root.name
        if found.value is None or found.findings:
            return None
        return found, Source(place, name, found.value, found.line_of, hashlib.sha256(raw).hexdigest())

    def note(self, file: str, line: int, finding: Finding) -> None:
        """Write down what the reader of YAML complained of, with the file."""
        why, fix = _yaml_words(finding)
        params: dict[str, Scalar] = {"where": f"{file}:{line}", "file": file, "line": line, "why": why, "fix": fix}
        self.findings.append(Finding(finding.level, "rules.file_unreadable", params, row=line))


def _yaml_words(finding: Finding) -> tuple[str, str]:
    params = {key: str(value) for key, value in finding.params.items()}
    what, fix = {
        "content.not_utf8": ("不是 UTF-8 文字", "用编辑器另存为 UTF-8"),
        "content.alias": ("用了 YAML 的引用（& 或 *）", "把被引用的内容原样写在这里"),
        "content.too_deep": (f"层次超过 {params.get('limit', '')} 层", "减少嵌套"),
        "content.too_long": (f"文件超过 {params.get('limit', '')} 字", "拆成几个文件"),
        "content.empty_file": ("文件是空的", "写入内容，或删除文件"),
        "content.key_twice": (f"{params.get('key', '')} 写了两次（第一次在第{params.get('first', '')}行）", "留下一处"),
        "content.key_not_text": ("名称不是文字", "名称写成普通文字"),
    }.get(finding.code, (f"不是可读的 YAML：{params.get('why', finding.code)}", "检查缩进、冒号后的空格和括号"))
    return what, fix


def _read(root: Path, places: Mapping[str, Path], *, only: str | None) -> Content:
    reading = _Reading(root)
    parents = {name: _parent(folder, reading) for name, folder in places.items()}
    _circles(parents if only is None else [only], parents, reading)
    wanted = [each for each in places if only is None or each in _lineage(only, parents)]
    sources = [each for name in wanted for each in _facts(places[name], reading)]
    if not sources:
        return _nothing(root, reading.findings[0] if reading.findings else unusable("rules.no_facts", path=str(root)))
    dictionary, findings = parse_dictionary(sources)
    reading.findings += findings
    _note_origin(sources, reading)
    policies = []
    for name in places if only is None else [only]:
        seen = _seen_from(name, parents, dictionary, reading)
        policies += [parse_policy(each, seen) for each in _policies(places[name], reading)]
    if not policies and not reading.findings:
        return _nothing(root, unusable("rules.no_policies", path=str(root)))
    clauses, between = gather(policies)
    every = [*reading.findings, *(each for policy in policies for each in policy.findings), *between]
    return Content(root, dictionary, tuple(policies), clauses, tuple(every), len(sources) + len(policies))


def _parent(folder: Path, reading: _Reading) -> str | None:
    file = folder / _PLACE
    found = reading.document(file) if file.is_file() else None
    value: Any = found[0].value if found else None
    parent = value.get("parent") if isinstance(value, dict) else None
    return parent if isinstance(parent, str) else None


def _circles(places: Iterable[str], parents: Mapping[str, str | None], reading: _Reading) -> None:
    """Note each place whose parents go in a circle, or are not there."""
    for place in places:
        if parents[_lineage(place, parents)[-1]] is not None:
            file = f"{place}/{_PLACE}"
            where: dict[str, Scalar] = {"where": file, "file": file}
            reading.findings.append(Finding(Level.PROBLEM, "rules.parent_circle", where, row=1))


def _lineage(place: str, parents: Mapping[str, str | None]) -> list[str]:
    found: list[str] = []
    current: str | None = place
    while current is not None and current in parents and current not in found:
        found.append(current)
        current = parents[current]
    return found


def _facts(folder: Path, reading: _Reading) -> list[Source]:
    file = folder / _FACTS
    found = reading.document(file) if file.is_file() else None
    return [found[1]] if found else []


def _note_origin(sources: Sequence[Source], reading: _Reading) -> None:
    for source in sources:
        listed = source.value.get("facts") if isinstance(source.value, dict) else None
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, dict) and isinstance(each.get("id"), str):
                reading.origin.setdefault(each["id"], source.place)


def _seen_from(
    place: str, parents: Mapping[str, str | None], dictionary: FactDictionary, reading: _Reading
) -> FactDictionary:
    """Return the facts that a place's own dictionary and those it inherits from hold."""
    if len(parents) == 1:
        return dictionary
    lineage = set(_lineage(place, parents))
    facts = {fact.id: fact for fact in dictionary if reading.origin.get(fact.id) in lineage}
    return FactDictionary(facts, {word: fact for word, fact in dictionary.by_word.items() if fact in facts})


def _policies(folder: Path, reading: _Reading) -> Iterator[Source]:
    within = folder / _POLICIES
    bare = not within.is_dir() and folder == reading.root
    for file in sorted((folder if bare else within).glob("*.yaml")):
        if file.name not in (_FACTS, _PLACE) and not file.name.endswith(_CASES):
            found = reading.document(file)
            if found:
                yield found[1]
