"""From introductions to what the components draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.matching.enums import (
    Channel,
    IntroductionState,
    OutcomeKind,
    ProfileKind,
    Side,
    TechnologyContractKind,
)
from feidi.domain.matching.models import Introduction, IntroductionOutcome, Profile, Trial
from feidi.domain.matching.selectors.introduction_steps import Standing, steps_of, waits_of
from feidi.domain.matching.selectors.introductions import days_without_progress
from feidi.domain.matching.selectors.outcomes import UNPROVEN, counted
from feidi.domain.matching.services.introduction_outcomes import KIND as OUTCOME
from feidi.domain.matching.services.introduction_outcomes import PURPOSE
from feidi.domain.matching.services.trials import KIND as TRIAL
from feidi.kernel.access import Actor
from feidi.kernel.documents.models import PrintedForm, SignedCopy
from feidi.kernel.evidence.selectors import states_of_many
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject
from feidi.portals.console.lists import CHAT, chat_lines
from feidi.portals.console.profiles.pieces import Piece, pieces_of
from feidi.portals.console.profiles.presenting import owner_of
from feidi.portals.ui.pieces import Badge, Column, Row, TimelineEntry, Tone

COLUMNS = [
    Column("number", gettext_lazy("编号"), sortable=True, lead=True),
    Column("need", gettext_lazy("需求"), sortable=True),
    Column("offer", gettext_lazy("供给"), sortable=True),
    Column("kind", gettext_lazy("种类"), sortable=True),
    Column("state", gettext_lazy("走到哪一步"), sortable=True),
    Column("waits", gettext_lazy("还差什么")),
    Column("interested", gettext_lazy("意向日期"), sortable=True),
    Column("officers", gettext_lazy("服务专员"), shown=False),
    Column("channel", gettext_lazy("来源"), shown=False),
]
TONES: dict[str, Tone] = {
    IntroductionState.INTERESTED: "info",
    IntroductionState.AGREED: "info",
    IntroductionState.REVEALED: "info",
    IntroductionState.MET: "info",
    IntroductionState.TRYING: "warn",
    IntroductionState.CONCLUDED: "ok",
    IntroductionState.ENDED: "quiet",
}


@dataclass(frozen=True, slots=True)
class SidePanel:
    """One side on the record page: its profile, whose it is, and whether its adviser has said yes."""

    side: str
    label: str
    profile: Profile
    owner: str
    officer: str
    agreed_on: date | None
    agreed_by: str


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """One outcome with its amounts in words, its evidence, and what the actor may decide."""

    row: IntroductionOutcome
    kind: str
    pairs: list[tuple[str, str]]
    badge: Badge
    items: list[Piece]
    needs_evidence: bool


def rows_of(introductions: Sequence[Introduction]) -> list[Row]:
    """Return introductions (as ``list_introductions`` gives them) as list rows."""
    return [_row(each) for each in introductions]


def _row(row: Introduction) -> Row:
    return Row(
        cells={
            "number": row.number,
            "need": f"{row.need.number} {row.need.title}",
            "offer": f"{row.offer.number} {row.offer.title}",
            "kind": ProfileKind(row.need.kind).label,
            "state": IntroductionState(row.state).label,
            "waits": waits_words(row),
            "interested": row.interested_on,
            "officers": "、".join(dict.fromkeys((row.need_officer.display_name, row.offer_officer.display_name))),
            "channel": Channel(row.channel).label,
        },
        url=reverse("console:introductions:introduction_view", args=[row.uid]),
        uid=row.uid,
        tone="quiet" if row.state == IntroductionState.ENDED else "",
    )


def waits_words(row: Introduction) -> str:
    """Return what a line of the list says is waited for."""
    return "、".join(str(each) for each in waits_of(row))


def sides_of(row: Introduction) -> list[SidePanel]:
    """Return both sides, the need first."""
    need, offer = row.need_officer.display_name, row.offer_officer.display_name
    return [
        SidePanel("need", _("需求方"), row.need, owner_of(row.need), need, row.need_agreed_on, row.need_agreed_by),
        SidePanel(
            "offer", _("供给方"), row.offer, owner_of(row.offer), offer, row.offer_agreed_on, row.offer_agreed_by
        ),
    ]


def badges_of(row: Introduction, today: date, reminders: Sequence[int], *, confirmed: bool) -> list[Badge]:
    """Return where it stands, and whether it has stood still for longer than the first reminder."""
    found = [Badge(IntroductionState(row.state).label, TONES[row.state])]
    still = days_without_progress(row, today)
    if reminders and still >= reminders[0]:
        title = "" if confirmed else _("参考外地做法，待本区确认")
        found.append(Badge(_("{n} 天没有进展").format(n=still), "warn", title=title))
    if row.voided_at:
        found.append(Badge(_("已作废"), "quiet"))
    return found


def steps_for(row: Introduction) -> list[Standing]:
    """Return the steps that may follow but for the end, which has a button of its own."""
    return [each for each in steps_of(row) if each.step.to != IntroductionState.ENDED]


def log_of(row: Introduction) -> list[TimelineEntry]:
    """Return every step, newest first."""
    return [
        TimelineEntry(
            when=each.occurred_on,
            title=IntroductionState(each.to_state).label,
            text=each.note,
            who=each.by,
            tone="info",
        )
        for each in row.log.order_by("-id")
    ]


def trials_of(row: Introduction) -> list[tuple[Trial, list[PrintedForm]]]:
    """Return the trials with what was printed of each, newest print first, with its signed copies. Three queries."""
    trials = list(row.trials.filter(voided_at__isnull=True).order_by("planned_on", "id"))
    printed: dict[str, list[PrintedForm]] = {each.uid: [] for each in trials}
    copies = SignedCopy.objects.filter(voided_at__isnull=True).select_related("file").order_by("id")
    forms = PrintedForm.objects.filter(subject_kind=TRIAL, subject_uid__in=printed).order_by("-id")
    for form in forms.prefetch_related(Prefetch("signed_copies", queryset=copies, to_attr="live_copies")):
        printed[form.subject_uid].append(form)
    return [(each, printed[each.uid]) for each in trials]


def outcomes_of(actor: Actor, row: Introduction, *, reviewer: bool) -> list[ShownOutcome]:
    """Return what came of it, newest first, each with its evidence. A fixed number of queries."""
    rows = list(row.outcomes.filter(voided_at__isnull=True).order_by("-on", "-id"))
    count = counted(rows)
    states = states_of_many([Subject(OUTCOME, each.uid) for each in rows], PURPOSE)
    advisers = frozenset({row.need_officer_id, row.offer_officer_id})
    found = []
    for each in rows:
        items = pieces_of(
            actor,
            states[Subject(OUTCOME, each.uid)],
            advisers,
            reviewer=reviewer,
            show_url=reverse("console:introductions:outcome_show", args=[row.uid, each.uid]),
            decide_url=partial(_decide_url, row.uid, each.uid),
        )
        kind = OutcomeKind(each.kind)
        badge = _counts(kind, counts=each.pk in count)
        found.append(ShownOutcome(each, str(kind.label), _particulars(each), badge, items, kind not in UNPROVEN))
    return found


def _decide_url(row: str, outcome: str, item: str) -> str:
    return reverse("console:introductions:outcome_decide", args=[row, outcome, item])


def _counts(kind: OutcomeKind, *, counts: bool) -> Badge:
    if kind in UNPROVEN:
        return Badge(_("不计入成果"), "quiet")
    return Badge(_("已采信，计入"), "ok") if counts else Badge(_("证据未采信，不计入"), "warn")


def _particulars(row: IntroductionOutcome) -> list[tuple[str, str]]:
    pairs = [(_("日期"), f"{row.on:%Y-%m-%d}"), (_("金额"), _said(row.amount_fen, row.currency))]
    if row.kind == OutcomeKind.TECHNOLOGY_CONTRACT:
        side = Side(row.registering_side).label if row.registering_side else _("未说明")
        pairs += [
            (_("技术合同类别"), str(TechnologyContractKind(row.contract_kind).label) if row.contract_kind else ""),
            (_("技术交易额"), _said(row.technology_amount_fen, row.currency)),
            (_("登记号"), row.registration_number or _("未登记")),
            (_("由哪一方登记"), str(side)),
            (_("知识产权归属"), row.ownership or _("未约定")),
            (_("怎样算解决"), row.solved_when or _("未约定")),
        ]
    return [*pairs, (_("说明"), row.note)] if row.note else pairs


def _said(fen: int | None, currency: str) -> str:
    return _("未知") if fen is None else format_money(fen, currency)


def list_text(rows: Iterable[Row], total: str) -> str:
    """Return the listed introductions as lines for a chat message: numbers and steps, no names."""
    title = _("对接 {total}").format(total=total)
    return chat_lines(title, (f"{each.cells['number']} {each.cells['state']}" for each in rows))


def record_text(row: Introduction) -> str:
    """Return one introduction as lines for a chat message, by the masked titles only."""
    lines = [
        f"{_('需求')}：{row.need.title}",
        f"{_('供给')}：{row.offer.title}",
        f"{_('走到哪一步')}：{IntroductionState(row.state).label}",
        f"{_('还差什么')}：{waits_words(row)}",
    ]
    return "\n".join([row.number, *lines])[:CHAT]
