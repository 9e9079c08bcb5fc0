"""Batches and their rows as the wizard shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.pipeline.services.ledger.columns import Ledger
from feidi.domain.pipeline.services.ledger.planning import finding_from
from feidi.kernel.imports.enums import BatchState, Decision, RowState
from feidi.kernel.imports.models import ImportBatch, ImportRow
from feidi.portals.console.imports.changes import changes_in_words
from feidi.portals.ui.pieces import Badge, Column, Row, Step, Tone

COLUMNS = [
    Column("file", gettext_lazy("文件"), lead=True),
    Column("state", gettext_lazy("状态")),
    Column("new", gettext_lazy("新增"), numeric=True),
    Column("updated", gettext_lazy("更新"), numeric=True),
    Column("refused", gettext_lazy("未导入"), numeric=True),
    Column("by", gettext_lazy("谁导入")),
    Column("at", gettext_lazy("上传时间")),
    Column("outpost", gettext_lazy("驻点"), shown=False),
]
_BATCH_TONES: dict[str, Tone] = {
    BatchState.COMMITTED: "ok", BatchState.FAILED: "bad", BatchState.PREVIEWED: "info", BatchState.UNDONE: "quiet",
}  # fmt: skip
_ROW_TONES: dict[str, Tone] = {
    RowState.NEW: "ok", RowState.UPDATED: "info", RowState.SUSPECTED: "warn", RowState.REFUSED: "bad",
}  # fmt: skip
_ENDED = {BatchState.COMMITTING, BatchState.COMMITTED, BatchState.UNDONE}


def steps(batch: ImportBatch | None = None) -> list[Step]:
    """Return the four steps; one may go back to the columns until something is written."""
    open_still = batch is not None and batch.state not in _ENDED
    columns = reverse("console:imports:import_columns", args=[batch.uid]) if batch and open_still else ""
    ready = batch is not None and batch.state == BatchState.PREVIEWED
    preview = reverse("console:imports:import_preview", args=[batch.uid]) if batch and ready else ""
    return [
        Step("file", _("选文件")),
        Step("columns", _("对列"), columns),
        Step("preview", _("预览"), preview),
        Step("done", _("完成")),
    ]


def page_of(batch: ImportBatch) -> str:
    """Return the step at which the batch stands."""
    name = "done" if batch.state in _ENDED else "columns" if batch.state == BatchState.UPLOADED else "preview"
    return reverse(f"console:imports:import_{name}", args=[batch.uid])


def batch_badge(batch: ImportBatch) -> Badge:
    """Return where the batch stands."""
    return Badge(BatchState(batch.state).label, _BATCH_TONES.get(batch.state, "quiet"))


def written_counts(batches: Sequence[ImportBatch]) -> dict[int, dict[str, int]]:
    """Return batch id → rows that make a new project and rows that change one, decided suspects among them. One query."""
    decided = (
        ImportRow.objects.filter(batch__in=batches, state=RowState.SUSPECTED)
        .values_list("batch_id", "decision")
        .annotate(n=Count("id"))
        .order_by()
    )
    extra = {(batch, decision): n for batch, decision, n in decided}
    return {
        each.pk: {
            "new": each.counts.get("new", 0) + extra.get((each.pk, Decision.CREATE), 0),
            "updated": each.counts.get("updated", 0) + extra.get((each.pk, Decision.UPDATE), 0),
        }
        if each.counts
        else {}
        for each in batches
    }


def row_of_batch(batch: ImportBatch, outposts: Mapping[str, str], written: Mapping[str, int]) -> Row:
    """Return a batch as a list row."""
    counts = {**(batch.counts or {}), **written}
    return Row(
        cells={
            "file": batch.file.name,
            "state": BatchState(batch.state).label,
            "new": counts.get("new"),
            "updated": counts.get("updated"),
            "refused": counts.get("refused"),
            "by": batch.started_by,
            "at": batch.created_at,
            "outpost": outposts.get(batch.subject_uid, ""),
        },
        url=page_of(batch),
        uid=batch.uid,
        tone="quiet" if batch.state == BatchState.UNDONE else "bad" if batch.state == BatchState.FAILED else "",
        note=_("可以撤销") if batch.state == BatchState.COMMITTED else "",
    )


def summary(batch: ImportBatch) -> str:
    """Return the preview as one line, as one would send it: 127 行：新增 98，更新 21，疑似重复 5，未导入 3."""
    counts = {state: (batch.counts or {}).get(state.value, 0) for state in RowState}
    said = [f"{state.label} {n}" for state, n in counts.items() if n or state != RowState.UNCHANGED]
    return _("{total} 行：{classes}").format(total=sum(counts.values()), classes="，".join(said))


def tiles(batch: ImportBatch, shown: str = "") -> list[dict[str, Any]]:
    """Return the classes of rows with their numbers; each opens its rows."""
    counts, here = batch.counts or {}, reverse("console:imports:import_preview", args=[batch.uid])
    tones = {RowState.SUSPECTED: "warn", RowState.REFUSED: "bad"}
    undecided = counts.get("undecided", 0)
    notes = {RowState.SUSPECTED: _("还有 {n} 行没有决定").format(n=undecided) if undecided else ""}
    return [
        {
            "label": state.label,
            "value": counts.get(state.value, 0),
            "url": here if shown == state.value else f"{here}?show={state.value}",
            "tone": tones.get(state, "") if counts.get(state.value) else "",
            "note": _("正在看这些行") if shown == state.value else notes.get(state, ""),
        }
        for state in RowState
    ]


def row_of(row: ImportRow, batch: ImportBatch, ledger: Ledger, names: Mapping[str, str]) -> dict[str, Any]:
    """Return one row of the file: what it is, what it would change, what is remarked, what may be decided."""
    return {
        "row": row.row,
        "label": row.label or _("（没有名称）"),
        "detail": row.detail,
        "badge": Badge(RowState(row.state).label, _ROW_TONES.get(row.state, "quiet")),
        "changes": changes_in_words(row.changes, ledger),
        "findings": [finding_from({**raw, "row": None}) for raw in row.findings],
        "original": _original(row, batch),
        "suspected": row.state == RowState.SUSPECTED,
        "decided": _decided(row, names),
        "suspects": _suspects(row),
        "match": row.match_uid if row.state in {RowState.UPDATED, RowState.UNCHANGED} else "",
        "decide_url": reverse("console:imports:import_decide", args=[batch.uid, row.row]),
    }


def suspect_names(rows: Sequence[ImportRow]) -> dict[str, str]:
    """Return uid → number and name of every project that a row seems to be."""
    return {each["uid"]: each["label"] for row in rows for each in _suspects(row)}


def _suspects(row: ImportRow) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for raw in row.findings:
        params = raw["params"]
        if row.state == RowState.SUSPECTED and params.get("uid"):
            found.setdefault(params["uid"], {"uid": params["uid"], "label": f"{params['code']} {params['name']}"})
    return list(found.values())


def _decided(row: ImportRow, names: Mapping[str, str]) -> str:
    if row.decision == Decision.UPDATE:
        return _("更新 {project}").format(project=names.get(row.match_uid, row.match_uid))
    return str(Decision(row.decision).label) if row.decision else ""


def _original(row: ImportRow, batch: ImportBatch) -> list[tuple[str, str]]:
    """Return the filled cells as written, where a person has to look at them."""
    if not row.original:
        return []
    cells = zip(batch.columns, row.original, strict=False)
    return [(column["header"] or column["name"], text) for column, text in cells if text]
