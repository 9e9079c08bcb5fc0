"""The demonstration's accounts: one for each role, one password for all, printed for everybody to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final, Literal

from django.contrib.auth.hashers import make_password

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.services.memberships import add_membership
from feidi.kernel.access import Actor, actor_for_user
from feidi.kernel.identity.models import User
from feidi.kernel.identity.services.users import add_user

#: Known to everybody: an installation that holds real rows refuses the demonstration.
PASSWORD: Final = "yunxi-binhai-2026"  # noqa: S105 - printed on purpose, opens invented rows only
_AUDIT_DAYS: Final = 90
Over = Literal["installation", "outpost", "home", "organization"]


@dataclass(frozen=True, slots=True)
class Account:
    """One account: its login, name, role, over what it is held, and what to look at first."""

    login: str
    name: str
    role: str
    label: str
    over: Over
    look: str


ACCOUNTS: Final = (
    Account("officer", "陈晓", "officer", "招商专员", "outpost", "工作台的时限和待补；导入台账；推进一个项目"),
    Account("officer2", "周宁", "officer", "招商专员", "outpost", "另一位专员名下的项目；退回的核验材料"),
    Account("manager", "何静", "incubation_manager", "孵化经理", "outpost", "在孵企业；落地材料"),
    Account("lead", "梁远", "operator_lead", "运营方负责人", "outpost", "强制推进须写原因；报送"),
    Account("bureau", "郑文", "bureau", "主办单位", "home", "只见已报送的项目；其余只见数量"),
    Account("verifier", "宋言", "verifier", "核验员", "home", "待核验：一宗在等；参保为 0 的提示"),
    Account("verifier2", "叶青", "verifier", "核验员", "home", "第二位核验员"),
    Account("auditor", "方正", "auditor", "审计（限期）", "home", "核实落地 2 宗、撤销 1 宗，逐件可查"),
    Account("judge", "顾言", "judge", "评委", "outpost", "请您评的入驻申请；看不到联系人"),
    Account("judge2", "柏年", "judge", "评委", "outpost", "已声明回避的一份不再看到"),
    Account("judge3", "闻笛", "judge", "评委", "outpost", "还没有评分的一份"),
    Account("talent", "苏叶", "talent", "人才", "outpost", "自己的办理进度和时钟、同意、数据"),
    Account("tenant", "王启", "tenant_admin", "入驻企业", "organization", "自己的项目和证据；订房间、邀请同事"),
    Account("admin", "系统管理员", "administrator", "管理员", "installation", "账号与内容；看不到业务数据"),
)
_RIVAL: Final = Account("rival", "林平", "officer", "招商专员（另一主办地）", "outpost", "看不到这里的任何项目")


def account(login: str) -> Account:
    """Return the account of a login."""
    return next(each for each in ACCOUNTS if each.login == login)


def open_accounts(
    *, actor: Actor, now: datetime, today: date, outpost: Outpost, rival: Outpost | None
) -> tuple[dict[str, User], dict[str, Actor]]:
    """Open every account but the tenant's as of ``now``; return users and actors by login.

    The auditor's time ends ninety days after ``today``.
    """
    users: dict[str, User] = {}
    admin = _open(actor, now, account("admin"), users)
    add_membership(actor=actor, now=now, user=admin, role="administrator")
    administrator = actor_for_user(admin, now)
    for each in ACCOUNTS:
        if each.over in {"outpost", "home"}:
            user = _open(administrator, now, each, users)
            over_outpost = outpost if each.over == "outpost" else None
            over_home = outpost.home if each.over == "home" else None
            until = today + timedelta(days=_AUDIT_DAYS) if each.role == "auditor" else None
            add_membership(
                actor=administrator, now=now, user=user, role=each.role, outpost=over_outpost, home=over_home,
                valid_to=until,
            )  # fmt: skip
    if rival is not None:
        user = _open(administrator, now, _RIVAL, users)
        add_membership(actor=administrator, now=now, user=user, role=_RIVAL.role, outpost=rival)
    return users, {login: actor_for_user(user, now) for login, user in users.items()}


def open_tenant(*, actor: Actor, now: datetime, firm: Organization) -> User:
    """Open the tenant's account over its own organization."""
    each = account("tenant")
    user = _open(actor, now, each, {})
    add_membership(actor=actor, now=now, user=user, role=each.role, organization=firm)
    return user


def _open(actor: Actor, now: datetime, each: Account, users: dict[str, User]) -> User:
    user = add_user(
        actor=actor,
        now=now,
        login=each.login,
        display_name=each.name,
        password=PASSWORD,
        must_change=False,
        encoded=_encoded(),
    )
    users[each.login] = user
    return user


@cache
def _encoded() -> str:
    return make_password(PASSWORD)


def table_lines() -> list[str]:
    """Return the accounts as lines for a person to read; the rival's only if it was opened."""
    opened = [*ACCOUNTS, _RIVAL] if User.objects.filter(login=_RIVAL.login).exists() else list(ACCOUNTS)
    return [
        "演示数据：云溪区驻滨海市，地方、单位、人名、数字都是虚构的。Everything here is invented.",
        f"账号的口令都是 One password for all: {PASSWORD}",
        *(f"  {each.login:<10} {each.name}　{each.label} {in_english(each)}　{each.look}" for each in opened),
        "先用 officer 看一天怎么过，再用 lead、bureau 看同一批项目的另外两面；右上角换语言。",
        "Begin as officer, then see the same projects as lead and as bureau; the language is on the upper right.",
    ]


def in_english(account: Account) -> str:
    """Return an account's role for who does not read Chinese."""
    role = account.role.replace("_", " ")
    return f"{role}, other home" if account is _RIVAL else role


def table_json() -> list[dict[str, str]]:
    """Return the accounts for a machine."""
    return [
        {"login": each.login, "name": each.name, "role": each.role, "label": each.label, "password": PASSWORD,
         "look_at": each.look}
        for each in ACCOUNTS
        if User.objects.filter(login=each.login).exists()
    ]  # fmt: skip
