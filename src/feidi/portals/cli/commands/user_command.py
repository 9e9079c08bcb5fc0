"""``feidi user``: open, invite, list and close accounts."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ActorKind
from feidi.portals.cli.acting import acting, add_as

if TYPE_CHECKING:
    from feidi.domain.parties.models import Outpost, Place
    from feidi.kernel.identity.models import User

HELP = "open, invite, list and close accounts 账号"
NEEDS_DJANGO = True
#: The very first account has nobody to act as; the trail shows this name.
FIRST_START = Actor(kind=ActorKind.COMMAND, label="command:first-start")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``add``, ``invite``, ``list``, ``close``."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    add = verbs.add_parser("add", help="open an account 开通账号")
    _add_newcomer(add, role_needed=False)
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    add.add_argument("--keep-password", action="store_true", help="do not ask for a new password at first sign-in")
    invite = verbs.add_parser("invite", help="open an account without a password, print its one-time link 邀请")
    _add_newcomer(invite, role_needed=True)
    invite.add_argument("--phone", default="", help="mobile number for codes by SMS")
    invite.add_argument("--site", default="", metavar="URL", help="address of the site, put before the link")
    close = verbs.add_parser("close", help="close an account 停用账号")
    close.add_argument("login", metavar="LOGIN")
    close.add_argument("--reason", required=True)
    listing = verbs.add_parser("list", help="list accounts 列出账号")
    for verb in (add, invite, close):
        add_as(verb)
    for verb in (add, invite, close, listing):
        verb.add_argument("--json", action="store_true")


def _add_newcomer(parser: argparse.ArgumentParser, *, role_needed: bool) -> None:
    parser.add_argument("login", metavar="LOGIN")
    parser.add_argument("--name", required=True, help="name shown on screen")
    help_text = "role code, with --outpost or --home unless it is held over the installation"
    parser.add_argument("--role", required=role_needed, help=help_text)
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--outpost", metavar="CODE")
    scope.add_argument("--home", metavar="CODE")


def run(args: argparse.Namespace) -> int:
    """Run the verb; 0."""
    from feidi.portals.ui import clock  # noqa: PLC0415 - Django is ready only now

    return {"add": _add, "invite": _invite, "close": _close, "list": _list}[args.verb](args, clock.now())


def _actor(args: argparse.Namespace, now: datetime) -> Actor:
    from feidi.kernel.identity.models import User  # noqa: PLC0415 - Django is ready only now

    if not args.acting_as and not User.objects.exists():
        return FIRST_START
    return acting(args, now)


def _add(args: argparse.Namespace, now: datetime) -> int:
    from feidi.kernel.audit import recorded  # noqa: PLC0415 - Django is ready only now
    from feidi.kernel.identity.access import require_manager  # noqa: PLC0415
    from feidi.kernel.identity.services.users import add_user  # noqa: PLC0415

    actor = _actor(args, now)
    if actor is not FIRST_START:
        require_manager(actor)
    password, made_up = _password(args)
    with recorded(actor=actor, now=now):  # account and role in one transaction, one link of the trail
        user = add_user(
            actor=actor,
            now=now,
            login=args.login,
            display_name=args.name,
            password=password,
            must_change=not args.keep_password,
        )
        if args.role:
            _give_role(args, actor, now, user)
    shown = {"login": user.login, "name": user.display_name, "role": args.role or ""}
    text = _("✓ 账号 {login}（{name}）已开通")
    if made_up:
        shown["password"] = made_up
        text = _("✓ 账号 {login}（{name}），首次密码 {password}，首次登录须修改")
    _print(shown, text, as_json=args.json)
    return 0


def _give_role(args: argparse.Namespace, actor: Actor, now: datetime, user: User) -> None:
    from feidi.domain.parties.services.memberships import add_membership  # noqa: PLC0415 - Django is ready only now

    outpost, home = _scope(args)
    add_membership(actor=actor, now=now, user=user, role=args.role, outpost=outpost, home=home)


def _scope(args: argparse.Namespace) -> tuple[Outpost | None, Place | None]:
    from feidi.domain.parties.models import Outpost, Place  # noqa: PLC0415 - Django is ready only now

    outpost = Outpost.objects.filter(code=args.outpost).first() if args.outpost else None
    home = Place.objects.filter(code=args.home).first() if args.home else None
    if (args.outpost and outpost is None) or (args.home and home is None):
        raise refuse("cli.scope_unknown", code=args.outpost or args.home)
    return outpost, home


def _invite(args: argparse.Namespace, now: datetime) -> int:
    from django.urls import reverse  # noqa: PLC0415 - Django is ready only now

    from feidi.domain.parties.services.memberships import Invited, invite_member  # noqa: PLC0415

    actor = acting(args, now)
    outpost, home = _scope(args)
    invited = Invited(args.login, args.name, args.role, phone=args.phone, outpost=outpost, home=home)
    user, token = invite_member(actor=actor, now=now, invited=invited)
    link = args.site.rstrip("/") + reverse("account:invitation_accept", args=[token])
    shown = {"login": user.login, "name": user.display_name, "role": args.role, "link": link}
    text = _("✓ 账号 {login}（{name}）已开通，把这条链接发给本人设置密码，只能用一次：{link}")
    _print(shown, text, as_json=args.json)
    return 0


def _password(args: argparse.Namespace) -> tuple[str, str]:
    """Return (password, the same when it was made up here and must be shown)."""
    if args.password_stdin:
        given = sys.stdin.readline().rstrip("\n")
        if not given:
            raise refuse("cli.password_needed")
        return given, ""
    if sys.stdin.isatty():
        return getpass.getpass(), ""
    made_up = secrets.token_urlsafe(12)
    return made_up, made_up


def _close(args: argparse.Namespace, now: datetime) -> int:
    from feidi.kernel.identity.models import User  # noqa: PLC0415 - Django is ready only now
    from feidi.kernel.identity.services.users import close_user  # noqa: PLC0415

    actor = acting(args, now)
    user = User.objects.filter(login=args.login.lower()).first()
    if user is None:
        raise refuse("cli.user_unknown", login=args.login)
    close_user(actor=actor, now=now, user=user, reason=args.reason)
    _print({"login": user.login, "active": False}, _("✓ 账号 {login} 已停用"), as_json=args.json)
    return 0


def _list(args: argparse.Namespace, _now: datetime) -> int:
    from feidi.kernel.identity.models import User  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415

    users = list(User.objects.order_by("login").values("login", "display_name", "is_active", "last_login"))
    if args.json:
        print_json({"users": users})
    else:
        print_lines(f"{'·' if each['is_active'] else '×'} {each['login']}  {each['display_name']}" for each in users)
    return 0


def _print(values: dict[str, Any], text: str, *, as_json: bool) -> None:
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415 - Django is ready only now

    if as_json:
        print_json(values)
    else:
        print_lines([text.format(**values)])
