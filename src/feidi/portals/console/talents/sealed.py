"""What is sealed: opened on record, handed to the person as a package, destroyed on request; whose account sees it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.parties.enums import ContactKind
from feidi.domain.talent.enums import PaperKind
from feidi.domain.talent.services.erasing import erase_talent
from feidi.domain.talent.services.requests import export_talent
from feidi.domain.talent.services.talents import link_account, unmask_talent
from feidi.engines.findings import refuse
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.talents.asking import FORM, crumbs, editable, staff_talent, talent_url
from feidi.portals.console.talents.forms import AccountForm
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


@never_cache
@require_POST
def talent_unmask(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show what is sealed, this once; who looked, when and why is on record."""
    row = staff_talent(request, uid)
    why = request.POST.get("reason", "")
    opened = unmask_talent(actor=request.actor, now=request.now, talent=row, why=why)
    paper = str(PaperKind(row.paper_kind).label) if row.paper_kind else _("证件")
    pairs = [(paper, opened.paper_number or _("没有登记"))]
    pairs += [(str(ContactKind(kind).label), value) for kind, value in opened.contacts]
    context = {
        "row": row,
        "pairs": pairs,
        "why": why,
        "crumbs": crumbs(Crumb(row.number, talent_url(uid)), Crumb(_("查看证件与联系方式"))),
    }
    return render(request, "console/talents/talent_unmask.html", context)


@never_cache
@require_POST
def talent_package(request: FeidiRequest, uid: str) -> HttpResponse:
    """Everything held of a person as a ZIP, to hand to that person; on record."""
    row = editable(request, uid)
    return zip_of(row.number, export_talent(actor=request.actor, now=request.now, talent=row))


@require_POST
def talent_erase(request: FeidiRequest, uid: str) -> HttpResponse:
    """Destroy what is personal; it does not come back."""
    row = editable(request, uid)
    erase_talent(actor=request.actor, now=request.now, talent=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("个人数据已删除，只留下何时由谁删除的记录。"))
    return redirect(talent_url(uid))


@require_http_methods(["GET", "POST"])
def account_link(request: FeidiRequest, uid: str) -> HttpResponse:
    """Name the account by which a talent sees their own case."""
    row = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        user = get_user_model().objects.filter(login=data["login"].strip(), is_active=True).first()
        held = user is not None and user.memberships.filter(outpost=row.outpost, role="talent").exists()
        if user is None or not held:
            raise refuse("talent.account_unknown", login=data["login"])
        link_account(actor=request.actor, now=request.now, talent=row, user=user)

    return save_page(
        request,
        template=FORM,
        form=AccountForm(sent(request)),
        save=save,
        done=_("已关联，本人登录后可看自己的办理进度。"),
        onward=talent_url(uid),
        fields={"talent.account_unknown": "login", "talent.account_taken": "login"},
        extra={"title": _("关联本人账号"), "subtitle": row.number, "submit": _("保存")},
    )


def zip_of(number: str, content: bytes) -> HttpResponse:
    """Return a package as a download."""
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{number}.zip"'
    return response
