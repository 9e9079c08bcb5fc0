"""本单位的同事: a firm's administrator sees who of the firm has an account, invites by a link, ends a role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Membership, Organization
from feidi.domain.parties.selectors.colleagues import INVITE, ROLE, colleagues_of, own_organizations
from feidi.domain.parties.services.colleagues import end_colleague, invite_colleague, renew_colleague_link
from feidi.engines.findings import RefusedError
from feidi.portals.ui.forms import Form, add_refusal
from feidi.portals.ui.pieces import Badge, Crumb
from feidi.portals.ui.requests import FeidiRequest

#: HTTP statuses of a form sent back: with errors of its own, or refused by the service.
INVALID, REFUSED = 422, 409
_FIELDS = {
    "identity.login_malformed": "login",
    "identity.login_taken": "login",
    "parties.name_needed": "display_name",
}


class ColleagueForm(Form):
    """Whom to invite."""

    organization = forms.ModelChoiceField(
        label=gettext_lazy("单位"), queryset=Organization.objects.none(), empty_label=None
    )
    display_name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    login = forms.CharField(
        label=gettext_lazy("登录名"), max_length=60, help_text=gettext_lazy("字母和数字，如 zhangsan")
    )
    email = forms.EmailField(label=gettext_lazy("邮箱"), required=False)

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        field.queryset = organizations  # type: ignore[attr-defined]
        own = list(organizations[:2])
        if len(own) == 1:
            field.initial, field.widget = own[0], forms.HiddenInput()


@require_safe
def colleague_list(request: FeidiRequest) -> HttpResponse:
    """Who of one's own firm has an account: invited, in use, ended."""
    require(request.actor, INVITE)
    rows = [
        {
            "row": each,
            "badge": _state(request, each),
            "may_end": _running(request, each) and each.role == ROLE,
            "may_link": _running(request, each) and each.role == ROLE and not each.user.has_usable_password(),
        }
        for each in colleagues_of(request.actor)
    ]
    return render(request, "workspace/colleague_list.html", {"rows": rows, "today": request.today})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def colleague_invite(request: FeidiRequest) -> HttpResponse:
    """Invite a colleague; the answer shows the link, this once."""
    require(request.actor, INVITE)
    form = ColleagueForm(
        request.POST if request.method == "POST" else None, organizations=own_organizations(request.actor)
    )
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                membership, token = invite_colleague(actor=request.actor, now=request.now, **form.cleaned_data)
            except RefusedError as error:
                add_refusal(form, error.refusal, _FIELDS)
                status = REFUSED
            else:
                return _link(request, membership, token)
    title = _("邀请同事")
    context = {
        "form": form,
        "title": title,
        "note": _("同事登录后看得到本单位的项目、入驻、订房和对接，看不到其他单位的；管理员的事仍归您。"),
        "back": reverse("workspace:colleague_list"),
        "crumbs": [_home(), Crumb(title)],
    }
    return render(request, "workspace/tenancy_form.html", context, status=status)


@never_cache
@require_POST
def colleague_link(request: FeidiRequest, uid: str) -> HttpResponse:
    """A new link for who has not set a password yet; the one before opens nothing."""
    row = colleagues_of(request.actor).get(uid=uid)
    return _link(request, row, renew_colleague_link(actor=request.actor, now=request.now, membership=row))


@require_POST
def colleague_end(request: FeidiRequest, uid: str) -> HttpResponse:
    """End a colleague's role."""
    row = colleagues_of(request.actor).get(uid=uid)
    ended = end_colleague(actor=request.actor, now=request.now, membership=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已结束：自 {on} 起不能再看本单位的内容。").format(on=ended.valid_to))
    return redirect("workspace:colleague_list")


def _link(request: FeidiRequest, membership: Membership, token: str) -> HttpResponse:
    url = request.build_absolute_uri(reverse("account:invitation_accept", args=[token]))
    told = _("{name}，请打开链接设置密码，登录名 {login}：{url}（72 小时内有效，用一次即失效）")
    text = told.format(name=membership.user.display_name, login=membership.user.login, url=url)
    context = {"name": membership.user.display_name, "text": text, "crumbs": [_home(), Crumb(_("邀请链接"))]}
    return render(request, "workspace/colleague_link.html", context)


def _home() -> Crumb:
    return Crumb(_("本单位的同事"), reverse("workspace:colleague_list"))


def _running(request: FeidiRequest, row: Membership) -> bool:
    return row.valid_to is None and row.user.is_active


def _state(request: FeidiRequest, row: Membership) -> Badge:
    if not row.user.is_active or (row.valid_to is not None and row.valid_to <= request.today):
        return Badge(_("已结束"), "quiet")
    if row.valid_to is not None:
        return Badge(_("将结束"), "warn")
    if not row.user.has_usable_password():
        return Badge(_("已邀请，待设密码"), "info")
    return Badge(_("在用"), "ok")
