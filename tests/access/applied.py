"""An application of the organization of a row: taken up with its project, answered, before a panel with one seat."""

from __future__ import annotations

from typing import Any

from feidi.domain.incubation.admission_enums import Origin
from feidi.domain.incubation.selectors.admission_rules import admission_rules
from feidi.domain.incubation.selectors.application_secrets import applicant_actor
from feidi.domain.incubation.services.admission_reviews import open_review
from feidi.domain.incubation.services.admissions import accept_application
from feidi.domain.incubation.services.application_drafts import begin_application, save_answers, submit_application
from feidi.domain.incubation.services.first_answers import issue_first_answer
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import ANONYMOUS
from feidi.kernel.identity.models import User
from tests.support.admission import FOUNDER
from tests.support.world import World


def application_of(world: World, organization: Organization, project: Project, number: int) -> dict[str, str]:
    """Apply, take it up, answer, and call a panel; returns the uids of application and seat."""
    officer, now = world.actor("officer"), world.now
    # places of the places: the rules read home and host
    outpost = Outpost.objects.select_related("home", "host").get(pk=world.outpost.pk)
    row, _secret = begin_application(
        actor=ANONYMOUS, now=now, outpost=outpost, origin=Origin.OWN, organization=organization
    )
    given = {**FOUNDER, "applicant": f"Qapply{number}", "contact": f"Qcaller{number}", "phone": "13900009999"}
    for section in admission_rules(outpost).sections:
        save_answers(actor=applicant_actor(row), now=now, application=row, section=section, given=given)
    submit_application(actor=applicant_actor(row), now=now, application=row)
    act: dict[str, Any] = {"actor": officer, "now": now, "application": row}
    accept_application(officer=world.users["officer"], project=project, **act)
    issue_first_answer(**act)
    judge, _made = User.objects.get_or_create(
        login="panel", defaults={"display_name": "Qpanel", "created_at": now, "is_active": False}
    )
    review = open_review(judges=[judge], **act)
    return {"application": row.uid, "review_seat": review.seats.get().uid}
