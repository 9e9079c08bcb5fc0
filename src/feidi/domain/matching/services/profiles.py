"""Entering needs and offers, and changing what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import NEED_KINDS, Confidentiality, ProfileKind, ProfileState, Side, TaggedBy
from feidi.domain.matching.models import NeedSheet, Profile
from feidi.domain.matching.selectors.masking import Owner, owner_of, telling, what_words, without_contacts
from feidi.domain.matching.selectors.rules import matching_rules
from feidi.domain.matching.selectors.sheets import proposed_sheet
from feidi.domain.matching.selectors.tagging import nodes_of, propose_node
from feidi.domain.matching.selectors.wording import LONGEST_TITLE, clean_text
from feidi.domain.matching.services.profile_changing import changed_profile, refuse_conflicts
from feidi.domain.matching.services.profile_indexing import KIND, index_profile
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, OrganizationLink, Outpost, Person, Place
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.numbering import next_number, number_prefix
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.messages import Words

#: The letters of a number: 需求 XQ, 供给 GJ. Each has its own series per outpost and year.
LETTERS: Final = {Side.NEED: "XQ", Side.OFFER: "GJ"}
#: A profile stands at most so long without somebody asking again.
MOST_DAYS: Final = 1100
TITLE: Final[Words] = _("标题")
MASKED: Final[Words] = _("脱敏文本")
FULL: Final[Words] = _("完整文本")
#: What is said of a fact in a refusal and in a history.
LABELS: Final[dict[str, Words]] = {
    "kind": _("种类"),
    "title": TITLE,
    "masked_text": MASKED,
    "full_text": FULL,
    "confidentiality": _("保密要求"),
    "expires_on": _("有效期"),
    "confirmed_on": _("最近确认"),
    "evidence_percent": _("证据采信比例（%）"),
    "officer": _("服务专员"),
    "source": _("来源"),
    "place": _("所在地"),
    "regions": _("地域要求"),
    "ripeness_from": _("成熟度（从）"),
    "ripeness_to": _("成熟度（到）"),
    "rounds": _("融资轮次"),
    "sectors": _("行业"),
    "amount_lo_fen": _("金额下限"),
    "amount_hi_fen": _("金额上限"),
    "currency": _("币种"),
    "return_ratio_percent": _("返投比例"),
    "exclusive_until": _("排他到期日"),
    "exclusive": _("是否排他"),
    "available_from": _("何时可用"),
    "area_m2_lo": _("面积下限"),
    "area_m2_hi": _("面积上限"),
    "price_fen": _("价格"),
    "price_per": _("计价单位"),
    "floor_load_kg_m2": _("楼板荷载"),
    "environment_class": _("环评类别"),
    "chain": _("产业链"),
    "node": _("环节"),
    "state": _("状态"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known besides the text; None and "" are "nobody has said". Money in hundredths of ``currency``."""

    place: Place | None = None
    regions: list[str] | None = None
    ripeness_from: str = ""
    ripeness_to: str = ""
    rounds: list[str] | None = None
    sectors: list[str] | None = None
    amount_lo_fen: int | None = None
    amount_hi_fen: int | None = None
    currency: str = ""
    return_ratio_percent: int | None = None
    exclusive_until: date | None = None
    exclusive: bool | None = None
    available_from: date | None = None
    area_m2_lo: int | None = None
    area_m2_hi: int | None = None
    price_fen: int | None = None
    price_per: str = ""
    floor_load_kg_m2: int | None = None
    environment_class: str = ""


FACTS: Final = tuple(each.name for each in fields(Facts))
#: What ``change_profile`` may change; owner and side are not among them.
CHANGEABLE: Final = (
    "kind",
    "title",
    "masked_text",
    "full_text",
    "confidentiality",
    "officer",
    "source",
    *FACTS,
)


@dataclass(frozen=True, slots=True)
class NewProfile:
    """What is known when a profile is entered. ``expires_on`` None: as long as the place's rules say.

    ``masked_seen``: a person has read the masked text; without it the profile is a draft that nobody else reads.
    ``confirmed``: whose it is has said so today; False for what was taken from a table or a project.
    """

    side: Side
    kind: ProfileKind
    title: str
    masked_text: str
    full_text: str = ""
    organization: Organization | None = None
    project: Project | None = None
    person: Person | None = None
    confidentiality: Confidentiality = Confidentiality.MASKED
    expires_on: date | None = None
    officer: User | None = None
    source: str = ""
    masked_seen: bool = False
    confirmed: bool = True
    facts: Facts = field(default_factory=Facts)


def add_profile(*, actor: Actor, now: datetime, outpost: Outpost, new: NewProfile) -> Profile:
    """Enter a need or an offer; it is put to a node by its words and found at once.

    Refused: no permission, a text that says nothing or holds what nobody can read, nobody whose it is or one of another
    outpost, a kind that cannot be needed, ranges the wrong way round, an expiry in the past or too far, the same text
    of the same owner standing already; published while the masked text still tells whose it is.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    return enter_profile(actor=actor, now=now, outpost=outpost, new=new)


def enter_profile(*, actor: Actor, now: datetime, outpost: Outpost, new: NewProfile) -> Profile:
    """Enter one as ``add_profile`` does, for what an app below told: its own service has asked for the permission."""
    today = now.astimezone(SHANGHAI).date()
    row = Profile(
        outpost=outpost,
        side=new.side,
        organization=new.organization,
        project=new.project,
        person=new.person,
        state=ProfileState.OPEN if new.masked_seen else ProfileState.DRAFT,
        recorded_by=actor.label[:160],
        created_at=now,
    )
    _check_owner(row)
    values = {name: getattr(new, name) for name in ("kind", "confidentiality", "source", *_TEXTS)}
    _put(row, {**values, **{name: getattr(new.facts, name) for name in FACTS}})
    row.officer_id = new.officer.pk if new.officer else _self(actor)
    row.expires_on = new.expires_on or today + timedelta(days=matching_rules(outpost).valid_days)
    row.confirmed_on = today if new.confirmed else None
    check_expiry(row.expires_on, today)
    if new.masked_seen:
        refuse_telling(row, today)
    row.chain, row.node = proposed_place(row)
    with recorded(actor=actor, now=now) as unit:
        letters = LETTERS[Side(new.side)]
        number = next_number(outpost=outpost, series=f"profile_{new.side}", now=now)
        row.number = f"{number_prefix(outpost)}-{letters}-{now.astimezone(SHANGHAI).year}-{number:04d}"
        # asked only now: taking the number has locked the series, so the same text sent twice is seen by the second
        _refuse_known(row)
        row.save()
        unit.created(row, kind=KIND)
        if said := proposed_sheet(row):
            NeedSheet.objects.create(profile=row, **said)
        index_profile(row)
    return row


def change_profile(
    *, actor: Actor, now: datetime, profile: Profile, version: int, values: Mapping[str, Any], masked_seen: bool = False
) -> Profile:
    """Change texts and facts of a profile (names of ``CHANGEABLE``); its next version is what lists will show.

    Refused as for adding; a field that somebody else has changed since ``version``; a published profile whose masked
    text or title changes without a person having read it. What the machine had put to a node is put anew.
    """
    require(actor, EDIT, outpost_scope(profile.outpost_id))
    today = now.astimezone(SHANGHAI).date()
    wanted = {name: value for name, value in values.items() if name in CHANGEABLE}
    with recorded(actor=actor, now=now) as unit, changed_profile(unit, profile) as row:
        shown = (row.title, row.masked_text)
        refuse_conflicts(row, version, wanted, LABELS)
        _put(row, wanted)
        if row.state != ProfileState.DRAFT:
            if (row.title, row.masked_text) != shown and not masked_seen:
                raise refuse("matching.masked_unseen")
            refuse_telling(row, today)
        _refuse_known(row)
        if row.tagged_by == TaggedBy.MACHINE:
            row.chain, row.node = proposed_place(row)
    return row


def find_standing(profile: Profile) -> Profile | None:
    """Return a live profile of the same owner and side that says the same, width, case and punctuation aside."""
    same = Q()
    for name in ("organization_id", "project_id", "person_id"):
        if getattr(profile, name) is not None:
            same |= Q(**{name: getattr(profile, name)})
    rows = Profile.objects.filter(same, outpost_id=profile.outpost_id, side=profile.side, voided_at__isnull=True)
    said = _said(profile)
    live = rows.exclude(pk=profile.pk).exclude(state=ProfileState.CLOSED).order_by("-id")
    return next((each for each in live if _said(each) & said), None)


def proposed_place(profile: Profile) -> tuple[str, str]:
    """Return (chain, node) by the words of a profile, as content of the home has them."""
    found = propose_node(
        nodes_of(profile.outpost.home), "\n".join((profile.title, profile.full_text or profile.masked_text))
    )
    return found.chain, found.node


def refuse_telling(profile: Profile, today: date) -> None:
    """Refuse when title or masked text still tell whose the profile is; where the name may be known, all may stand."""
    if profile.confidentiality == Confidentiality.OPEN:
        return
    owner: Owner = owner_of(organization=profile.organization, project=profile.project, person=profile.person)
    reasons = [
        Finding(
            Level.PROBLEM,
            "matching.masked_word",
            {"field": str(label), "value": each.said, "what": str(what_words(each.what))},
            column=name,
        )
        for name, label in (("title", TITLE), ("masked_text", MASKED))
        for each in telling(getattr(profile, name), owner, today)
    ]
    if reasons:
        said = "、".join(dict.fromkeys(str(each.params["value"]) for each in reasons))
        raise refuse("matching.masked_tells", *reasons, what=said)


def check_expiry(on: date, today: date) -> None:
    """Refuse a day in the past or further away than a profile may stand."""
    if on < today:
        raise refuse("matching.expiry_past", on=on.isoformat(), today=today.isoformat())
    if (on - today).days > MOST_DAYS:
        raise refuse("matching.expiry_far", on=on.isoformat(), most=MOST_DAYS)


_TEXTS: Final = ("title", "masked_text", "full_text")


def _put(row: Profile, values: Mapping[str, Any]) -> None:
    """Write values onto the row, texts cleaned, and check what holds between them."""
    for name, value in values.items():
        setattr(row, name, value)
    if "title" in values:
        row.title = clean_text(row.title, str(TITLE), longest=LONGEST_TITLE, least=2)
    if "masked_text" in values:
        row.masked_text = clean_text(row.masked_text, str(MASKED))
    if row.full_text and "full_text" in values:
        row.full_text = without_contacts(clean_text(row.full_text, str(FULL)))
    if row.side == Side.NEED and row.kind not in NEED_KINDS:
        raise refuse("matching.kind_not_needed", kind=str(ProfileKind(row.kind).label))
    for lo, hi in (("amount_lo_fen", "amount_hi_fen"), ("area_m2_lo", "area_m2_hi")):
        low, high = getattr(row, lo), getattr(row, hi)
        if low is not None and high is not None and low > high:
            raise refuse("matching.range_reversed", field=str(LABELS[lo]), lo=low, hi=high)


def _check_owner(row: Profile) -> None:
    if row.organization is None and row.project is None and row.person is None:
        raise refuse("matching.owner_needed")
    strangers = []
    if row.organization is not None:
        known = OrganizationLink.objects.filter(outpost=row.outpost, organization=row.organization).exists()
        strangers += [] if known else [row.organization.name]
    strangers += [each.name for each in (row.project, row.person) if each and each.outpost_id != row.outpost_id]
    if strangers:
        raise refuse("matching.owner_elsewhere", name="、".join(strangers))


def _refuse_known(row: Profile) -> None:
    if (known := find_standing(row)) is not None:
        raise refuse(
            "matching.profile_known",
            number=known.number,
            title=known.title,
            state=str(ProfileState(known.state).label),
            until=known.expires_on.isoformat(),
        )


def _said(profile: Profile) -> set[str]:
    return {fold_name(text) for text in (profile.masked_text, profile.full_text) if text}


def _self(actor: Actor) -> int:
    if actor.user_id is None:
        raise refuse("matching.officer_needed")
    return actor.user_id
