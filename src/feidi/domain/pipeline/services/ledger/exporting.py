"""Projects written out as a ledger: the same columns that the import reads, so that reading it back changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from django.db.models import QuerySet

from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.enums import IdentifierScheme
from feidi.domain.parties.models import ContactPoint, OrganizationIdentifier
from feidi.domain.pipeline.enums import ConditionCode, PartyRole, Track
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.domain.pipeline.selectors.projects import plaque_names
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.domain.pipeline.services.ledger.columns import LedgerColumn, Reading, ledger_of
from feidi.domain.pipeline.services.ledger.money_cells import CURRENCY_WORDS, Amount, common_currency, money_cell
from feidi.domain.pipeline.services.ledger.plaque_words import JOINED
from feidi.engines.findings import refuse
from feidi.engines.sheets.printing import fit_for_print
from feidi.engines.stages import StageTable
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

PERMISSION = "project.export"
_CHUNK = 1_000
_EXACT = len("2026-11-23")
Cell = str | int | float | date | None


class _Around:
    """What hangs on a chunk of projects: sponsor's code, contact and masked number, plaques (five queries)."""

    def __init__(self, projects: Sequence[Project]) -> None:
        parties = ProjectParty.objects.filter(
            project__in=projects, until__isnull=True, role__in=[PartyRole.SPONSOR, PartyRole.CONTACT]
        ).order_by("id")
        sponsors: dict[int, int] = {}
        contacts: dict[int, tuple[int, str]] = {}
        for project, role, organization, person, name in parties.values_list(
            "project_id", "role", "organization_id", "person_id", "person__name"
        ):
            if role == PartyRole.SPONSOR and organization:
                sponsors[project] = organization
            elif role == PartyRole.CONTACT and person:
                contacts[project] = (person, name)
        codes = OrganizationIdentifier.objects.filter(
            organization_id__in=set(sponsors.values()), scheme=IdentifierScheme.USCC
        ).order_by("-id")
        by_firm = dict(codes.values_list("organization_id", "value"))
        hints: dict[int, list[str]] = {}
        points = ContactPoint.objects.filter(
            person_id__in={person for person, _ in contacts.values()}, kind="phone", voided_at__isnull=True
        ).order_by("id")
        for person, hint in points.values_list("person_id", "value_hint"):
            hints.setdefault(person, []).append(hint)
        self.uscc = {pk: by_firm.get(firm, "") for pk, firm in sponsors.items()}
        self.contact = {pk: name for pk, (_, name) in contacts.items()}
        self.phone = {pk: "；".join(hints.get(person, ())) for pk, (person, _) in contacts.items()}
        self.plaques = plaque_names(projects)


def export_projects(
    *, actor: Actor, now: datetime, queryset: QuerySet[Project], columns: Sequence[str] | None = None
) -> bytes:
    """Return an xlsx of exactly the projects of ``queryset``, in its order, in the ledger's ``columns`` (default all).

    Amounts that are exact are numbers in the column's unit, the others their text; numbers of contacts are masked.
    Refused: a project of an outpost over which the actor may not export. Who exported how many is on record.
    """
    outposts = list(queryset.order_by().values_list("outpost_id", flat=True).distinct())
    for each in outposts:
        if not actor.may(PERMISSION, outpost_scope(each)):
            raise refuse("ledger.export_not_allowed")
    first = queryset.select_related("outpost__home").first()
    if first is None:
        raise refuse("ledger.nothing_to_export")
    ledger = ledger_of(first.outpost)
    chosen = [each for each in ledger.columns if columns is None or each.field in columns]
    with TemporaryDirectory(prefix="feidi-export-") as folder:
        path = Path(folder) / "ledger.xlsx"
        count = _write(path, chosen, queryset, stage_table(first.outpost))
        data = path.read_bytes()
    with recorded(actor=actor, now=now) as unit:
        unit.acted(
            "exported",
            kind="parties.outpost",
            uid=first.outpost.uid,
            rows=count,
            columns=[each.field for each in chosen],
        )
    return data


def _write(path: Path, columns: Sequence[LedgerColumn], queryset: QuerySet[Project], table: StageTable) -> int:
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("招商台账")
    head, day = (
        book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1}),
        book.add_format({"num_format": "yyyy-mm-dd"}),
    )
    sheet.freeze_panes(1, 0)
    fit_for_print(sheet)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, 12 if column.reading in {Reading.DATE, Reading.CLAIM_DATE, Reading.MONEY} else 18)
        sheet.write_string(0, at, column.zh, head)
    count = 0
    for projects in _chunks(queryset):
        around = _Around(projects)
        for project in projects:
            count += 1
            cells = cells_of(project, around, columns, table, count)
            for at, value in enumerate(cells):
                if isinstance(value, str) and value:
                    sheet.write_string(count, at, value)
                elif isinstance(value, date):
                    sheet.write_datetime(count, at, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
                elif isinstance(value, (int, float)):
                    sheet.write_number(count, at, value)
    book.close()
    return count


def _chunks(queryset: QuerySet[Project]) -> Iterator[list[Project]]:
    """The order of the list, without holding it all."""
    chunk: list[Project] = []
    for each in queryset.select_related("owner").iterator(chunk_size=_CHUNK):
        chunk.append(each)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def cells_of(
    project: Project, around: _Around, columns: Sequence[LedgerColumn], table: StageTable, number: int
) -> list[Cell]:
    """Return one project's cells in the order of ``columns``."""
    currency = common_currency(_amounts(project))
    own: dict[str, Cell] = {
        "seq": number,
        "uscc": around.uscc.get(project.pk, ""),
        "sponsor": project.sponsor_name,
        "stage": stage_cell(project, table),
        "owner": project.owner_text or (project.owner.display_name if project.owner else ""),
        "contact_name": around.contact.get(project.pk, ""),
        "contact_phone": around.phone.get(project.pk, ""),
        "currency": CURRENCY_WORDS.get(currency or "", currency or ""),
        "verified_on": project.verified_on,
        "plaques": JOINED.join(around.plaques.get(project.pk, ())),
    }
    return [own[each.field] if each.field in own else _cell(project, each, currency) for each in columns]


def _cell(project: Project, column: LedgerColumn, currency: str | None) -> Cell:
    claims: Mapping[str, Any] = project.claims or {}
    claim = claims.get(column.field)
    match column.reading:
        case Reading.TEXT:
            return str(getattr(project, column.field))
        case Reading.DATE | Reading.COUNT:
            value: Cell = getattr(project, column.field)
            return value if value is not None else (claim or {}).get("text", "")
        case Reading.MONEY:
            return money_cell(amount_of(project, column.field), column.unit, currency)
        case Reading.CLAIM_MONEY if claim:
            return money_cell(_claimed(claim), column.unit, currency)
        case Reading.CLAIM_DATE if claim:
            exact = claim["value"] and len(claim["value"]) == _EXACT
            return date.fromisoformat(claim["value"]) if exact else str(claim["text"])
        case Reading.CLAIM_TEXT | Reading.CLAIM_KIND if claim:
            return str(claim["text"])
    return None


def amount_of(project: Project, name: str) -> Amount:
    """Return one of the four amounts of a project."""
    parts = ("lo_fen", "hi_fen", "currency", "approximate", "text")
    return Amount(*(getattr(project, f"{name}_{part}") for part in parts))


def _claimed(claim: Mapping[str, Any]) -> Amount:
    value = claim["value"]
    return Amount(value["lo_fen"], value["hi_fen"], value["currency"], value["approximate"], claim["text"])


def _amounts(project: Project) -> list[Amount]:
    named = [
        amount_of(project, name)
        for name in ("planned_investment", "fixed_investment", "expected_output", "expected_tax")
    ]
    claims = [_claimed(claim) for name, claim in project.claims.items() if name in {"signed_amount", "paid_in"}]
    return [each for each in (*named, *claims) if each.lo_fen is not None or each.hi_fen is not None]


def stage_cell(project: Project, table: StageTable) -> str:
    """Return the stage words that the import reads back: furthest stages, then the condition, separated by ；."""
    words = []
    pairs = ((Track.HOST, project.host_stage), (Track.HOME, project.home_stage))
    for track, code in pairs:
        stage = table.stage(track.value, code) if code else None
        if stage:
            words.append(stage.label.zh)
    if not words:
        talks = table.stage(Track.TALKS.value, project.talks_stage)
        words.append(talks.label.zh if talks else project.talks_stage)
    if project.condition:
        words.append(str(ConditionCode(project.condition).label))
    return "；".join(words)
