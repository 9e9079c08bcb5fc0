"""脱敏: which words of a text say whose it is. A proposal for a person to confirm, and the check that nothing was left.

Names are found as the house compares names (width, case, traditional forms, spaces folded away); telephones, numbers
and persons as out of a pasted message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.models import Profile
from feidi.domain.parties.models import Organization, Outpost, Person
from feidi.domain.pipeline.access import OWN_ROLES
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.engines.names import fold_name, parse_name
from feidi.engines.pasting import What, parse_message
from feidi.kernel.messages import Words


class Telling(StrEnum):
    """What a run of a text tells."""

    NAME = "name"
    BRAND = "brand"
    OTHER = "other"
    PERSON = "person"
    NUMBER = "number"
    CONTACT = "contact"
    ADDRESS = "address"


#: What stands in the masked text instead. Data of the text itself, so not translated.
INSTEAD: Final = {
    Telling.NAME: "本单位",
    Telling.BRAND: "本单位",
    Telling.OTHER: "某单位",
    Telling.PERSON: "某人",
    Telling.NUMBER: "（号码略）",
    Telling.CONTACT: "（联系方式略）",
    Telling.ADDRESS: "（地址略）",
}
#: Shorter names are words of the language as often as names.
_SHORTEST, _SURE_BRAND = 2, 3
_ADDRESS: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{1,8}(?:省|市|区|县|镇|街道))*[\u4e00-\u9fff]{1,8}(?:路|街|大道|巷|村|园区|工业园|产业园|大厦|广场)"
    r"(?:[\u4e00-\u9fffA-Za-z]{0,4}\d{1,5}(?:-\d{1,4})?(?:号楼|号|栋|座|层|楼|室|单元)[A-Za-z0-9]{0,4})+"
)
#: Days are read out of a message too; here they do not matter.
_ANY_DAY: Final = date(2000, 1, 1)
_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{15,20}(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Struck:
    """One run of a text (``text[start:end]``) that tells whose it is."""

    start: int
    end: int
    what: Telling
    said: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked text as proposed, and what was struck out of the original, in order."""

    text: str
    struck: tuple[Struck, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """By what a profile's owner is known: whole names first, then brands; persons; numbers as they are written."""

    names: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def owner_of(
    *, organization: Organization | None = None, project: Project | None = None, person: Person | None = None
) -> Owner:
    """Return by what an owner is known on file: name, aliases, brand, people, numbers; of a project also its parties'."""
    firms = [organization] if organization else []
    persons = [person] if person else []
    if project is not None:
        parties = ProjectParty.objects.filter(project=project, until__isnull=True, role__in=OWN_ROLES)
        for party in parties.select_related("organization", "person"):
            firms += [party.organization] if party.organization else []
            persons += [party.person] if party.person else []
    known = list(Organization.objects.filter(pk__in=[each.pk for each in firms]).prefetch_related(*_ON_FILE))
    people = [each.name for each in persons]
    people += [one.name for each in known for one in each.persons.all() if one.voided_at is None]
    names = [name for each in known for name in (each.name, *(alias.name for alias in each.aliases.all()))]
    names += [project.name, project.sponsor_name] if project else []
    return Owner(
        names=_longest_first(names),
        brands=_longest_first(parse_name(each).brand for each in names),
        persons=_longest_first(people),
        numbers=_longest_first(one.value for each in known for one in each.identifiers.all()),
    )


_ON_FILE: Final = ("aliases", "identifiers", "persons")


def owner_of_profile(profile: Profile) -> Owner:
    """Return by what the owner of a profile is known."""
    return owner_of(organization=profile.organization, project=profile.project, person=profile.person)


def owner_by_name(outpost: Outpost, name: str) -> Owner:
    """Return by what the firm of this name is known to the outpost; one that nobody has on file, by its name alone."""
    folded = fold_name(name)
    known = Organization.objects.filter(name_folded=folded, links__outpost=outpost, voided_at__isnull=True).first()
    if folded and known is not None:
        return owner_of(organization=known)
    return Owner(names=_longest_first([name]), brands=_longest_first([parse_name(name).brand]))


def propose_masked(text: str, owner: Owner, today: date) -> Masked:
    """Return ``text`` with everything struck out that tells whose it is, and what was struck.

    More is struck than must be (other organizations, anybody's name): a person reads it before it is published.
    """
    struck = _apart(_found(text, owner, today))
    pieces, at = [], 0
    for each in struck:
        pieces += [text[at : each.start], INSTEAD[each.what]]
        at = each.end
    return Masked("".join((*pieces, text[at:])), struck)


def without_contacts(text: str) -> str:
    """Return ``text`` with telephones, mail addresses and WeChat names masked (139****5678), as long as it was.

    They are kept sealed with the persons they belong to, never in a text.
    """
    return parse_message(text, _ANY_DAY).masked()


def telling(text: str, owner: Owner, today: date) -> tuple[Struck, ...]:
    """Return what of a text that goes out still tells its owner: names, long brands, people on file, numbers, contacts.

    Surer than the proposal: a short brand that may be a word, or a stranger's name, is left to the person.
    """
    sure = {Telling.NAME, Telling.NUMBER, Telling.CONTACT}
    return tuple(
        each
        for each in _apart(_found(text, owner, today))
        if each.what in sure
        or (each.what is Telling.BRAND and len(fold_name(each.said)) >= _SURE_BRAND)
        or (each.what is Telling.PERSON and fold_name(each.said) in {fold_name(one) for one in owner.persons})
    )


def what_words(what: Telling) -> Words:
    """Return the words for what a struck run tells."""
    return {
        Telling.NAME: _("单位或项目名称"),
        Telling.BRAND: _("字号"),
        Telling.OTHER: _("其他单位"),
        Telling.PERSON: _("人名"),
        Telling.NUMBER: _("号码"),
        Telling.CONTACT: _("联系方式"),
        Telling.ADDRESS: _("地址"),
    }[what]


def _longest_first(values: Iterable[str]) -> tuple[str, ...]:
    kept = {value.strip() for value in values if value and len(fold_name(value)) >= _SHORTEST}
    return tuple(sorted(kept, key=lambda each: (-len(each), each)))


def _found(text: str, owner: Owner, today: date) -> Iterator[Struck]:
    yield from _on_file(text, owner)
    for piece in parse_message(text, today).pieces:
        if what := _OF_PIECE.get(piece.what):
            yield Struck(piece.start, piece.end, what, piece.text)
    for pattern, what in ((_ADDRESS, Telling.ADDRESS), (_NUMBER, Telling.NUMBER)):
        for found in pattern.finditer(text):
            yield Struck(found.start(), found.end(), what, found[0])


def _on_file(text: str, owner: Owner) -> Iterator[Struck]:
    folded = _Folded(text)
    for what, needles in (
        (Telling.NAME, owner.names),
        (Telling.NUMBER, owner.numbers),
        (Telling.PERSON, owner.persons),
        (Telling.BRAND, owner.brands),
    ):
        for needle in needles:
            for start, end in folded.places(fold_name(needle)):
                yield Struck(start, end, what, text[start:end])


_OF_PIECE: Final = {
    What.PHONE: Telling.CONTACT,
    What.EMAIL: Telling.CONTACT,
    What.WECHAT: Telling.CONTACT,
    What.ORGANIZATION: Telling.OTHER,
    What.PERSON: Telling.PERSON,
    What.REFERRER: Telling.PERSON,
    What.CODE: Telling.NUMBER,
}


def _apart(found: Iterable[Struck]) -> tuple[Struck, ...]:
    """Return runs that do not overlap: an owner's own name before anything else, then what is longer."""
    rank = {Telling.NAME: 0, Telling.NUMBER: 1, Telling.CONTACT: 1}
    kept: list[Struck] = []
    for each in sorted(found, key=lambda one: (rank.get(one.what, 2), one.start - one.end, one.start)):
        if all(each.end <= other.start or each.start >= other.end for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda one: one.start))


class _Folded:
    """A text folded as names are, with the way back to the places of the original."""

    def __init__(self, text: str) -> None:
        folded: list[str] = []
        self._at: list[int] = []
        for at, each in enumerate(text):
            piece = fold_name(each)
            folded.append(piece)
            self._at += [at] * len(piece)
        self._text = "".join(folded)

    def places(self, needle: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) in the original of each place where the folded needle stands; Latin ones as whole words."""
        at = self._text.find(needle) if len(needle) >= _SHORTEST else -1
        while at >= 0:
            end = at + len(needle)
            if not needle.isascii() or self._whole_word(at, end):
                yield self._at[at], self._at[end - 1] + 1
            at = self._text.find(needle, end)

    def _whole_word(self, at: int, end: int) -> bool:
        around: Sequence[str] = (self._text[at - 1 : at], self._text[end : end + 1])
        return not any(each.isascii() and each.isalnum() for each in around if each)
