"""What a draft of a policy would say of firms that are on file, beside what the published text says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from feidi.domain.parties.access import organizations_visible_to, outposts_visible_to
from feidi.domain.parties.models import Fact, Organization, Outpost
from feidi.domain.policy.access import VIEW
from feidi.domain.policy.enums import Validity, Verdict
from feidi.domain.policy.selectors.facts import facts_known_of
from feidi.domain.policy.selectors.library import PolicyLibrary, library_of
from feidi.engines.rules.clauses import Clause
from feidi.engines.rules.facts import Facts
from feidi.engines.rules.language import ParsedPolicy
from feidi.engines.rules.outcome import evaluate
from feidi.engines.rules.results import Outcome
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject
from feidi.portals.console.drafts.remarks import is_policy, parsed_draft
from feidi.portals.ui.requests import FeidiRequest

#: So many firms are tried; those whose facts were stated last.
FIRMS = 6
_ORGANIZATION = "parties.organization"


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

    @property
    def now_says(self) -> str:
        """The present answer in words, "" where there is no such clause."""
        return outcome_words(self.before)

    @property
    def then_says(self) -> str:
        """The answer of the draft in words, "" where it has no such clause."""
        return outcome_words(self.after)


@dataclass(frozen=True, slots=True)
class Trial:
    """All answers tried: those the draft changes, and the others. Empty: nobody's facts are known."""

    changed: tuple[Tried, ...]
    same: tuple[Tried, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.same)


def tried_out(request: FeidiRequest, place: str, path: str, body: str) -> Trial | None:
    """Return the answers of a draft for firms the actor may see; None where the file is no policy, or none uses it."""
    outpost = _outpost_using(request, place)
    if not request.actor.may(VIEW):
        return None  # the home side reads clauses, not the facts of an outpost's firms
    if outpost is None or not is_policy(path):
        return None
    library = library_of(outpost, on=request.today)
    drafted = parsed_draft(library.dictionary, place, path, body)
    if drafted is None:
        return None
    found = [
        row
        for firm, facts in _firms(request, outpost, library)
        for row in _rows(firm, facts, _published(library, place, path), drafted, library, request)
    ]
    found.sort(key=lambda each: (each.firm, each.clause))
    return Trial(tuple(each for each in found if each.differs), tuple(each for each in found if not each.differs))


def _outpost_using(request: FeidiRequest, place: str) -> Outpost | None:
    outposts = outposts_visible_to(request.actor, Outpost.objects.select_related("home", "host").order_by("id"))
    return next((each for each in outposts if place in library_of(each, on=request.today).places), None)


def _published(library: PolicyLibrary, place: str, path: str) -> Mapping[str, Clause]:
    held = library.clauses.clauses.values()
    return {each.code: each for each in held if (each.place, each.file) == (place, path)}


def _firms(request: FeidiRequest, outpost: Outpost, library: PolicyLibrary) -> list[tuple[str, Facts]]:
    stated = Fact.objects.filter(outpost=outpost, subject_kind=_ORGANIZATION).order_by("-recorded_at")
    uids = list(dict.fromkeys(stated.values_list("subject_uid", flat=True)[:400]))
    visible = organizations_visible_to(request.actor, Organization.objects.filter(uid__in=uids))
    names = dict(visible.values_list("uid", "name"))
    chosen = [uid for uid in uids if uid in names][:FIRMS]
    known = facts_known_of(
        outpost,
        {uid: (Subject(_ORGANIZATION, uid),) for uid in chosen},
        library.dictionary,
        as_of=request.today,
        known_at=request.now,
    )
    return [(names[uid], known[uid].values) for uid in chosen]


def _rows(
    firm: str,
    facts: Facts,
    published: Mapping[str, Clause],
    drafted: ParsedPolicy,
    library: PolicyLibrary,
    request: FeidiRequest,
) -> list[Tried]:
    new = {each.code: each for each in drafted.clauses}
    judged = {each.id: each for clause in new.values() for each in clause.manual}
    dictionary = library.dictionary.including(judged)

    def answer(clauses: Mapping[str, Clause], code: str) -> Outcome | None:
        return evaluate(clauses[code], facts, dictionary, as_of=request.today) if code in clauses else None

    return [
        Tried(firm, code, (new.get(code) or published[code]).title, answer(published, code), answer(new, code))
        for code in sorted({*published, *new})
    ]


def outcome_words(outcome: Outcome | None) -> str:
    """Say an answer shortly: verdict, amount, validity where it is not in force."""
    if outcome is None:
        return ""
    words = [str(Verdict(outcome.verdict.value).label)]
    if outcome.granted is not None and outcome.granted.unstated:
        words.append(_("金额未载明"))
    elif outcome.granted is not None:
        low, high = outcome.granted.lo_fen, outcome.granted.hi_fen
        shown = [format_money(each, "CNY") for each in dict.fromkeys((low, high)) if each is not None]
        words.append(
            (_("最高 ") if outcome.granted.up_to else "") + "–".join(shown) + ("" if high is not None else _(" 起"))
        )
    if outcome.validity.value != Validity.IN_FORCE:
        words.append(str(Validity(outcome.validity.value).label))
    return " · ".join(words)
