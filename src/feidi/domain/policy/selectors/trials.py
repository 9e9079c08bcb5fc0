"""What a draft of a policy would say of firms that are on file, beside what the published text says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feidi.domain.parties.access import organizations_visible_to, outposts_visible_to
from feidi.domain.parties.models import Fact, Organization, Outpost
from feidi.domain.policy.access import VIEW
from feidi.domain.policy.selectors.drafts import is_policy, parsed_draft
from feidi.domain.policy.selectors.facts import facts_known_of
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.domain.policy.selectors.library import PolicyLibrary, library_of
from feidi.engines.rules.clauses import Clause
from feidi.engines.rules.facts import FactDictionary, Facts
from feidi.engines.rules.language import ParsedPolicy
from feidi.engines.rules.outcome import evaluate
from feidi.engines.rules.results import Outcome
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject

#: So many firms are tried; those whose facts were stated last.
FIRMS: Final = 6
#: So many of the latest facts are looked through for them.
_LATEST: Final = 400


@dataclass(frozen=True, slots=True)
class Tried:
    """One clause for one firm: what the published text says (None: no such clause) and what the draft says."""

    firm: str
    clause: str
    title: str
    before: Outcome | None
    after: Outcome | None

    @property
    def differs(self) -> bool:
        """Whether the draft changes the answer."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Trial:
    """All answers tried: those the draft changes, and the others. Empty: nobody's facts are known."""

    changed: tuple[Tried, ...]
    same: tuple[Tried, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.same)


def try_draft(actor: Actor, place: str, path: str, body: str, *, as_of: date, known_at: datetime) -> Trial | None:
    """Return the answers of a draft for firms the actor may see; None where the file is no policy, none of the actor's
    outposts uses it, the text cannot be read, or the actor has no part in policy work.

    The home side reads clauses, not the facts of an outpost's firms.
    """
    outpost = _outpost_using(actor, place, as_of)
    if not actor.may(VIEW) or outpost is None or not is_policy(path):
        return None
    library = library_of(outpost, on=as_of)
    drafted = parsed_draft(library.dictionary, place, path, body)
    if drafted is None:
        return None
    published = _published(library, place, path)
    judged = {each.id: each for clause in drafted.clauses for each in clause.manual}
    dictionary = library.dictionary.including(judged)
    found = [
        row
        for firm, facts in _firms(actor, outpost, library, as_of, known_at)
        for row in _rows(firm, facts, published, drafted, dictionary, as_of)
    ]
    found.sort(key=lambda each: (each.firm, each.clause))
    return Trial(tuple(each for each in found if each.differs), tuple(each for each in found if not each.differs))


def _outpost_using(actor: Actor, place: str, on: date) -> Outpost | None:
    outposts = outposts_visible_to(actor, Outpost.objects.select_related("home", "host").order_by("id"))
    return next((each for each in outposts if place in library_of(each, on=on).places), None)


def _published(library: PolicyLibrary, place: str, path: str) -> Mapping[str, Clause]:
    held = library.clauses.clauses.values()
    return {each.code: each for each in held if (each.place, each.file) == (place, path)}


def _firms(
    actor: Actor, outpost: Outpost, library: PolicyLibrary, as_of: date, known_at: datetime
) -> list[tuple[str, Facts]]:
    stated = Fact.objects.filter(outpost=outpost, subject_kind=ORGANIZATION).order_by("-recorded_at")
    uids = list(dict.fromkeys(stated.values_list("subject_uid", flat=True)[:_LATEST]))
    visible = organizations_visible_to(actor, Organization.objects.filter(uid__in=uids))
    names = dict(visible.values_list("uid", "name"))
    chosen = [uid for uid in uids if uid in names][:FIRMS]
    asked = {uid: (Subject(ORGANIZATION, uid),) for uid in chosen}
    known = facts_known_of(outpost, asked, library.dictionary, as_of=as_of, known_at=known_at)
    return [(names[uid], known[uid].values) for uid in chosen]


def _rows(
    firm: str,
    facts: Facts,
    published: Mapping[str, Clause],
    drafted: ParsedPolicy,
    dictionary: FactDictionary,
    as_of: date,
) -> Iterator[Tried]:
    new = {each.code: each for each in drafted.clauses}

    def answer(clauses: Mapping[str, Clause], code: str) -> Outcome | None:
        return evaluate(clauses[code], facts, dictionary, as_of=as_of) if code in clauses else None

    for code in sorted({*published, *new}):
        title = (new.get(code) or published[code]).title
        yield Tried(firm, code, title, answer(published, code), answer(new, code))
