"""Applications for tests: the founder of nine with a BSL-2 bench, brought as far as a test wants."""

from __future__ import annotations

from typing import Any

from feidi.domain.incubation.admission_enums import Origin, Verdict
from feidi.domain.incubation.models import Application, Review
from feidi.domain.incubation.selectors.admission_rules import admission_rules
from feidi.domain.incubation.selectors.application_secrets import applicant_actor
from feidi.domain.incubation.services.admission_decisions import Decision, confirm_decision, decide_application
from feidi.domain.incubation.services.admission_papers import print_decision
from feidi.domain.incubation.services.admission_reviews import close_review, open_review, score_seat
from feidi.domain.incubation.services.admission_steps import subject_of
from feidi.domain.incubation.services.admissions import accept_application
from feidi.domain.incubation.services.application_drafts import begin_application, save_answers, submit_application
from feidi.domain.incubation.services.first_answers import issue_first_answer
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import ANONYMOUS, actor_for_user
from feidi.kernel.documents.models import SignedCopy
from tests.support.world import World

#: Demonstration 8: nine people, BSL-2, purified water, waste; the licence's place not known yet.
FOUNDER: dict[str, Any] = {
    "wet_bench": "yes",
    "biosafety": "bsl2",
    "purified_water": "yes",
    "hazardous_waste": "yes",
    "applicant": "砚澈微流控",
    "legal_person": "yes",
    "titles": ["none"],
    "contact": "林博士",
    "phone": "13900004321",
    "team_size": "9",
    "one_line": "床旁微流控检测芯片",
    "product": "样机，已做 200 例比对",
    "core_ip": "yes",
    "office_area": "200",
    "needs": ["desk", "lab"],
    "start": "2027-01-15",
}
UNKNOWN = ("licence_place", "rd_spend")


def project_of(row: Application) -> Project:
    """Return the project of an accepted application, as it stands now."""
    return Project.objects.select_related("outpost__home").get(applications=row)


def draft_of(world: World, **answers: Any) -> tuple[Application, str]:
    """Begin a draft and answer every page."""
    row, secret = begin_application(actor=ANONYMOUS, now=world.now, outpost=world.outpost, origin=Origin.PUBLIC)
    given = {**FOUNDER, **answers}
    for section in admission_rules(world.outpost).sections:
        save_answers(
            actor=applicant_actor(row), now=world.now, application=row, section=section, given=given, unknown=UNKNOWN
        )
    return row, secret


def sent_of(world: World, **answers: Any) -> tuple[Application, str]:
    """Answer and send."""
    row, secret = draft_of(world, **answers)
    return submit_application(actor=applicant_actor(row), now=world.now, application=row), secret


def accepted_of(world: World, **answers: Any) -> Application:
    """Send, take up, answer."""
    row, _secret = sent_of(world, **answers)
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now, "application": row}
    accept_application(officer=world.users["officer"], **act)
    issue_first_answer(**act)
    return row


def judges(world: World, n: int = 3) -> list[Any]:
    """Add so many judges to the outpost."""
    return [world.user(f"judge{at}", "judge", outpost=world.outpost) for at in range(1, n + 1)]


def judged_of(
    world: World, totals: tuple[str, ...] = ("88.5", "90", "76"), **answers: Any
) -> tuple[Application, Review]:
    """Take it through a panel: each judge gives one number for everything."""
    row = accepted_of(world, **answers)
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    review = open_review(application=row, judges=judges(world, len(totals)), **act)
    for seat, points in zip(
        review.seats.select_related("judge", "review__application").order_by("id"), totals, strict=True
    ):
        given = {each["code"]: points for each in review.criteria}
        score_seat(actor=actor_for_user(seat.judge, world.now), now=world.now, seat=seat, points=given)
    return row, close_review(review=review, **act)


def approved_of(world: World) -> Application:
    """Decide to admit, and let the signed form be back (recognised elsewhere)."""
    row, _review = judged_of(world)
    lead: dict[str, Any] = {"actor": world.actor("lead"), "now": world.now, "application": row}
    decide_application(decision=Decision(Verdict.ADMIT, place="A-03 四个工位"), **lead)
    sign_decision(world, row)
    return confirm_decision(**lead)


def sign_decision(world: World, row: Application) -> None:
    """Print the decision and put a signed copy beside it."""
    form = print_decision(actor=world.actor("officer"), now=world.now, application=row)
    SignedCopy.objects.create(
        form=form,
        file=world.file(subject_of(row), "审批表.pdf"),
        recognised=True,
        signers=[{"name": "甲", "role": ""}],
        signed_on=world.now.date(),
        sealed=True,
        recorded_by="officer",
        created_at=world.now,
    )
