"""Settling the wall: a screen's own address, which scenes are shown, the approved map. With ``wall.clear``."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.reporting.access import WALL_CLEAR
from feidi.domain.reporting.models import WallMap, WallScene, WallScreen
from feidi.domain.reporting.selectors.wall import scenes_of, token_digest, wall_rules
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from feidi.kernel.subjects.uid import new_uid

SCREEN: Final = "reporting.wall_screen"
SCENE: Final = "reporting.wall_scene"
MAP: Final = "reporting.wall_map"
_TOKEN_BYTES: Final = 24
_PICTURES: Final = frozenset({"png", "jpeg"})
_SHORTEST, _LONGEST = 5, 600


@dataclass(frozen=True, slots=True)
class SceneSetting:
    """What an outpost says of one scene."""

    code: str
    seconds: int
    shown: bool


def make_screen(*, actor: Actor, now: datetime, outpost: Outpost, label: str) -> tuple[WallScreen, str]:
    """Give a screen an address of its own; returns it with the token, which is shown once and kept nowhere.

    Refused: no permission, no label.
    """
    require(actor, WALL_CLEAR, outpost_scope(outpost.pk))
    if not label.strip():
        raise refuse("reporting.wall_label_needed")
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    until = now.astimezone(SHANGHAI).date() + timedelta(days=wall_rules(outpost).link_days)
    with recorded(actor=actor, now=now) as unit:
        row = WallScreen(
            outpost=outpost,
            label=label.strip()[:80],
            token_sha256=token_digest(token),
            expires_on=until,
            made_by=actor.label[:160],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=SCREEN)
    return row, token


def revoke_screen(*, actor: Actor, now: datetime, screen: WallScreen, reason: str) -> WallScreen:
    """Close a screen's address for good. Refused: no permission, no reason, closed before."""
    require(actor, WALL_CLEAR, outpost_scope(screen.outpost_id))
    words = _said(reason)
    with recorded(actor=actor, now=now) as unit:
        row = WallScreen.objects.select_for_update().get(pk=screen.pk)
        if row.revoked_at is not None:
            raise refuse("reporting.wall_revoked")
        before = unit.before(row, SCREEN)
        row.revoked_at, row.revoked_by, row.revoke_reason = now, actor.label[:160], words
        row.version += 1
        row.save()
        unit.changed(row, kind=SCREEN, before=before, reason=words, action="revoked")
    return row


def set_scenes(*, actor: Actor, now: datetime, outpost: Outpost, settings: Sequence[SceneSetting]) -> list[WallScene]:
    """Say which scenes are shown, in this order, for how long.

    Refused: no permission, a scene that content does not have or that is named twice, too short or too long, none shown.
    """
    require(actor, WALL_CLEAR, outpost_scope(outpost.pk))
    known = {each.code for each in scenes_of(outpost)}
    given = [each.code for each in settings]
    if set(given) != known or len(given) != len(known):
        raise refuse("reporting.wall_scenes_unknown")
    if not any(each.shown for each in settings):
        raise refuse("reporting.wall_nothing_shown")
    for each in settings:
        if not _SHORTEST <= each.seconds <= _LONGEST:
            raise refuse("reporting.wall_seconds", value=each.seconds)
    with recorded(actor=actor, now=now) as unit:
        held = {each.scene: each for each in WallScene.objects.select_for_update().filter(outpost=outpost)}
        return [_settled(unit, held.get(each.code), outpost, at, each) for at, each in enumerate(settings, start=1)]


def load_map(
    *, actor: Actor, now: datetime, outpost: Outpost, name: str, chunks: Iterable[bytes], number: str, source: str = ""
) -> WallMap:
    """Load an approved map; it takes the place of the one before.

    Refused: no permission, no 审图号, not a PNG or JPEG picture.
    """
    require(actor, WALL_CLEAR, outpost_scope(outpost.pk))
    if not number.strip():
        raise refuse("reporting.wall_map_number")
    with recorded(actor=actor, now=now) as unit:
        uid = new_uid()
        file = store_upload(actor=actor, now=now, subject=Subject(MAP, uid), name=name, chunks=chunks)
        if file.kind not in _PICTURES:
            raise refuse("reporting.wall_map_picture", value=name)
        before = WallMap.objects.select_for_update().filter(outpost=outpost, voided_at__isnull=True).first()
        if before is not None:
            _voided(unit, before, "换了一幅地图")
        row = WallMap(
            uid=uid,
            outpost=outpost,
            file=file,
            approval_number=number.strip()[:60],
            source=source.strip()[:200],
            loaded_by=actor.label[:160],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=MAP)
    return row


def void_map(*, actor: Actor, now: datetime, loaded: WallMap, reason: str) -> WallMap:
    """Take the map away; the node diagram stands alone again. Refused: no permission, no reason, gone already."""
    require(actor, WALL_CLEAR, outpost_scope(loaded.outpost_id))
    words = _said(reason)
    with recorded(actor=actor, now=now) as unit:
        row = WallMap.objects.select_for_update().get(pk=loaded.pk)
        if row.voided_at is not None:
            raise refuse("reporting.wall_map_gone")
        return _voided(unit, row, words)


def _settled(unit: Unit, held: WallScene | None, outpost: Outpost, at: int, said: SceneSetting) -> WallScene:
    if held is None:
        row = WallScene(
            outpost=outpost,
            scene=said.code,
            position=at,
            seconds=said.seconds,
            shown=said.shown,
            cleared_by=unit.actor.label[:160],
            created_at=unit.now,
        )
        row.save()
        unit.created(row, kind=SCENE)
        return row
    if (held.position, held.seconds, held.shown) == (at, said.seconds, said.shown):
        return held
    before = unit.before(held, SCENE)
    held.position, held.seconds, held.shown = at, said.seconds, said.shown
    held.cleared_by, held.version = unit.actor.label[:160], held.version + 1
    held.save()
    unit.changed(held, kind=SCENE, before=before)
    return held


def _voided(unit: Unit, row: WallMap, reason: str) -> WallMap:
    before = unit.before(row, MAP)
    row.voided_at, row.void_reason, row.version = unit.now, reason, row.version + 1
    row.save(update_fields=["voided_at", "void_reason", "version"])
    unit.changed(row, kind=MAP, before=before, reason=reason, action="voided")
    return row


def _said(reason: str) -> str:
    if not reason.strip():
        raise refuse("reporting.reason_needed")
    return reason.strip()[:300]
