"""A need or an offer begun from a project: what the project says, word for word, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import ProfileKind, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.masking import owner_of, propose_masked
from feidi.domain.matching.selectors.wording import short_title
from feidi.domain.matching.services.profiles import Facts, NewProfile, add_profile
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor

#: Kinds of needs for which it matters what room and which class the project has asked for.
_ROOM: Final = frozenset({ProfileKind.SPACE, ProfileKind.PILOT})


def draft_from_project(
    *, actor: Actor, now: datetime, project: Project, side: Side, kind: ProfileKind = ProfileKind.PROJECT
) -> Profile:
    """Enter a draft of the project's own words, masked as far as the machine can; nobody else reads it before a person has.

    An offer is of the kind 项目 unless said otherwise; of what kind a need is, the caller says. What the project does not
    state stays unknown. Refused: a project that says nothing of itself, one of another outpost; and as for adding.
    """
    require(actor, EDIT, outpost_scope(project.outpost_id))
    room = side is Side.NEED and kind in _ROOM
    text = "。".join(_said(project, room=room))
    if not text:
        raise refuse("matching.project_says_nothing", code=project.code)
    today = now.astimezone(SHANGHAI).date()
    masked = propose_masked(text, owner_of(project=project), today).text
    new = NewProfile(
        side=side,
        kind=kind,
        title=short_title(masked),
        masked_text=masked,
        full_text=text,
        project=project,
        officer=project.owner,
        source=_("项目 {code}").format(code=project.code),
        confirmed=False,
        facts=Facts(
            sectors=[project.industry] if project.industry else None,
            environment_class=project.eia_class[:40] if room else "",
        ),
    )
    return add_profile(actor=actor, now=now, outpost=project.outpost, new=new)


def _said(project: Project, *, room: bool) -> Iterator[str]:
    for each in (project.one_line, project.core_product, project.tech_source):
        if each.strip():
            yield each.strip().rstrip("。")
    if room:
        for label, each in ((_("用地"), project.land_need), (_("办公"), project.office_need)):
            if each.strip():
                yield f"{label}：{each.strip()}"
