"""From the plain values of a file to a condition: lines, groups, judgements, citations of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any as Anything
from typing import Final

from feidi.engines.rules.condition_words import atom_words
from feidi.engines.rules.conditions import All, Any, AtLeast, Condition, Is, Mark, Not
from feidi.engines.rules.facts import FactDef, FactDictionary, FactType
from feidi.engines.rules.language.lines import grouped, read_line
from feidi.engines.rules.language.scanner import Vocabulary, vocabulary_of
from feidi.engines.rules.language.source import Notebook, Path, WrongError
from feidi.engines.rules.language.words import one_line, shown, suggestion

#: More parts than this in the rule of one clause are no rule that a person wrote.
MOST_NODES: Final = 2_000
DEEPEST: Final = 30
_LONGEST_WORDS: Final = 200
_AT_LEAST: Final = re.compile(r"至少 ?(\d{1,4}) ?项")
_CITED: Final = ("条件", "依据", "原文", "说明")
_WORDS: Final = ("全部", "任一", "至少2项", "非", "人工核定", "条件")


@dataclass(slots=True)
class Rules:
    """Reads the conditions and amounts of one clause: what it notes, counts, and which judgements it declares."""

    dictionary: FactDictionary
    notes: Notebook
    code: str = ""
    judgements: dict[str, FactDef] = field(default_factory=dict)
    nodes: int = 0
    subject: str = "organization"

    @property
    def vocabulary(self) -> Vocabulary:
        """The folded words of the dictionary."""
        return vocabulary_of(self.dictionary)

    @property
    def everything(self) -> FactDictionary:
        """The dictionary with the judgements declared so far."""
        return self.dictionary.including({each.id: each for each in self.judgements.values()})

    def counted(self, path: Path, depth: int) -> bool:
        """Count a node; False (and a finding, once) when there are too many, or it lies too deep."""
        self.nodes += 1
        if depth > DEEPEST:
            self.notes.problem(path, "rules.too_deep", limit=DEEPEST)
            return False
        if self.nodes == MOST_NODES + 1:
            self.notes.problem(path, "rules.too_many_nodes", limit=MOST_NODES)
        return self.nodes <= MOST_NODES

    def judged(self, words: str) -> Condition:
        """Return the condition on the judgement of a criterion; the same words are the same judgement."""
        said = one_line(words)
        if not said or len(said) > _LONGEST_WORDS:
            raise WrongError("rules.manual_words", found=shown(words), limit=_LONGEST_WORDS)
        if said not in self.judgements:
            fact = f"judged:{self.code}:{len(self.judgements) + 1}"
            self.judgements[said] = FactDef(fact, said, FactType.YESNO, subject=self.subject, judgement=True)
        return Is(self.judgements[said].id)


def read_condition(value: Anything, rules: Rules, path: Path, depth: int = 0) -> Condition:
    """Return the condition at ``path``. What is wrong is noted, and stands as an empty condition."""
    if not rules.counted(path, depth):
        return All(())
    match value:
        case str():
            return _line(value, rules, path)
        case Mapping() if "条件" in value:
            return _cited(value, rules, path, depth)
        case Mapping() if len(value) == 1:
            return _group(value, rules, path, depth)
        case Mapping():
            keys = [str(key) for key in value]
            odd = next((key for key in keys if key not in _WORDS), "")
            rules.notes.problem(
                path, "rules.one_key", found=shown("、".join(keys[:6])) or "—", near=suggestion(odd, _WORDS)
            )
        case list() | tuple():
            rules.notes.problem(path, "rules.list_needs_word")
        case _:
            rules.notes.problem(path, "rules.condition_expected", found=shown(value))
    return All(())


def _line(text: str, rules: Rules, path: Path) -> Condition:
    with rules.notes.catching(path):
        made = read_line(text, rules.vocabulary, rules.judged)
        return marked(made, Mark(line=rules.notes.line(path)), rules.everything)
    return All(())


def marked(condition: Condition, mark: Mark, dictionary: FactDictionary) -> Condition:
    """Return a condition whose nodes all have words and a line; the outermost has the author's own where there are any."""
    inner = Mark(line=mark.line, role=mark.role)
    made: Condition
    match condition:
        case All() | Any() | AtLeast():
            made = replace(condition, parts=tuple(marked(each, inner, dictionary) for each in condition.parts))
        case Not():
            made = replace(condition, part=marked(condition.part, inner, dictionary))
        case _:
            made = condition
    words = mark.words or condition.mark.words or atom_words(made, dictionary)
    return replace(made, mark=replace(mark, words=words))


def _cited(value: Mapping[str, Anything], rules: Rules, path: Path, depth: int) -> Condition:
    for key in value:
        if key not in _CITED:
            rules.notes.problem((*path, key), "rules.key_unknown", key=shown(key), near=suggestion(str(key), _CITED))
    inside = read_condition(value["条件"], rules, (*path, "条件"), depth + 1)
    said = {key: _text(value, key, rules, path) for key in _CITED[1:]}
    mark = replace(inside.mark, article=said["依据"] or inside.mark.article, quote=said["原文"] or inside.mark.quote)
    return replace(inside, mark=replace(mark, words=said["说明"] or mark.words))


def _text(value: Mapping[str, Anything], key: str, rules: Rules, path: Path) -> str:
    given = value.get(key)
    if given is None:
        return ""
    if not isinstance(given, str):
        rules.notes.problem((*path, key), "rules.text_expected", found=shown(given))
        return ""
    return one_line(given)


def _group(value: Mapping[str, Anything], rules: Rules, path: Path, depth: int) -> Condition:
    word, given = next(iter(value.items()))
    word = str(word)
    at_least = _AT_LEAST.fullmatch(word)
    here = (*path, word)
    if word == "人工核定":
        return _manual(given, rules, here)
    if word == "非":
        return _finished("非", None, (read_condition(given, rules, here, depth + 1),), rules, path)
    if word not in ("全部", "任一") and at_least is None:
        rules.notes.problem(here, "rules.group_unknown", word=shown(word), near=suggestion(word, _WORDS))
        return All(())
    if not isinstance(given, list | tuple) or not given:
        rules.notes.problem(here, "rules.parts_expected", word=word, found=shown(given))
        return All(())
    parts = []
    for position, each in enumerate(given):
        if rules.nodes > MOST_NODES:
            break
        parts.append(read_condition(each, rules, (*here, position), depth + 1))
    return _finished("至少" if at_least else word, at_least[1] if at_least else None, tuple(parts), rules, path)


def _finished(word: str, k: str | None, parts: tuple[Condition, ...], rules: Rules, path: Path) -> Condition:
    with rules.notes.catching(path):
        made = grouped(word, k, parts)
        return replace(made, mark=Mark(words=atom_words(made, rules.everything), line=rules.notes.line(path)))
    return All(())


def _manual(given: Anything, rules: Rules, path: Path) -> Condition:
    if not isinstance(given, str):
        rules.notes.problem(path, "rules.text_expected", found=shown(given))
        return All(())
    with rules.notes.catching(path):
        made = rules.judged(given)
        return replace(made, mark=Mark(words=one_line(given), line=rules.notes.line(path)))
    return All(())
