"""目标企业清单: lists, progress by node, and what is known already of a name. A target is the outpost's own until it
becomes a project: the home side does not see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from feidi.domain.parties.models import OrganizationAlias, OrganizationLink, Outpost
from feidi.domain.pipeline.enums import PartyRole, TargetState
from feidi.domain.pipeline.models import Project, ProjectParty, Target
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor, ScopeKind

VIEW = "project.view"
#: Order of columns on the list → fields.
SORTS = {
    "name": ("name",),
    "node": ("chain", "node"),
    "priority": ("priority",),
    "state": ("state",),
    "contacted": ("contacted_on",),
}


def targets_visible_to(actor: Actor, rows: QuerySet[Target]) -> QuerySet[Target]:
    """Narrow targets to those of the outposts that the actor works for."""
    return rows.filter(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))


def can_view_target(actor: Actor, target: Target) -> bool:
    """Tell whether ``target`` is among those visible."""
    return target.outpost_id in actor.scopes(VIEW, ScopeKind.OUTPOST)


def get_target(actor: Actor, uid: str) -> Target:
    """Return one live target that the actor may open; raises ``Target.DoesNotExist`` for every other."""
    rows = Target.objects.filter(voided_at__isnull=True).select_related(
        "outpost__home", "owner", "project", "organization"
    )
    return targets_visible_to(actor, rows).get(uid=uid)


@dataclass(frozen=True, slots=True)
class TargetFilter:
    """What the list shows. Empty means "any"; ``owner_id`` 0: nobody contacts it yet."""

    words: str = ""
    chain: str = ""
    node: str = ""
    state: str = ""
    owner_id: int | None = None
    outpost_id: int | None = None


def list_targets(actor: Actor, wanted: TargetFilter) -> QuerySet[Target]:
    """Return the live targets that the actor may open, most wanted first."""
    rows = targets_visible_to(actor, Target.objects.filter(voided_at__isnull=True))
    if words := wanted.words.strip():
        folded = fold_name(words)
        rows = rows.filter(Q(name_folded__contains=folded) | Q(node__icontains=words) | Q(chain__icontains=words))
    exact: dict[str, Any] = {
        "chain": wanted.chain,
        "node": wanted.node,
        "state": wanted.state,
        "outpost_id": wanted.outpost_id,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.owner_id is not None:
        rows = rows.filter(owner_id=wanted.owner_id) if wanted.owner_id else rows.filter(owner__isnull=True)
    return rows.select_related("owner", "project", "outpost").order_by("priority", "-id")


@dataclass(frozen=True, slots=True)
class NodeProgress:
    """How far one node is: targets in all, reached at all (contacted or further), talking, declined or dropped."""

    chain: str
    node: str
    total: int
    reached: int
    talking: int
    closed: int
    unassigned: int


def progress_by_node(rows: QuerySet[Target]) -> list[NodeProgress]:
    """Return the progress of each node among ``rows``, in order of chain and node. One query."""
    reached = [TargetState.CONTACTED, TargetState.TALKING, TargetState.DECLINED]
    counted = (
        rows.order_by("chain", "node")
        .values("chain", "node")
        .annotate(
            total=Count("pk"),
            reached=Count("pk", filter=Q(state__in=reached)),
            talking=Count("pk", filter=Q(state=TargetState.TALKING)),
            closed=Count("pk", filter=Q(state__in=[TargetState.DECLINED, TargetState.DROPPED])),
            unassigned=Count("pk", filter=Q(owner__isnull=True)),
        )
    )
    return [NodeProgress(**each) for each in counted]


def known_nodes(actor: Actor) -> list[tuple[str, str]]:
    """Return the (chain, node) pairs in use, for suggestions."""
    rows = targets_visible_to(actor, Target.objects.filter(voided_at__isnull=True))
    return list(rows.order_by("chain", "node").values_list("chain", "node").distinct())


@dataclass(frozen=True, slots=True)
class KnownAs:
    """What the outpost has of a name already: targets in any node, projects, whether the firm is in its parties."""

    targets: tuple[Target, ...] = ()
    projects: tuple[Project, ...] = ()
    organization: bool = False

    @property
    def anything(self) -> bool:
        """True when the name is not new."""
        return bool(self.targets or self.projects or self.organization)


def known_as(outpost: Outpost, name: str) -> KnownAs:
    """Return what ``outpost`` has of a name, former names included. Three queries."""
    folded = fold_name(name)
    if not folded:
        return KnownAs()
    targets = Target.objects.filter(outpost=outpost, name_folded=folded, voided_at__isnull=True)
    aliased = OrganizationAlias.objects.filter(name_folded=folded).values("organization_id")
    same = Q(organization__name_folded=folded) | Q(organization_id__in=aliased)
    parties = ProjectParty.objects.filter(same, role=PartyRole.SPONSOR, until__isnull=True).values("project_id")
    named = Q(sponsor_folded=folded) | Q(pk__in=parties)
    projects = Project.objects.filter(named, outpost=outpost, voided_at__isnull=True)
    linked = OrganizationLink.objects.filter(same, outpost=outpost)
    return KnownAs(tuple(targets[:5]), tuple(projects[:5]), linked.exists())


def projects_to_link(target: Target) -> Sequence[Project]:
    """Return the outpost's projects whose sponsor or name is the target's, for “开始洽谈” to link."""
    return known_as(target.outpost, target.name).projects
