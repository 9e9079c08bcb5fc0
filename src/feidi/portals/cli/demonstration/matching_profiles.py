"""Needs and offers of the demonstration, entered one by one as the officers would have. All of it is invented.

Fourteen needs and thirty-odd offers of the invented pair, and one need of the tenant's firm: one with a competitor on
its block list, one behind a signed confidentiality agreement, one that has expired, many facts unknown.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any, Final

from feidi.domain.matching.enums import Confidentiality, ProfileKind, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.services.profile_blocks import block_organization
from feidi.domain.matching.services.profile_readings import record_confidentiality_agreement
from feidi.domain.matching.services.profiles import Facts, NewProfile, add_profile
from feidi.domain.matching.services.sheets import read_back_sheet
from feidi.domain.parties.models import Organization, Place
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.parties.services.persons import find_or_add_person
from feidi.portals.cli.demonstration.agenda import Scene

_WAN_FEN: Final = 1_000_000
_ANY: Final = "*"
_TENANT_TEXT: Final = "低温探头封装想找第二家，月用量五百只，先送样再谈价。"
Row = Mapping[str, str]


def load(scene: Scene, tenant_firm: str) -> None:
    """Enter them at their own days in the past; who is blocked and who has signed follows at once."""
    places = {each.code: each for each in Place.objects.all()}
    for at, row in enumerate(_rows()):
        _enter(scene, row, places, at)
    _of_tenant(scene, tenant_firm)


def _rows() -> Iterator[Row]:
    text = files(__package__).joinpath("data/profiles.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _moment(scene: Scene, days: int, at: int) -> datetime:
    """Return a moment on a working day about ``days`` days ago."""
    day = scene.working(scene.today - timedelta(days=days))
    return datetime.combine(day, time(10, at % 60), SHANGHAI)


def _enter(scene: Scene, row: Row, places: Mapping[str, Place], at: int) -> Profile:
    now = _moment(scene, int(row["days"]), at)
    login = ("officer", "officer2")[at % 2]
    act: dict[str, Any] = {"actor": scene.actors[login], "now": now}
    firm = find_or_add_organization(outpost=scene.outpost, name=row["owner"], **act)
    person = None
    if row["person"]:
        person = find_or_add_person(outpost=scene.outpost, name=row["person"], organization=firm, **act)
    day = now.date()
    new = NewProfile(
        side=Side(row["side"]),
        kind=ProfileKind(row["kind"]),
        title=row["title"],
        masked_text=row["masked_text"],
        full_text=row["full_text"],
        organization=firm,
        person=person,
        confidentiality=Confidentiality(row["confidentiality"] or Confidentiality.MASKED),
        expires_on=day + timedelta(days=int(row["expires_days"])) if row["expires_days"] else None,
        officer=scene.users[login],
        source=row["source"],
        masked_seen=True,
        facts=_facts(row, places, day),
    )
    profile = add_profile(outpost=scene.outpost, new=new, **act)
    _guard(scene, profile, row, act)
    return profile


def _guard(scene: Scene, profile: Profile, row: Row, act: Mapping[str, Any]) -> None:
    if row["block"]:
        rival = find_or_add_organization(outpost=scene.outpost, name=row["block"], **act)
        block_organization(profile=profile, organization=rival, reason="同一条街的同行（演示）", **act)
    if row["agreement"]:
        other = find_or_add_organization(outpost=scene.outpost, name=row["agreement"], **act)
        day = act["now"].date()
        record_confidentiality_agreement(
            profile=profile, organization=other, signed_on=day, until=day + timedelta(days=365), **act
        )


def _facts(row: Row, places: Mapping[str, Place], day: date) -> Facts:
    """Return what is known; an empty cell is unknown, ``*`` no limit."""
    return Facts(
        place=places.get(row["place"]),
        regions=_codes(row["regions"]),
        ripeness_from=row["ripeness_from"],
        ripeness_to=row["ripeness_to"],
        rounds=_codes(row["rounds"]),
        sectors=_codes(row["sectors"]),
        amount_lo_fen=_number(row["lo_wan"], _WAN_FEN),
        amount_hi_fen=_number(row["hi_wan"], _WAN_FEN),
        currency=row["currency"],
        return_ratio_percent=_number(row["return_percent"]),
        exclusive={"yes": True, "no": False}.get(row["exclusive"]),
        available_from=day + timedelta(days=int(row["available_days"])) if row["available_days"] else None,
        area_m2_lo=_number(row["area_lo"]),
        area_m2_hi=_number(row["area_hi"]),
        price_fen=_number(row["price_yuan"], 100),
        price_per=row["price_per"],
        floor_load_kg_m2=_number(row["load"]),
        environment_class=row["environment"],
    )


def _codes(text: str) -> list[str] | None:
    if text == _ANY:
        return []
    return text.split("|") if text else None


def _number(text: str, times: int = 1) -> int | None:
    return int(text) * times if text else None


def _of_tenant(scene: Scene, tenant_firm: str) -> None:
    """Enter a need of the tenant's own firm, read back to it, so that its own page has something on it."""
    act: dict[str, Any] = {"actor": scene.actors["officer"], "now": _moment(scene, 6, 0)}
    firm = Organization.objects.get(name=tenant_firm)
    new = NewProfile(
        side=Side.NEED,
        kind=ProfileKind.TECHNOLOGY,
        title="低温探头封装找第二家",
        masked_text=_TENANT_TEXT,
        full_text=_TENANT_TEXT,
        organization=firm,
        officer=scene.users["officer"],
        source="走访",
        masked_seen=True,
    )
    profile = add_profile(outpost=scene.outpost, new=new, **act)
    read_back_sheet(profile=profile, to="王启", **act)
