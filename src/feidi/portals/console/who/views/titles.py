"""资质台账: the list, one title, writing down, renewing, taking back, a pasted list, the export."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import OrganizationTitle, Outpost
from feidi.domain.parties.selectors.lookup import VIEW, OrganizationFilter, get_organization, list_organizations
from feidi.domain.parties.selectors.titles import (
    TitleFilter,
    get_title,
    kinds_of,
    list_titles,
    renewal_of,
    title_kinds,
    titles_of,
)
from feidi.domain.parties.services.title_lists import paste_titles
from feidi.domain.parties.services.titles import TitlePaper, add_title, renew_title, void_title
from feidi.engines.sheets.printing import fit_for_print
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.who import presenting
from feidi.portals.console.who.forms import PasteForm, RenewForm, TitleFilterForm, TitleForm
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate, read_table

EDIT = "party.edit"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST, _FOUND = 5000, 30


def _outposts(actor: Actor, permission: str) -> QuerySet[Outpost]:
    ids = actor.scopes(permission, ScopeKind.OUTPOST)
    return Outpost.objects.filter(pk__in=ids).select_related("home").order_by("id")


def _choices(outposts: QuerySet[Outpost]) -> list[tuple[str, str]]:
    """Return code and label of every title that content knows at the homes of these outposts."""
    found: dict[str, str] = {}
    for each in outposts:
        found |= {code: kind.label for code, kind in title_kinds(each.home.code).items()}
    return list(found.items())


def _me(request: FeidiRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _wanted(request: FeidiRequest) -> tuple[TitleFilterForm, TitleFilter, int]:
    outposts = _outposts(request.actor, VIEW)
    form = TitleFilterForm(request.GET, outposts=outposts, titles=_choices(outposts), auto_id="filter-%s")
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    outpost = given.get("outpost")
    chosen = TitleFilter(
        given.get("words", ""), given.get("title", ""), given.get("state", ""), outpost.pk if outpost else None
    )
    return form, chosen, sum(1 for value in given.values() if value)


def _rows(request: FeidiRequest, chosen: TitleFilter) -> QuerySet[OrganizationTitle]:
    table = read_table(request.GET, presenting.TITLE_COLUMNS, default_sort="to")
    found = list_titles(request.actor, chosen, request.today)
    return found.order_by(*table.order_by(dict(presenting.TITLE_SORTS), ["-id"]))


@require_safe
def title_list(request: FeidiRequest) -> HttpResponse:
    """List the titles that the actor's outposts wrote down, soonest to end first, filtered by the address."""
    require(request.actor, VIEW)
    form, chosen, active = _wanted(request)
    table = read_table(request.GET, presenting.TITLE_COLUMNS, default_sort="to")
    page = paginate(_rows(request, chosen), request.GET.get("page"))
    context = {
        "form": form,
        "active": active,
        "page": page,
        "table": table.with_rows(presenting.title_rows(list(page.items), request.today)),
        "copy_text": presenting.titles_text(page.items),
        "may_edit": request.actor.may(EDIT),
        "export_url": f"{reverse('console:who:title_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/who/title_list.html", context)


@require_safe
def title_new(request: FeidiRequest) -> HttpResponse:
    """Find the firm whose title is to be written down, by part of its name or its code; one found leads straight on."""
    require(request.actor, EDIT)
    words = request.GET.get("words", "").strip()[:160]
    found = list(list_organizations(request.actor, OrganizationFilter(words)).order_by("-id")[:_FOUND]) if words else []
    if len(found) == 1:
        return redirect("console:who:title_add", found[0].uid)
    crumbs = [Crumb(_("资质台账"), reverse("console:who:title_list")), Crumb(_("登记资质"))]
    context = {"words": words, "found": found, "most": len(found) == _FOUND, "crumbs": crumbs}
    return render(request, "console/who/title_new.html", context)


@require_safe
def title_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, as a workbook."""
    import xlsxwriter  # noqa: PLC0415 - slow to load

    require(request.actor, VIEW)
    _form, chosen, _active = _wanted(request)
    rows = list(_rows(request, chosen)[:_MOST])
    kinds = kinds_of(rows)
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, head, day = book.add_worksheet(_("资质台账")), book.add_format({"bold": True}), None
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        fit_for_print(sheet)
        heads = [_("单位名称"), _("资质名称"), _("证书编号"), _("发证机关"), _("有效期起"), _("有效期止")]
        sheet.write_row(0, 0, [*heads, _("续期材料最迟"), _("责任人"), _("驻点"), _("备注")], head)
        for at, each in enumerate(rows, start=1):
            words = [each.organization.name, each.label, each.number, each.issued_by]
            sheet.write_row(at, 0, words)
            for column, on in enumerate((each.valid_from, each.valid_to, renewal_of(each, kinds)), start=4):
                if on:
                    sheet.write_datetime(at, column, on, day)
            who = each.responsible.display_name if each.responsible else ""
            sheet.write_row(at, 7, [who, each.outpost.short_name, each.note])
    with recorded(actor=request.actor, now=request.now) as unit:
        for outpost in _outposts(request.actor, VIEW)[:1]:
            unit.acted("titles_exported", kind="parties.outpost", uid=outpost.uid, rows=len(rows))
    response = HttpResponse(stream.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="titles-{request.today:%Y%m%d}.xlsx"'
    return response


def _paper(data: dict[str, Any], title: str) -> TitlePaper:
    return TitlePaper(
        title=title,
        **{
            name: data[name] for name in ("number", "issued_by", "valid_from", "valid_to", "renew_by", "source", "note")
        },
    )


@require_http_methods(["GET", "POST"])
def title_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down a title of an organization."""
    organization = get_organization(request.actor, uid)
    require(request.actor, EDIT)
    outposts = _outposts(request.actor, EDIT).filter(organization_links__organization=organization)
    form = TitleForm(sent(request), outposts=outposts, titles=_choices(outposts))

    def save(data: dict[str, Any]) -> None:
        add_title(
            actor=request.actor,
            now=request.now,
            outpost=data["outpost"],
            organization=organization,
            paper=_paper(data, data["title"]),
            responsible=_me(request),
        )

    return save_page(
        request,
        template="console/who/form.html",
        form=form,
        save=save,
        done=_("资质已登记。"),
        onward=reverse("console:parties:organization_view", args=[uid]),
        fields={"parties.title_dates": "valid_to"},
        extra={"title": _("登记资质"), "subtitle": organization.name, "button": _("保存"), "crumbs": ()},
    )


@require_safe
def title_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one title with its other terms."""
    title = get_title(request.actor, uid)
    kinds = kinds_of([title])
    renew = renewal_of(title, kinds)
    terms = titles_of(request.actor, title.organization_id).filter(title=title.title, outpost=title.outpost_id)
    pairs = [
        (_("单位"), title.organization.name),
        (_("证书编号"), title.number),
        (_("发证机关"), title.issued_by),
        (_("有效期起"), title.valid_from),
        (_("有效期止"), title.valid_to),
        (_("续期材料最迟"), renew),
        (_("责任人"), title.responsible.display_name if title.responsible else ""),
        (_("依据"), title.source),
        (_("备注"), title.note),
        (_("记录"), f"{title.outpost.short_name} {title.recorded_by}"),
    ]
    context = {
        "row": title,
        "kind": kinds[title.outpost.home.code].get(title.title),
        "pairs": pairs,
        "terms": [each for each in terms if each.pk != title.pk],
        "badges": presenting.title_badges(title, request.today, renew),
        "crumbs": presenting.title_crumbs(title.label),
        "may_edit": request.actor.may(EDIT, outpost_scope(title.outpost_id)) and title.voided_at is None,
        "copy_text": presenting.titles_text([title]),
    }
    return render(request, "console/who/title_view.html", context)


@require_http_methods(["GET", "POST"])
def title_renew(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down the next term; the last one stays as history."""
    title = get_title(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(title.outpost_id))
    outposts = _outposts(request.actor, EDIT)
    initial = {"number": title.number, "issued_by": title.issued_by}
    form = RenewForm(sent(request), outposts=outposts, titles=[], initial=initial)

    def save(data: dict[str, Any]) -> None:
        renew_title(actor=request.actor, now=request.now, title=title, paper=_paper(data, title.title))

    return save_page(
        request,
        template="console/who/form.html",
        form=form,
        save=save,
        done=_("下一期已登记。"),
        onward=reverse("console:parties:organization_view", args=[title.organization.uid]),
        fields={"parties.title_dates": "valid_to", "parties.title_renewed_backwards": "valid_from"},
        extra={
            "title": _("登记下一期"),
            "subtitle": f"{title.organization.name} {title.label}",
            "button": _("保存"),
            "crumbs": presenting.title_crumbs(_("登记下一期")),
        },
    )


@require_POST
def title_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take back a title that was written down in error."""
    title = get_title(request.actor, uid)
    void_title(actor=request.actor, now=request.now, title=title, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废。"))
    return redirect("console:who:title_view", uid)


@require_http_methods(["GET", "POST"])
def title_paste(request: FeidiRequest) -> HttpResponse:
    """Write down a whole list, pasted from a sheet or uploaded; all of it or nothing."""
    require(request.actor, EDIT)
    form = PasteForm(*uploaded(request), outposts=_outposts(request.actor, EDIT))

    def save(data: dict[str, Any]) -> None:
        file = data["file"]
        made = paste_titles(
            actor=request.actor,
            now=request.now,
            outpost=data["outpost"],
            content=file.read() if file else data["text"].encode(),
            name=file.name if file else "titles.tsv",
            responsible=_me(request),
        )
        told = ngettext("登记了 {n} 条，已有的没有重复登记。", "登记了 {n} 条，已有的没有重复登记。", len(made))
        messages.info(request, told.format(n=len(made)))

    return save_page(
        request,
        template="console/who/form.html",
        form=form,
        save=save,
        done=_("已导入。"),
        onward=reverse("console:who:title_list"),
        extra={
            "title": _("粘贴资质清单"),
            "subtitle": _("单位须是本驻点联系过的；有一行看不懂就一行也不写"),
            "button": _("导入"),
            "crumbs": presenting.title_crumbs(_("粘贴资质清单")),
        },
    )
