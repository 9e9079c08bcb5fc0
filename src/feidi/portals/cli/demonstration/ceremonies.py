"""Signing ceremonies of the demonstration: at the second one a project signs again and shows 已计. Invented."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from feidi.domain.liaison.services.ceremonies import CeremonyPlan, add_item, edit_item, plan_ceremony
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import AgreementKind, Counting
from feidi.domain.pipeline.models import Agreement
from feidi.portals.cli.demonstration.agenda import Scene


def load(scene: Scene) -> None:
    """Play it on the last evening, after everything else is there."""
    act: dict[str, Any] = {
        "actor": scene.actors["officer"],
        "now": datetime.combine(scene.last_day, time(18, 15), SHANGHAI),
    }
    rows = Agreement.objects.filter(project__outpost=scene.outpost, voided_at__isnull=True).select_related(
        "project", "counting_against"
    )
    for again in rows.filter(counting=Counting.ALREADY).order_by("signed_on")[:1]:
        first = again.counting_against
        if first is not None:
            _hold(scene, act, first, "滨海投资推介会集中签约（演示）")
        _hold(scene, act, again, "年度集中签约活动（演示）")
    frame = rows.filter(kind=AgreementKind.FRAMEWORK).order_by("signed_on").first()
    if frame is not None:
        _hold(scene, act, frame, "战略合作签约（演示）")


def _hold(scene: Scene, act: dict[str, Any], agreement: Agreement, title: str) -> None:
    """List the project of ``agreement``, everybody who signed that day, and one that had signed before."""
    day = agreement.signed_on
    plan = CeremonyPlan(title, day, "滨海会展中心（演示）")
    row = plan_ceremony(outpost=scene.outpost, plan=plan, projects=[agreement.project], **act)
    same_day = Agreement.objects.filter(project__outpost=scene.outpost, signed_on=day, voided_at__isnull=True)
    for other in same_day.exclude(project=agreement.project).select_related("project").order_by("id")[:3]:
        add_item(ceremony=row, project=other.project, **act)
    before = Agreement.objects.filter(
        project__outpost=scene.outpost, counting=Counting.FIRST, signed_on__lt=day - timedelta(days=1)
    ).exclude(project__in=row.items.values("project_id"))
    for other in before.select_related("project").order_by("-signed_on")[:1]:
        add_item(ceremony=row, project=other.project, **act)
    for item in row.items.select_related("ceremony").order_by("position")[:1]:
        edit_item(item=item, signatories="方远、郑文", seat_cards="方远、郑文、林平", **act)
