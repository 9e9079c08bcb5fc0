"""The explanation tree of one clause, prepared for one day: equal to ``explain``, made when somebody opens it.

Words, what is needed and which facts are looked at stand once; opening looks at the ends of the facts and says what
there was. Nodes about a fact that has few values (yes or no, a code, a level, nothing known) are made once for each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from feidi.engines.rules.clauses import Clause
from feidi.engines.rules.compiling import Compiler, Ends
from feidi.engines.rules.conditions import All, Any, AtLeast, Atom, Condition, Not, parts_of
from feidi.engines.rules.facts import Facts, FactType
from feidi.engines.rules.reasons import Texts, said_of_parts, texts_of
from feidi.engines.rules.results import Truth, Why
from feidi.engines.rules.worlds import World

_TRUTHS = (Truth.NO, Truth.YES, Truth.UNKNOWN)
_MOST_KEPT = 256
#: Makes one node of the tree for the ends of the facts, and the facts themselves.
Making = Callable[[Ends, Ends, World], Why]


class Opening:
    """Explains one clause."""

    def __init__(self, clause: Clause, compiler: Compiler) -> None:
        self._compiler = compiler
        self._make = self._making(clause.condition)

    def why(self, facts: Facts) -> Why:
        """Return the tree for what is known of one subject."""
        slots = self._compiler.slots
        low, high = slots.read(facts)
        return self._make(low, high, World(facts, slots.dictionary, self._compiler.day))

    def _making(self, condition: Condition) -> Making:
        texts = texts_of(condition, self._compiler.slots.dictionary, self._compiler.day)
        if isinstance(condition, All | Any | AtLeast | Not):
            return _whole(condition, texts, [self._making(part) for part in parts_of(condition)])
        making = self._atom(condition, texts)
        return _kept(making, texts.facts[0]) if self._has_few_values(texts.facts) else making

    def _has_few_values(self, facts: tuple[str, ...]) -> bool:
        types = [self._compiler.slots.types[self._compiler.slots.places[fact]] for fact in facts]
        return len(facts) == 1 and types[0] not in {FactType.NUMBER, FactType.DATE}

    def _atom(self, atom: Atom, texts: Texts) -> Making:
        certain, possible = self._compiler.atom(atom)
        scope = self._compiler.compile("\n".join((
            f"def truth(L, H): return 1 if {certain} else 2 if {possible} else 0",
            "def missing(L, H, m):", *self._compiler.missing(atom, " "), " return m",
        )))  # fmt: skip
        truth_of, missing_of, said, mark = (
            scope["truth"],
            scope["missing"],
            texts.said or (lambda _world: ("", "")),
            atom.mark,
        )

        def make(low: Ends, high: Ends, world: World) -> Why:
            truth = _TRUTHS[truth_of(low, high)]
            missing = tuple(missing_of(low, high, {})) if truth is Truth.UNKNOWN else ()
            return Why(
                texts.kind, truth, texts.words, *said(world), missing, texts.facts, mark.article, mark.quote, mark.role,
            )  # fmt: skip

        return make


def _kept(making: Making, fact: str) -> Making:
    """Return what keeps the nodes it has made, by what is known of their one fact."""
    known: dict[object, Why] = {}

    def make(low: Ends, high: Ends, world: World) -> Why:
        value = world.facts.get(fact)
        found = known.get(value)
        if found is None:
            found = making(low, high, world)
            if len(known) < _MOST_KEPT:
                known[value] = found
        return found

    return make


def _whole(condition: All | Any | AtLeast | Not, texts: Texts, parts: Sequence[Making]) -> Making:
    mark, needed_of_parts = condition.mark, isinstance(condition, AtLeast)

    def make(low: Ends, high: Ends, world: World) -> Why:
        made = tuple([part(low, high, world) for part in parts])
        truths = [part.truth for part in made]
        truth = _truth_of(condition, truths)
        missing: tuple[str, ...] = ()
        if truth is Truth.UNKNOWN:
            missing = tuple(dict.fromkeys([fact for part in made for fact in part.missing]))
        needed, actual = said_of_parts(condition, truths) if needed_of_parts else ("", "")
        return Why(
            texts.kind, truth, texts.words, needed, actual, missing, texts.facts, mark.article, mark.quote, mark.role, made,
        )  # fmt: skip

    return make


def _truth_of(condition: Condition, truths: Sequence[Truth]) -> Truth:
    """Return what a condition answers from the answers of its parts."""
    if isinstance(condition, Not):
        return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(truths[0], Truth.UNKNOWN)
    certain = truths.count(Truth.YES)
    k = condition.k if isinstance(condition, AtLeast) else 1 if isinstance(condition, Any) else len(truths)
    return Truth.YES if certain >= k else Truth.UNKNOWN if certain + truths.count(Truth.UNKNOWN) >= k else Truth.NO
