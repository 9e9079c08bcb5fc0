"""A lead as it came in, in one act: project, sealed contacts, what was said, first report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.parties.enums import ContactKind
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.persons import add_contact_point, clean_phone
from feidi.domain.pipeline.enums import InteractionKind, PartyRole
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.first_report_likeness import About, Likeness, likenesses
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.domain.pipeline.services.registering import Lead, register_lead, update_project
from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.sealing import blind_index
from feidi.kernel.todos.services import add_todo


@dataclass(frozen=True, slots=True)
class Said:
    """What was said beside the lead's own fields. ``text``: the message, its numbers already masked.

    ``wechat`` and further ``phones`` are sealed with the contact. ``remarks``: what nobody could place. ``next_on``: a day that was named.
    """

    text: str = ""
    wechat: str = ""
    needs: str = ""
    round: str = ""
    remarks: str = ""
    next_step: str = ""
    next_on: date | None = None
    phones: tuple[str, ...] = ()


def register_said_lead(
    *, actor: Actor, now: datetime, outpost: Outpost, lead: Lead, said: Said, owner: User | None = None
) -> Project:
    """Register a lead with what was said about it, all or nothing.

    The message becomes the first entry of the timeline; a named day becomes a to-do. Refused: as ``register_lead``.
    """
    with recorded(actor=actor, now=now):
        project = register_lead(actor=actor, now=now, outpost=outpost, lead=lead, owner=owner)
        _keep_points(actor, now, project, said)
        if said.text.strip():
            today = now.astimezone(SHANGHAI).date()
            talk = Talk(
                InteractionKind.MESSAGE,
                today,
                said.text.strip(),
                people=lead.contact_name.strip(),
                next_step=said.next_step.strip()[:300],
            )
            record_interaction(actor=actor, now=now, project=project, talk=talk)
        project = _keep_fields(actor, now, project, said)
        if said.next_on and said.next_step.strip():
            add_todo(
                actor=actor, now=now, subject=subject_of(project), what=said.next_step, assignee=owner,
                due_on=said.next_on,
            )  # fmt: skip
    return project


def find_likenesses(
    outpost: Outpost, *, name: str, sponsor: str, uscc: str = "", phone: str = "", contact: str = "", text: str = ""
) -> list[Likeness]:
    """Return the outpost's own projects that look like what is being typed, with every reason."""
    projects = Project.objects.filter(outpost=outpost, voided_at__isnull=True).select_related("owner", "outpost")
    return likenesses(projects, About(name, sponsor, uscc, phone_indexes(phone), contact, text))


def phone_indexes(phone: str) -> tuple[str, ...]:
    """Return the blind index under which a telephone is found; none for what is no telephone yet."""
    if not phone.strip():
        return ()
    try:
        return (blind_index(clean_phone(phone)),)
    except RefusedError:
        return ()


def _keep_points(actor: Actor, now: datetime, project: Project, said: Said) -> None:
    party = project.parties.filter(role=PartyRole.CONTACT, person__isnull=False).select_related("person").first()
    if party is None:
        return
    points = [(ContactKind.WECHAT, said.wechat), *((ContactKind.PHONE, each) for each in said.phones)]
    for kind, value in points:
        if value.strip():
            add_contact_point(
                actor=actor, now=now, outpost=project.outpost, value=value, kind=kind, person=party.person
            )


def _keep_fields(actor: Actor, now: datetime, project: Project, said: Said) -> Project:
    remarks = "\n".join(part for part in (said.round and f"融资：{said.round}", said.remarks.strip()) if part)
    values = {"policy_request": said.needs.strip(), "remarks": remarks, "next_step": said.next_step.strip()}
    values = {name: value for name, value in values.items() if value}
    row = Project.objects.select_related("outpost__home").get(pk=project.pk)
    if not values:
        return row
    return update_project(actor=actor, now=now, project=row, version=row.version, values=values)
