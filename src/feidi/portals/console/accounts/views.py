"""Who has an account, with which roles, and when they last signed in. For administrators."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from feidi.domain.parties.access import require
from feidi.kernel.identity.access import MANAGE
from feidi.kernel.identity.services.invitations import open_invitation
from feidi.kernel.identity.services.signing_in import locked_until
from feidi.portals.console.accounts import presenting
from feidi.portals.console.accounts.forms import FilterForm
from feidi.portals.console.accounts.listing import AccountFilter, list_accounts, memberships_of
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate, read_table


@require_safe
def user_list(request: FeidiRequest) -> HttpResponse:
    """List the accounts with today's roles, filtered and sorted by the address."""
    require(request.actor, MANAGE)
    roles = presenting.known_roles()
    form = FilterForm(request.GET, roles=roles, auto_id="filter-%s")
    wanted = form.cleaned_data if form.is_valid() else {}
    chosen = AccountFilter(wanted.get("words", ""), wanted.get("state", ""), wanted.get("role", ""))
    table = read_table(request.GET, presenting.COLUMNS, default_sort="name")
    found = list_accounts(request.actor, request.today, chosen)
    page = paginate(found.order_by(*table.order_by(presenting.SORT_FIELDS, ["id"])), request.GET.get("page"))
    context = {
        "form": form,
        "active": sum(1 for value in wanted.values() if value),
        "page": page,
        "table": table.with_rows([presenting.row_of(each, roles) for each in page.items]),
    }
    return render(request, "console/accounts/user_list.html", context)


@never_cache
@require_safe
def user_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one account: roles past and present, the latest attempts to sign in, and what may be done."""
    user = list_accounts(request.actor, request.today, AccountFilter()).get(uid=uid)
    memberships = memberships_of().filter(user=user)
    context = {
        "user_shown": user,
        "crumbs": presenting.crumbs(user.display_name),
        "badges": [presenting.state_badge(user)],
        "pairs": presenting.pairs_of(user),
        "roles": presenting.role_rows(memberships, presenting.known_roles(), request.today),
        "attempts": presenting.attempts_of(user),
        "locked_until": locked_until(login=user.login, now=request.now),
        "invitation": open_invitation(user, request.now),
        "own": user.pk == request.actor.user_id,
        "has_totp": bool(getattr(user, "second_factors", ())),
    }
    return render(request, "console/accounts/user_view.html", context)
