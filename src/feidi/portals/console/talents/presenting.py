"""From talents to what the components draw. A list shows the name to the outpost's people; papers stay masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.parties.models import ContactPoint
from feidi.domain.talent.enums import (
    AskedBecause,
    GivenHow,
    Origin,
    PaperKind,
    RulingState,
    Whereabouts,
)
from feidi.domain.talent.kinds import ARRIVAL, TALENT
from feidi.domain.talent.models import ClassRuling, Consent, Talent
from feidi.domain.talent.selectors.catalogue import Catalogue, Classes, catalogue_of
from feidi.domain.talent.selectors.talents import class_now
from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor
from feidi.kernel.evidence.selectors import state_of
from feidi.kernel.evidence.services.reviews import check_reviewer
from feidi.kernel.subjects import Subject
from feidi.portals.console.lists import chat_lines
from feidi.portals.console.pipeline.presenting import ShownItem, evidence_of
from feidi.portals.console.talents.wording import class_badge, said
from feidi.portals.ui.pieces import Badge, Column, Row

COLUMNS = [
    Column("number", gettext_lazy("编号"), sortable=True, lead=True),
    Column("name", gettext_lazy("姓名")),
    Column("field", gettext_lazy("专业领域")),
    Column("employer", gettext_lazy("用人单位")),
    Column("works_at", gettext_lazy("在哪里工作"), sortable=True),
    Column("class", gettext_lazy("类别")),
    Column("arrived", gettext_lazy("引进证据")),
    Column("since", gettext_lazy("到岗"), sortable=True),
]
RULING_COLUMNS = [
    Column("number", gettext_lazy("编号"), lead=True),
    Column("name", gettext_lazy("姓名")),
    Column("because", gettext_lazy("为何送裁定")),
    Column("asked", gettext_lazy("送裁定日期")),
    Column("state", gettext_lazy("状态")),
]


def where(code: str) -> str:
    """Return on which side somebody works or is insured; unknown is said, not left blank."""
    return str(Whereabouts(code).label) if code else _("未说明")


def rows_of(talents: Sequence[Any]) -> list[Row]:
    """Return talents as list rows."""
    return [_row(each) for each in talents]


def _row(talent: Any) -> Row:
    held = class_now(talent.live_rulings)
    return Row(
        cells={
            "number": talent.number,
            "name": talent.person.name,
            "field": talent.field,
            "employer": talent.employer.name if talent.employer else "",
            "works_at": where(talent.works_at),
            "class": str(_badge(talent).text),
            "arrived": _("已采信") if talent.arrived else _("未采信"),
            "since": talent.since,
        },
        url=reverse("console:talents:talent_view", args=[talent.uid]),
        uid=talent.uid,
        badges=[_badge(talent)] if held is None and _waits(talent) else [],
        tone="quiet" if talent.erased_at else "",
    )


def _waits(talent: Any) -> bool:
    return any(each.state == RulingState.ASKED for each in talent.live_rulings)


def _badge(talent: Any) -> Badge:
    return class_badge(class_now(talent.live_rulings), _waits(talent))


def badges_of(talent: Any) -> list[Badge]:
    """Return what stands beside a talent's name."""
    found = [_badge(talent)]
    if talent.works_at == Whereabouts.HOST:
        found.append(Badge(_("在飞地工作"), "warn", title=_("按条文要在本地工作的，由主办单位逐人裁定")))
    if talent.erased_at:
        found.append(Badge(_("个人数据已删除"), "quiet"))
    if talent.voided_at:
        found.append(Badge(_("已作废"), "quiet"))
    return found


def pairs_of(talent: Talent) -> list[tuple[str, Any]]:
    """Return what is known of a talent, masked."""
    paper = f"{PaperKind(talent.paper_kind).label} {talent.paper_hint}" if talent.paper_kind else ""
    points = ContactPoint.objects.filter(person_id=talent.person_id, voided_at__isnull=True).order_by("pk")
    return [
        (_("身份"), Origin(talent.origin).label),
        (_("专业领域"), talent.field),
        (_("职务"), talent.person.title),
        (_("用人单位"), talent.employer.name if talent.employer else ""),
        (_("在哪里工作"), f"{where(talent.works_at)} {talent.work_place}".strip()),
        (_("在哪里参保"), f"{where(talent.insured_at)} {talent.insured_place}".strip()),
        (_("何时到岗"), talent.since),
        (_("证件"), paper),
        (_("联系方式"), "、".join(each.value_hint for each in points)),
        (_("登记人"), talent.recorded_by),
    ]


@dataclass(frozen=True, slots=True)
class ShownConsent:
    """One consent with its purpose in words, and whether it holds."""

    row: Consent
    label: str
    how: str
    badge: Badge


def consents_of(talent: Talent, today: date) -> list[ShownConsent]:
    """Return the consents of a talent, newest first."""
    catalogue = catalogue_of(talent.outpost, today)
    rows = talent.consents.filter(voided_at__isnull=True).select_related("paper").order_by("-given_on", "-id")
    return [
        ShownConsent(
            each, purpose_words(catalogue, each.purpose), str(GivenHow(each.given_how).label), _held(each, today)
        )
        for each in rows
    ]


def purpose_words(catalogue: Catalogue, code: str) -> str:
    """Return a purpose in words; one that content no longer has shows its code."""
    text = catalogue.consent(code)
    return said(text.label_zh, text.label_en) if text else code


def _held(consent: Consent, today: date) -> Badge:
    if consent.withdrawn_on:
        return Badge(_("已撤回"), "quiet")
    return Badge(_("有效"), "ok") if consent.keep_until > today else Badge(_("保存期已过"), "bad")


def ruling_rows(rulings: Sequence[ClassRuling]) -> list[Row]:
    """Return questions of class as list rows: by name, because these were sent for a decision."""
    return [
        Row(
            cells={
                "number": each.talent.number,
                "name": each.talent.person.name,
                "because": str(AskedBecause(each.because).label),
                "asked": each.asked_on,
                "state": str(RulingState(each.state).label),
            },
            url=reverse("console:talents:ruling_view", args=[each.uid]),
            uid=each.uid,
        )
        for each in rulings
    ]


@dataclass(frozen=True, slots=True)
class ShownProof:
    """One kind of evidence that a person came, with its items, and which of them the reader may decide."""

    kind: str
    label: str
    items: list[tuple[ShownItem, bool]]


def proofs_of(actor: Actor, talent: Talent, classes: Classes, *, reviewer: bool) -> list[ShownProof]:
    """Return the evidence that a person came, kind by kind, those of content that nobody has shown yet among them."""
    shown = {
        each.state.requirement.kind: each.items for each in evidence_of(state_of(Subject(TALENT, talent.uid), ARRIVAL))
    }
    own = frozenset({talent.user_id} if talent.user_id else ())
    return [
        ShownProof(
            kind,
            said(zh, en),
            [(item, reviewer and may_decide(actor, item, own)) for item in shown.get(kind, [])],
        )
        for kind, zh, en in classes.evidence
    ]


def may_decide(actor: Actor, shown: ShownItem, forbidden: frozenset[int]) -> bool:
    """Tell whether the actor may decide on an item that waits."""
    if shown.row.state != "submitted":
        return False
    try:
        check_reviewer(actor=actor, item=shown.row, forbidden_reviewers=forbidden)
    except RefusedError:
        return False
    return True


def list_text(rows: Iterable[Row], total: str) -> str:
    """Return the listed talents as lines for a chat message: numbers and classes, nobody's name."""
    title = _("人才 {total}").format(total=total)
    return chat_lines(title, (f"{each.cells['number']} {each.cells['field']} {each.cells['class']}" for each in rows))
