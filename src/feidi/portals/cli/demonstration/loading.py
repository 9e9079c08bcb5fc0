"""The whole load: content, accounts, lives, in one transaction. A load that is stopped leaves nothing behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.places import sync_places
from feidi.domain.pipeline.enums import ProjectKind
from feidi.domain.pipeline.models import Project
from feidi.domain.space.services.syncing import sync_units
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.calendar.working_days import almanac
from feidi.kernel.content.library import library
from feidi.kernel.content.publishing import load_folder
from feidi.kernel.identity.models import User
from feidi.portals.cli.demonstration import (
    activities,
    admissions,
    candidate_lists,
    ceremonies,
    chances,
    closings,
    contract,
    feedback,
    flows,
    industry_tables,
    introductions,
    laboratories,
    matching_profiles,
    plans,
    plaques,
    playbooks,
    policies,
    promises,
    proofs,
    reports,
    roadshows,
    showcase,
    space,
    talents,
    tenancies,
    trips,
    who_is_who,
)
from feidi.portals.cli.demonstration.accounts import open_accounts, open_tenant
from feidi.portals.cli.demonstration.agenda import Progress, Scene
from feidi.portals.cli.demonstration.daily import tell_daily
from feidi.portals.cli.demonstration.first_reports import tell_first_reports
from feidi.portals.cli.demonstration.friday import tell_friday
from feidi.portals.cli.demonstration.inspected import (
    PLOTS,
    accelerating,
    firm_of,
    landed_first,
    licence_only,
    tell_inspected,
)
from feidi.portals.cli.demonstration.invented import invent_firms
from feidi.portals.cli.demonstration.openings import take_over
from feidi.portals.cli.demonstration.ordinary import MONTHS, STRANGE, tell_ordinary

PLACE: Final = "yunxi"
OUTPOST: Final = "yunbin"
_SEED: Final = 20220110
_INSTALLER: Final = Actor(kind=ActorKind.COMMAND, label="command:demonstration")
_DAYS_BEFORE: Final = (MONTHS + 1) * 31


@dataclass(frozen=True, slots=True)
class Summary:
    """What was loaded."""

    projects: int
    events: int


def load_demonstration(*, now: datetime, progress: Progress) -> Summary:
    """Load the demonstration into an installation without projects and accounts; all of it or nothing.

    Refused: not declared as a demonstration, projects or accounts there already.
    """
    refuse_unless_empty()
    with transaction.atomic():
        _publish(now)
        scene = _scene(now)
        firms = invent_firms(scene.random)
        far = [each for each in firms if each.kind is ProjectKind.ENTERPRISE and each.field != STRANGE][: len(PLOTS)]
        tell_inspected(scene, far)
        rest = [each for each in firms if each not in far]
        scene.random.shuffle(rest)
        tell_ordinary(scene, rest)
        tell_first_reports(scene, _start(scene.today))
        tell_daily(scene)
        played = scene.play(progress)
        take_over(scene)
        who_is_who.load(scene)
        promises.load(scene)
        tell_friday(scene)
        contract.load(scene)
        for each in (trips, ceremonies, plans, plaques, industry_tables, chances):
            each.load(scene)
        _open_tenant(scene, firm_of(licence_only, far).sponsor)
        matching_profiles.load(scene, firm_of(licence_only, far).sponsor)
        introductions.load(scene)
        proofs.load(scene)
        admissions.load(scene)
        playbooks.load(scene, firm_of(licence_only, far).sponsor)
        talents.load(scene, now)
        space.load(scene, firm_of(licence_only, far).sponsor)
        activities.load(scene)
        tenancies.load(scene)
        laboratories.load(scene)
        feedback.load(scene)
        candidate_lists.load(scene)
        flows.load(scene)
        roadshows.load(scene)
        showcase.load(scene, firm_of(licence_only, far).sponsor)
        policies.load(scene, now, [firm_of(each, far).sponsor for each in (licence_only, landed_first, accelerating)])
        closings.load(scene)
        reports.load(scene)
        return Summary(projects=Project.objects.count(), events=played)


def refuse_unless_empty() -> None:
    """Refuse an installation that is not declared as a demonstration, or that holds anything of anybody's."""
    if not settings.FEIDI_DEMONSTRATION:
        raise refuse("demonstration.not_declared")
    real = Project.objects.exclude(outpost__code=OUTPOST).values_list("outpost__short_name", flat=True).distinct()
    if real:
        raise refuse("demonstration.real_rows", outposts="、".join(sorted(set(real))))
    if Project.objects.exists():
        raise refuse("demonstration.loaded_already", n=Project.objects.count())
    if User.objects.exists():
        raise refuse("demonstration.accounts_there", n=User.objects.count())


def _publish(now: datetime) -> None:
    """Publish the invented places' content unless the migration has loaded it already; rooms follow from it."""
    if PLACE not in library().places():
        load_folder(actor=_INSTALLER, now=now, places=[PLACE])
        sync_places(actor=_INSTALLER, now=now)
    sync_units(actor=_INSTALLER, now=now)


def _scene(now: datetime) -> Scene:
    today = now.astimezone(SHANGHAI).date()
    outpost = Outpost.objects.select_related("home", "operator").get(code=OUTPOST)
    opened = datetime.combine(_start(today), time(9), SHANGHAI)
    users, actors = open_accounts(
        actor=_INSTALLER, now=opened, today=today, outpost=outpost, rival=_invented_rival(outpost)
    )
    # the seed is fixed and the days count back from today: the same day gives the same history
    return Scene(outpost, users, actors, today, almanac(), Random(_SEED))  # noqa: S311 - a tale, not a secret


def _open_tenant(scene: Scene, sponsor: str) -> None:
    evening = datetime.combine(scene.last_day, time(17, 50), SHANGHAI)
    firm = Organization.objects.get(name=sponsor)
    open_tenant(actor=scene.actors["admin"], now=evening, firm=firm)


def _start(today: date) -> date:
    return today - timedelta(days=_DAYS_BEFORE)


def _invented_rival(outpost: Outpost) -> Outpost | None:
    """Return an outpost of another invented home, if content has one."""
    present = library()
    for each in Outpost.objects.exclude(home=outpost.home).select_related("home").order_by("id"):
        if present.place(each.home.code).get("demonstration"):
            return each
    return None
