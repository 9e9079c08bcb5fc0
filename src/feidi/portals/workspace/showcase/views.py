"""公开展示: what is one's own, released field by field with a look at what the public will see, and taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost
from feidi.domain.showcase.access import RELEASE_OWN, owns
from feidi.domain.showcase.enums import SheetKind
from feidi.domain.showcase.fields import FIELDS, NAME, PICTURE, drawn_words
from feidi.domain.showcase.models import Picture, Product, Sheet
from feidi.domain.showcase.selectors.owned import list_owned, own_organizations, own_products
from feidi.domain.showcase.selectors.publications import get_sheet
from feidi.domain.showcase.services.pictures import keep_picture
from feidi.domain.showcase.services.releases import (
    ProductText,
    Wanted,
    release_fields,
    save_product,
    sheet_for,
    withdraw_release,
    words_of,
)
from feidi.domain.showcase.services.subjects import owned_row, owners_of, row_of_sheet
from feidi.engines.findings import RefusedError, refuse
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Badge, Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.workspace.showcase.forms import ProductForm, SheetForm

INVALID, REFUSED = 422, 409


def _crumbs(*rest: Crumb) -> list[Crumb]:
    return [Crumb(_("公开展示"), reverse("workspace:showcase:sheet_list")), *rest]


@require_safe
def sheet_list(request: FeidiRequest) -> HttpResponse:
    """Everything of one's own that could be shown, and what of it is."""
    require(request.actor, RELEASE_OWN)
    rows = [
        {
            "owned": each,
            "badge": Badge(_("同意公开 {n} 项").format(n=len(each.sheet.released)), "ok")
            if each.sheet and each.sheet.released
            else Badge(_("没有公开"), "quiet"),
        }
        for each in list_owned(request.actor)
    ]
    context = {"rows": rows, "products": list(own_products(request.actor))}
    return render(request, "workspace/showcase/sheet_list.html", context)


@require_POST
def sheet_open(request: FeidiRequest, outpost: str, kind: str, uid: str) -> HttpResponse:
    """Open the sheet of one's own row towards an outpost; it begins empty."""
    if kind not in SheetKind.values:
        raise Sheet.DoesNotExist
    if not any(owns(request.actor, each) for each in owners_of(owned_row(SheetKind(kind), uid))):
        raise Sheet.DoesNotExist
    at = Outpost.objects.get(code=outpost)
    sheet = sheet_for(actor=request.actor, now=request.now, outpost=at, kind=SheetKind(kind), uid=uid)
    return redirect("workspace:showcase:sheet_edit", sheet.uid)


def _own(request: FeidiRequest, uid: str) -> Sheet:
    sheet = get_sheet(request.actor, uid)
    if not owns(request.actor, sheet.organization_id):
        raise Sheet.DoesNotExist
    return sheet


@require_http_methods(["GET", "POST"])
def sheet_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Tick what may be shown; look at what the public will see; release it."""
    sheet = _own(request, uid)
    drawn = drawn_words(sheet.kind, row_of_sheet(sheet))
    post, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SheetForm(
        post, files, kind=sheet.kind, drawn=drawn, released=sheet.released, initial={"version": sheet.version}
    )
    status, preview = 200, sheet.released
    if post is not None:
        status = INVALID
        if form.is_valid():
            try:
                preview = _save(request, sheet, form)
                if "release" in post:
                    messages.success(request, _("已同意公开；驻点审核后发布，您可以随时撤回。"))
                    return redirect("workspace:showcase:sheet_edit", uid)
                status = 200
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
    context = {
        "sheet": sheet,
        "form": form,
        "seen": _seen(sheet.kind, preview),
        "unsaved": post is not None and status == 200,  # noqa: PLR2004
        "publication": getattr(sheet, "publication", None),
        "crumbs": _crumbs(Crumb(sheet.label)),
    }
    return render(request, "workspace/showcase/sheet_edit.html", context, status=status)


def _save(request: FeidiRequest, sheet: Sheet, form: SheetForm) -> dict[str, Any]:
    """Return what the public would see; with 同意公开 it is released."""
    releasing = "release" in request.POST
    wanted = Wanted(form.codes(), form.words(), _picture(request, sheet, form, keep=releasing))
    if releasing:
        version = form.cleaned_data["version"]
        return dict(
            release_fields(actor=request.actor, now=request.now, sheet=sheet, wanted=wanted, version=version).released
        )
    shown = wanted.codes if wanted.picture is not None else wanted.codes - {PICTURE}
    if NAME not in shown:
        raise refuse("showcase.release_without_name")
    return dict(words_of(sheet.kind, row_of_sheet(sheet), Wanted(shown, wanted.words, wanted.picture)))


def _picture(request: FeidiRequest, sheet: Sheet, form: SheetForm, *, keep: bool) -> Picture | None:
    """Return the picture of the sheet: a new one is kept when it is released, the one before where none was handed in."""
    upload = form.cleaned_data["picture"]
    if upload is not None and keep and PICTURE in form.codes():
        return keep_picture(
            actor=request.actor,
            now=request.now,
            outpost=sheet.outpost,
            name=upload.name or "",
            chunks=upload.chunks(),
            alt=form.cleaned_data["alt"],
        )
    before = sheet.released.get(PICTURE, {}).get("picture", "")
    return Picture.objects.filter(uid=before).first() if before else None


def _seen(kind: str, fields: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the public will see, once in each language."""

    def say(pair: dict[str, str], language: str) -> str:
        return pair.get(language) or pair.get("zh") or ""

    if not fields:
        return []
    return [
        {
            "language": language,
            "title": say(fields.get(NAME, {}), language),
            "pairs": [
                (each.label, say(fields[each.code], language))
                for each in FIELDS[kind]
                if each.code in fields and each.code not in {NAME, PICTURE}
            ],
            "picture": PICTURE in fields,
        }
        for language in ("zh", "en")
    ]


@require_POST
def sheet_withdraw(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take everything back, at once."""
    sheet = _own(request, uid)
    withdraw_release(actor=request.actor, now=request.now, sheet=sheet, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回，网站上立刻看不到。"))
    return redirect("workspace:showcase:sheet_edit", uid)


@require_http_methods(["GET", "POST"])
def product_new(request: FeidiRequest) -> HttpResponse:
    """Enter a product."""
    require(request.actor, RELEASE_OWN)
    return _product(request, None)


@require_http_methods(["GET", "POST"])
def product_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change a product; what was released of it stays as it was."""
    return _product(request, own_products(request.actor).get(uid=uid))


def _product(request: FeidiRequest, product: Product | None) -> HttpResponse:
    organizations = {each.uid: each for each in own_organizations(request.actor)}
    offered = [(uid, each.name) for uid, each in organizations.items()]
    names = ProductText.__slots__
    initial = {name: getattr(product, name) for name in names} if product else {}
    if product is not None:
        initial["organization"] = product.organization.uid
    form = ProductForm(request.POST if request.method == "POST" else None, organizations=offered, initial=initial)
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            data = dict(form.cleaned_data)
            firm = organizations[data.pop("organization")]
            try:
                save_product(
                    actor=request.actor,
                    now=request.now,
                    organization=product.organization if product else firm,
                    text=ProductText(**data),
                    product=product,
                )
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                messages.success(request, _("已保存；要公开，请再勾选字段。"))
                return redirect("workspace:showcase:sheet_list")
    title = product.name if product else _("登记产品")
    context = {"form": form, "title": title, "crumbs": _crumbs(Crumb(title))}
    return render(request, "workspace/showcase/product.html", context, status=status)
