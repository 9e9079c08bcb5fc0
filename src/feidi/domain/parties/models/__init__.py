"""Places, outposts, organizations, persons, memberships, facts."""

from feidi.domain.parties.models.duplicate import NameKey, OrganizationMerge, OrganizationPair
from feidi.domain.parties.models.fact import Fact
from feidi.domain.parties.models.membership import Membership
from feidi.domain.parties.models.organization import (
    Organization,
    OrganizationAlias,
    OrganizationIdentifier,
    OrganizationIndustry,
    OrganizationKindOf,
    OrganizationLink,
    OrganizationRelation,
)
from feidi.domain.parties.models.person import ContactPoint, Person
from feidi.domain.parties.models.place import NumberSeries, Outpost, Place, Plaque
from feidi.domain.parties.models.title import OrganizationTitle, StandIn

__all__ = [
    "ContactPoint",
    "Fact",
    "Membership",
    "NameKey",
    "NumberSeries",
    "Organization",
    "OrganizationAlias",
    "OrganizationIdentifier",
    "OrganizationIndustry",
    "OrganizationKindOf",
    "OrganizationLink",
    "OrganizationMerge",
    "OrganizationPair",
    "OrganizationRelation",
    "OrganizationTitle",
    "Outpost",
    "Person",
    "Place",
    "Plaque",
    "StandIn",
]
