"""What is done with a tenancy: begun, a unit changed, prolonged, other terms; and what a research post has."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.incubation.access import EDIT, MONEY
from feidi.domain.incubation.enums import Programme, TenancyKind
from feidi.domain.incubation.models import ResearchTopic, SecondedPerson
from feidi.domain.incubation.services.research_posts import add_topic, close_topic, end_secondment, second_person
from feidi.domain.incubation.services.tenancies import (
    KIND,
    NewTenancy,
    Terms,
    begin_tenancy,
    change_unit,
    extend_tenancy,
    set_terms,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.attaching import Attachment, attach
from feidi.engines.findings import refuse
from feidi.kernel.audit import recorded
from feidi.kernel.files.models import StoredFile
from feidi.kernel.sealing import unseal
from feidi.kernel.subjects import Subject
from feidi.portals.console.daily import asked_project, outposts_for
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.tenancies.forms import (
    ExtendForm,
    SecondEndForm,
    SecondForm,
    TenancyForm,
    TermsForm,
    TopicCloseForm,
    TopicForm,
    UnitForm,
)
from feidi.portals.console.tenancies.views import editable, record_url
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/profiles/form.html"
FIELDS = {
    "incubation.term_order": "ends_on",
    "incubation.no_unit": "units",
    "incubation.startup_needs_project": "project",
    "incubation.no_paper": "contract",
    "incubation.not_a_tenancy_agreement": "agreement",
    "incubation.agreement_of_another_project": "agreement",
    "incubation.beyond_agreement": "ends_on",
    "incubation.free_rent_needs_basis": "forgone_basis",
    "space.tenancy_outlasts_lease": "ends_on",
}


def given_file(data: dict[str, Any], name: str) -> Attachment | None:
    """Return what was uploaded in a field, None when nothing was."""
    upload = data[name]
    return Attachment(upload.name, upload.chunks(), data["mark_reason"]) if upload else None


@require_http_methods(["GET", "POST"])
def tenancy_new(request: FeidiRequest) -> HttpResponse:
    """Enter a tenancy: who, on what paper, which rooms, on what terms."""
    require(request.actor, EDIT)
    project = asked_project(request)
    initial: dict[str, Any] = {"starts_on": request.today, "due_day": 10}
    made: list[str] = []
    if project is not None:
        initial |= {"project": project, "outpost": project.outpost_id, "kind": TenancyKind.STARTUP}

    def save(data: dict[str, Any]) -> None:
        outpost: Outpost = data["outpost"]
        with recorded(actor=request.actor, now=request.now):
            organization = moving_in(request, outpost, data["organization"], data["project"])
            new = _new(request, organization, data)
            tenancy = begin_tenancy(actor=request.actor, now=request.now, outpost=outpost, new=new)
        made.append(record_url(tenancy.uid))

    response = save_page(
        request,
        template=FORM,
        form=TenancyForm(
            *uploaded(request), actor=request.actor, outposts=outposts_for(request.actor, EDIT), initial=initial
        ),
        save=save,
        done=_("入驻已登记，房间已占用。"),
        onward=reverse("console:tenancies:tenancy_list"),
        fields=FIELDS,
        extra={"title": _("登记入驻"), "subtitle": project.name if project else "", "note": ""},
    )
    return redirect(made[0]) if made else response


def moving_in(request: FeidiRequest, outpost: Outpost, name: str, project: Project | None) -> Organization:
    """Return who moves in: named, else the project's own firm at the outpost, else its sponsor."""
    if name.strip():
        return find_or_add_organization(actor=request.actor, now=request.now, outpost=outpost, name=name)
    if project is None:
        raise refuse("incubation.name_needed")
    roles = [PartyRole.HOST_ENTITY, PartyRole.TEAM, PartyRole.SPONSOR]
    parties = project.parties.filter(role__in=roles, until__isnull=True, organization__isnull=False)
    found = {each.role: each.organization for each in parties.select_related("organization")}
    for role in roles:
        if found.get(role) is not None:
            return found[role]  # type: ignore[return-value] # the query leaves out persons
    raise refuse("incubation.name_needed")


def _new(request: FeidiRequest, organization: Organization, data: dict[str, Any]) -> NewTenancy:
    scan = _kept(request, Subject("parties.organization", organization.uid), given_file(data, "contract"))
    return NewTenancy(
        kind=TenancyKind(data["kind"]),
        organization=organization,
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
        units=list(data["units"]),
        terms=terms_of(data),
        project=data["project"],
        agreement=data["agreement"],
        contract_scan=scan,
        deposit=data["deposit"],
        note=data["note"],
    )


def _kept(request: FeidiRequest, subject: Subject, given: Attachment | None) -> StoredFile | None:
    return attach(actor=request.actor, now=request.now, subject=subject, given=given)


def terms_of(data: dict[str, Any], *, basis: StoredFile | None = None, reason: str = "") -> Terms:
    """Return what a form says a month costs."""
    return Terms(
        programme=Programme(data["programme"]),
        rent=data["rent"],
        forgone=data["forgone"],
        forgone_until=data["forgone_until"],
        forgone_basis=data["forgone_basis"],
        basis_document=basis,
        due_day=data["due_day"],
        services=data["services"],
        reason=reason,
    )


@require_http_methods(["GET", "POST"])
def unit_change(request: FeidiRequest, uid: str) -> HttpResponse:
    """Leave a unit, take another, or move."""
    row = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        leaving = row.units.filter(uid=data["leaving"]).first() if data["leaving"] else None
        change_unit(
            actor=request.actor,
            now=request.now,
            tenancy=row,
            leaving=leaving,
            unit=data["unit"],
            on=data["on"],
            reason=data["reason"],
        )

    return save_page(
        request,
        template=FORM,
        form=UnitForm(sent(request), tenancy=row, initial={"on": request.today}),
        save=save,
        done=_("房间已变更。"),
        onward=record_url(uid),
        fields={"incubation.no_unit": "unit", "incubation.day_outside_tenancy": "on"},
        extra={"title": _("变更房间"), "subtitle": row.number, "note": ""},
    )


@require_http_methods(["GET", "POST"])
def tenancy_extend(request: FeidiRequest, uid: str) -> HttpResponse:
    """Renew a tenancy until a later day."""
    row = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        with recorded(actor=request.actor, now=request.now):
            paper = _kept(request, Subject(KIND, row.uid), given_file(data, "paper"))
            extend_tenancy(
                actor=request.actor,
                now=request.now,
                tenancy=row,
                ends_on=data["ends_on"],
                paper=paper,
                reason=data["reason"],
            )

    return save_page(
        request,
        template=FORM,
        form=ExtendForm(*uploaded(request)),
        save=save,
        done=_("已续租。"),
        onward=record_url(uid),
        fields={"incubation.renewal_not_later": "ends_on", "space.tenancy_outlasts_lease": "ends_on"},
        extra={"title": _("续租"), "subtitle": row.number, "note": ""},
    )


@require_http_methods(["GET", "POST"])
def terms_set(request: FeidiRequest, uid: str) -> HttpResponse:
    """Other terms from a day on: a new rent, another programme, free months."""
    row = editable(request, uid, MONEY)

    def save(data: dict[str, Any]) -> None:
        with recorded(actor=request.actor, now=request.now):
            basis = _kept(request, Subject(KIND, row.uid), given_file(data, "basis"))
            terms = terms_of(data, basis=basis, reason=data["reason"])
            set_terms(actor=request.actor, now=request.now, tenancy=row, since=data["since"], terms=terms)

    return save_page(
        request,
        template=FORM,
        form=TermsForm(*uploaded(request), initial={"since": request.today, "due_day": 10}),
        save=save,
        done=_("条款已变更。"),
        onward=record_url(uid),
        fields={"incubation.terms_not_later": "since", "incubation.free_rent_needs_basis": "forgone_basis"},
        extra={"title": _("变更条款"), "subtitle": row.number, "note": _("升级入加速区也在这里：换阶段、租金和服务。")},
    )


@require_http_methods(["GET", "POST"])
def person_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down somebody the firm posts to its research post."""
    row = editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=SecondForm(sent(request), initial={"since": request.today}),
        save=lambda data: second_person(actor=request.actor, now=request.now, tenancy=row, **data),
        done=_("派驻人员已登记。"),
        onward=record_url(uid),
        extra={"title": _("登记派驻人员"), "subtitle": row.organization.name, "note": ""},
    )


@require_http_methods(["GET", "POST"])
def person_end(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Say when somebody went home."""
    row = editable(request, uid)
    person = get_object_or_404(SecondedPerson, tenancy=row, uid=entry)
    return save_page(
        request,
        template=FORM,
        form=SecondEndForm(sent(request), initial={"until": request.today}),
        save=lambda data: end_secondment(actor=request.actor, now=request.now, person=person, until=data["until"]),
        done=_("派驻已结束。"),
        onward=record_url(uid),
        extra={"title": _("结束派驻"), "subtitle": row.organization.name, "note": ""},
    )


@require_POST
def person_show(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Show a seconded person's name once; who looked is on record."""
    row = editable(request, uid)
    require(request.actor, "contact.unmask", outpost_scope(row.outpost_id))
    person = get_object_or_404(SecondedPerson, tenancy=row, uid=entry)
    with recorded(actor=request.actor, now=request.now) as unit:
        unit.acted("unmasked", kind="incubation.seconded_person", uid=person.uid)
    name = unseal(person.name_sealed, context=f"incubation.seconded_person:{person.uid}")
    messages.info(request, _("派驻人员：{name}").format(name=name))
    return redirect(record_url(uid))


@require_http_methods(["GET", "POST"])
def topic_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down what a research post works on."""
    row = editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=TopicForm(sent(request), initial={"since": request.today}),
        save=lambda data: add_topic(actor=request.actor, now=request.now, tenancy=row, **data),
        done=_("课题已登记。"),
        onward=record_url(uid),
        extra={"title": _("登记研发课题"), "subtitle": row.organization.name, "note": ""},
    )


@require_http_methods(["GET", "POST"])
def topic_close(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Say when a topic ended, what it cost and what came of it."""
    row = editable(request, uid)
    topic = get_object_or_404(ResearchTopic, tenancy=row, uid=entry)
    return save_page(
        request,
        template=FORM,
        form=TopicCloseForm(sent(request), initial={"until": request.today}),
        save=lambda data: close_topic(actor=request.actor, now=request.now, topic=topic, **data),
        done=_("课题已结束。"),
        onward=record_url(uid),
        extra={"title": _("结束课题"), "subtitle": topic.title, "note": ""},
    )
