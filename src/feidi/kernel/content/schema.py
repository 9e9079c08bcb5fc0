"""What a value may look like, said as data: a small interpreter over the files in ``schemas/``.

A rule is a mapping with ``kind`` and, by kind, more:

========== =================================================================================================
kind       also
========== =================================================================================================
text       ``values`` (closed list), ``pattern``, ``refers`` (see below), ``empty: true`` allows ""
integer    ``min``, ``max``
number     ``min``, ``max`` (integer or decimal)
boolean
date       a day, written 2026-01-31
label      a mapping with exactly the texts ``zh`` and ``en``
list       ``items`` (a rule), ``min`` length, ``unique`` (fields whose values occur once; ``a.b`` nested, ``a|b`` together)
table      a mapping from code to ``items``; ``values`` closes the codes
record     ``keys``: name to rule; ``narrow``: name to rule, replacing (for a rule that is used in several places);
           ``cases``: ``{by: field, of: {value: {name: rule}}}`` replaces by the value of a field
any
========== =================================================================================================

Every rule may have ``optional: true`` (the key may be absent), ``nullable: true``, ``use: name`` (a rule under
``define``), ``example`` (how to write it). ``refers: {here: path}`` or ``{file: …, at: path}`` demands that the
text is a code found there: the keys of a table, or the ``code`` of each item of a list. The file ``*`` with
``at: places`` stands for all places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, Final

from feidi.engines.findings import Scalar
from feidi.kernel.content.yaml_reader import Path

Rule = Mapping[str, Any]
#: Stands for a file in ``refers``: the codes of all places.
ALL_PLACES: Final = "*"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong at a path; the caller knows the file and turns the path into a line."""

    path: Path
    code: str
    params: Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a rule may look at besides the value: the whole document, named rules, other files.

    ``named_places`` collects the places that the document refers to.
    """

    root: Any
    define: Mapping[str, Rule]
    other_file: Callable[[str], Any]
    named_places: set[str] = field(default_factory=set)


def check_value(value: Any, rule: Rule, path: Path, around: Surroundings) -> Iterator[Remark]:
    """Yield every way in which ``value`` breaks ``rule``."""
    if "use" in rule:
        rule = {**around.define[rule["use"]], **{name: each for name, each in rule.items() if name != "use"}}
    if value is None:
        if not rule.get("nullable"):
            yield _wrong(value, rule, path)
        return
    kind = rule["kind"]
    if not _FITS[kind](value):
        yield _wrong(value, rule, path)
        return
    if kind in _DEEPER:
        yield from _DEEPER[kind](value, rule, path, around)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_FITS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "text": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": _is_number,
    "boolean": lambda value: isinstance(value, bool),
    "date": lambda value: isinstance(value, date),
    "label": lambda value: isinstance(value, dict),
    "list": lambda value: isinstance(value, list),
    "table": lambda value: isinstance(value, dict),
    "record": lambda value: isinstance(value, dict),
    "any": lambda _value: True,
}

_EXAMPLES: Final[Mapping[str, str]] = {
    "text": "文字（全是数字的代码请加引号）",
    "integer": "3",
    "number": "1150",
    "boolean": "true / false",
    "date": "2026-01-31",
    "label": "{zh: 签约, en: Signed}",
    "list": "[a, b]",
    "table": "代码: {…}",
    "record": "{名: 值}",
    "any": "…",
}


def _wrong(value: Any, rule: Rule, path: Path) -> Remark:
    return Remark(path, f"content.not_{rule['kind']}", {"found": _spoken(value), "example": _example(rule)})


def _example(rule: Rule) -> str:
    """Return how a value of the rule may be written: its own example, its closed list, or its kind's."""
    if "example" in rule:
        return str(rule["example"])
    return (
        " / ".join(rule["values"][:8]) if rule.get("kind") == "text" and "values" in rule else _EXAMPLES[rule["kind"]]
    )


def _spoken(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, dict):
        return "{…}"
    return "[…]" if isinstance(value, list) else str(value)[:60]


def _text(value: str, rule: Rule, path: Path, around: Surroundings) -> Iterator[Remark]:
    if not value.strip() and not rule.get("empty"):
        yield Remark(path, "content.empty_text", {})
        return
    if "values" in rule and value not in rule["values"]:
        yield Remark(path, "content.not_in_list", {"value": value, "allowed": ", ".join(rule["values"])})
    if "pattern" in rule and not re.fullmatch(rule["pattern"], value):
        example = str(rule.get("example", rule["pattern"]))
        yield Remark(path, "content.pattern", {"value": value, "example": example})
    if rule.get("refers", {}).get("file") == ALL_PLACES:
        around.named_places.add(value)
    if "refers" in rule and (allowed := _codes(rule["refers"], around)) is not None and value not in allowed:
        yield Remark(path, "content.not_in_list", {"value": value, "allowed": ", ".join(sorted(allowed))})


def _codes(refers: Mapping[str, str], around: Surroundings) -> set[str] | None:
    """Return the codes a reference may name; None when its target is absent (said elsewhere)."""
    target = around.root if "here" in refers else around.other_file(refers["file"])
    for part in (refers.get("here") or refers["at"]).split("."):
        target = target.get(part) if isinstance(target, dict) else None
    if isinstance(target, dict):
        return set(target)
    if isinstance(target, list):
        return {str(each.get("code")) for each in target if isinstance(each, dict)}
    return None


def _number(value: float, rule: Rule, path: Path, _around: Surroundings) -> Iterator[Remark]:
    low, high = rule.get("min"), rule.get("max")
    if (low is not None and value < low) or (high is not None and value > high):
        yield Remark(path, "content.out_of_range", {"value": value, "low": low, "high": high})


def _label(value: dict[str, Any], _rule: Rule, path: Path, around: Surroundings) -> Iterator[Remark]:
    yield from _record(value, {"keys": {"zh": {"kind": "text"}, "en": {"kind": "text"}}}, path, around)


def _list(value: list[Any], rule: Rule, path: Path, around: Surroundings) -> Iterator[Remark]:
    if len(value) < rule.get("min", 0):
        yield Remark(path, "content.too_few", {"low": rule["min"], "found": len(value)})
    for position, each in enumerate(value):
        yield from check_value(each, rule["items"], (*path, position), around)
    for name in rule.get("unique", ()):
        yield from _once(value, name, path)


def _once(value: list[Any], names: str, path: Path) -> Iterator[Remark]:
    seen: set[Any] = set()
    for position, each in enumerate(value):
        for name in names.split("|"):
            for where, code in _at(each, tuple(name.split(".")) if name != "." else (), (*path, position)):
                if code in seen:
                    yield Remark(where, "content.twice", {"value": str(code)})
                seen.add(code)


def _at(value: Any, fields: tuple[str, ...], path: Path) -> Iterator[tuple[Path, Any]]:
    """Yield (path, scalar) for every value reached by ``fields``, walking through lists on the way."""
    if isinstance(value, list):
        yield from chain.from_iterable(_at(each, fields, (*path, n)) for n, each in enumerate(value))
    elif fields and isinstance(value, dict):
        if fields[0] in value:
            yield from _at(value[fields[0]], fields[1:], (*path, fields[0]))
    elif not fields and isinstance(value, str | int):
        yield path, value


def _table(value: dict[str, Any], rule: Rule, path: Path, around: Surroundings) -> Iterator[Remark]:
    for code, each in value.items():
        if "values" in rule and code not in rule["values"]:
            yield Remark((*path, code), "content.not_in_list", {"value": code, "allowed": ", ".join(rule["values"])})
        elif "pattern" in rule and not re.fullmatch(rule["pattern"], code):
            yield Remark((*path, code), "content.pattern", {"value": code, "example": rule["pattern"]})
        yield from check_value(each, rule["items"], (*path, code), around)


def _record(value: dict[str, Any], rule: Rule, path: Path, around: Surroundings) -> Iterator[Remark]:
    keys: dict[str, Rule] = {**rule["keys"], **rule.get("narrow", {})}
    cases = rule.get("cases")
    if cases:
        keys.update(cases["of"].get(value.get(cases["by"]), {}))
    for name in value:
        if name not in keys:
            yield Remark((*path, name), "content.key_unknown", {"name": name, "allowed": ", ".join(keys)})
    for name, each in keys.items():
        if name in value:
            yield from check_value(value[name], each, (*path, name), around)
        elif not each.get("optional"):
            whole = {**around.define[each["use"]], **each} if "use" in each else each
            yield Remark(path, "content.key_missing", {"name": name, "example": _example(whole)})


_DEEPER: Final[Mapping[str, Callable[[Any, Rule, Path, Surroundings], Iterator[Remark]]]] = {
    "text": _text,
    "integer": _number,
    "number": _number,
    "label": _label,
    "list": _list,
    "table": _table,
    "record": _record,
}
