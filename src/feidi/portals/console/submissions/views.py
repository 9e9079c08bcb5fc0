"""Batches: list, send, read, confirm on paper."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from xlsxwriter import Workbook

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Submission
from feidi.domain.pipeline.selectors.submissions import (
    FACTS,
    PROGRESS,
    candidates,
    count_unplaced,
    figures_of,
    get_submission,
    list_submissions,
)
from feidi.domain.pipeline.services.submitting import (
    SUBMISSION,
    Period,
    confirmation_data,
    print_confirmation,
    send_batch,
)
from feidi.engines.sheets.printing import fit_for_print
from feidi.kernel.access import ScopeKind
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.signing import attach_signed_copy
from feidi.kernel.files.services import store_upload
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject
from feidi.portals.console.pipeline.forms import SignedCopyForm
from feidi.portals.console.pipeline.views.landing import split_names
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.submissions.forms import BatchForm
from feidi.portals.ui.pieces import Crumb, Tab
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEND = "submission.send"


@require_GET
def submission_list(request: FeidiRequest) -> HttpResponse:
    """List the batches sent, newest first, and what an outpost could send next."""
    outposts = Outpost.objects.filter(pk__in=request.actor.scopes(SEND, ScopeKind.OUTPOST)).order_by("code")
    page = paginate(list_submissions(request.actor), request.GET.get("page"))
    return render(request, "console/submissions/submission_list.html", {"page": page, "outposts": outposts})


@require_http_methods(["GET", "POST"])
def submission_new(request: FeidiRequest, uid: str) -> HttpResponse:
    """Choose what the next batch tells: projects never reported, and what changed in those that were."""
    outpost = Outpost.objects.select_related("home").filter(pk__in=_seen(request)).get(uid=uid)
    require(request.actor, SEND, outpost_scope(outpost.pk))
    plaques = [(each.code, each.name) for each in outpost.plaques.order_by("id")]
    given = (request.POST if request.method == "POST" else request.GET).get("plaque", "")
    plaque = given if given in dict(plaques) else ""
    found = candidates(outpost, plaque)
    form = BatchForm(sent(request), found=found, plaques=plaques, initial={"until": request.today, "plaque": plaque})

    def save(data: dict[str, Any]) -> None:
        period = Period(plaque=data["plaque"], since=data["since"], until=data["until"])
        send_batch(
            actor=request.actor,
            now=request.now,
            outpost=outpost,
            projects=list(data["projects"]),
            reason=data["reason"],
            period=period,
        )

    return save_page(
        request,
        template="console/submissions/submission_new.html",
        form=form,
        save=save,
        done=_("已报送，主办方现在看得到这些项目。"),
        onward=reverse("console:submissions:submission_list"),
        extra={
            "found": found,
            "outpost": outpost,
            "plaque": plaque,
            "tabs": _plaque_tabs(outpost, plaques),
            "unplaced": count_unplaced(outpost) if plaque else 0,
            "chosen": request.POST.getlist("projects") if request.method == "POST" else [],
            "first": request.method != "POST",
            "words": ("reason", "plaque", "since", "until"),
        },
    )


def _plaque_tabs(outpost: Outpost, plaques: Sequence[tuple[str, str]]) -> list[Tab]:
    """Return whose candidates are shown: everybody's, or those of one plaque."""
    here = reverse("console:submissions:submission_new", args=[outpost.uid])
    own = [Tab(code, name, f"{here}?{urlencode({'plaque': code})}") for code, name in plaques]
    return [Tab("", _("不区分"), here), *own] if own else []


def _seen(request: FeidiRequest) -> frozenset[int]:
    return frozenset(request.actor.scopes("project.view", ScopeKind.OUTPOST))


@require_GET
def submission_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one batch as it was sent: figures then and now, projects, corrections, its confirmation on paper."""
    batch = get_submission(request.actor, uid)
    now = figures_of(batch.outpost, plaque=batch.figures.get("plaque", ""))
    forms = PrintedForm.objects.filter(subject_kind=SUBMISSION, subject_uid=batch.uid).prefetch_related(
        "signed_copies__file"
    )
    context = {
        "batch": batch,
        "rows": [_row(each) for each in batch.rows.select_related("project").order_by("project__code")],
        "figures": _figures(batch.figures, now),
        "forms": forms.order_by("-id"),
        "crumbs": [Crumb(_("报送"), reverse("console:submissions:submission_list")), Crumb(batch.number)],
        "copy_text": _copied(batch),
        "plaque": dict(batch.outpost.plaques.values_list("code", "name")).get(batch.plaque, ""),
        "prints": request.actor.may(SEND, outpost_scope(batch.outpost_id)),
    }
    return render(request, "console/submissions/submission_view.html", context)


def _row(row: Any) -> dict[str, Any]:
    changes = [
        {**each, "label": FACTS.get(each["field"]) or PROGRESS.get(each["field"], "")} for each in row.corrections
    ]
    return {"project": row.project, "told": row.snapshot, "changes": changes}


def _figures(then: dict[str, int], now: dict[str, int]) -> list[dict[str, Any]]:
    labels = {"reported": _("累计报送项目"), "signed": _("累计签约"), "verified": _("经核验落地")}
    found = [
        {"label": label, "then": then[code], "now": now[code], "differs": then[code] != now[code]}
        for code, label in labels.items()
        if code in then
    ]
    if "signed_fen" in then:
        pair = (then["signed_fen"], now["signed_fen"])
        said = [format_money(fen, "CNY") for fen in pair]
        found.append({"label": _("计入签约额"), "then": said[0], "now": said[1], "differs": pair[0] != pair[1]})
    return found


def _copied(batch: Submission) -> str:
    figures = batch.figures
    lines = [
        f"【{batch.number}】{batch.reason}",
        _("本批 {n} 个项目").format(n=batch.rows.count()),
        *(
            [
                _("累计报送 {a} 个，签约 {b} 个，经核验落地 {c} 个").format(
                    a=figures["reported"], b=figures["signed"], c=figures["verified"]
                )
            ]
            if figures
            else []
        ),
    ]
    return "\n".join(lines)[:300]


@require_GET
def submission_export(request: FeidiRequest, uid: str) -> HttpResponse:
    """Download a batch as a workbook: projects as told, and every correction."""
    batch = get_submission(request.actor, uid)
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    for table in confirmation_data(batch)["tables"]:
        sheet = book.add_worksheet("项目" if "项目" in table["columns"] else "更正")
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, table["columns"], bold)
        for place, row in enumerate(table["rows"], start=1):
            for column, value in enumerate(row):
                sheet.write_string(place, column, value)
        sheet.set_column(0, len(table["columns"]), 22)
        fit_for_print(sheet)
    book.close()
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{batch.uid}.xlsx"'
    return response


@require_POST
def confirmation_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """Print the 《数据确认单》; what is printed is frozen under its hash."""
    form = print_confirmation(actor=request.actor, now=request.now, submission=get_submission(request.actor, uid))
    return redirect("console:pipeline:form_view", form.uid)


@require_http_methods(["GET", "POST"])
def confirmation_signed(request: FeidiRequest, uid: str) -> HttpResponse:
    """Attach a photograph of the signed confirmation; its QR says which print it is."""
    batch = get_submission(request.actor, uid)
    require(request.actor, SEND, outpost_scope(batch.outpost_id))

    def save(data: dict[str, Any]) -> None:
        upload = data["file"]
        file = store_upload(
            actor=request.actor,
            now=request.now,
            subject=Subject(SUBMISSION, batch.uid),
            name=upload.name,
            chunks=upload.chunks(),
        )
        attach_signed_copy(
            actor=request.actor,
            now=request.now,
            form=None,
            file=file,
            signers=[{"name": name, "role": ""} for name in split_names(data["signers"])],
            signed_on=data["signed_on"],
            sealed=data["sealed"],
            recognised_note=data["note"],
            current_data=confirmation_data(batch),
        )

    return save_page(
        request,
        template="console/submissions/confirmation_signed.html",
        form=SignedCopyForm(*uploaded(request), initial={"signed_on": request.today}),
        save=save,
        done=_("已识别并归档为线下签署。"),
        onward=reverse("console:submissions:submission_view", args=[batch.uid]),
        extra={"batch": batch},
    )
