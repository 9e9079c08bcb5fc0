"""Passing a person's projects, promises (待补) and targets to another, many at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.reassigning import HAND_OVER, pass_rows
from feidi.domain.pipeline.models import Gap, Project, Target
from feidi.kernel.access import Actor
from feidi.kernel.identity.models import User

PROJECT, GAP, TARGET = "pipeline.project", "pipeline.gap", "pipeline.target"


def projects_held(outpost: Outpost, user: User) -> QuerySet[Project]:
    """Return the outpost's projects that ``user`` owns, voided ones left out."""
    return Project.objects.filter(outpost=outpost, owner=user, voided_at__isnull=True).order_by("id")


def gaps_held(outpost: Outpost, user: User) -> QuerySet[Gap]:
    """Return what ``user`` has promised for the outpost's projects and not yet delivered."""
    rows = Gap.objects.filter(project__outpost=outpost, responsible=user, filled_at__isnull=True)
    return rows.filter(project__voided_at__isnull=True).select_related("project").order_by("id")


def targets_held(outpost: Outpost, user: User) -> QuerySet[Target]:
    """Return the firms that ``user`` is to contact for the outpost."""
    return Target.objects.filter(outpost=outpost, owner=user, voided_at__isnull=True).order_by("id")


def reassign_projects(
    *, actor: Actor, now: datetime, outpost: Outpost, uids: Collection[str], giver: User, taker: User, reason: str
) -> frozenset[str]:
    """Pass projects from ``giver`` to ``taker``; return which were still the giver's and have been passed."""
    require(actor, HAND_OVER, outpost_scope(outpost.pk))
    rows = Project.objects.filter(outpost=outpost, owner=giver, uid__in=uids)
    return pass_rows(
        actor=actor, now=now, rows=rows, kind=PROJECT, field="owner", to=taker, reason=reason, text_field="owner_text"
    )


def reassign_gaps(
    *, actor: Actor, now: datetime, outpost: Outpost, uids: Collection[str], giver: User, taker: User, reason: str
) -> frozenset[str]:
    """Pass open promises from ``giver`` to ``taker``; return which have been passed."""
    require(actor, HAND_OVER, outpost_scope(outpost.pk))
    rows = Gap.objects.filter(project__outpost=outpost, responsible=giver, uid__in=uids, filled_at__isnull=True)
    return pass_rows(
        actor=actor,
        now=now,
        rows=rows,
        kind=GAP,
        field="responsible",
        to=taker,
        reason=reason,
        text_field="responsible_text",
    )


def reassign_targets(
    *, actor: Actor, now: datetime, outpost: Outpost, uids: Collection[str], giver: User, taker: User, reason: str
) -> frozenset[str]:
    """Pass targets from ``giver`` to ``taker``; return which were still the giver's and have been passed."""
    require(actor, HAND_OVER, outpost_scope(outpost.pk))
    rows = Target.objects.filter(outpost=outpost, owner=giver, uid__in=uids)
    return pass_rows(actor=actor, now=now, rows=rows, kind=TARGET, field="owner", to=taker, reason=reason)
