"""What looks like it: rows that a name, code or person may mean, each with its reasons; visibility is built in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from feidi.domain.parties.access import organizations_visible_to
from feidi.domain.parties.enums import IdentifierScheme
from feidi.domain.parties.likeness import SAME_CODE, SAME_PERSON, Reason, Relation, compare, keys_of
from feidi.domain.parties.models import (
    NameKey,
    Organization,
    OrganizationAlias,
    OrganizationIdentifier,
    OrganizationLink,
    Outpost,
)
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor, ScopeKind

ORGANIZATION: Final = "parties.organization"
VIEW: Final = "party.view"
#: From which score on (0–100) two names are worth a look; from which on one may be told of a row one does not see.
ALIKE, PROPOSED = 60, 75
#: Whoever writes only a part of a name learns nothing of rows that are not theirs: nobody leafs through them.
_IN_PART: Final = frozenset({"names.short_name", "names.abbreviation"})
_KEY_LENGTH, _LOOKED_AT, _SHOWN, _PER_ROW, _COMPARED = 24, 60, 8, 3, 5
#: A key that more organizations than this share is no reason to compare them; keys asked for at once.
_COMMON, _CHUNK = 60, 500
_CODE_LENGTH = 18
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: the name, a whole credit code, a person's folded name, and the uids whose keys fit."""

    name: str
    code: str
    person: str
    uids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may be meant, as its owner app describes it. ``seen``: the actor may open it. ``who`` answers for it."""

    kind: str
    uid: str
    names: tuple[str, ...]
    since: date
    outpost: str
    phone: str
    seen: bool
    who: str = ""
    number: str = ""
    same_code: bool = False
    same_person: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """A row that looks like what was asked. ``reasons`` become words by ``likeness.reason_words``.

    With ``elsewhere`` true the actor may not see the row: everything but ``since``, ``outpost`` and ``phone`` is empty.
    """

    since: date
    outpost: str
    phone: str
    elsewhere: bool
    kind: str = ""
    uid: str = ""
    name: str = ""
    number: str = ""
    who: str = ""
    score: int = 0
    relation: str = ""
    reasons: tuple[Reason, ...] = field(default=())


Source = Callable[[Actor, Wanted], Sequence[Candidate]]
_SOURCES: dict[str, Source] = {}


def register_source(kind: str, source: Source) -> None:
    """Let rows of ``kind`` be found as alike (from an ``AppConfig.ready``). A source asks at most one question."""
    _SOURCES[kind] = source


def find_alike(actor: Actor, outpost: Outpost, name: str, code: str = "", person: str = "") -> tuple[Alike, ...]:
    """Return organizations and projects that look like it, best first; at most five queries.

    Of rows that the actor may not see, and only when they are surely meant (the same code, or all but the same name),
    nothing is said but that something exists, since when, and which outpost to call. Nothing at all for an actor
    without parties of this outpost.
    """
    if outpost.pk not in actor.scopes(VIEW, ScopeKind.OUTPOST) or not (fold_name(name) or code.strip()):
        return ()
    number = "".join(code.split()).upper()
    wanted = Wanted(
        name, number if len(number) == _CODE_LENGTH else "", fold_name(person), frozenset(_uids_of_keys(name))
    )
    found = [each for source in _SOURCES.values() for each in source(actor, wanted)]
    judged = [alike for each in found if (alike := _judged(each, wanted)) is not None]
    seen = sorted((each for each in judged if not each.elsewhere), key=lambda each: -each.score)[:_SHOWN]
    return (*seen, *_told_once(each for each in judged if each.elsewhere))


def _told_once(rows: Iterable[Alike]) -> list[Alike]:
    """Return one line per outpost, the earliest day: how many rows it has is not said."""
    first: dict[str, Alike] = {}
    for each in sorted(rows, key=lambda row: row.since):
        first.setdefault(each.outpost, each)
    return list(first.values())


def _uids_of_keys(name: str) -> list[str]:
    """Return the rows that share most keys with this name, at most ``_LOOKED_AT``."""
    keys = _keys([name])
    if not keys:
        return []
    rows = NameKey.objects.filter(key__in=keys)
    counted = rows.values("subject_uid").annotate(n=Count("id")).order_by("-n", "subject_uid")
    return list(counted.values_list("subject_uid", flat=True)[:_LOOKED_AT])


def _judged(row: Candidate, wanted: Wanted) -> Alike | None:
    score, relation, reasons = best_likeness([wanted.name], row.names) if fold_name(wanted.name) else (0, "", ())
    if row.same_code:
        score, relation, reasons = _WHOLE, Relation.SAME, (SAME_CODE, *reasons)
    if row.same_person:
        reasons = (*reasons, SAME_PERSON)
    if not row.seen:
        sure = row.same_code or (relation == Relation.SAME and not _IN_PART & {each.code for each in reasons})
        return Alike(row.since, row.outpost, row.phone, elsewhere=True) if sure else None
    if score < ALIKE and not row.same_person:
        return None
    return Alike(
        row.since,
        row.outpost,
        row.phone,
        elsewhere=False,
        kind=row.kind,
        uid=row.uid,
        name=row.names[0],
        number=row.number,
        who=row.who,
        score=score,
        relation=relation,
        reasons=reasons,
    )


def best_likeness(ours: Iterable[str], theirs: Collection[str]) -> tuple[int, str, tuple[Reason, ...]]:
    """Return the best score (0–100), relation and reasons between any two of the names."""
    best: tuple[int, str, tuple[Reason, ...]] = (0, "", ())
    for one in ours:
        for other in theirs:
            found = compare(one, other)
            score = round(found.score * _WHOLE)
            if score > best[0]:
                best = (score, found.relation.value, found.reasons)
    return best


def same_firm(name: str, known: Collection[str]) -> bool:
    """Tell whether a name may be another way to write one of ``known``, where the credit code is the same anyway."""
    folded = fold_name(name)
    return any(folded == fold_name(each) for each in known) or best_likeness([name], known)[0] >= ALIKE


def organizations_alike(actor: Actor, wanted: Wanted) -> list[Candidate]:
    """Describe the live organizations whose keys or code fit (three queries)."""
    coded = OrganizationIdentifier.objects.filter(scheme=IdentifierScheme.USCC, value=wanted.code or None)
    number = OrganizationIdentifier.objects.filter(scheme=IdentifierScheme.USCC, organization=OuterRef("pk"))
    meant = Q(uid__in=wanted.uids) | Q(pk__in=coded.values("organization_id"))
    rows = Organization.objects.filter(meant, voided_at__isnull=True).annotate(
        seen=Exists(organizations_visible_to(actor, Organization.objects.filter(pk=OuterRef("pk")))),
        coded=Exists(coded.filter(organization=OuterRef("pk"))),
        number=Subquery(number.order_by("-valid", "id").values("value")[:1]),
    )
    links = OrganizationLink.objects.select_related("outpost").order_by("since", "id")
    own = actor.scopes(VIEW, ScopeKind.OUTPOST)
    found = []
    for row in rows.prefetch_related("aliases", Prefetch("links", links)):
        known = [link for link in row.links.all() if not row.seen or link.outpost_id in own]
        if not known:
            continue  # nobody's: content made it (an operator), there is no one to call
        found.append(
            Candidate(
                ORGANIZATION,
                row.uid,
                (row.name, *(alias.name for alias in row.aliases.all())),
                known[0].since,
                known[0].outpost.short_name,
                known[0].outpost.phone,
                seen=bool(row.seen),
                number=row.number or "",
                same_code=bool(row.coded),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two organizations (ids, the smaller first) that may be one."""

    left_id: int
    right_id: int
    score: int
    relation: str
    reasons: tuple[Reason, ...]


def propose_for(names: Mapping[int, Sequence[str]]) -> list[Proposal]:
    """Return the live organizations that look like these (id → names), the few best of each; about six queries a
    thousand. For services: takes no account of who asks.
    """
    keys = {pk: _keys(ours) for pk, ours in names.items()}
    holders = _holders({key for each in keys.values() for key in each})
    near = {pk: _nearest(pk, each, holders) for pk, each in keys.items()}
    others = _names_of({other for each in near.values() for other in each} - names.keys())
    found: dict[tuple[int, int], Proposal] = {}
    for pk, ours in names.items():
        judged = []
        for other in near[pk]:
            score, relation, reasons = best_likeness(
                ours, list(names[other] if other in names else others.get(other, ()))
            )
            if score >= PROPOSED:
                judged.append(Proposal(min(pk, other), max(pk, other), score, relation, reasons))
        for each in sorted(judged, key=lambda row: -row.score)[:_PER_ROW]:
            found.setdefault((each.left_id, each.right_id), each)
    return list(found.values())


def _keys(names: Iterable[str]) -> set[str]:
    return {key[:_KEY_LENGTH] for name in names if name.strip() for key in keys_of(name)}


def _holders(keys: Collection[str]) -> dict[str, list[int]]:
    """Return key → ids of the live organizations that have it; keys that too many share say nothing and are left out."""
    found: dict[str, list[int]] = defaultdict(list)
    asked = sorted(keys)
    for at in range(0, len(asked), _CHUNK):
        here = NameKey.objects.filter(subject_kind=ORGANIZATION, key__in=asked[at : at + _CHUNK])
        counted = here.values("key").annotate(n=Count("id")).filter(n__gt=1, n__lte=_COMMON)
        telling = list(counted.values_list("key", flat=True))
        rows = list(
            NameKey.objects.filter(subject_kind=ORGANIZATION, key__in=telling).values_list("key", "subject_uid")
        )
        live = Organization.objects.filter(uid__in={uid for _key, uid in rows}, voided_at__isnull=True)
        ids = dict(live.values_list("uid", "id"))
        for key, uid in rows:
            if uid in ids:
                found[key].append(ids[uid])
    return found


def _nearest(pk: int, keys: Iterable[str], holders: Mapping[str, Sequence[int]]) -> list[int]:
    shared = Counter(other for key in keys for other in holders.get(key, ()) if other != pk)
    return [other for other, _n in shared.most_common(_COMPARED)]


def _names_of(ids: Collection[int]) -> dict[int, list[str]]:
    names = {pk: [name] for pk, name in Organization.objects.filter(pk__in=ids).values_list("id", "name")}
    aliases = OrganizationAlias.objects.filter(organization_id__in=ids).order_by("id")
    for pk, alias in aliases.values_list("organization_id", "name"):
        names[pk].append(alias)
    return names
