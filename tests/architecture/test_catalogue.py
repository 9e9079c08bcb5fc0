"""English is a complete catalogue: every Chinese source string has a text, with the same placeholders, compiled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.support.source import SOURCE, nodes_of, python_files, tree_of

CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
}
#: What has none of these has nothing to extract, and need not be read word by word.
CALLED = re.compile(rb"\b(?:_|n?p?gettext\w*)\s*\(")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
HAN = re.compile(r"[\u4e00-\u9fff]")


def strings() -> Iterator[tuple[str, str]]:
    """Yield (source string, file) of every string marked for translation."""
    for path in sorted(SOURCE.rglob("*.py")):
        source = path.read_bytes()
        if CALLED.search(source):
            yield from _extracted(source, path)
    for path in sorted(SOURCE.rglob("templates/**/*.*")):
        if path.suffix in {".html", ".txt", ".svg"}:
            # builtins load i18n everywhere, which templatize does not need to know
            yield from _extracted(_readable(path), path)


def _readable(path: Path) -> bytes:
    """Return the strings of a template as one call a line: templatize's own text is not always Python."""
    found = re.finditer(
        r"\b(?:npgettext|pgettext|ngettext|gettext)\((?:[^()'\"]|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")*\)",
        templatize(path.read_text("utf-8")),
    )
    return "\n".join(each.group(0) for each in found).encode()


def _extracted(source: bytes, path: Path) -> Iterator[tuple[str, str]]:
    for _line, message, _comments, _context in extract("python", BytesIO(source), KEYWORDS):
        for each in message if isinstance(message, tuple) else (message,):
            if each:
                yield each, str(path.relative_to(SOURCE))


@pytest.fixture(scope="module")
def english() -> dict[str, list[str]]:
    with (CATALOGUE / "django.po").open("rb") as file:
        catalogue = read_po(file)
    found: dict[str, list[str]] = {}
    for message in catalogue:
        if message.id and not message.fuzzy:
            texts = list(message.string) if isinstance(message.string, (tuple, list)) else [message.string]
            for each in message.id if isinstance(message.id, (tuple, list)) else (message.id,):
                found[each] = [text for text in texts if text]
    return found


def test_every_source_string_has_english(english: dict[str, list[str]]) -> None:
    missing = sorted({f"{text!r} ({path})" for text, path in strings() if not english.get(text)})
    assert missing == [], "say these in locale/en (scripts/catalogue renews the file):\n" + "\n".join(missing)


def test_words_inside_an_f_string_are_in_the_catalogue(english: dict[str, list[str]]) -> None:
    """What renews the catalogue does not look into f-strings: said there only, a word never gets its English."""
    missing = [
        f"{text!r} ({path.relative_to(SOURCE)})"
        for path in python_files(migrations=True)
        for text in _inside_f_strings(tree_of(path))
        if not english.get(text)
    ]
    assert missing == [], "say these outside the f-string:\n" + "\n".join(missing)


def test_a_word_planted_inside_an_f_string_is_found() -> None:
    assert list(_inside_f_strings(ast.parse("f\"{_('要问')}：{x}\""))) == ["要问"]


def _inside_f_strings(tree: ast.AST) -> Iterator[str]:
    for joined in (each for each in nodes_of(tree) if isinstance(each, ast.JoinedStr)):
        for call in (each for each in ast.walk(joined) if isinstance(each, ast.Call)):
            named = isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
            if named and call.args and isinstance(call.args[0], ast.Constant):
                yield str(call.args[0].value)


def test_placeholders_are_kept(english: dict[str, list[str]]) -> None:
    wrong = [
        f"{source!r} → {text!r}"
        for source, texts in english.items()
        for text in texts
        if not _keeps(source, text, whole=len(texts) == 1)
    ]
    assert wrong == []


def _keeps(source: str, text: str, *, whole: bool) -> bool:
    """A plural form may leave a number out; a single text keeps every placeholder."""
    wanted, found = set(PLACEHOLDER.findall(source)), set(PLACEHOLDER.findall(text))
    return found == wanted if whole else found <= wanted


def test_english_is_english(english: dict[str, list[str]]) -> None:
    """A few Chinese names stay as they are: they are read, not translated."""
    kept = re.compile(r"[“\"(（][^“”\"()（）]*[\u4e00-\u9fff][^“”\"()（）]*[”\")）]|^中文$")
    chinese = [text for texts in english.values() for text in texts if HAN.search(kept.sub("", text))]
    assert chinese == []


def test_the_compiled_catalogue_is_in_step(english: dict[str, list[str]]) -> None:
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = read_mo(file)
    ids = {
        each
        for message in compiled
        for each in (message.id if isinstance(message.id, (tuple, list)) else (message.id,))
        if each
    }
    assert {each for each, texts in english.items() if texts} == ids
