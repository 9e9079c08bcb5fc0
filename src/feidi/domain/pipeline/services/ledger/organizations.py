"""Sponsors of a ledger's rows: the organization we know, or one to be made, chunk by chunk.

Matching asks all organizations (by credit code, else by folded name without a conflicting code), so that one
firm stays one row; nothing of what other outposts wrote is read or shown. The outpost is linked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from feidi.domain.parties.enums import IdentifierScheme, OrganizationKind
from feidi.domain.parties.models import (
    Organization,
    OrganizationAlias,
    OrganizationIdentifier,
    OrganizationKindOf,
    OrganizationLink,
    Outpost,
)
from feidi.domain.parties.selectors.duplicates import same_firm
from feidi.domain.pipeline.services.ledger.quick import folded, valid_uscc
from feidi.kernel.imports.bulk import Bulk

_FIRM = (
    "公司",
    "厂",
    "集团",
    "企业",
    "中心",
    "研究院",
    "研究所",
    "学院",
    "大学",
    "医院",
    "银行",
    "合伙",
    "基金",
    "协会",
    "局",
    "社",
)
_TEAM = ("团队", "课题组", "实验室", "项目组", "创业组")


@dataclass(slots=True)
class _Firm:
    id: int
    name: str = ""
    codes: set[str] = field(default_factory=set)
    linked: bool = False


def kind_of_name(name: str, uscc: str) -> OrganizationKind:
    """Return what a sponsor's name says it is: a team without a code, else an enterprise.

    >>> kind_of_name("李博士创业团队", "").value, kind_of_name("滨海某某有限公司", "").value
    ('team', 'enterprise')
    """
    is_team = not uscc and any(word in name for word in _TEAM) and not name.endswith(_FIRM)
    return OrganizationKind.TEAM if is_team else OrganizationKind.ENTERPRISE


class Sponsors:
    """Finds or stages organizations. ``load`` one chunk's names and codes before asking for them."""

    def __init__(self, *, bulk: Bulk, outpost: Outpost, now: datetime, today: date, uids: Any) -> None:
        self._bulk, self._outpost, self._now, self._today, self._uids = bulk, outpost, now, today, uids
        self._by_name: dict[str, list[_Firm]] = defaultdict(list)
        self._by_code: dict[str, list[_Firm]] = defaultdict(list)
        self._by_id: dict[int, _Firm] = {}

    def load(self, names: Iterable[str], codes: Iterable[str], ids: Iterable[int] = ()) -> None:
        """Read what is known of these folded names, codes and ids (six queries)."""
        names, codes = set(names) - self._by_name.keys(), set(codes) - self._by_code.keys()
        live = Organization.objects.filter(voided_at__isnull=True)
        found = dict(live.filter(name_folded__in=names).values_list("id", "name_folded"))
        called: dict[str, set[int]] = defaultdict(set)
        aliases = OrganizationAlias.objects.filter(name_folded__in=names, organization__voided_at__isnull=True)
        for pk, name in aliases.values_list("organization_id", "name_folded"):
            called[name].add(pk)
        coded = OrganizationIdentifier.objects.filter(
            scheme=IdentifierScheme.USCC, value__in=codes, organization__voided_at__isnull=True
        ).values_list("organization_id", flat=True)
        wanted = {*found, *(pk for each in called.values() for pk in each), *coded, *ids} - self._by_id.keys()
        for pk, name in Organization.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", "name"):
            self._by_id[pk] = _Firm(pk, name)
        numbers = OrganizationIdentifier.objects.filter(organization_id__in=wanted, scheme=IdentifierScheme.USCC)
        for pk, value in numbers.order_by("id").values_list("organization_id", "value"):
            self._by_id[pk].codes.add(value)
            self._by_code[value].append(self._by_id[pk])
        links = OrganizationLink.objects.filter(outpost=self._outpost, organization_id__in=wanted)
        for pk in links.values_list("organization_id", flat=True):
            self._by_id[pk].linked = True
        for pk, name in found.items():
            self._by_name[name].append(self._by_id[pk])
        # a short name that several share is nobody's
        for name in called.keys() - set(found.values()):
            if len(called[name]) == 1:
                self._by_name[name].append(self._by_id[min(called[name])])

    def resolve(self, name: str, uscc: str, place: str, *, staged_row: int) -> int:
        """Return the id of the sponsor; stages what is missing: the organization, its code, the link."""
        name_folded = folded(name)
        firm = self._find(name, name_folded, uscc)
        if firm is None:
            firm = self._make(name, name_folded, uscc, place, staged_row)
        self.add_code(firm.id, uscc, staged_row=staged_row)
        if not firm.linked:
            firm.linked = True
            values = {"outpost_id": self._outpost.pk, "organization_id": firm.id, "since": self._today.isoformat()}
            self._bulk.create(OrganizationLink, values, staged_row=staged_row)
        return firm.id

    def add_code(self, pk: int, uscc: str, *, staged_row: int) -> None:
        """Stage a credit code of an organization, unless it has it. A wrong check digit is kept, marked."""
        firm = self._by_id[pk]
        if not uscc or uscc in firm.codes:
            return
        firm.codes.add(uscc)
        self._by_code[uscc].append(firm)
        values = {
            "organization_id": pk,
            "scheme": IdentifierScheme.USCC.value,
            "value": uscc,
            "valid": valid_uscc(uscc),
        }
        self._bulk.create(OrganizationIdentifier, values, staged_row=staged_row)

    def _find(self, name: str, name_folded: str, uscc: str) -> _Firm | None:
        if uscc and valid_uscc(uscc):
            # a firm of quite another name keeps its row: one number on two is for people to decide
            holders = [each for each in self._by_code.get(uscc, ()) if same_firm(name, [each.name])]
            if holders:
                return holders[0]
        # the same name under another number is another organization
        named = [
            each for each in self._by_name.get(name_folded, ()) if not uscc or not each.codes or uscc in each.codes
        ]
        known = [each for each in named if each.linked] or named
        return known[0] if known else None

    def _make(self, name: str, name_folded: str, uscc: str, place: str, staged_row: int) -> _Firm:
        values = {
            "uid": next(self._uids),
            "name": name.strip(),
            "name_folded": name_folded,
            "place_text": place[:120],
            "created_at": self._now,
        }
        firm = _Firm(self._bulk.create(Organization, values, staged_row=staged_row), values["name"])
        kind = {"organization_id": firm.id, "kind": kind_of_name(name, uscc).value}
        self._bulk.create(OrganizationKindOf, kind, staged_row=staged_row)
        self._by_name[name_folded].append(firm)
        self._by_id[firm.id] = firm
        return firm
