"""Whether a tenant may graduate, and why or why not: the place's condition, in the policy language, over its facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.incubation.models import Tenancy
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.policy.selectors.facts import facts_known
from feidi.domain.policy.selectors.library import library_of
from feidi.engines.rules.explaining import why_of
from feidi.engines.rules.language import parse_condition
from feidi.engines.rules.meaning import answer
from feidi.engines.rules.results import Truth, Why
from feidi.engines.rules.worlds import world_of
from feidi.kernel.subjects import Subject

ORGANIZATION = "parties.organization"


@dataclass(frozen=True, slots=True)
class GraduationAnswer:
    """``truth`` yes, no or unknown (a fact is missing: unknown is not no); ``why`` the tree, ``note`` where the rule is from.

    ``missing``: fact id → its name, for the short form that asks for it. ``confirmed`` False: the place has not taken
    the rule up, so it advises and decides nothing.
    """

    truth: Truth
    why: Why
    missing: dict[str, str]
    note: str
    confirmed: bool


def graduation_of(tenancy: Tenancy, *, as_of: date, known_at: datetime) -> GraduationAnswer | None:
    """Return how a tenant stands to the place's condition of graduation; None when the place has none."""
    outpost = tenancy.outpost
    rules = incubation_rules(outpost)
    if rules.graduation is None:
        return None
    dictionary = library_of(outpost, on=as_of).dictionary
    condition = parse_condition(rules.graduation, dictionary)
    subject = Subject(ORGANIZATION, tenancy.organization.uid)
    known = facts_known(outpost, [subject], dictionary, as_of=as_of, known_at=known_at)
    world = world_of(known.values, dictionary, as_of)
    answered = answer(condition, world)
    why = why_of(answered, world)
    missing = {fact: dictionary[fact].name for fact in why.missing if fact in dictionary}
    return GraduationAnswer(answered.truth, why, missing, rules.graduation_note, rules.confirmed)
