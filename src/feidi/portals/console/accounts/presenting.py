"""Accounts as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.parties.models import Membership, Outpost
from feidi.domain.parties.selectors.standing import DEFAULT_PLACE, roles_of
from feidi.kernel.identity.enums import SignInMethod
from feidi.kernel.identity.models import SignInAttempt, User
from feidi.kernel.identity.services.invitations import LIFETIME
from feidi.portals.console.accounts.listing import state_of
from feidi.portals.console.words import say_pair
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row, Tone

COLUMNS = [
    Column("name", gettext_lazy("姓名"), sortable=True, lead=True),
    Column("login", gettext_lazy("登录名"), sortable=True),
    Column("roles", gettext_lazy("角色")),
    Column("last_login", gettext_lazy("上次登录"), sortable=True),
    Column("second_factor", gettext_lazy("第二因素")),
    Column("phone", gettext_lazy("手机号"), shown=False),
    Column("email", gettext_lazy("邮箱"), shown=False),
    Column("created", gettext_lazy("开通时间"), sortable=True, shown=False),
]
SORT_FIELDS = {"name": "display_name", "login": "login", "last_login": "last_login", "created": "created_at"}
STATE_NAMES = {"open": gettext_lazy("在用"), "invited": gettext_lazy("待设密码"), "closed": gettext_lazy("已停用")}
_TONES: Mapping[str, Tone] = {"open": "ok", "invited": "info", "closed": "quiet"}
SCOPE_NAMES = {
    "installation": gettext_lazy("全系统"),
    "outpost": gettext_lazy("驻点"),
    "home": gettext_lazy("主办地"),
    "organization": gettext_lazy("单位"),
}


def known_roles() -> dict[str, Mapping[str, Any]]:
    """Return role code → content, of the national table and of every home that has outposts."""
    homes = Outpost.objects.order_by("home__code").values_list("home__code", flat=True).distinct()
    found: dict[str, Mapping[str, Any]] = {}
    for place in (DEFAULT_PLACE, *homes):
        found |= roles_of(place)
    return found


def role_name(code: str, roles: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a role in words; one that content no longer knows shows its code."""
    label = roles[code]["label"] if code in roles else {"zh": code, "en": code}
    return say_pair(label["zh"], label["en"])


def role_choices(roles: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return the roles to choose from, each with the kind of scope it is held over."""
    return [(code, f"{role_name(code, roles)}（{SCOPE_NAMES[role['scope']]}）") for code, role in roles.items()]


def scope_of(membership: Membership) -> str:
    """Return over what a role is held."""
    return str(membership.outpost or membership.home or membership.organization or SCOPE_NAMES["installation"])


def state_badge(user: User) -> Badge:
    """Return how the account stands."""
    state = state_of(user)
    return Badge(STATE_NAMES[state], _TONES[state])


def row_of(user: Any, roles: Mapping[str, Mapping[str, Any]]) -> Row:
    """Return the account as a list row; what it shows is prefetched (``list_accounts``)."""
    return Row(
        cells={
            "name": user.display_name,
            "login": user.login,
            "roles": [f"{role_name(each.role, roles)}（{scope_of(each)}）" for each in user.roles_today],
            "last_login": user.last_login,
            "second_factor": _("已启用") if user.second_factors else None,
            "phone": user.numbers[0].value_hint if user.numbers else None,
            "email": user.email,
            "created": user.created_at,
        },
        url=reverse("console:accounts:user_view", args=[user.uid]),
        uid=user.uid,
        badges=[state_badge(user)] if state_of(user) != "open" else [],
    )


def pairs_of(user: Any) -> list[tuple[Any, Any]]:
    """Return the account as name and value."""
    return [
        (_("登录名"), user.login),
        (_("邮箱"), user.email),
        (_("手机号"), user.numbers[0].value_hint if user.numbers else None),
        (_("第二因素"), _("已启用") if user.second_factors else _("未启用")),
        (_("开通时间"), user.created_at),
        (_("上次登录"), user.last_login),
    ]


def role_rows(
    memberships: Iterable[Membership], roles: Mapping[str, Mapping[str, Any]], today: date
) -> list[dict[str, Any]]:
    """Return every role, past ones too, with whether it can still be ended."""
    return [
        {
            "uid": each.uid,
            "name": role_name(each.role, roles),
            "scope": scope_of(each),
            "start": each.valid_from,
            "end": each.valid_to,
            "over": each.valid_to is not None and each.valid_to <= today,
        }
        for each in memberships
    ]


def attempts_of(user: User, count: int = 10) -> list[dict[str, Any]]:
    """Return the latest attempts to sign in."""
    rows = SignInAttempt.objects.filter(login=user.login).order_by("-at", "-id")[:count]
    return [{"row": each, "method": SignInMethod(each.method).label} for each in rows]


def link_text(user: User, url: str) -> str:
    """Return what is sent to the invited over any chat."""
    hours = int(LIFETIME.total_seconds() // 3600)
    return _(
        "【飞地】{name}，您的登录名是 {login}。请在 {hours} 小时内打开下面的链接设置密码（只能用一次）：\n{url}"
    ).format(name=user.display_name, login=user.login, hours=hours, url=url)


def crumbs(*last: str) -> list[Crumb]:
    """Return the way to a page of this part."""
    return [Crumb(_("账号与角色"), reverse("console:accounts:user_list")), *(Crumb(each) for each in last)]
