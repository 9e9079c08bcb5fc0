"""What an administrator does to accounts: invite, mend, close, open, give and end roles. Every act is audited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Membership
from feidi.domain.parties.services.memberships import Invited, add_membership, end_membership, invite_member
from feidi.engines.findings import RefusedError, refuse
from feidi.kernel.audit import recorded
from feidi.kernel.identity.access import MANAGE, visible_to
from feidi.kernel.identity.models import User
from feidi.kernel.identity.services.invitations import renew_invitation
from feidi.kernel.identity.services.phones import find_phone, remove_phone, set_phone
from feidi.kernel.identity.services.second_factors import reset_second_factor
from feidi.kernel.identity.services.signing_in import release_lock
from feidi.kernel.identity.services.users import close_user, reopen_user, update_user
from feidi.portals.console.accounts import presenting
from feidi.portals.console.accounts.forms import EditForm, InviteForm, RoleForm
from feidi.portals.ui.forms import Form, add_refusal
from feidi.portals.ui.refusals import REFUSED
from feidi.portals.ui.requests import FeidiRequest

#: HTTP status of a form that is sent back with errors.
INVALID = 422
_PAGE = ["GET", "HEAD", "POST"]


def _user(request: FeidiRequest, uid: str) -> User:
    return visible_to(request.actor, User.objects.all()).get(uid=uid)


def _sent(request: FeidiRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _reason(request: FeidiRequest) -> str:
    return request.POST.get("reason", "")


def _back(user: User) -> HttpResponse:
    return redirect("console:accounts:user_view", user.uid)


def _form_page(
    request: FeidiRequest, form: Form, save: Callable[[dict[str, Any]], HttpResponse], **context: Any
) -> HttpResponse:
    """Handle GET and POST of a one-form page; ``save`` calls the service and answers, a refusal keeps what was typed."""
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                return save(form.cleaned_data)
            except RefusedError as error:
                fields = {"identity.login_malformed": "login", "identity.login_taken": "login"}
                add_refusal(form, error.refusal, fields)
                status = REFUSED
    return render(request, "console/accounts/user_form.html", {"form": form, **context}, status=status)


def _link_page(request: FeidiRequest, user: User, token: str) -> HttpResponse:
    """Show the link, this once."""
    url = request.build_absolute_uri(reverse("account:invitation_accept", args=[token]))
    context = {
        "user_shown": user,
        "url": url,
        "text": presenting.link_text(user, url),
        "crumbs": presenting.crumbs(_("邀请链接")),
    }
    return render(request, "console/accounts/user_link.html", context)


@never_cache
@require_http_methods(_PAGE)
def user_invite(request: FeidiRequest) -> HttpResponse:
    """Open an account with its first role; the answer shows the one-time link by which its owner sets a password."""
    require(request.actor, MANAGE)
    require(request.actor, "membership.manage")

    def save(data: dict[str, Any]) -> HttpResponse:
        user, token = invite_member(actor=request.actor, now=request.now, invited=Invited(**data))
        return _link_page(request, user, token)

    form = InviteForm(_sent(request), roles=presenting.known_roles())
    title = _("邀请用户")
    return _form_page(
        request,
        form,
        save,
        title=title,
        crumbs=presenting.crumbs(title),
        button=_("开通并生成链接"),
        onward=reverse("console:accounts:user_list"),
    )


@require_http_methods(_PAGE)
def user_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change name, mail and phone."""
    user = _user(request, uid)

    def save(data: dict[str, Any]) -> HttpResponse:
        with recorded(actor=request.actor, now=request.now):
            actor, now, held = request.actor, request.now, find_phone(user)
            update_user(actor=actor, now=now, user=user, display_name=data["display_name"], email=data["email"])
            if data["remove_phone"] and held is not None:
                remove_phone(actor=actor, now=now, phone=held)
            if data["phone"]:
                set_phone(actor=actor, now=now, user=user, number=data["phone"])
        messages.success(request, _("已保存。"))
        return _back(user)

    form = EditForm(_sent(request), initial={"display_name": user.display_name, "email": user.email})
    return _form_page(request, form, save, **_about(user, _("修改账号")))


@require_http_methods(_PAGE)
def membership_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give the user one more role."""
    user = _user(request, uid)

    def save(data: dict[str, Any]) -> HttpResponse:
        add_membership(actor=request.actor, now=request.now, user=user, **data)
        messages.success(request, _("角色已授予。"))
        return _back(user)

    form = RoleForm(_sent(request), roles=presenting.known_roles())
    return _form_page(request, form, save, **_about(user, _("授予角色")))


def _about(user: User, title: str) -> dict[str, Any]:
    return {
        "title": f"{title} · {user.display_name}",
        "crumbs": presenting.crumbs(user.display_name, title),
        "button": _("保存"),
        "onward": reverse("console:accounts:user_view", args=[user.uid]),
    }


@never_cache
@require_POST
def user_link(request: FeidiRequest, uid: str) -> HttpResponse:
    """Make a new one-time link, for who has lost the first or forgotten the password."""
    user = _user(request, uid)
    token = renew_invitation(actor=request.actor, now=request.now, user=user, reason=_reason(request))
    return _link_page(request, user, token)


@require_POST
def user_close(request: FeidiRequest, uid: str) -> HttpResponse:
    """Close an account; its sessions end at once."""
    user = _user(request, uid)
    close_user(actor=request.actor, now=request.now, user=user, reason=_reason(request))
    messages.success(request, _("账号已停用，已登录的设备随即退出。"))
    return _back(user)


@require_POST
def user_reopen(request: FeidiRequest, uid: str) -> HttpResponse:
    """Open a closed account again."""
    user = _user(request, uid)
    reopen_user(actor=request.actor, now=request.now, user=user, reason=_reason(request))
    messages.success(request, _("账号已恢复。"))
    return _back(user)


@require_POST
def user_release(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a lock-out after too many failures away."""
    user = _user(request, uid)
    release_lock(actor=request.actor, now=request.now, user=user)
    messages.success(request, _("锁定已解除。"))
    return _back(user)


@require_POST
def second_factor_reset(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take the second factor off because the telephone is gone; every session of the account ends."""
    user = _user(request, uid)
    reset_second_factor(actor=request.actor, now=request.now, user=user, reason=_reason(request))
    messages.success(request, _("第二因素已重设，本人下次登录后重新启用。"))
    return _back(user)


@require_POST
def membership_end(request: FeidiRequest, uid: str) -> HttpResponse:
    """End a role on a day, with a reason."""
    users = visible_to(request.actor, User.objects.all())
    membership = Membership.objects.select_related("user").filter(user__in=users).get(uid=uid)
    on = _day(request.POST.get("on", "")) or request.today
    end_membership(actor=request.actor, now=request.now, membership=membership, on=on, reason=_reason(request))
    messages.success(request, _("角色已结束，所做的记录都还在。"))
    return _back(membership.user)


def _day(written: str) -> date | None:
    """Return the day that was written, None when nothing was; refuses what is no date."""
    try:
        day = parse_date(written) if written else None
    except ValueError:
        day = None
    if written and day is None:
        raise refuse("pipeline.date_unclear", value=written)
    return day
