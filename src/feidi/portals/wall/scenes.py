"""The scenes: each takes a showing and returns what its template needs. Numbers and cleared names, nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.incubation.models import Tenancy
from feidi.domain.incubation.selectors.warnings import warnings_of
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import LandingState, Stage
from feidi.domain.pipeline.models import LandingCase, Project
from feidi.domain.pipeline.selectors.landing import landing_content
from feidi.domain.reporting.selectors.figures import funnel_for
from feidi.domain.reporting.selectors.indicators import Indicator, indicators_for
from feidi.domain.reporting.selectors.wall import count_late, wall_rules
from feidi.domain.roadshow.enums import ActivityState
from feidi.domain.roadshow.selectors.activities import list_public
from feidi.domain.showcase.selectors.cleared import cleared_projects
from feidi.domain.space.models import Occupation, Unit, Zone
from feidi.domain.space.selectors.premises import there_on
from feidi.kernel.evidence.selectors import count_accepted_of_many
from feidi.kernel.subjects import Subject
from feidi.portals.wall import drawing
from feidi.portals.wall.flow_scene import flow_scene
from feidi.portals.wall.showing import Showing, say

Told = dict[str, Any]
_ROWS: Final = 6


def funnel_scene(showing: Showing) -> Told:
    """The funnel of everything so far, with its bounds, as the console has it."""
    steps = funnel_for(showing.all_time, openings=True)
    this_year = {each.stage: each.count for each in funnel_for(showing.view)}
    return {
        "bars": drawing.funnel(
            [
                (
                    str(Stage(each.stage).label),
                    each.count,
                    each.of_last,
                    this_year[each.stage].n if each.stage in this_year else 0,
                )
                for each in steps
            ]
        ),
        "year": showing.today.year,
        "drill": reverse("console:figures:figure_overview"),
    }


def landings_scene(showing: Showing) -> Told:
    """Verified landings, the newest first; a name only where the project is public, else none."""
    named = {each.subject_uid: each for each in cleared_projects(showing.outpost, showing.now)}
    cases = LandingCase.objects.filter(
        project__outpost=showing.outpost, project__voided_at__isnull=True, state=LandingState.VERIFIED
    ).select_related("project")
    shown = list(cases.order_by("-verified_on", "-id")[:_ROWS])
    subjects = {each.pk: Subject("pipeline.project", each.project.uid) for each in shown}
    proofs = count_accepted_of_many(subjects.values())
    so_far, this_year, stayed = (
        *indicators_for(showing.all_time, ("K14",), now=showing.now),
        *_figures(showing, ("K14", "K18")),
    )
    kinds = [(each["evidence"], say(each["label"])) for each in landing_content(showing.outpost).data["requirements"]]
    return {
        "tiles": [
            {"label": _("累计核实落地"), "figure": so_far},
            {"label": _("本年核实落地"), "figure": this_year},
            {"label": stayed.label, "figure": stayed},
        ],
        "rows": [
            _landing(each, named, [name for kind, name in kinds if proofs[subjects[each.pk]].get(kind)])
            for each in shown
        ],
        "drill": so_far.url,
    }


def _landing(case: LandingCase, named: Mapping[str, Any], proofs: list[str]) -> Told:
    public = case.project.uid in named
    return {"name": _name(named, case.project), "public": public, "on": case.verified_on, "proofs": proofs}


def _name(named: Mapping[str, Any], project: Project) -> str:
    cleared = named.get(project.uid)
    return say({"zh": cleared.name, "en": cleared.name_en or cleared.name}) if cleared is not None else ""


def targets_scene(showing: Showing) -> Told:
    """The year's targets: what is done, what should be by now, ahead or behind."""
    figures = _figures(showing, wall_rules(showing.outpost).targets)
    return {
        "gauges": [drawing.gauge(each) for each in figures],
        "drill": reverse("console:indicators:indicator_overview"),
    }


def space_scene(showing: Showing) -> Told:
    """Which rooms are in use at this moment, zone by zone; how much is let. Who is where is not shown."""
    units = Unit.objects.filter(
        there_on(showing.today), outpost=showing.outpost, voided_at__isnull=True, parts__isnull=True
    )
    held = set(
        Occupation.objects.filter(
            unit__outpost=showing.outpost, freed_at__isnull=True, starts_at__lte=showing.now, ends_at__gt=showing.now
        ).values_list("unit_id", flat=True)
    )
    own: defaultdict[int, list[bool]] = defaultdict(list)
    for pk, whole, zone in units.values_list("pk", "parent_id", "zone_id"):
        own[zone].append(pk in held or whole in held)
    zones = Zone.objects.filter(pk__in=own).order_by("position", "pk")
    return {
        "zones": [
            {
                "name": zone.name,
                "used": sum(own[zone.pk]),
                "all": len(own[zone.pk]),
                "cells": drawing.cells(sum(own[zone.pk]), len(own[zone.pk])),
            }
            for zone in zones
        ],
        "figures": _figures(showing, ("K20", "K19", "K22")),
        "drill": reverse("console:rooms:usage_view"),
    }


def events_scene(showing: Showing) -> Told:
    """What the public may read of coming activities."""
    rows = [each for each in list_public(showing.outpost, showing.now) if each.ends_at >= showing.now]
    return {
        "events": [
            {
                "title": say({"zh": each.title_zh, "en": each.title_en or each.title_zh}),
                "day": each.starts_at.astimezone(SHANGHAI),
                "until": each.ends_at.astimezone(SHANGHAI),
                "running": each.starts_at <= showing.now,
                "cancelled": each.state == ActivityState.CANCELLED,
            }
            for each in rows[:_ROWS]
        ],
        "drill": reverse("console:events:activity_list"),
    }


def alerts_scene(showing: Showing) -> Told:
    """What wants attention, as counts only."""
    late = count_late(showing.outpost, showing.today)
    waiting = LandingCase.objects.filter(
        project__outpost=showing.outpost, project__voided_at__isnull=True, state=LandingState.SUBMITTED
    ).count()
    tenancies = Tenancy.objects.filter(
        outpost=showing.outpost, ended_on__isnull=True, voided_at__isnull=True
    ).select_related("outpost__home", "organization")
    warned = len(warnings_of(tenancies, showing.today, showing.now))
    return {
        "counts": [
            {"label": _("时限已过的事项"), "n": late, "tone": "bad" if late else "ok", "unit": _("项")},
            {"label": _("等待核验的落地"), "n": waiting, "tone": "warn" if waiting else "ok", "unit": _("个")},
            {"label": _("有预警的在孵企业"), "n": warned, "tone": "warn" if warned else "ok", "unit": _("家")},
        ],
        "figures": _figures(showing, ("K05", "K40")),
        "drill": reverse("console:home"),
    }


def _figures(showing: Showing, codes: tuple[str, ...]) -> list[Indicator]:
    return list(indicators_for(showing.view, codes, now=showing.now))


SCENES: Final[Mapping[str, Callable[[Showing], Told]]] = {
    "funnel": funnel_scene,
    "flows": flow_scene,
    "landings": landings_scene,
    "targets": targets_scene,
    "space": space_scene,
    "events": events_scene,
    "alerts": alerts_scene,
}


def tell(showing: Showing, code: str) -> Told:
    """Return what the template of a scene needs; where a screen has no person, nothing leads on."""
    told = SCENES[code](showing)
    if not showing.presenter:
        told["drill"] = ""
    return told
