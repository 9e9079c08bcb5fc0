"""A verified landing: the firm is asked how it was, from the first talk to here."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from feidi.domain.parties.selectors.feedback import respondent_of, whose_of
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import LandingCase
from feidi.kernel.access import Actor
from feidi.kernel.feedback.services.asking import Respondent, ask
from feidi.kernel.subjects import Subject

#: The occasion of content on which a firm is asked.
OCCASION: Final = "landing"
_SUBJECT: Final = "pipeline.landing_case"


def ask_about_landing(*, actor: Actor, now: datetime, case: LandingCase) -> None:
    """Ask whose project has landed, once a case. Part of the verification: nobody else is asked for a permission."""
    project = case.project
    party = project.parties.filter(role=PartyRole.SPONSOR, until=None).select_related("organization").first()
    sponsor = party.organization if party else None
    to = (
        respondent_of(sponsor, now.astimezone(SHANGHAI).date())
        if sponsor is not None
        else Respondent(f"pipeline.project:{project.uid}")
    )
    ask(
        actor=actor,
        now=now,
        subject=Subject(_SUBJECT, case.uid),
        occasion=OCCASION,
        about=project.name,
        to=to,
        whose=whose_of(project.outpost),
        owner=project.owner,
    )
