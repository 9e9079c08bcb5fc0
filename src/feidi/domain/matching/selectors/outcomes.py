"""What came of introductions, and which of it counts: evidence accepted, not taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from feidi.domain.matching.access import outcomes_visible_to
from feidi.domain.matching.enums import OutcomeKind
from feidi.domain.matching.models import IntroductionOutcome
from feidi.kernel.access import Actor
from feidi.kernel.evidence.selectors import count_accepted_of_many
from feidi.kernel.subjects import Subject

KIND = "matching.outcome"
#: They say that nothing came of it, so there is nothing to prove.
UNPROVEN = frozenset({OutcomeKind.DONE_WITHOUT, OutcomeKind.NOT_REACHABLE})


@dataclass(frozen=True, slots=True)
class TechnologyAmount:
    """技术交易额 of accepted technology contracts in one currency, in hundredths, and the rows behind it.

    ``undetermined``: accepted contracts of which nobody has said a technology amount; they are in no sum.
    """

    currency: str
    fen: int
    contracts: int
    undetermined: int


def list_outcomes(actor: Actor) -> QuerySet[IntroductionOutcome]:
    """Return the outcomes the actor sees, newest first, with what their lines need."""
    rows = outcomes_visible_to(actor, IntroductionOutcome.objects.filter(voided_at__isnull=True))
    return rows.select_related("introduction__need", "introduction__offer").order_by("-on", "-id")


def counted(outcomes: Iterable[IntroductionOutcome]) -> frozenset[int]:
    """Return which outcomes count: with at least one accepted piece of evidence. One query."""
    rows = [each for each in outcomes if each.voided_at is None and each.kind not in UNPROVEN]
    subjects = {each.pk: Subject(KIND, each.uid) for each in rows}
    accepted = count_accepted_of_many(subjects.values())
    return frozenset(pk for pk, subject in subjects.items() if sum(accepted[subject].values()))


def list_contracts(actor: Actor, kind: str = "") -> QuerySet[IntroductionOutcome]:
    """Return the technology contracts the actor sees, of needs of one kind or of all, newest first."""
    rows = list_outcomes(actor).filter(kind=OutcomeKind.TECHNOLOGY_CONTRACT)
    return rows.filter(introduction__need__kind=kind) if kind else rows


def technology_amounts(actor: Actor, kind: str = "") -> list[TechnologyAmount]:
    """Return 技术交易额 by currency over accepted contracts the actor sees; currencies are never added together."""
    contracts = list(list_contracts(actor, kind))
    counting = IntroductionOutcome.objects.filter(pk__in=counted(contracts))
    found = []
    for currency in sorted(set(counting.values_list("currency", flat=True))):
        rows = counting.filter(currency=currency)
        said = rows.filter(technology_amount_fen__isnull=False)
        total = said.aggregate(n=Sum("technology_amount_fen"))["n"] or 0
        found.append(TechnologyAmount(currency, total, said.count(), rows.count() - said.count()))
    return found
