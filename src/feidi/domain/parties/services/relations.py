"""A team that becomes a firm: another organization, joined to it by 延续为, never a merge."""

from __future__ import annotations

from datetime import date, datetime

from feidi.domain.parties.enums import OrganizationKind, RelationKind
from feidi.domain.parties.models import Organization, OrganizationRelation
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.corrections import KIND, acting_outpost
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded


def continue_as(
    *, actor: Actor, now: datetime, organization: Organization, name: str, uscc: str = "", since: date | None = None
) -> Organization:
    """Say as which firm a team goes on; the firm is found or added, both stay. Returns the firm.

    Refused: no permission, no name, a wrong check digit, a day to come, itself, said before.
    """
    outpost = acting_outpost(actor, organization)
    today = now.astimezone(SHANGHAI).date()
    if since is not None and since > today:
        raise refuse("parties.relation_in_future", value=since.isoformat())
    with recorded(actor=actor, now=now) as unit:
        firm = find_or_add_organization(
            actor=actor, now=now, outpost=outpost, name=name, uscc=uscc, kinds=(OrganizationKind.ENTERPRISE,)
        )
        if firm.pk == organization.pk:
            raise refuse("parties.relation_to_itself", name=firm.name)
        _row, made = OrganizationRelation.objects.get_or_create(
            source=organization,
            target=firm,
            kind=RelationKind.CONTINUED_AS,
            outpost=outpost,
            defaults={"since": since or today},
        )
        if not made:
            raise refuse("parties.relation_known", name=firm.name)
        unit.acted("continued", kind=KIND, uid=organization.uid, outpost=outpost.uid, was="", now=firm.name)
    return firm
