"""Every code that the source refuses or finds with has words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from feidi.kernel.messages import known_codes
from tests.support.source import calls, name_of, nodes_of, python_files, tree_of

_CODE = re.compile(r"[a-z][a-z_0-9]*(\.[a-z][a-z_0-9]*)+")
_SAYS = re.compile(r"refus|finding|doubt|unusable|reject|problem|note|fatal|warn|error$", re.IGNORECASE)
_HOLE = "\0"


def _literals(node: ast.AST) -> Iterator[str]:
    """Yield the strings an expression may become; the holes of an f-string are ``\\0``."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(each.value) if isinstance(each, ast.Constant) else _HOLE for each in node.values)


def codes_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, code) of what looks like a code: in the arguments of refuse(), Finding(), …Error(), or as ``code``."""
    places: list[ast.expr] = []
    for name, call in calls(tree):
        if _SAYS.search(name):
            places += call.args
        places += [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    for node in nodes_of(tree):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "code" for t in node.targets):
            places.append(node.value)
    for place in places:
        for text in _literals(place):
            if _CODE.fullmatch(text.replace(_HOLE, "x")):
                yield place.lineno, text


def has_text(code: str, known: frozenset[str]) -> bool:
    if _HOLE not in code:
        return code in known
    pattern = re.compile(re.escape(code).replace(re.escape(_HOLE), ".+"))
    return any(pattern.fullmatch(each) for each in known)


def speechless(files: dict[str, ast.AST]) -> list[str]:
    """Return ``code (first place)`` of every code without words."""
    known = known_codes()
    places: dict[str, str] = {}
    for file, tree in files.items():
        for line, code in codes_in(tree):
            if not has_text(code, known):
                places.setdefault(code.replace(_HOLE, "{…}"), f"{file}:{line}")
    return [f"{code} ({places[code]})" for code in sorted(places)]


def test_every_code_has_a_text() -> None:
    missing = speechless({name_of(path): tree_of(path) for path in python_files()})
    assert not missing, "register_texts() these:\n" + "\n".join(missing)


def test_texts_hold_words_and_only_known_holes() -> None:
    from feidi.kernel import messages

    for code, text in messages._TEXTS.items():
        assert _CODE.fullmatch(code), code
        assert str(text.what).strip(), code
        str(text.what).format_map(messages._Params({}))
        str(text.fix).format_map(messages._Params({}))


def test_a_code_without_words_is_caught() -> None:
    planted = 'raise refuse("nobody.said", x="a.b")\ncode = "a.b" if x else "c.d"\nFinding(Level.NOTE, f"e.{x}_f")\n'
    assert len(speechless({"planted.py": ast.parse(planted)})) == 4
    some = next(iter(sorted(known_codes())), None)
    assert some is None or speechless({"p.py": ast.parse(f'raise refuse("{some}")')}) == []
