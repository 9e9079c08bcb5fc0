"""无界实验室: the directory of laboratories that tenants can use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.incubation.access import EDIT, VIEW, in_office
from feidi.domain.incubation.enums import Biosafety, OpenTo
from feidi.domain.incubation.models import LabEntry
from feidi.domain.incubation.selectors.labs import list_labs
from feidi.domain.incubation.selectors.premises import published_labs
from feidi.domain.incubation.services.labs import LabFacts, add_lab, change_lab, void_lab
from feidi.domain.matching.access import profiles_visible_to
from feidi.domain.matching.enums import ProfileKind, Side
from feidi.domain.matching.models import Profile
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.engines.money import Money
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.incubation.lab_forms import LabFilterForm, LabForm
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.tenancies.entering import FORM
from feidi.portals.ui.pieces import Action, Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("title", gettext_lazy("实验室或设备"), sortable=True, lead=True),
    Column("owner", gettext_lazy("是谁的")),
    Column("method", gettext_lazy("能做什么")),
    Column("biosafety", gettext_lazy("生物安全等级")),
    Column("price", gettext_lazy("价格"), numeric=True),
    Column("days", gettext_lazy("几个工作日"), numeric=True, sortable=True),
    Column("open_to", gettext_lazy("谁可以申请")),
    Column("used", gettext_lazy("用过几次"), numeric=True, sortable=True),
    Column("place", gettext_lazy("在哪里"), shown=False),
    Column("checked", gettext_lazy("哪天核实的"), sortable=True, shown=False),
    Column("source", gettext_lazy("来源"), shown=False),
]
SORTS = {"title": "title", "days": "days", "used": "used", "checked": "checked_on"}
_EXPORTED, _USES = 5000, 50


def page_of(row: LabEntry) -> str:
    """Return a laboratory's page."""
    return reverse("console:incubation:lab_view", args=[row.uid])


def lab_of(request: FeidiRequest, uid: str) -> LabEntry:
    """Return one laboratory of an outpost the actor works for; what may not be seen does not exist."""
    rows = in_office(request.actor, LabEntry.objects.select_related("owner", "outpost__home"))
    found: LabEntry | None = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def price_of(row: LabEntry) -> Money | None:
    """Return the price; None: not said."""
    return None if row.price_fen is None else Money(row.price_fen, row.currency)


def _wanted(request: FeidiRequest) -> tuple[LabFilterForm, QuerySet[LabEntry], int]:
    form = LabFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    rows = list_labs(
        request.actor,
        outpost=given.get("outpost"),
        words=(given.get("words") or "").strip(),
        biosafety=given.get("biosafety") or "",
        open_to=given.get("open_to") or "",
    )
    return form, in_office(request.actor, rows), active


def _rows(rows: Sequence[LabEntry]) -> list[Row]:
    return [
        Row(
            cells={
                "title": each.title,
                "owner": each.owner.name,
                "method": each.method[:80],
                "biosafety": Biosafety(each.biosafety).label if each.biosafety else None,
                "price": price_of(each),
                "days": each.days,
                "open_to": OpenTo(each.open_to).label,
                "used": each.used,  # type: ignore[attr-defined] # annotated
                "place": each.place,
                "checked": each.checked_on,
                "source": each.source,
            },
            url=page_of(each),
            uid=each.uid,
            badges=[Badge(each.price_per, "quiet")] if each.price_per else [],
        )
        for each in rows
    ]


@require_GET
def lab_list(request: FeidiRequest) -> HttpResponse:
    """The directory of laboratories: by which method, at what price, how safe, who may ask; content's own below."""
    require(request.actor, VIEW)
    form, rows, active = _wanted(request)
    found = listed(request, rows, COLUMNS, _rows, sorts=SORTS)
    outposts = outposts_for(request.actor, VIEW)
    may = request.actor.may(EDIT)
    new, export = reverse("console:incubation:lab_new"), reverse("console:incubation:lab_export")
    actions = [Action(_("登记实验室"), new, "plus", tone="primary")] if may else []
    context = {
        **found,
        "title": _("无界实验室"),
        "subtitle": _("不必自己建：谁的实验室能用、用什么方法、多少钱、哪一级、谁可以申请。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:incubation:lab_list"),
        "actions": [
            *actions,
            Action(_("使用记录"), reverse("console:incubation:lab_use_list"), "list-check"),
            Action(_("导出本列表"), f"{export}?{request.GET.urlencode()}", "database-export"),
        ],
        "copy_text": "",
        "empty_title": _("名录里还没有实验室"),
        "empty_text": _("登记一个：单位、能做什么、来源；不知道的价格和等级空着。"),
        "empty_url": new if may else "",
        "empty_label": _("登记实验室"),
        "bulk": "",
        "published": [(outpost.short_name, _published(outpost)) for outpost in outposts],
    }
    return render(request, "console/incubation/lab_list.html", context)


def _published(outpost: Outpost) -> list[tuple[str, str, str]]:
    """Return name, place and source of the laboratories that content names."""
    english = get_language() == "en"
    labs = published_labs(outpost)
    return [(e.name.en if english else e.name.zh, e.place.en if english else e.place.zh, e.source) for e in labs]


@require_GET
def lab_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the directory shows, as a workbook; who took it is on record."""
    require(request.actor, VIEW)
    _form, rows, _active = _wanted(request)
    drawn = _rows(list(rows[:_EXPORTED]))
    return workbook(
        request,
        name="laboratories",
        headers=[str(each.label) for each in COLUMNS],
        rows=[[row.cells[each.code] for each in COLUMNS] for row in drawn],
    )


@require_GET
def lab_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One laboratory, what is known of it, and who used it."""
    row = lab_of(request, uid)
    may = request.actor.may(EDIT, outpost_scope(row.outpost_id)) and row.voided_at is None
    offer = profiles_visible_to(request.actor, Profile.objects.filter(uid=row.offer)).first() if row.offer else None
    uses = row.uses.filter(voided_at__isnull=True).select_related("tenancy__organization").order_by("-asked_on", "-id")
    context = {
        "row": row,
        "may": may,
        "price": price_of(row),
        "offer": offer,
        "uses": list(uses[:_USES]),
        "pairs": [
            (_("是谁的"), row.owner.name),
            (_("能做什么"), row.method),
            (_("在哪里"), row.place),
            (_("生物安全等级"), Biosafety(row.biosafety).label if row.biosafety else _("没有问到")),
            (_("价格"), price_of(row) or _("没有问到")),
            (_("按什么计"), row.price_per),
            (_("送样后几个工作日出结果"), row.days or _("没有问到")),
            (_("谁可以申请"), OpenTo(row.open_to).label),
            (_("还要什么条件"), row.conditions),
            (_("来源"), row.source),
            (_("哪天核实的"), row.checked_on),
        ],
        "crumbs": [Crumb(_("无界实验室"), reverse("console:incubation:lab_list")), Crumb(row.title)],
    }
    return render(request, "console/incubation/lab_view.html", context)


def _facts(request: FeidiRequest, outpost: Outpost, data: dict[str, Any]) -> LabFacts:
    owner = find_or_add_organization(actor=request.actor, now=request.now, outpost=outpost, name=data["owner"].strip())
    plain = (
        "title",
        "method",
        "source",
        "checked_on",
        "place",
        "biosafety",
        "price",
        "price_per",
        "days",
        "conditions",
    )
    return LabFacts(
        owner=owner, open_to=OpenTo(data["open_to"]), offer=data["offer"], **{name: data[name] for name in plain}
    )


@require_http_methods(["GET", "POST"])
def lab_new(request: FeidiRequest) -> HttpResponse:
    """Enter a laboratory; from an offer in matching (``?offer=``) what that says stands in the form."""
    require(request.actor, EDIT)
    outposts = outposts_for(request.actor, EDIT)

    def save(data: dict[str, Any]) -> None:
        outpost: Outpost = data["outpost"]
        add_lab(actor=request.actor, now=request.now, outpost=outpost, facts=_facts(request, outpost, data))

    return save_page(
        request,
        template=FORM,
        form=LabForm(sent(request), actor=request.actor, outposts=outposts, initial=_offered(request)),
        save=save,
        done=_("已登记到名录。"),
        onward=reverse("console:incubation:lab_list"),
        fields={"incubation.day_to_come": "checked_on", "incubation.lab_currency_needed": "price"},
        extra={"title": _("登记实验室"), "subtitle": "", "note": _("不知道的空着：没有问到不等于没有，也不等于免费。")},
    )


def _offered(request: FeidiRequest) -> dict[str, Any]:
    asked = Profile.objects.filter(uid=request.GET.get("offer", ""), side=Side.OFFER, kind=ProfileKind.EQUIPMENT)
    found = profiles_visible_to(request.actor, asked).select_related("organization", "place").first()
    base: dict[str, Any] = {"checked_on": request.today}
    if found is None:
        return base
    price = "" if found.price_fen is None else f"{found.price_fen / 100:g}元"
    return base | {
        "title": found.title,
        "owner": found.organization.name if found.organization else "",
        "method": found.masked_text[:500],
        "place": found.place.name_zh if found.place else "",
        "price": price,
        "price_per": found.price_per,
        "source": found.number,
        "offer": found.uid,
    }


@require_http_methods(["GET", "POST"])
def lab_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say otherwise what is known of a laboratory."""
    row = lab_of(request, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    plain = ("title", "method", "place", "biosafety", "price_per", "days", "open_to", "conditions", "source", "offer")
    price = "" if row.price_fen is None else f"{row.price_fen / 100:g}{'元' if row.currency == 'CNY' else row.currency}"
    initial = {name: getattr(row, name) for name in plain} | {
        "outpost": row.outpost_id, "owner": row.owner.name, "price": price, "checked_on": request.today,
    }  # fmt: skip

    def save(data: dict[str, Any]) -> None:
        change_lab(actor=request.actor, now=request.now, lab=row, facts=_facts(request, row.outpost, data))

    outposts = outposts_for(request.actor, EDIT).filter(pk=row.outpost_id)
    return save_page(
        request,
        template=FORM,
        form=LabForm(sent(request), actor=request.actor, outposts=outposts, initial=initial),
        save=save,
        done=_("名录已修改。"),
        onward=page_of(row),
        fields={"incubation.day_to_come": "checked_on", "incubation.lab_currency_needed": "price"},
        extra={"title": _("修改实验室"), "subtitle": row.title, "note": ""},
    )


@require_POST
def lab_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a laboratory out of the directory; what was used of it stays."""
    row = lab_of(request, uid)
    void_lab(actor=request.actor, now=request.now, lab=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已移出名录，使用记录保留。"))
    return redirect("console:incubation:lab_list")
