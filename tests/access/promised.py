"""What was promised for a row of the cast and what came of it, each part under its own mark."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

from feidi.domain.pipeline.enums import AgreementKind, CommitmentKind, CommitmentSide, DiligenceResult
from feidi.domain.pipeline.models import LandingCase, LandingRecheck, Project, RecheckRound
from feidi.domain.pipeline.services.benefits import Settling, Sharing, add_benefit_term, settle
from feidi.domain.pipeline.services.clauses import set_clause_text
from feidi.domain.pipeline.services.commitments import Promised, Shown, add_commitment, show_met
from feidi.domain.pipeline.services.diligence import record_look
from feidi.domain.pipeline.services.targets import Wanted, add_target
from feidi.domain.space.services import LeaseTerms, add_head_lease
from feidi.engines.money import Money
from tests.support.world import World


def promises_of(world: World, project: Project, case: LandingCase, number: int, *, reported: bool) -> dict[str, str]:
    """What was promised for a project and what came of it; a target, a head lease, a year to be re-verified."""
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    today, agreement = world.now.date(), project.agreements.get(kind=AgreementKind.CONTRACT)
    promised = Promised(CommitmentSide.INVESTOR, CommitmentKind.OTHER, f"Qtold{number}")
    commitment = add_commitment(agreement=agreement, promised=promised, **act)
    shown = show_met(commitment=commitment, shown=Shown(record=f"Qrecord{number}"), **act)
    sharing = Sharing(f"Qbasis{number}", "前湾区", Fraction(1, 2))
    term = add_benefit_term(agreement=agreement, sharing=sharing, **act)
    settlement = settle(term=term, settling=Settling(today, today, Money(1, "CNY"), today), **act)
    clause = set_clause_text(agreement=agreement, text=f"Qclause{number}免租两年，须纳统。", **act)[0]
    look = record_look(project=project, item="credit_china", checked_on=today, result=DiligenceResult.CLEAN, **act)
    target = add_target(outpost=world.outpost, wanted=Wanted(f"Qtarget{number}有限公司", "低温传感器"), **act)
    terms = LeaseTerms(f"Qlandlord{number}", "3层", today, today + timedelta(days=900))
    lease = add_head_lease(actor=world.actor("lead"), now=world.now, outpost=world.outpost, terms=terms)
    # what is asked of a township hangs on a landing, which is reported before it is verified
    asked = RecheckRound(
        outpost=world.outpost,
        year=2027,
        township=f"Qtown{number}",
        token_sha256=str(number) * 64,
        expires_on=today,
        created_at=world.now,
    )
    asked.save()
    year = LandingRecheck(case=case, n=1, due_on=today + timedelta(days=365), round=asked, created_at=world.now)
    year.save()
    return {
        "commitment": commitment.uid,
        "shown": shown.uid,
        "benefit": term.uid,
        "settlement": settlement.uid,
        "clause": clause.uid,
        "look": look.uid,
        "target": target.uid,
        "lease": lease.uid,
        "round": asked.uid if reported else "",
        "recheck": year.uid,
    }
