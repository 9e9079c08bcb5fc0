"""YAML as this project reads it: no duplicate key, no alias, only ``true``/``false`` are booleans, lines kept.

YAML 1.1 reads ``on``, ``off``, ``yes`` and ``no`` as booleans and ``12:30`` as a number; a place's author
means the words. Aliases are refused because a small file may expand to a huge one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

from feidi.engines.findings import Finding, Level, Scalar

#: Where a value stands in a document: mapping keys and list positions from the root.
Path = tuple[str | int, ...]

_MAX_CHARACTERS: Final = 2_000_000
_MAX_DEPTH: Final = 40


if TYPE_CHECKING:
    _Base = yaml.SafeLoader
else:
    # the same values seven times as fast where PyYAML was built with its C parser
    _Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):
    """SafeLoader with fewer surprises; see the module."""


_NARROWED: Final = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _NARROWED]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$"), list("-+0123456789")
)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: its value, the 1-based line of every path, and what was wrong with the writing itself."""

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def line_of(self, path: Path) -> int:
        """Return the line of ``path``, or of its nearest ancestor that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Reader:
    """Turns a node tree into plain values, remembering lines and complaining about duplicate keys."""

    def __init__(self, loader: _Loader) -> None:
        self.loader = loader
        self.lines: dict[Path, int] = {}
        self.findings: list[Finding] = []
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Any:
        """Return the plain value of ``node``."""
        self.lines[path] = node.start_mark.line + 1
        if id(node) in self.seen:
            raise _UnreadableError(self.lines[path], "content.alias", {})
        self.seen.add(id(node))
        if len(path) > _MAX_DEPTH:
            raise _UnreadableError(self.lines[path], "content.too_deep", {"limit": _MAX_DEPTH})
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, (*path, position)) for position, each in enumerate(node.value)]
        return self.loader.construct_object(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise _UnreadableError(line, "content.key_not_text", {})
            key = str(key_node.value)
            if key in made:
                self.findings.append(
                    Finding(
                        Level.PROBLEM, "content.key_twice", {"key": key, "first": self.lines[(*path, key)]}, row=line
                    )
                )
                continue
            made[key] = self.value(value_node, (*path, key))
            self.lines[(*path, key)] = line
        return made


class _UnreadableError(Exception):
    def __init__(self, line: int, code: str, params: dict[str, Scalar]) -> None:
        super().__init__(code)
        self.finding = Finding(Level.FATAL, code, params, row=line)


def read_yaml(text: str) -> Document:
    """Parse one document. What cannot be read at all gives ``value=None`` and a fatal finding; never raises."""
    if len(text) > _MAX_CHARACTERS:
        return _unreadable(Finding(Level.FATAL, "content.too_long", {"limit": _MAX_CHARACTERS}, row=1))
    try:
        return _read(text)
    except _UnreadableError as error:
        return _unreadable(error.finding)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        why = " ".join(part for part in (error.context, error.problem) if part)
        return _unreadable(Finding(Level.FATAL, "content.not_yaml", {"why": why}, row=mark.line + 1 if mark else 1))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return _unreadable(Finding(Level.FATAL, "content.not_yaml", {"why": str(error)[:200]}, row=1))


def _unreadable(finding: Finding) -> Document:
    return Document(value=None, findings=(finding,))


def _check_depth(text: str) -> None:
    """Refuse deep nesting before anything recurses into it: the C composer would overflow the stack of the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MAX_DEPTH + 1:
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise _UnreadableError(line, "content.too_deep", {"limit": _MAX_DEPTH})
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _read(text: str) -> Document:
    _check_depth(text)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return _unreadable(Finding(Level.FATAL, "content.empty_file", row=1))
        reader = _Reader(loader)
        value = reader.value(node, ())
        return Document(value=value, lines=reader.lines, findings=tuple(reader.findings))
    finally:
        loader.dispose()


def spelled(path: Path) -> str:
    """Return a path as people write it: ``tracks.talks.stages[2].guards``."""
    return "".join(_parts(path)).lstrip(".")


def _parts(path: Path) -> Iterator[str]:
    for part in path:
        yield f"[{part + 1}]" if isinstance(part, int) else f".{part}"
