"""What the register of parties knows that is the very fact a policy asks for. Nothing is inferred from anything else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from feidi.domain.parties.enums import FactSource
from feidi.domain.parties.models import Organization, OrganizationTitle, Outpost
from feidi.engines.rules.conditions import Span
from feidi.engines.rules.days import end_of
from feidi.engines.rules.facts import FactDictionary, FactType, Value, exactly
from feidi.kernel.subjects import Subject

ORGANIZATION: Final = "parties.organization"
#: Ids of the dictionary that mean the founding day of the register.
_FOUNDED: Final = "established_on"
#: The title and the yes/no fact about its certificate that the register can answer with yes (never with no).
_HIGH_TECH: Final = "high_tech"
_LASTING: Final = "hte_certificate_lasting"
#: How the notes begin of what is taken from the register (kept with the fact, so in one language).
OF_REGISTER: Final = "单位登记："
OF_TITLES: Final = "资质台账："
#: Sets of titles: what the register has is offered for confirmation, because such a set must be complete.
TITLE_SET: Final = "titles"


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that parties already hold, and where."""

    fact: str
    value: Value
    source: str
    note: str
    holds_from: date | None = None


def is_adopted(note: str) -> bool:
    """Tell from its note whether a stated fact was only taken over from the register, which may know better by now."""
    return note.startswith((OF_REGISTER, OF_TITLES))


def derived_facts(
    outpost: Outpost, uids: Collection[str], dictionary: FactDictionary, *, as_of: date
) -> dict[str, list[Derived]]:
    """Return what the register knows of organizations on a day, by uid, in terms of the dictionary (two queries)."""
    found: dict[str, list[Derived]] = {uid: [] for uid in uids}
    organizations = list(Organization.objects.filter(uid__in=uids))
    for each in organizations:
        found[each.uid] += _founding(each, dictionary)
    if _is(dictionary, _LASTING, FactType.YESNO):
        for title in held_titles(outpost, [each.pk for each in organizations], as_of=as_of):
            found[title.organization.uid] += _lasting(title, as_of)
    return found


def _founding(organization: Organization, dictionary: FactDictionary) -> Iterator[Derived]:
    day = organization.founded_on
    if day is not None and _is(dictionary, _FOUNDED, FactType.DATE):
        yield Derived(_FOUNDED, exactly(day.toordinal()), FactSource.REGISTER, f"{OF_REGISTER}成立日期")


def _lasting(title: OrganizationTitle, as_of: date) -> Iterator[Derived]:
    """A high-tech certificate that lasts another year from ``as_of`` on."""
    ends = title.valid_to
    if title.title == _HIGH_TECH and ends is not None and ends.toordinal() >= end_of(as_of.toordinal(), 1, Span.YEAR):
        note = f"{OF_TITLES}{title.label} {title.number}，有效期至 {ends.isoformat()}"
        yield Derived(_LASTING, value=True, source=FactSource.DOCUMENT, note=note, holds_from=title.valid_from)


def _is(dictionary: FactDictionary, fact: str, kind: FactType) -> bool:
    return fact in dictionary and dictionary[fact].type is kind


def offered_titles(
    outpost: Outpost, subject: Subject, dictionary: FactDictionary, *, as_of: date
) -> tuple[frozenset[str], tuple[OrganizationTitle, ...]]:
    """Return the codes of the set of titles that the register has, and its rows: to be confirmed as complete, or added to.

    A set in the register is never taken as it stands: what nobody wrote down there would silently become "does not hold".
    """
    if subject.kind != ORGANIZATION or not _is(dictionary, TITLE_SET, FactType.CODES):
        return frozenset(), ()
    organizations = Organization.objects.filter(uid=subject.uid).values_list("pk", flat=True)
    held = held_titles(outpost, organizations, as_of=as_of)
    rows = tuple(each for each in held if each.title in dictionary[TITLE_SET].codes)
    return frozenset(each.title for each in rows), rows


def held_titles(outpost: Outpost, organizations: Iterable[int], *, as_of: date) -> list[OrganizationTitle]:
    """Return the titles that certainly hold on a day by the outpost's 资质台账: begun, and not at their end."""
    rows = OrganizationTitle.objects.filter(
        outpost=outpost, organization__in=organizations, voided_at=None, valid_from__lte=as_of, valid_to__gte=as_of
    )
    return list(rows.select_related("organization").order_by("title", "-valid_from"))
