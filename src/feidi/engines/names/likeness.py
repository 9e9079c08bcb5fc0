"""Two names beside each other: score, relation and the reasons; and the keys by which a table finds such pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from typing_extensions import override

from feidi.engines.findings import Scalar
from feidi.engines.names.folding import fold_name
from feidi.engines.names.judging import base_score, branch_factor, places_differ, score_of
from feidi.engines.names.parsing import ParsedName, parse_name
from feidi.engines.names.profile import Profile, profile_of

#: From these scores on two names are taken for the same, likely the same, possibly the same.
SAME: Final = 0.95
LIKELY: Final = 0.80
POSSIBLE: Final = 0.60
_MAX_KEYS: Final = 10
_KEY_LENGTH: Final = 20


class Relation(StrEnum):
    """What two names are to each other. A branch is related to its main body, never the same."""

    SAME = "same"
    BRANCH = "branch"
    AFFILIATE = "affiliate"
    LIKELY = "likely"
    POSSIBLE = "possible"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two names are alike, or what parts them: a code of ``CODES`` and the values of its words."""

    code: str
    params: Mapping[str, Scalar] = field(default_factory=dict)

    @override
    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are: 0 to 1, the relation, and the reasons."""

    score: float
    relation: Relation
    reasons: tuple[Reason, ...] = ()


def compare(one: ParsedName | str, other: ParsedName | str) -> Likeness:
    """Compare two names. Symmetric in score and relation.

    >>> compare("滨海甲乙材料有限公司", "濱海甲乙材料（有限責任公司）").relation.value
    'same'
    >>> found = compare("滨海甲乙材料有限公司", "滨海市甲乙材料有限责任公司")
    >>> found.relation.value, [each.code for each in found.reasons]
    ('same', ['names.same_brand', 'names.place_written_differently', 'names.legal_form_alike'])
    >>> compare("滨海甲乙材料有限公司", "滨海甲乙材料有限公司云溪分公司").relation.value
    'branch'
    """
    ours = parse_name(one) if isinstance(one, str) else one
    theirs = parse_name(other) if isinstance(other, str) else other
    mine, yours = profile_of(ours), profile_of(theirs)
    score = score_of(mine, yours)
    relation = _relation(ours, theirs, mine, yours, score)
    return Likeness(round(score, 4), relation, tuple(_reasons(ours, theirs, mine, yours, score)))


def relation_of(score: float) -> Relation:
    """Return what a score alone says."""
    for bound, relation in ((SAME, Relation.SAME), (LIKELY, Relation.LIKELY), (POSSIBLE, Relation.POSSIBLE)):
        if score >= bound:
            return relation
    return Relation.DIFFERENT


def _relation(ours: ParsedName, theirs: ParsedName, mine: Profile, yours: Profile, score: float) -> Relation:
    if mine.whole and mine.whole == yours.whole:
        return Relation.SAME
    if branch_factor(mine.branch, yours.branch) < 1:
        if relation_of(base_score(mine, yours)) in {Relation.SAME, Relation.LIKELY}:
            return Relation.AFFILIATE if mine.branch and yours.branch else Relation.BRANCH
        return relation_of(score)
    if score >= POSSIBLE and _affiliated(ours, theirs, mine, yours):
        return Relation.AFFILIATE
    return relation_of(score)


def _affiliated(ours: ParsedName, theirs: ParsedName, mine: Profile, yours: Profile) -> bool:
    """One brand, both written out in full, and the place or the trade is another: one group perhaps, not one firm."""
    if not ours.brand or fold_name(ours.brand) != fold_name(theirs.brand):
        return False
    less, more = sorted((ours.trade, theirs.trade), key=len)
    both = bool(ours.legal_form and theirs.legal_form)
    return places_differ(mine.where, yours.where) or (both and not _within(less, more))


def _within(less: str, more: str) -> bool:
    """Tell whether the characters of one stand in the other in the same order (医疗 in 医疗科技)."""
    rest = iter(fold_name(more))
    return all(char in rest for char in fold_name(less))


def _reasons(ours: ParsedName, theirs: ParsedName, mine: Profile, yours: Profile, score: float) -> Iterator[Reason]:
    if mine.whole and mine.whole == yours.whole:
        yield Reason("names.same_name")
    elif score:
        yield from _brand_reasons(ours, theirs, score)
        yield from _place_reasons(ours, theirs, mine, yours)
        yield from _form_reasons(ours, theirs, mine, yours)
        yield from _branch_reasons(ours, theirs, mine, yours)
    if ours.traditional != theirs.traditional:
        yield Reason("names.traditional")
    if ours.wide != theirs.wide:
        yield Reason("names.full_width")


def _brand_reasons(ours: ParsedName, theirs: ParsedName, score: float) -> Iterator[Reason]:
    brand, other = fold_name(ours.brand), fold_name(theirs.brand)
    if brand and brand == other:
        yield Reason("names.same_brand", {"brand": ours.brand})
        less, more = sorted((ours.trade, theirs.trade), key=lambda trade: (len(trade), trade))
        if not _within(less, more):
            yield Reason("names.trade_differs", {"ours": ours.trade, "theirs": theirs.trade})
        elif fold_name(less) != fold_name(more):
            yield Reason("names.short_name", {"less": less, "more": more})
    elif fold_name(ours.brand + ours.trade) == fold_name(theirs.brand + theirs.trade):
        yield Reason("names.same_words", {"words": ours.brand + ours.trade})
    elif score < POSSIBLE * branch_factor(len(ours.branch), len(theirs.branch)):
        yield Reason("names.some_characters")
    else:
        short, long = sorted((ours.text, theirs.text), key=len)
        yield Reason("names.abbreviation", {"short": short, "long": long})


def _place_reasons(ours: ParsedName, theirs: ParsedName, mine: Profile, yours: Profile) -> Iterator[Reason]:
    if places_differ(mine.where, yours.where):
        yield Reason("names.place_differs", {"ours": ours.place, "theirs": theirs.place})
    elif bool(ours.place) != bool(theirs.place):
        yield Reason("names.place_left_out", {"place": ours.place or theirs.place})
    elif ours.place != theirs.place:
        yield Reason("names.place_written_differently", {"ours": ours.place, "theirs": theirs.place})


def _form_reasons(ours: ParsedName, theirs: ParsedName, mine: Profile, yours: Profile) -> Iterator[Reason]:
    forms = {"ours": ours.legal_form, "theirs": theirs.legal_form}
    if bool(ours.legal_form) != bool(theirs.legal_form):
        yield Reason("names.legal_form_left_out", {"form": ours.legal_form or theirs.legal_form})
    elif mine.form != yours.form:
        yield Reason("names.legal_form_differs", forms)
    elif fold_name(ours.legal_form) != fold_name(theirs.legal_form):
        yield Reason("names.legal_form_alike", forms)


def _branch_reasons(ours: ParsedName, theirs: ParsedName, mine: Profile, yours: Profile) -> Iterator[Reason]:
    if mine.branch and yours.branch and mine.branch != yours.branch:
        yield Reason("names.other_branch", {"ours": ours.branch, "theirs": theirs.branch})
    elif bool(mine.branch) != bool(yours.branch):
        yield Reason("names.branch_of", {"branch": ours.branch or theirs.branch})


def keys_of(text: str) -> tuple[str, ...]:
    """Return at most ten short keys of a name: names worth comparing share at least one, unlike names seldom any.

    The pairs of neighbours in the brand (a long one also whole, and its first with its last character), the first of
    the brand with the first of the trade; without a brand, place and trade.

    >>> set(keys_of("华为")) & set(keys_of("华为（深圳）科技有限公司"))
    {'华为'}
    >>> set(keys_of("宝钢股份")) & set(keys_of("宝山钢铁股份有限公司"))
    {'宝钢'}
    """
    parsed = parse_name(text)
    brand, trade, place = fold_name(parsed.brand), fold_name(parsed.trade), "".join(parsed.places)
    found = list(_brand_keys(brand, trade) if brand else _bare_keys(place, trade))
    keys = [key[:_KEY_LENGTH] for key in dict.fromkeys(found) if key]
    return tuple(keys[:_MAX_KEYS]) or ((parsed.folded[:_KEY_LENGTH],) if parsed.folded else ())


def _brand_keys(brand: str, trade: str) -> Iterator[str]:
    if brand.isascii() or len(brand) == 1:
        yield brand
    else:
        yield brand[0] + brand[-1]
        yield from (brand[at : at + 2] for at in range(len(brand) - 1))
        yield brand
    if trade:
        yield brand[0] + trade[0]


def _bare_keys(place: str, trade: str) -> Iterator[str]:
    if trade:
        yield place + trade[:2]
        yield trade[:2]
        yield from (place[0] + char for char in (*trade[:1], *trade[2:3]) if place)
    yield place + trade
