"""Questions about evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.evidence.access import can_view
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem, EvidenceRequirement
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class RequirementState:
    """How one requirement stands. Counts leave withdrawn items out; ``returned`` counts those not yet replaced.

    ``items``: every item that was not withdrawn, oldest first, returned versions among them.
    """

    requirement: EvidenceRequirement
    needed: int
    accepted: int
    submitted: int
    returned: int
    items: tuple[EvidenceItem, ...]

    @property
    def met(self) -> bool:
        """True when enough items are accepted."""
        return self.accepted >= self.needed

    @property
    def missing(self) -> int:
        """How many items must still be handed in, if all that wait are accepted."""
        return max(0, self.needed - self.accepted - self.submitted)


def state_of(subject: Subject, purpose: str) -> tuple[RequirementState, ...]:
    """Return how every requirement of ``subject`` for ``purpose`` stands, in the order they were made. Two queries."""
    return states_of_many([subject], purpose)[subject]


def states_of_many(subjects: Iterable[Subject], purpose: str) -> dict[Subject, tuple[RequirementState, ...]]:
    """Return the same for many subjects (one without requirements: an empty tuple). Two queries."""
    wanted = list(dict.fromkeys(subjects))
    requirements = EvidenceRequirement.objects.filter(_of(wanted), purpose=purpose).order_by("id")
    items: defaultdict[int, list[EvidenceItem]] = defaultdict(list)
    rows = list(requirements)
    if rows:
        live = EvidenceItem.objects.filter(requirement__in=rows, voided_at__isnull=True)
        for item in live.select_related("file", "requirement").order_by("id"):
            items[item.requirement_id].append(item)
    states: defaultdict[Subject, list[RequirementState]] = defaultdict(list)
    for row in rows:
        states[Subject(row.subject_kind, row.subject_uid)].append(_state(row, items[row.pk]))
    return {subject: tuple(states[subject]) for subject in wanted}


def count_accepted(subject: Subject) -> dict[str, int]:
    """Return kind → accepted items of ``subject``, over all purposes. One query."""
    return count_accepted_of_many([subject])[subject]


def count_accepted_of_many(subjects: Iterable[Subject]) -> dict[Subject, dict[str, int]]:
    """Return the same for many subjects. One query."""
    wanted = list(dict.fromkeys(subjects))
    counts: dict[Subject, dict[str, int]] = {subject: {} for subject in wanted}
    rows = (
        EvidenceRequirement.objects.filter(_of(wanted))
        .annotate(good=Count("items", filter=Q(items__state=ItemState.ACCEPTED, items__voided_at__isnull=True)))
        .filter(good__gt=0)
        .values_list("subject_kind", "subject_uid", "kind", "good")
    )
    for subject_kind, subject_uid, kind, good in rows:
        pot = counts[Subject(subject_kind, subject_uid)]
        pot[kind] = pot.get(kind, 0) + good
    return counts


def get_item(*, actor: Actor, uid: str) -> EvidenceItem:
    """Return the item that ``actor`` may see, with its requirement and file, or refuse."""
    item = _items().filter(uid=uid).first()
    if item is None or not can_view(actor, item):
        raise refuse("evidence.not_found")
    return item


def get_requirement(*, subject: Subject, purpose: str, kind: str) -> EvidenceRequirement:
    """Return one requirement of a subject, or refuse. The caller has seen the subject."""
    found = EvidenceRequirement.objects.filter(
        subject_kind=subject.kind, subject_uid=subject.uid, purpose=purpose, kind=kind
    ).first()
    if found is None:
        raise refuse("evidence.requirement_not_found", kind=kind)
    return found


def list_waiting(subject_kind: str, purposes: Collection[str]) -> QuerySet[EvidenceItem]:
    """Return the items that wait for a decision, oldest first. The caller narrows them with ``visible_to``."""
    return (
        _items()
        .filter(
            requirement__subject_kind=subject_kind,
            requirement__purpose__in=purposes,
            state=ItemState.SUBMITTED,
            voided_at__isnull=True,
        )
        .order_by("submitted_at", "id")
    )


def _items() -> QuerySet[EvidenceItem]:
    return EvidenceItem.objects.select_related("requirement", "file")


def _of(subjects: Collection[Subject]) -> Q:
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for subject in subjects:
        by_kind[subject.kind].append(subject.uid)
    found = Q(pk__in=[])
    for kind, uids in by_kind.items():
        found |= Q(subject_kind=kind, subject_uid__in=uids)
    return found


def _state(requirement: EvidenceRequirement, items: list[EvidenceItem]) -> RequirementState:
    replaced = {item.replaces_id for item in items if item.replaces_id is not None}

    def count(state: ItemState) -> int:
        return sum(1 for item in items if item.state == state)

    return RequirementState(
        requirement=requirement,
        needed=requirement.count,
        accepted=count(ItemState.ACCEPTED),
        submitted=count(ItemState.SUBMITTED),
        returned=sum(1 for item in items if item.state == ItemState.RETURNED and item.pk not in replaced),
        items=tuple(items),
    )
