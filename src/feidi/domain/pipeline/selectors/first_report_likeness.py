"""Which projects look like the one at hand, and why: number, name, brand, telephone, person and keywords."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.db.models import Q, QuerySet

from feidi.domain.parties.enums import IdentifierScheme
from feidi.domain.parties.models import ContactPoint, OrganizationAlias
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.engines.names import fold_name

#: A brand of one character fits everything.
_BRAND_LENGTH, _WORDS_SHARED, _AT_MOST, _LOOKED_AT = 2, 2, 8, 100
_ENDING = re.compile(
    r"(?:股份|有限|责任|公司|集团|分公司|科技|技术|生物|医药|医疗|检测|材料|电子|装备|设备|制造|环保|能源|智能|团队|研究院)+$"
)
_HONORIFIC = ("总", "博士", "教授", "工", "经理", "主任", "老师", "先生", "女士", "董")


class Why(StrEnum):
    """Why two projects look like one."""

    NUMBER = "number"
    SAME_SPONSOR = "same_sponsor"
    SAME_NAME = "same_name"
    BRAND = "brand"
    PHONE = "phone"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the project at hand. ``phones`` are blind indexes; ``text`` says what it is about."""

    name: str = ""
    sponsor: str = ""
    uscc: str = ""
    phones: tuple[str, ...] = ()
    contact: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A project that looks like it, with every reason, strongest first."""

    project: Project
    reasons: tuple[Why, ...]


@lru_cache(maxsize=8192)
def brand_of(name: str) -> str:
    """Return the folded brand of a name; empty when it has none of at least two characters."""
    brand = _ENDING.sub("", fold_name(name))
    return brand if len(brand) >= _BRAND_LENGTH else ""


def is_telling(contact: str) -> bool:
    """Tell whether a contact's name says who it is: 王总 may be anybody."""
    return bool(fold_name(contact)) and not contact.strip().endswith(_HONORIFIC)


def likenesses(projects: QuerySet[Project], about: About, *, at_most: int = _AT_MOST) -> list[Likeness]:
    """Return those of ``projects`` that look like ``about``, strongest reason first.

    A fixed number of queries. The caller narrows ``projects`` to what may be compared.
    """
    reasons: dict[int, list[Why]] = {}
    for why, found in _asked(projects, about):
        for pk in found.values_list("pk", flat=True)[:at_most]:
            reasons.setdefault(pk, []).append(why)
    for pk in _by_phone(projects, about, at_most):
        reasons.setdefault(pk, []).append(Why.PHONE)
    for pk in _by_person(projects, about, at_most):
        reasons.setdefault(pk, []).append(Why.PERSON)
    rows = {row.pk: row for row in projects.filter(pk__in=reasons)}
    strong = list(Why)
    found_rows = [Likeness(rows[pk], tuple(whys)) for pk, whys in reasons.items() if pk in rows]
    found_rows.sort(key=lambda each: (min(strong.index(why) for why in each.reasons), -each.project.pk))
    return found_rows[:at_most]


def _asked(projects: QuerySet[Project], about: About) -> Iterable[tuple[Why, QuerySet[Project]]]:
    sponsor, name, number = fold_name(about.sponsor), fold_name(about.name), "".join(about.uscc.split()).upper()
    if number:
        numbered = ProjectParty.objects.filter(
            role=PartyRole.SPONSOR,
            until__isnull=True,
            organization__identifiers__scheme=IdentifierScheme.USCC,
            organization__identifiers__value=number,
        )
        yield Why.NUMBER, projects.filter(pk__in=numbered.values("project_id"))
    if sponsor:
        aliased = OrganizationAlias.objects.filter(name_folded=sponsor).values("organization_id")
        known = ProjectParty.objects.filter(role=PartyRole.SPONSOR, until__isnull=True, organization_id__in=aliased)
        yield Why.SAME_SPONSOR, projects.filter(Q(sponsor_folded=sponsor) | Q(pk__in=known.values("project_id")))
    if name:
        yield Why.SAME_NAME, projects.filter(name_folded=name)
    if brand := brand_of(about.sponsor):
        near = projects.filter(sponsor_folded__contains=brand).order_by("-id")[:_LOOKED_AT]
        close = [row.pk for row in near if brand_of(row.sponsor_name) == brand]
        yield Why.BRAND, projects.filter(pk__in=close)


def _by_phone(projects: QuerySet[Project], about: About, at_most: int) -> Sequence[int]:
    if not about.phones:
        return []
    points = ContactPoint.objects.filter(blind_index__in=about.phones, voided_at__isnull=True, person__isnull=False)
    held = ProjectParty.objects.filter(until__isnull=True, person_id__in=points.values("person_id"))
    return list(projects.filter(pk__in=held.values("project_id")).values_list("pk", flat=True)[:at_most])


def _by_person(projects: QuerySet[Project], about: About, at_most: int) -> list[int]:
    """Return projects with a contact of the same full name that share two keywords (王总 alone says nothing)."""
    if not is_telling(about.contact):
        return []
    folded = fold_name(about.contact)
    named = ProjectParty.objects.filter(until__isnull=True, role=PartyRole.CONTACT, person__name_folded=folded)
    near = projects.filter(pk__in=named.values("project_id"))[: at_most * 4]
    words = _words(about.text)
    return [row.pk for row in near if len(words & _words(_said_of(row))) >= _WORDS_SHARED]


def _said_of(row: Project) -> str:
    return f"{row.name} {row.one_line} {row.core_product}"


def _words(text: str) -> frozenset[str]:
    folded = fold_name(text)
    return frozenset(folded[at : at + 2] for at in range(len(folded) - 1))
