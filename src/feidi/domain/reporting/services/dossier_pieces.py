"""What belongs into a project's dossier (一项目一档): every file that hangs on the project, and what each is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.timezone import localtime

from feidi.domain.liaison.access import visible_to as meetings_visible
from feidi.domain.liaison.models import Meeting
from feidi.domain.liaison.selectors.meetings import meetings_veil, with_parts
from feidi.domain.liaison.services.letters import Print
from feidi.domain.liaison.services.minutes import minutes_of
from feidi.domain.pipeline.models import (
    Agreement,
    BenefitSettlement,
    Commitment,
    DiligenceCheck,
    FirstReport,
    LandingCase,
    LandingRecheck,
    Project,
)
from feidi.kernel.access import Actor
from feidi.kernel.documents.models import PrintedForm, SignedCopy
from feidi.kernel.documents.office.rendering import render_paper
from feidi.kernel.documents.services.printing import render_form
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.files.access import visible_to as files_visible
from feidi.kernel.files.models import StoredFile

PROJECT = "pipeline.project"
_EVIDENCE = ("licence", "site", "money", "site_visit")
#: Words of a piece's state; papers are Chinese whatever the reader's language.
RETURNED, WAITING, ACCEPTED = "已退回", "待审核", "已采信"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: of which kind (content says into which folder), called what, from when, with which state and remark.

    Either a stored file or ``made``, which renders it.
    """

    kind: str
    title: str
    name: str
    on: date | None = None
    state: str = ""
    note: str = ""
    file: StoredFile | None = None
    made: Callable[[], bytes] | None = None

    @property
    def counts(self) -> bool:
        """True when it fills a place in the list of what must be there."""
        return self.state not in (RETURNED, WAITING)


def pieces_of(actor: Actor, project: Project, how: Print) -> list[Piece]:
    """Return every piece that ``actor`` may have, oldest first within its kind. Files taken back are left out."""
    children = _children(project)
    found = [
        *_first_reports(project),
        *_diligence(project),
        *_agreements(project),
        *_commitments(children["pipeline.commitment"]),
        *_evidence(project),
        *_rechecks(project),
        *_signed(children),
    ]
    known = {each.file.pk for each in found if each.file}
    found += [
        Piece("project", each.name, each.name, localtime(each.created_at).date(), file=each)
        for each in StoredFile.objects.filter(_of(children)).exclude(pk__in=known).order_by("created_at", "id")
    ]
    asked = [each.file.pk for each in found if each.file]
    seen = files_visible(actor, StoredFile.objects.filter(pk__in=asked, voided_at__isnull=True))
    allowed = set(seen.values_list("pk", flat=True))
    kept = [each for each in found if each.file and each.file.pk in allowed]
    return [*kept, *_forms(children, how), *_minutes(actor, project, how)]


def _children(project: Project) -> dict[str, list[str]]:
    """Return kind → uids of the rows of the project on which files, forms and evidence may hang."""
    rows = {
        "pipeline.landing_case": LandingCase.objects.filter(project=project),
        "pipeline.commitment": Commitment.objects.filter(agreement__project=project, voided_at__isnull=True),
        "pipeline.diligence": DiligenceCheck.objects.filter(project=project, voided_at__isnull=True),
        "pipeline.recheck": LandingRecheck.objects.filter(case__project=project),
    }
    return {PROJECT: [project.uid], **{kind: list(each.values_list("uid", flat=True)) for kind, each in rows.items()}}


def _of(children: dict[str, list[str]], prefix: str = "") -> Q:
    found = Q(pk__in=[])
    for kind, uids in children.items():
        found |= Q(**{f"{prefix}subject_kind": kind, f"{prefix}subject_uid__in": uids})
    return found


def _first_reports(project: Project) -> Iterator[Piece]:
    rows = FirstReport.objects.filter(project=project, evidence__isnull=False, voided_at__isnull=True)
    for row in rows.select_related("evidence").order_by("reported_at", "id"):
        if row.evidence:
            on, state = localtime(row.reported_at).date(), str(row.get_state_display())
            yield Piece("first_report", "首报依据", row.evidence.name, on, state, row.unit, file=row.evidence)


def _diligence(project: Project) -> Iterator[Piece]:
    rows = project.diligence.filter(voided_at__isnull=True).select_related("file").order_by("checked_on", "id")
    for row in rows:
        if row.file:
            title = f"尽调：{row.label}"
            yield Piece("diligence", title, row.file.name, row.checked_on, note=row.source, file=row.file)


def _agreements(project: Project) -> Iterator[Piece]:
    rows = Agreement.objects.filter(project=project, voided_at__isnull=True).select_related("scan", "authorisation")
    for row in rows.order_by("signed_on", "id"):
        title = row.title or str(row.get_kind_display())
        shelf = "；".join(each for each in (row.originals_held_by, row.originals_shelf) if each)
        note = f"原件：{shelf}" if shelf else ""
        yield Piece("agreement", title, row.scan.name, row.signed_on, note=note, file=row.scan)
        if row.authorisation:
            yield Piece("agreement", f"{title}授权书", row.authorisation.name, row.signed_on, file=row.authorisation)
    settled = BenefitSettlement.objects.filter(
        term__agreement__project=project, voided_at__isnull=True, file__isnull=False
    )
    for paid in settled.select_related("file").order_by("settled_on", "id"):
        if paid.file:
            yield Piece("benefit", "利益分享结算凭证", paid.file.name, paid.settled_on, file=paid.file)


def _items(wanted: Q) -> Iterator[tuple[EvidenceItem, StoredFile, str]]:
    rows = EvidenceItem.objects.filter(wanted, voided_at__isnull=True, file__isnull=False)
    words = {ItemState.RETURNED.value: RETURNED, ItemState.ACCEPTED.value: ACCEPTED, ItemState.SUBMITTED.value: WAITING}
    for row in rows.select_related("file", "requirement").order_by("submitted_at", "id"):
        if row.file:
            yield row, row.file, words[row.state]


def _commitments(uids: list[str]) -> Iterator[Piece]:
    wanted = Q(requirement__subject_kind="pipeline.commitment", requirement__subject_uid__in=uids)
    for row, file, state in _items(wanted):
        title = f"承诺履行：{row.requirement.label_zh}"
        yield Piece("commitment", title, file.name, row.occurred_on, state, row.return_reason, file=file)


def _evidence(project: Project) -> Iterator[Piece]:
    for row, file, state in _items(Q(requirement__subject_kind=PROJECT, requirement__subject_uid=project.uid)):
        kind = row.requirement.kind
        folder = f"evidence_{kind}" if kind in _EVIDENCE else "evidence_other"
        note = f"退回原因：{row.return_reason}" if row.return_reason else row.record
        yield Piece(folder, row.requirement.label_zh, file.name, row.occurred_on, state, note, file=file)


def _rechecks(project: Project) -> Iterator[Piece]:
    rows = LandingRecheck.objects.filter(case__project=project, file__isnull=False).select_related("file")
    for row in rows.order_by("due_on", "id"):
        if row.file:
            note = str(row.get_confirmed_display())
            yield Piece(
                "recheck", f"第{row.n}年复核", row.file.name, row.confirmed_on or row.due_on, note=note, file=row.file
            )


def _signed(children: dict[str, list[str]]) -> Iterator[Piece]:
    rows = SignedCopy.objects.filter(_of(children, "form__"), voided_at__isnull=True).select_related("form", "file")
    for row in rows.order_by("signed_on", "id"):
        names = "、".join(str(each.get("name", "")) for each in row.signers)
        title, note = f"{row.form.title}（线下签署）", f"签字：{names}{'；已盖章' if row.sealed else ''}"
        yield Piece("signed_copy", title, row.file.name, row.signed_on, note=note, file=row.file)


def _forms(children: dict[str, list[str]], how: Print) -> Iterator[Piece]:
    for row in PrintedForm.objects.filter(_of(children)).order_by("created_at", "id"):
        on = localtime(row.created_at).date()
        yield Piece("form", row.title, f"{row.title}.pdf", on, note=f"打印人：{row.printed_by}", made=_form(row, how))


def _form(row: PrintedForm, how: Print) -> Callable[[], bytes]:
    return lambda: render_form(row, watermark=how.watermark)


def _minutes(actor: Actor, project: Project, how: Print) -> Iterator[Piece]:
    about = Q(agenda__project=project, agenda__voided_at__isnull=True)
    about |= Q(decisions__project=project, decisions__voided_at__isnull=True)
    rows = meetings_visible(actor, Meeting.objects.filter(about, voided_at__isnull=True, minuted_at__isnull=False))
    for row in with_parts(rows.select_related("outpost__home").distinct()).order_by("held_on", "id"):
        title = f"{row.title.removesuffix('纪要')}纪要"
        yield Piece("meeting", title, f"{title}.docx", row.held_on, note=row.number, made=_minuted(actor, row, how))


def _minuted(actor: Actor, meeting: Meeting, how: Print) -> Callable[[], bytes]:
    return lambda: render_paper(minutes_of(meeting, meetings_veil(actor, [meeting]), how))
