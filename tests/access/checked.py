"""A policy check-up of a row of the cast, kept by its outpost, with one fact that it rests on."""

from __future__ import annotations

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.policy.services.checkups import keep_checkup
from feidi.domain.policy.services.facts import Origin, Statement, state_policy_facts
from feidi.kernel.subjects import Subject
from tests.support.world import World


def checkup_of(world: World, organization: Organization, number: int) -> dict[str, str]:
    """State a fact of the organization and keep its check-up; return the uids by part."""
    outpost = Outpost.objects.select_related("home", "host").get(pk=world.outpost.pk)
    (fact,) = state_policy_facts(
        actor=world.actor("officer"),
        now=world.now,
        outpost=outpost,
        subject=Subject("parties.organization", organization.uid),
        statements=[Statement("employees", "30人")],
        origin=Origin(note=f"Qfact{number}"),
    )
    kept = keep_checkup(actor=world.actor("officer"), now=world.now, outpost=outpost, organization=organization)
    return {"checkup": kept.uid, "policy_fact": fact.uid}
