"""What an introduction brought a tenant is a result of its incubation, too: pushed down, with the introduction as source.

A technology contract, a trial or a hire is none of the results that incubation counts, so nothing is noted of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from feidi.domain.incubation.access import EDIT
from feidi.domain.incubation.enums import TenantOutcomeKind
from feidi.domain.incubation.models import Tenancy, TenantOutcome
from feidi.domain.incubation.services import outcomes as incubation
from feidi.domain.matching.enums import OutcomeKind, ProfileKind
from feidi.domain.matching.models import Introduction, IntroductionOutcome, Profile
from feidi.domain.matching.selectors.firms import owners_of
from feidi.domain.parties.access import outpost_scope
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject

#: What came of an introduction → what incubation counts it as.
_COUNTS_AS: Final = {
    OutcomeKind.ORDER: TenantOutcomeKind.ORDER,
    OutcomeKind.INVESTMENT: TenantOutcomeKind.FUNDING,
}


def push_outcome(*, actor: Actor, now: datetime, outcome: IntroductionOutcome, kind: str) -> TenantOutcome | None:
    """Note an outcome (of the subject kind ``kind``) for the tenant it was good for; None where it was for none.

    Nothing is noted by somebody who has no part in incubation: its people see the introduction and note it themselves.
    """
    counts_as = _COUNTS_AS.get(OutcomeKind(outcome.kind))
    introduction = outcome.introduction
    if counts_as is None or not actor.may(EDIT, outpost_scope(introduction.outpost_id)):
        return None
    tenancy = _tenancy(_gainer(introduction, counts_as), outcome)
    if tenancy is None:
        return None
    return incubation.note_outcome(
        actor=actor,
        now=now,
        outpost=tenancy.outpost,
        organization=tenancy.organization,
        project=tenancy.project,
        new=incubation.NewOutcome(
            kind=counts_as,
            title=_("{kind}（对接 {number}）").format(kind=OutcomeKind(outcome.kind).label, number=introduction.number),
            dated_on=outcome.on,
            amount=Money(outcome.amount_fen, outcome.currency) if outcome.amount_fen is not None else None,
            tenancy=tenancy,
            source=Subject(kind, outcome.uid),
        ),
    )


def take_back_outcome(*, actor: Actor, now: datetime, outcome: IntroductionOutcome, kind: str, reason: str) -> None:
    """Take back what was noted of an outcome that was entered in error."""
    rows = TenantOutcome.objects.filter(source_kind=kind, source_uid=outcome.uid, voided_at__isnull=True)
    for each in rows:
        incubation.void_outcome(actor=actor, now=now, outcome=each, reason=reason)


def _gainer(introduction: Introduction, kind: TenantOutcomeKind) -> Profile:
    """Return whose result it is: capital goes to who needed it, an order to who sells, which is who sought a channel."""
    need, offer = introduction.need, introduction.offer
    if kind is TenantOutcomeKind.FUNDING or need.kind == ProfileKind.CHANNEL:
        return need
    return offer


def _tenancy(profile: Profile, outcome: IntroductionOutcome) -> Tenancy | None:
    """Return the tenancy of the profile's owner on the day of the outcome, the newest where there are several."""
    owners = owners_of([profile])[profile.pk]
    rows = Tenancy.objects.annotate(last_day=Coalesce(F("ended_on"), F("ends_on"))).filter(
        organization_id__in=owners,
        outpost_id=profile.outpost_id,
        voided_at__isnull=True,
        starts_on__lte=outcome.on,
        last_day__gte=outcome.on,
    )
    return rows.select_related("outpost__home", "organization", "project").order_by("-starts_on", "-id").first()
