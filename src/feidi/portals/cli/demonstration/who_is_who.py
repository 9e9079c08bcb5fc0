"""Who is who: a firm written down twice, one number on two, titles of which one runs out, somebody on leave. Invented."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from feidi.domain.parties.models import Organization
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.parties.services.stand_ins import set_stand_in
from feidi.domain.parties.services.titles import TitlePaper, add_title, remind_of_titles
from feidi.kernel.access import schedule_actor
from feidi.portals.cli.demonstration.agenda import Scene

_CLOCK: Final = schedule_actor("parties.title_reminders")
#: Of the firms taken over: a title, and in how many days its term ends.
_TITLES: Final = (("high_tech", 200), ("tech_sme", 35), ("innovative_sme", -20), ("specialised_sme", 700))


def load(scene: Scene) -> None:
    """Play it on the last evening, after everything else is there."""
    now = datetime.combine(scene.last_day, time(18, 5), SHANGHAI)
    officer = scene.actors["officer"]
    firms = list(
        Organization.objects.filter(links__outpost=scene.outpost, voided_at__isnull=True, name__contains="有限公司")
        .exclude(operated_outposts__isnull=False)
        .order_by("-id")[: len(_TITLES)]
    )
    for number, (firm, (title, days)) in enumerate(zip(firms, _TITLES, strict=False), start=1):
        ends = scene.today + timedelta(days=days)
        paper = TitlePaper(
            title,
            number=f"演示{number:04d}",
            valid_from=ends - timedelta(days=3 * 365),
            valid_to=ends,
            issued_by="演示机关",
            source="演示数据",
        )
        add_title(
            actor=officer,
            now=now,
            outpost=scene.outpost,
            organization=firm,
            paper=paper,
            responsible=scene.users["officer"],
        )
    remind_of_titles(actor=_CLOCK, now=now)
    if firms:
        # the same firm once more, as somebody wrote it down in haste
        find_or_add_organization(
            actor=officer, now=now, outpost=scene.outpost, name=firms[0].name.replace("有限公司", "")
        )
        code = firms[-1].identifiers.filter(scheme="uscc", valid=True).values_list("value", flat=True).first()
        if code:
            find_or_add_organization(
                actor=officer, now=now, outpost=scene.outpost, name="滨海误录商贸有限公司", uscc=code
            )
    set_stand_in(
        actor=scene.actors["lead"],
        now=now,
        outpost=scene.outpost,
        absent=scene.users["officer"],
        stand_in=scene.users["manager"],
        since=scene.today + timedelta(days=7),
        until=scene.today + timedelta(days=11),
        note="年假（演示）",
    )
