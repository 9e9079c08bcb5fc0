"""Of whom clauses are asked beside firms: persons on file, referrals. An upper app tells of its own kind.

A person's name is for the page of who may see the person; what leaves the page (paper, text to copy, what is kept)
carries the masked one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from feidi.domain.parties.models import Outpost
from feidi.domain.policy.access import VIEW
from feidi.domain.policy.models import Checkup
from feidi.engines.rules.clauses import SubjectKind
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class About:
    """One subject: of whom facts are taken (itself first, then what stands beside it), how it reads.

    ``name``    for the page; ``masked`` for everything that leaves it
    ``beside``  what tells it from another of the same name: position and firm, project
    """

    subjects: tuple[Subject, ...]
    outpost: Outpost
    name: str
    masked: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Askable:
    """A kind of subject that has clauses of its own.

    ``rows``        the live ones of all outposts, with the joins that ``about`` needs
    ``visible_to``  narrows them to those that an actor may see
    ``outpost``     field by which a row belongs to an outpost; ``words`` fields that a list is searched by
    ``beside``      kind of subject whose facts are taken too → the way from a row to its uid
    """

    kind: str
    clauses: SubjectKind
    rows: Callable[[], QuerySet[Any]]
    visible_to: Callable[[Actor, QuerySet[Any]], QuerySet[Any]]
    about: Callable[[Any], About]
    outpost: str
    words: tuple[str, ...]
    order: str
    beside: Mapping[str, str]


_KINDS: dict[str, Askable] = {}


def register_askable(each: Askable) -> None:
    """Add a kind (from the ``AppConfig.ready`` of its owner); the same one twice is harmless."""
    _KINDS[each.kind] = each


def clauses_about(kind: str) -> frozenset[SubjectKind] | None:
    """Return which clauses are asked of a kind of subject; None for an organization, which has several."""
    known = _KINDS.get(kind)
    return None if known is None else frozenset({known.clauses})


def askable_kinds() -> tuple[str, ...]:
    """Return the kinds of subjects that have clauses of their own, in order of name."""
    return tuple(sorted(_KINDS))


def find_about(actor: Actor, subject: Subject) -> About | None:
    """Return a subject that the actor may see and whose outpost's policy work the actor may view, else None."""
    known = _KINDS.get(subject.kind)
    row = _seen(actor, known).filter(uid=subject.uid).first() if known else None
    return known.about(row) if known and row is not None else None


def list_askable(actor: Actor, kind: str, *, words: str = "", outpost_id: int | None = None) -> QuerySet[Any]:
    """Return the subjects of a kind that may be asked about, each with ``last_checkup`` (uid) and ``last_as_of``."""
    known = _KINDS[kind]
    rows = _seen(actor, known)
    if outpost_id:
        rows = rows.filter(**{known.outpost: outpost_id})
    if wanted := words.strip():
        found = Q()
        for field in known.words:
            found |= Q(**{f"{field}__icontains": wanted})
        rows = rows.filter(found)
    own = actor.scopes(VIEW, ScopeKind.OUTPOST)
    kept = Checkup.objects.filter(subject_kind=kind, subject_uid=OuterRef("uid"), outpost_id__in=own)
    newest = kept.order_by("-created_at", "-id")
    listed: QuerySet[Any] = rows.annotate(
        last_checkup=Subquery(newest.values("uid")[:1]), last_as_of=Subquery(newest.values("as_of")[:1])
    )
    return listed.order_by(known.order, "id")


def abouts_of(actor: Actor, subjects: Collection[Subject]) -> dict[Subject, About]:
    """Return those of some subjects that may be asked about, as they read; one query per kind that is among them."""
    found: dict[Subject, About] = {}
    for kind in sorted({each.kind for each in subjects} & _KINDS.keys()):
        rows = _seen(actor, _KINDS[kind]).filter(uid__in=[each.uid for each in subjects if each.kind == kind])
        found |= {Subject(kind, row.uid): _KINDS[kind].about(row) for row in rows}
    return found


def about_row(kind: str, row: Model) -> About:
    """Return a row of ``list_askable`` as a subject."""
    return _KINDS[kind].about(row)


def _seen(actor: Actor, known: Askable) -> QuerySet[Any]:
    return known.visible_to(actor, known.rows()).filter(
        **{f"{known.outpost}__in": actor.scopes(VIEW, ScopeKind.OUTPOST)}
    )


def live_at(kind: str, outpost: Outpost) -> QuerySet[Any]:
    """Return the live subjects of a kind at an outpost, whoever asks: for the reckoning alone."""
    known = _KINDS[kind]
    return known.rows().filter(**{known.outpost: outpost})


def beside(outpost: Outpost, subjects: Collection[Subject]) -> list[Subject]:
    """Return the live subjects at an outpost that take facts from some of ``subjects``: their answers change with them."""
    found: list[Subject] = []
    for kind in askable_kinds():
        for source, way in _KINDS[kind].beside.items():
            uids = [each.uid for each in subjects if each.kind == source]
            if uids:
                rows = live_at(kind, outpost).filter(**{f"{way}__in": uids}).order_by("pk")
                found += [Subject(kind, uid) for uid in rows.values_list("uid", flat=True)]
    return found


def masked_name(name: str) -> str:
    """Return what of a name may leave the page: the first character.

    >>> masked_name("王小明"), masked_name("王总"), masked_name("")
    ('王**', '王**', '')
    """
    return f"{name.strip()[:1]}**" if name.strip() else ""
