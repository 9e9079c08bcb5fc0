"""One graph of yes/no questions under many rules: the same question stands in it once, however many clauses ask it.

A question about a fact asks one *end* of what is known of it: the lower end (what is certain) or the upper end (what
is possible). Where there is no lower end a sum reaches nothing, where there is no upper end it reaches everything, so
every question has a plain yes or no, and nothing here is unknown any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class End(StrEnum):
    """Which end of what is known is asked."""

    LO = "lo"
    HI = "hi"

    @property
    def other(self) -> End:
        """The opposite end."""
        return End.HI if self is End.LO else End.LO


@dataclass(frozen=True, slots=True)
class Total:
    """Σ coefficient × fact in whole numbers, facts sorted, the first coefficient positive, no common divisor."""

    terms: tuple[tuple[str, int], ...]

    @property
    def single(self) -> str | None:
        """The fact, when the sum is just one fact."""
        return self.terms[0][0] if len(self.terms) == 1 else None


@dataclass(frozen=True, slots=True)
class Quotient:
    """``above / below`` ≥ ``rate`` (> when ``strict``), both sums whole numbers plus a constant; ``below`` is positive."""

    above: tuple[tuple[str, int], ...]
    above_constant: int
    below: tuple[tuple[str, int], ...]
    below_constant: int
    numerator: int
    denominator: int
    strict: bool


@dataclass(frozen=True, slots=True)
class Reaches:
    """An end of a sum is at least ``at``. No lower end: no; no upper end: yes.

    ``quotient``  the same question as a ratio; then it is only asked where the lower end of the denominator is positive
    """

    total: Total
    end: End
    at: int
    quotient: Quotient | None = None


@dataclass(frozen=True, slots=True)
class HasCode:
    """A code fact is this code, or a set of codes holds it; the upper end: or it is not known."""

    fact: str
    code: str
    end: End


@dataclass(frozen=True, slots=True)
class Constant:
    """Always yes or always no."""

    value: bool


@dataclass(frozen=True, slots=True)
class Every:
    """All of the questions (numbers of nodes)."""

    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of the questions."""

    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """At least ``k`` of the questions; one that stands twice counts twice."""

    k: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """Not the question."""

    part: int


@dataclass(frozen=True, slots=True)
class Exceeds:
    """A number (node) is at least ``at``; ``otherwise`` is the answer where it has no bound."""

    number: int
    at: int
    otherwise: bool


# Numbers are whole, and may have no bound: a lower end without one is below, an upper end above every number.


@dataclass(frozen=True, slots=True)
class Whole:
    """A number; None: no bound."""

    value: int | None


@dataclass(frozen=True, slots=True)
class Ending:
    """An end of what is known of a fact."""

    fact: str
    end: End


@dataclass(frozen=True, slots=True)
class Added:
    """Σ coefficient × number + constant; without bound where one of them is."""

    terms: tuple[tuple[int, int], ...]
    constant: int = 0


@dataclass(frozen=True, slots=True)
class AtLeastThis:
    """The larger of a lower end and ``least``; ``least`` where there is no lower end."""

    number: int
    least: int


@dataclass(frozen=True, slots=True)
class Greatest:
    """The largest of upper ends (or of numbers); without bound where one of them is."""

    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Least:
    """The smallest of upper ends (or of numbers); without bound where all of them are."""

    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One number where a question is answered with yes, else another."""

    question: int
    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class Divided:
    """⌊number / by⌋ × ``times``; the number is never negative."""

    number: int
    by: int
    times: int


Question = Reaches | HasCode | Constant | Every | Some | Count | Opposite | Exceeds
Number = Whole | Ending | Added | AtLeastThis | Greatest | Least | Chosen | Divided
Node = Question | Number

NO, YES = 0, 1


@dataclass(slots=True)
class Graph:
    """The nodes, parts before wholes; node 0 is no and node 1 is yes."""

    nodes: list[Node] = field(default_factory=lambda: [Constant(value=False), Constant(value=True)])
    numbers: dict[Node, int] = field(default_factory=lambda: {Constant(value=False): NO, Constant(value=True): YES})

    def add(self, node: Node) -> int:
        """Return the number of a node, the same one for the same question."""
        number = self.numbers.get(node)
        if number is None:
            number = self.numbers[node] = len(self.nodes)
            self.nodes.append(node)
        return number

    def opposite(self, part: int) -> int:
        """Return the question that is answered the other way round."""
        if part in {NO, YES}:
            return YES - part
        node = self.nodes[part]
        return node.part if isinstance(node, Opposite) else self.add(Opposite(part))

    def every(self, parts: Iterable[int]) -> int:
        """Return the question whether all are answered with yes."""
        left = self._spread(parts, Every) - {YES}
        if NO in left:
            return NO
        return self._joined(Every, left, YES)

    def some(self, parts: Iterable[int]) -> int:
        """Return the question whether one is answered with yes."""
        left = self._spread(parts, Some) - {NO}
        if YES in left:
            return YES
        return self._joined(Some, left, NO)

    def count(self, k: int, parts: Iterable[int]) -> int:
        """Return the question whether at least ``k`` are answered with yes."""
        listed = list(parts)
        need = k - listed.count(YES)
        left = tuple(sorted(part for part in listed if part not in {NO, YES}))
        if need <= 0:
            return YES
        if need > len(left):
            return NO
        if need == 1:
            return self.some(left)
        return self.every(left) if need == len(left) else self.add(Count(need, left))

    # -- numbers --------------------------------------------------------------------------------------------------

    def whole(self, value: int | None) -> int:
        """Return a number that is always the same."""
        return self.add(Whole(value))

    def value_of(self, number: int) -> int | None:
        """Return the value of a number that is always the same; None where it is not (or has no bound)."""
        node = self.nodes[number]
        return node.value if isinstance(node, Whole) else None

    def added(self, terms: Iterable[tuple[int, int]], constant: int = 0) -> int:
        """Return Σ coefficient × number + constant."""
        total, left = constant, []
        for number, coefficient in terms:
            node = self.nodes[number]
            if not coefficient:
                continue
            if not isinstance(node, Whole):
                left.append((number, coefficient))
            elif node.value is None:
                return number
            else:
                total += coefficient * node.value
        if not left:
            return self.whole(total)
        return left[0][0] if not total and len(left) == 1 and left[0][1] == 1 else self.add(Added(tuple(left), total))

    def scaled(self, number: int, factor: int) -> int:
        """Return a number times a factor; 0 times no bound is 0."""
        return self.added([(number, factor)])

    def at_least(self, number: int, least: int) -> int:
        """Return a lower end that is not below ``least``."""
        node = self.nodes[number]
        if isinstance(node, Whole):
            return self.whole(least if node.value is None else max(node.value, least))
        return self.add(AtLeastThis(number, least))

    def greatest(self, parts: Iterable[int]) -> int:
        """Return the largest of upper ends."""
        return self._extreme(Greatest, parts)

    def least(self, parts: Iterable[int]) -> int:
        """Return the smallest of upper ends."""
        return self._extreme(Least, parts)

    def chosen(self, question: int, yes: int, no: int) -> int:
        """Return one number where a question is answered with yes, else another."""
        if question == YES or yes == no:
            return yes
        return no if question == NO else self.add(Chosen(question, yes, no))

    def divided(self, number: int, by: int, times: int) -> int:
        """Return ⌊number / by⌋ × times."""
        if by == 1:
            return self.scaled(number, times)
        node = self.nodes[number]
        if isinstance(node, Whole):
            return number if node.value is None else self.whole(node.value // by * times)
        return self.add(Divided(number, by, times))

    def _extreme(self, kind: type[Greatest | Least], parts: Iterable[int]) -> int:
        left, values = [], []
        for number in dict.fromkeys(parts):
            node = self.nodes[number]
            if not isinstance(node, Whole):
                left.append(number)
            elif node.value is not None:
                values.append(node.value)
            elif kind is Greatest:
                return number
        if values:
            left.append(self.whole(max(values) if kind is Greatest else min(values)))
        if not left:
            return self.whole(None)
        return left[0] if len(left) == 1 else self.add(kind(tuple(left)))

    def _spread(self, parts: Iterable[int], kind: type[Every | Some]) -> set[int]:
        found: set[int] = set()
        for part in parts:
            node = self.nodes[part]
            found.update(node.parts if isinstance(node, kind) else (part,))
        return found

    def _joined(self, kind: type[Every | Some], parts: set[int], empty: int) -> int:
        if len(parts) <= 1:
            return next(iter(parts), empty)
        return self.add(kind(tuple(sorted(parts))))


def parts_of(node: Node) -> tuple[int, ...]:
    """Return the numbers of the questions that a question joins."""
    match node:
        case Every() | Some() | Count():
            return node.parts
        case Opposite():
            return (node.part,)
        case _:
            return ()


def below(node: Node) -> tuple[int, ...]:
    """Return the numbers of the nodes directly below any node."""
    match node:
        case Exceeds() | AtLeastThis() | Divided():
            return (node.number,)
        case Added():
            return tuple(number for number, _coefficient in node.terms)
        case Greatest() | Least():
            return node.parts
        case Chosen():
            return (node.question, node.yes, node.no)
        case Reaches() | HasCode() | Constant() | Every() | Some() | Count() | Opposite():
            return parts_of(node)
        case Whole() | Ending():
            return ()
