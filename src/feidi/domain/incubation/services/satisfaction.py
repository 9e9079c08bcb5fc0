"""A delivered service: the firm is asked how it was, by a link or on its own page, and answers once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from feidi.domain.incubation.models import ServiceRequest
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.parties.selectors.feedback import respondent_of, whose_of
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit
from feidi.kernel.feedback.enums import Via
from feidi.kernel.feedback.models import Ask
from feidi.kernel.feedback.services.answering import Given, answer_ask
from feidi.kernel.feedback.services.asking import Respondent, ask
from feidi.kernel.subjects import Subject

KIND: Final = "incubation.service_request"
#: The occasion of content on which a firm is asked.
OCCASION: Final = "service"


def ask_about_service(*, actor: Actor, now: datetime, request: ServiceRequest) -> Ask | None:
    """Ask the firm about a service that was delivered; who saw to it follows up a bad score."""
    to = respondent_of(request.tenancy.organization, now.astimezone(SHANGHAI).date())
    return _ask(actor, now, request, to)


def count_score(*, actor: Actor, now: datetime, request: ServiceRequest) -> None:
    """Let the score given on the firm's own page count as its answer, so that it is not asked twice."""
    # without the address: nobody is written to about what they have just said
    asked = _ask(actor, now, request, Respondent(respondent_of(request.tenancy.organization, now.date()).key))
    if asked is not None:
        given = Given(request.score, words=request.score_word)
        answer_ask(actor=actor, now=now, asked=asked, given=given, via=Via.OWN)


def take_answer(*, unit: Unit, uid: str, satisfaction: int, words: str) -> None:
    """Write what was answered by the link on the request itself, unless the firm has scored it before."""
    row = ServiceRequest.objects.select_for_update(of=("self",)).filter(uid=uid, score__isnull=True).first()
    if row is None:
        return
    before = unit.before(row, KIND)
    row.score, row.score_word = satisfaction, words[:300]
    row.version += 1
    row.save(update_fields=["score", "score_word", "version"])
    unit.changed(row, kind=KIND, before=before, action="scored")


def _ask(actor: Actor, now: datetime, request: ServiceRequest, to: Respondent) -> Ask | None:
    outpost = request.tenancy.outpost
    label = next((each.zh for each in incubation_rules(outpost).services if each.code == request.kind), request.kind)
    return ask(
        actor=actor,
        now=now,
        subject=Subject(KIND, request.uid),
        occasion=OCCASION,
        about=f"{label} {request.asked_on.isoformat()}",
        to=to,
        whose=whose_of(outpost),
        owner=request.owner,
    )
