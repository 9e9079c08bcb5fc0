"""The first day of a real place: its content, an administrator, an operator lead, and not one business row."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.memberships import add_membership
from feidi.domain.parties.services.places import sync_places
from feidi.domain.pipeline.models import Project
from feidi.domain.space.services.syncing import sync_units
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ActorKind, actor_for_user
from feidi.kernel.content.folder import PLACE_FILE, read_folder
from feidi.kernel.content.publishing import load_folder
from feidi.kernel.identity.models import User
from feidi.kernel.identity.services.users import add_user

ENCLAVE: Final = "enclave/enclave.yaml"
_INSTALLER: Final = Actor(kind=ActorKind.COMMAND, label="command:first-start")
_PASSWORD_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class FirstAccount:
    """An account with the password it opens with, told once, to be changed at the first sign-in."""

    login: str
    name: str
    role: str
    password: str


def start_place(*, now: datetime, place: str) -> list[FirstAccount]:
    """Publish a real place's content and open its two first accounts; all of it or nothing.

    Refused: a place without an enclave, an invented one, an installation that has accounts or projects.
    """
    _check_place(place)
    if User.objects.exists() or Project.objects.exists():
        raise refuse("demonstration.accounts_there", n=User.objects.count())
    with transaction.atomic():
        load_folder(actor=_INSTALLER, now=now, places=[place])
        sync_places(actor=_INSTALLER, now=now)
        sync_units(actor=_INSTALLER, now=now)
        admin, opened = _open(_INSTALLER, now, "admin", "系统管理员", "administrator")
        add_membership(actor=_INSTALLER, now=now, user=admin, role="administrator")
        administrator = actor_for_user(admin, now)
        lead, second = _open(administrator, now, "lead", "运营方负责人", "operator_lead")
        for outpost in Outpost.objects.filter(home__code=place).select_related("home").order_by("id"):
            add_membership(actor=administrator, now=now, user=lead, role="operator_lead", outpost=outpost)
    return [opened, second]


def _check_place(place: str) -> None:
    folder = read_folder()
    if (place, ENCLAVE) not in folder.texts:
        known = sorted(each for each, path in folder.texts if path == ENCLAVE)
        raise refuse("demonstration.not_an_enclave", place=place, known="、".join(known))
    if (folder.document((place, PLACE_FILE)).value or {}).get("demonstration"):
        raise refuse("demonstration.invented_place", place=place)


def _open(actor: Actor, now: datetime, login: str, name: str, role: str) -> tuple[User, FirstAccount]:
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    user = add_user(actor=actor, now=now, login=login, display_name=name, password=password, must_change=True)
    return user, FirstAccount(login, name, role, password)
