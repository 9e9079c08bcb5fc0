"""A position that an organization opened, as a draft need of the kind 人才; settled once the position is closed."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from feidi.domain.matching.enums import ProfileKind, ProfileState, Side
from feidi.domain.matching.models import PositionNeed, Profile
from feidi.domain.matching.selectors.masking import owner_of, propose_masked
from feidi.domain.matching.selectors.wording import short_title
from feidi.domain.matching.services.profile_states import settle_profile
from feidi.domain.matching.services.profiles import NewProfile, enter_profile, find_standing
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.talent.enums import Whereabouts
from feidi.domain.talent.kinds import POSITION
from feidi.domain.talent.models import Position
from feidi.domain.talent.selectors.positions import PositionProfile, profile_of
from feidi.engines.findings import RefusedError
from feidi.kernel.audit import current_unit
from feidi.kernel.messages import text_of
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.services import add_todo


def draft_from_position(*, position_uid: str) -> Profile | None:
    """Begin a need in a position's own words; a draft, so that nobody else reads it before a person has. Inside the open unit.

    Two positions that say the same share one need. What cannot stand as a need (too long, pictures in it) does not stop
    the position: whoever opened it gets a to-do with the reason, and None is returned.
    """
    unit = current_unit()
    position = profile_of(position_uid)
    organization = Organization.objects.get(pk=position.organization_id)
    outpost = Outpost.objects.select_related("home").get(pk=position.outpost_id)
    today = unit.now.astimezone(SHANGHAI).date()
    text = "。".join(_said(position))
    masked = propose_masked(text, owner_of(organization=organization), today).text
    standing = find_standing(
        Profile(outpost=outpost, side=Side.NEED, organization=organization, masked_text=masked, full_text=text)
    )
    try:
        need = standing or enter_profile(
            actor=unit.actor,
            now=unit.now,
            outpost=outpost,
            new=NewProfile(
                side=Side.NEED,
                kind=ProfileKind.TALENT,
                title=short_title(masked),
                masked_text=masked,
                full_text=text,
                organization=organization,
                source=_("岗位 {number}").format(number=position.number),
                confirmed=False,
            ),
        )
    except RefusedError as error:
        words = _("岗位 {number} 未能转为人才需求：{why}").format(number=position.number, why=text_of(error.refusal))
        add_todo(actor=unit.actor, now=unit.now, subject=Subject(POSITION, position.uid), what=words)
        return None
    PositionNeed.objects.create(position_uid=position.uid, profile=need)
    return need


def settle_position(*, position_uid: str) -> None:
    """Close the need of a position that is closed, with its reason; not while another open one shares it. In the open unit."""
    unit = current_unit()
    link = PositionNeed.objects.select_related("profile").filter(position_uid=position_uid).first()
    if link is None or link.profile.voided_at is not None or link.profile.state == ProfileState.CLOSED:
        return
    others = PositionNeed.objects.filter(profile=link.profile).exclude(pk=link.pk)
    if Position.objects.filter(
        uid__in=others.values("position_uid"), closed_on__isnull=True, voided_at__isnull=True
    ).exists():
        return
    position = Position.objects.get(uid=position_uid)
    reason = _("岗位 {number} 已关闭：{reason}").format(number=position.number, reason=position.close_reason)
    settle_profile(actor=unit.actor, now=unit.now, profile=link.profile, reason=reason)


def _said(position: PositionProfile) -> Iterator[str]:
    """What the firm has said, and nothing else; what a salary is stays with the position."""
    yield _("招聘 {title} {n} 人").format(title=position.title, n=position.wanted)
    if position.needs:
        yield _("要求：{needs}").format(needs=position.needs.rstrip("。"))
    if position.field:
        yield _("专业方向：{field}").format(field=position.field)
    if position.works_at:
        yield _("工作地：{place}").format(place=Whereabouts(position.works_at).label)
