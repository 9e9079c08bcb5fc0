"""A whole list of titles at once: pasted from a sheet or uploaded, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, OrganizationTitle, Outpost
from feidi.domain.parties.selectors.titles import TitleKind, title_kinds
from feidi.domain.parties.services.titles import TitlePaper, add_title
from feidi.engines.findings import Finding, Level, RefusedError, refuse
from feidi.engines.names import fold_name
from feidi.engines.sheets import FieldSpec, Precision, match_columns, parse_date_text, read_workbook
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.messages import text_of

_FIELDS = (
    FieldSpec("name", "单位名称", ("企业名称", "公司名称", "单位", "企业"), required=True),
    FieldSpec("title", "资质名称", ("资质", "认定名称", "称号", "类别"), required=True),
    FieldSpec("number", "证书编号", ("编号", "登记编号", "证书号")),
    FieldSpec("issued_by", "发证机关", ("认定单位", "发证单位", "批准机关")),
    FieldSpec("valid_from", "有效期起", ("发证日期", "认定日期", "起始日期", "起")),
    FieldSpec("valid_to", "有效期止", ("到期日期", "截止日期", "有效期至", "止")),
    FieldSpec("note", "备注", ("说明",)),
)


@dataclass(frozen=True, slots=True)
class _Row:
    row: int
    values: Mapping[str, str]


def paste_titles(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    content: bytes,
    name: str = "titles.tsv",
    responsible: User | None = None,
) -> list[OrganizationTitle]:
    """Write down a list of titles of organizations that the outpost knows; rows that stand there already are passed over.

    ``content``: an xlsx or the text of a sheet, its first row the column names. Refused: unreadable, no name or title
    column, and with the rows: an organization not known, a title content does not know, a date one cannot read.
    """
    require(actor, "party.edit", outpost_scope(outpost.pk))
    rows = _read(content, name)
    known = _known(outpost, {fold_name(each.values["name"]) for each in rows})
    kinds = title_kinds(outpost.home.code)
    made, faults = [], []
    with recorded(actor=actor, now=now):
        for each in rows:
            try:
                paper = _paper(each.values, kinds)
                firm = known.get(fold_name(each.values["name"]))
                if firm is None:
                    raise refuse("parties.title_not_linked", name=each.values["name"], outpost=outpost.short_name)
                made.append(
                    add_title(
                        actor=actor, now=now, outpost=outpost, organization=firm, paper=paper, responsible=responsible
                    )
                )
            except RefusedError as error:
                if error.refusal.code != "parties.title_double":
                    params = {"name": each.values["name"], "what": text_of(error.refusal)}
                    faults.append(Finding(Level.PROBLEM, "parties.title_row", params, row=each.row))
        if faults:
            raise refuse("parties.titles_rows_bad", *faults, n=len(faults))
    return made


def _read(content: bytes, name: str) -> list[_Row]:
    book = read_workbook(content, name=name)
    sheet = next((each for each in book.sheets if each.columns), None) if book.fatal is None else None
    mapping = match_columns(sheet.columns, _FIELDS) if sheet else None
    if sheet is None or mapping is None or not (mapping.column_of("name") and mapping.column_of("title")):
        raise refuse("parties.titles_unread")
    found = []
    for record in sheet.iter_records():
        said = {each.field: record.values[each.column.index].text.strip() for each in mapping.matches}
        if said.get("name") or said.get("title"):
            found.append(_Row(record.row, {**{spec.code: "" for spec in _FIELDS}, **said}))
    return found


def _known(outpost: Outpost, names: set[str]) -> dict[str, Organization]:
    """Return folded name → organization, among those that the outpost knows, by name or other name."""
    ours = Organization.objects.filter(links__outpost=outpost, voided_at__isnull=True)
    found = {each.name_folded: each for each in ours.filter(aliases__name_folded__in=names).distinct()}
    by_alias = {
        alias: each
        for each in found.values()
        for alias in each.aliases.filter(name_folded__in=names).values_list("name_folded", flat=True)
    }
    return {**by_alias, **{each.name_folded: each for each in ours.filter(name_folded__in=names).distinct()}}


def _paper(values: Mapping[str, str], kinds: Mapping[str, TitleKind]) -> TitlePaper:
    wanted = fold_name(values["title"])
    code = next((each.code for each in kinds.values() if wanted and wanted in _names_of(each)), "")
    if not code:
        raise refuse(
            "parties.title_unknown", title=values["title"], known="、".join(each.label for each in kinds.values())
        )
    return TitlePaper(
        title=code,
        number=values["number"],
        issued_by=values["issued_by"],
        valid_from=_day(values["valid_from"]),
        valid_to=_day(values["valid_to"]),
        note=values["note"],
    )


def _names_of(kind: TitleKind) -> set[str]:
    """Return how a title may be written: its label whole, and without or only its bracket (高企)."""
    plain, _open, short = kind.label.partition("（")
    return {
        fold_name(each) for each in (kind.label, plain, short.rstrip("）"), plain.replace("“", "").replace("”", ""))
    }


def _day(text: str) -> date | None:
    if not text:
        return None
    found, _findings = parse_date_text(text)
    if found.date is None or found.precision is not Precision.DAY:
        raise refuse("parties.title_day", value=text)
    return found.date
