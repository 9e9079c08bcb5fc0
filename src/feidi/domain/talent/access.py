"""Who sees what of talents.

The outpost's people (``talent.view``) see its talents, cases, positions and contracts; papers and contacts only by an
audited unmasking. The home side (``talent.view_home``) sees counts and clocks, and by name only those who were sent to
it for a decision (``talent.decide``). A talent sees their own. An organization's administrator (``organization.invite``)
sees the positions and contracts of their own organization. Nobody else.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from feidi.domain.talent.models import (
    ClassRuling,
    FlexibleContract,
    GreenCase,
    Position,
    PresenceMonth,
    ProcessingAgreement,
    Talent,
)
from feidi.kernel.access import Actor, ScopeKind

VIEW, EDIT, UNMASK = "talent.view", "talent.edit", "talent.unmask"
DECIDE, VIEW_HOME, VIEW_OWN = "talent.decide", "talent.view_home", "talent.view_own"
REVIEW, ORGANIZATION_ADMIN = "evidence.review", "organization.invite"


def _outposts(actor: Actor) -> frozenset[int]:
    return actor.scopes(VIEW, ScopeKind.OUTPOST)


def staff_sees(actor: Actor, outpost_id: int) -> bool:
    """Tell whether the actor sees this outpost's talents as its staff."""
    return outpost_id in _outposts(actor)


def _own(actor: Actor, prefix: str = "") -> Q:
    """What is of a talent who is signed in; nobody without an account, and only where the role is still held."""
    own = actor.scopes(VIEW_OWN, ScopeKind.OUTPOST)
    if actor.user_id is None or not own:
        return Q(pk__in=[])
    return Q(**{f"{prefix}user_id": actor.user_id, f"{prefix}outpost_id__in": own, f"{prefix}voided_at__isnull": True})


def talents_visible_to(actor: Actor, rows: QuerySet[Talent]) -> QuerySet[Talent]:
    """Narrow to talents of the actor's outposts, and to the actor themselves."""
    return rows.filter(Q(outpost_id__in=_outposts(actor)) | _own(actor))


def can_view_talent(actor: Actor, talent: Talent) -> bool:
    """Tell whether ``talent`` is among those visible."""
    return staff_sees(actor, talent.outpost_id) or is_self(actor, talent)


def is_self(actor: Actor, talent: Talent) -> bool:
    """Tell whether the actor is this talent, signed in."""
    mine = actor.user_id is not None and talent.user_id == actor.user_id and talent.voided_at is None
    return mine and talent.outpost_id in actor.scopes(VIEW_OWN, ScopeKind.OUTPOST)


def cases_visible_to(actor: Actor, rows: QuerySet[GreenCase]) -> QuerySet[GreenCase]:
    """Narrow to cases of the actor's outposts, and to the actor's own."""
    return rows.filter(Q(outpost_id__in=_outposts(actor)) | _own(actor, "talent__"))


def can_view_case(actor: Actor, case: GreenCase) -> bool:
    """Tell whether ``case`` is among those visible."""
    return staff_sees(actor, case.outpost_id) or is_self(actor, case.talent)


def rulings_visible_to(actor: Actor, rows: QuerySet[ClassRuling]) -> QuerySet[ClassRuling]:
    """Narrow to questions of the actor's outposts, for the home side to those sent to it, and to the actor's own."""
    homes = actor.scopes(DECIDE, ScopeKind.HOME)
    staff = Q(talent__outpost_id__in=_outposts(actor)) | _own(actor, "talent__")
    return rows.filter(staff | Q(talent__outpost__home_id__in=homes))


def can_view_ruling(actor: Actor, ruling: ClassRuling) -> bool:
    """Tell whether ``ruling`` is among those visible."""
    talent = ruling.talent
    return can_view_talent(actor, talent) or talent.outpost.home_id in actor.scopes(DECIDE, ScopeKind.HOME)


def positions_visible_to(actor: Actor, rows: QuerySet[Position]) -> QuerySet[Position]:
    """Narrow to positions of the actor's outposts, and for an administrator of an organization to its own."""
    own = actor.scopes(ORGANIZATION_ADMIN, ScopeKind.ORGANIZATION)
    return rows.filter(Q(outpost_id__in=_outposts(actor)) | Q(organization_id__in=own))


def can_view_position(actor: Actor, position: Position) -> bool:
    """Tell whether ``position`` is among those visible."""
    own = actor.scopes(ORGANIZATION_ADMIN, ScopeKind.ORGANIZATION)
    return staff_sees(actor, position.outpost_id) or position.organization_id in own


def contracts_visible_to(actor: Actor, rows: QuerySet[FlexibleContract]) -> QuerySet[FlexibleContract]:
    """Narrow to contracts of the actor's outposts, of the actor, and of the organization that the actor administers."""
    own = actor.scopes(ORGANIZATION_ADMIN, ScopeKind.ORGANIZATION)
    staff = Q(talent__outpost_id__in=_outposts(actor)) | _own(actor, "talent__")
    return rows.filter(staff | Q(home_unit_id__in=own))


def can_view_contract(actor: Actor, contract: FlexibleContract) -> bool:
    """Tell whether ``contract`` is among those visible."""
    own = actor.scopes(ORGANIZATION_ADMIN, ScopeKind.ORGANIZATION)
    return can_view_talent(actor, contract.talent) or contract.home_unit_id in own


def months_visible_to(actor: Actor, rows: QuerySet[PresenceMonth]) -> QuerySet[PresenceMonth]:
    """Narrow to the days present under contracts that the actor sees."""
    return rows.filter(contract__in=contracts_visible_to(actor, FlexibleContract.objects.all()).values("pk"))


def agreements_visible_to(actor: Actor, rows: QuerySet[ProcessingAgreement]) -> QuerySet[ProcessingAgreement]:
    """Narrow to agreements of the actor's outposts; the home side, whose they are too, sees its own."""
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    return rows.filter(Q(outpost_id__in=_outposts(actor)) | Q(outpost__home_id__in=homes))
