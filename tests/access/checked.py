"""Policy check-ups of a row of the cast, kept by its outpost: its organization's and its contact's, each with a fact."""

from __future__ import annotations

from feidi.domain.parties.models import Organization, Outpost, Person
from feidi.domain.policy.services.checkups import keep_checkup, keep_checkup_about
from feidi.domain.policy.services.facts import Origin, Statement, state_policy_facts
from feidi.kernel.subjects import Subject
from tests.support.world import World


def checkup_of(world: World, organization: Organization, number: int) -> dict[str, str]:
    """State a fact of the organization and of the contact, keep both check-ups; return the uids by part."""
    outpost = Outpost.objects.select_related("home", "host").get(pk=world.outpost.pk)
    person = Person.objects.get(name=f"Qcont{number}")
    own, contact = Subject("parties.organization", organization.uid), Subject("parties.person", person.uid)
    fact = _fact(world, outpost, own, Statement("employees", "30人"), number)
    of_contact = _fact(world, outpost, contact, Statement("education", "doctor"), number)
    kept = keep_checkup(actor=world.actor("officer"), now=world.now, outpost=outpost, organization=organization)
    kept_of_contact = keep_checkup_about(actor=world.actor("officer"), now=world.now, subject=contact)
    return {
        "checkup": kept.uid,
        "policy_fact": fact,
        "person": person.uid,
        "person_fact": of_contact,
        "person_checkup": kept_of_contact.uid,
    }


def _fact(world: World, outpost: Outpost, subject: Subject, statement: Statement, number: int) -> str:
    (fact,) = state_policy_facts(
        actor=world.actor("officer"),
        now=world.now,
        outpost=outpost,
        subject=subject,
        statements=[statement],
        origin=Origin(note=f"Qfact{number}"),
    )
    return fact.uid
